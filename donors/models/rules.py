"""The officer's own, stricter rule on top of the law: a dated row."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LocalRule(models.Model):
    """One value a place asks beyond the law, such as the least weight of women."""

    subject = models.CharField(pgettext_lazy("donors", "subject"), max_length=40)
    value = models.PositiveIntegerField(_("value"))
    effective_from = models.DateField(_("in force from"))
    effective_to = models.DateField(_("until"), null=True, blank=True)
    citation = models.CharField(_("decision"), max_length=200)
    confirmed = models.BooleanField(_("confirmed"), default=False)

    class Meta:
        verbose_name = _("local rule")
        verbose_name_plural = _("local rules")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(effective_to=None)
                | models.Q(effective_to__gte=models.F("effective_from")),
                name="localrule_ends_later",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.value}"
