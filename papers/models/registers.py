"""The yearly register of numbers of a series."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Register(models.Model):
    """How far a series has been numbered in a year; its row is locked while a number is given."""

    series = models.ForeignKey(
        "papers.Series", models.PROTECT, related_name="registers", verbose_name=_("series")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("register of papers")
        verbose_name_plural = _("registers of papers")
        constraints = [models.UniqueConstraint("series", "year", name="register_once_a_year")]

    def __str__(self) -> str:
        return f"{self.series_id} {self.year}: {self.last}"
