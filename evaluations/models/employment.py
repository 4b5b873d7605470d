"""Who is employed how, day by day; days worked a month; what the city decided for a year."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evaluations.enums import LegalStatus, PayTrack, StaffGroup


class EmploymentQuerySet(models.QuerySet["Employment"]):
    def on(self, day: date) -> "EmploymentQuerySet":
        """Rows that hold on the day."""
        return self.filter(during__contains=day)


class Employment(models.Model):
    """A person works for a unit in one way for a period; a salary step begins a new row."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="employments", verbose_name=_("person")
    )
    unit = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="employments", verbose_name=_("unit")
    )
    department = models.CharField(pgettext_lazy("evaluations", "department"), max_length=120, blank=True)
    post = models.CharField(pgettext_lazy("evaluations", "post"), max_length=120)
    status = models.CharField(_("legal status"), max_length=20, choices=LegalStatus.choices)
    group = models.CharField(_("staff group"), max_length=20, choices=StaffGroup.choices)
    track = models.CharField(_("pay track"), max_length=12, choices=PayTrack.choices)
    ground = models.CharField(_("ground of the pay track"), max_length=200)
    is_confirmed = models.BooleanField(_("ground confirmed"), default=False)
    salary = models.DecimalField(
        _("salary coefficient"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    allowance = models.DecimalField(
        _("position allowance"), max_digits=5, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )
    is_head = models.BooleanField(_("heads the unit or a department"), default=False)
    rated_above = models.BooleanField(_("rated by the level above"), default=False)
    during = DateRangeField(_("period"))
    decision = models.CharField(_("decision"), max_length=60, blank=True)

    objects = EmploymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("employment")
        verbose_name_plural = _("employments")
        constraints = [
            ExclusionConstraint(
                name="employment_one_a_day",
                expressions=[("person", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                violation_error_message=_("This person has another employment on some of these days."),
            )
        ]
        indexes = [models.Index(fields=["unit", "person"], name="employment_by_unit")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.post}"


class MonthWorked(models.Model):
    """Days worked in a month of the timesheet, and the days that do not count, by reason code."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="months_worked", verbose_name=_("person")
    )
    month = models.DateField(_("first day of the month"))
    worked = models.DecimalField(
        _("days worked"), max_digits=4, decimal_places=1, validators=[MinValueValidator(0)]
    )
    working = models.DecimalField(
        _("working days of the month"), max_digits=4, decimal_places=1, validators=[MinValueValidator(1)]
    )
    absences = models.JSONField(_("absences by reason"), default=dict, blank=True)

    class Meta:
        verbose_name = _("month of the timesheet")
        verbose_name_plural = _("months of the timesheet")
        constraints = [
            models.UniqueConstraint(fields=["person", "month"], name="monthworked_once"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="monthworked_first_day"),
            models.CheckConstraint(
                condition=models.Q(worked__lte=models.F("working")),
                name="monthworked_not_more_than_month",
                violation_error_message=_("More days worked than the month has working days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.month}"


class YearRate(models.Model):
    """What the city decided for a time the law's table does not name: coefficient and fixed sum."""

    during = DateRangeField(_("period"))
    coefficient = models.DecimalField(
        _("year's coefficient"), max_digits=4, decimal_places=2, validators=[MinValueValidator(0)]
    )
    fixed_sum = models.PositiveIntegerField(_("fixed sum a month (đồng)"))
    decision = models.CharField(_("decision"), max_length=120)
    decided_on = models.DateField(_("day of the decision"), null=True, blank=True)
    is_confirmed = models.BooleanField(_("confirmed"), default=False)

    class Meta:
        verbose_name = _("year's decision")
        verbose_name_plural = _("years' decisions")
        ordering = ("during",)
        constraints = [
            ExclusionConstraint(
                name="yearrate_one_a_day",
                expressions=[("during", RangeOperators.OVERLAPS)],
                violation_error_message=_("Another decision holds on some of these days."),
            )
        ]

    def __str__(self) -> str:
        return self.decision
