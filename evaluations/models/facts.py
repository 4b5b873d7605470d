"""Dated facts of a working life; the unit's own regulation."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evaluations.enums import FactKind, Mode, Penalty, Reading


class StaffFact(models.Model):
    """Discipline, prosecution, probation, secondment, maternity or long leave of a member of staff.

    `during` of a discipline begins on the day of its decision. One row for one violation: a rating counts
    it once, in the period its first day lies in.
    """

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="staff_facts", verbose_name=_("person")
    )
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    kind = models.CharField(_("kind"), max_length=12, choices=FactKind.choices)
    penalty = models.CharField(
        _("form of the discipline"), max_length=10, choices=Penalty.choices, blank=True
    )
    during = DateRangeField(_("period"))
    decision = models.CharField(_("decision"), max_length=120, blank=True)
    words = models.CharField(pgettext_lazy("evaluations", "note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("fact of a working life")
        verbose_name_plural = _("facts of working lives")
        constraints = [
            ExclusionConstraint(
                name="stafffact_one_kind_a_day",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=~Q(kind=FactKind.DISCIPLINE),
                violation_error_message=_("A fact of this kind is entered for some of these days."),
            ),
            models.CheckConstraint(
                condition=Q(kind=FactKind.DISCIPLINE) ^ Q(penalty=""),
                name="stafffact_penalty_of_discipline",
                violation_error_message=_("A discipline has its form; nothing else has one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"


class Regulation(models.Model):
    """What the unit's own regulation chose where the law leaves it open; empty: as the law's table says.

    `excellent`, `good`, `fair` are the lowest points of a year for those whom no decree rates by points.
    """

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    during = DateRangeField(_("in force"))
    decision = models.CharField(_("decision"), max_length=120)
    is_confirmed = models.BooleanField(_("confirmed"), default=False)
    cap_reading = models.CharField(
        _("the share of “excellent” is taken"), max_length=16, choices=Reading.choices, blank=True
    )
    cap_mode = models.CharField(
        _("a share of a year above the cap"), max_length=4, choices=Mode.choices, blank=True
    )
    excellent = models.DecimalField(
        _("excellent from (points)"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    good = models.DecimalField(_("good from (points)"), max_digits=5, decimal_places=2, null=True, blank=True)
    fair = models.DecimalField(
        _("completion from (points)"), max_digits=5, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = _("regulation of a unit")
        verbose_name_plural = _("regulations of units")
        ordering = ("unit", "-during")
        constraints = [
            ExclusionConstraint(
                name="regulation_one_a_day",
                expressions=[("unit", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                violation_error_message=_("Another regulation of the unit holds on some of these days."),
            ),
            models.CheckConstraint(
                condition=Q(excellent=None, good=None, fair=None)
                | Q(excellent__gt=F("good"), good__gt=F("fair"), fair__gte=0),
                name="regulation_points_fall",
                violation_error_message=_("The three levels need points, each more than the next."),
            ),
        ]

    def __str__(self) -> str:
        return self.decision
