"""How many turns a unit is asked for in a year (chỉ tiêu)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DriveTarget(models.Model):
    """One number a unit and year, with the decision that set it."""

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    year = models.PositiveSmallIntegerField(_("year"))
    turns = models.PositiveIntegerField(_("target (turns)"))
    decision = models.CharField(_("decision"), max_length=200)

    class Meta:
        verbose_name = _("yearly target")
        verbose_name_plural = _("yearly targets")
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="drivetarget_once_a_year")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}"
