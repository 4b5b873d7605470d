"""Criteria sets: per unit and staff group, versioned, issued by decision."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evaluations.enums import CriterionGroup, StaffGroup


class CriteriaSet(models.Model):
    """The criteria of one unit for one staff group, in force for a period; never edited once issued."""

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    group = models.CharField(_("staff group"), max_length=20, choices=StaffGroup.choices)
    during = DateRangeField(_("in force"))
    decision = models.CharField(_("decision"), max_length=120)
    is_confirmed = models.BooleanField(_("confirmed"), default=False)

    class Meta:
        verbose_name = _("criteria set")
        verbose_name_plural = _("criteria sets")
        constraints = [
            ExclusionConstraint(
                name="criteriaset_one_a_day",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("group", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return self.decision


class Criterion(models.Model):
    """One criterion with its most points and guidance."""

    criteria_set = models.ForeignKey(
        CriteriaSet, models.CASCADE, related_name="criteria", verbose_name=_("criteria set")
    )
    number = models.PositiveSmallIntegerField(pgettext_lazy("evaluations", "number"))
    group = models.CharField(_("group"), max_length=12, choices=CriterionGroup.choices)
    name = models.CharField(_("criterion"), max_length=300)
    guidance = models.CharField(_("guidance"), max_length=500, blank=True)
    most = models.DecimalField(
        _("most points"), max_digits=5, decimal_places=2, validators=[MinValueValidator(0)]
    )

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ("criteria_set", "number")
        constraints = [
            models.UniqueConstraint(fields=["criteria_set", "number"], name="criterion_number_once")
        ]

    def __str__(self) -> str:
        return self.name
