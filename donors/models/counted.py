"""Figures of a year counted beforehand: nothing that donations do not say, thrown away and counted anew."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CountedYear(models.Model):
    """The whole chapter's year as counted at a moment; `numbers` are the rows of that count."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    until = models.DateField(_("up to and with"))
    counted_at = models.DateTimeField(_("counted"))
    turns = models.PositiveIntegerField(_("turns"))
    numbers = models.JSONField(_("numbers"))

    class Meta:
        verbose_name = _("counted year")
        verbose_name_plural = _("counted years")

    def __str__(self) -> str:
        return f"{self.year} {self.turns}"
