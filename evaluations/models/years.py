"""What a year's rating rests on beside points; evidence as files; columns for the accounting software."""

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evaluations.models.ratings import HUNDRED, Rating

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def percent(label: "_StrPromise") -> models.DecimalField:  # type: ignore[type-arg]
    return models.DecimalField(
        label, max_digits=5, decimal_places=2, null=True, blank=True, validators=HUNDRED
    )


def number(label: "_StrPromise") -> models.DecimalField:  # type: ignore[type-arg]
    return models.DecimalField(
        label, max_digits=7, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )


class YearFacts(models.Model):
    """The facts of a year; empty is not known. Which of them count depends on legal status and year.

    Decree 90/2020: shares of tasks. Decree 335/2025: general points and converted products.
    """

    rating = models.OneToOneField(Rating, models.CASCADE, related_name="year_facts", verbose_name=_("rating"))
    done = percent(_("tasks done (%)"))
    on_time = percent(_("of them on time and of good quality (%)"))
    exceeded = percent(_("of them beyond what was asked (%)"))
    units_fair = percent(_("subordinate units rated “completion” or better (%)"))
    units_good = percent(_("subordinate units rated “good” or better (%)"))
    general = models.DecimalField(
        _("general criteria (points of 30)"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(30)],
    )
    assigned = number(_("converted products assigned"))
    finished = number(_("converted products done"))
    errors = number(_("major errors of content"))
    delays = number(_("delays without an objective cause"))
    is_degraded = models.BooleanField(_("degradation was concluded"), default=False)
    has_corruption = models.BooleanField(_("corruption in the unit that is led"), default=False)

    class Meta:
        verbose_name = _("facts of a year")
        verbose_name_plural = _("facts of years")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(finished=None) | models.Q(finished__lte=models.F("assigned")),
                name="yearfacts_finished_of_assigned",
                violation_error_message=_("More products are done than were assigned."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.rating_id}"


class Evidence(models.Model):
    """A file behind one criterion of a self-report; read by nobody else before it is handed over."""

    rating = models.ForeignKey(Rating, models.CASCADE, related_name="evidence", verbose_name=_("rating"))
    criterion = models.ForeignKey(
        "evaluations.Criterion", models.PROTECT, related_name="+", verbose_name=_("criterion")
    )
    file = models.ForeignKey(
        "ledger.StoredFile",
        models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("evaluations", "file"),
    )

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = pgettext_lazy("evaluations many", "evidence")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.rating_id} {self.criterion_id}"


class CsvLayout(models.Model):
    """The columns of the CSV for a unit's accounting software, in their order."""

    unit = models.OneToOneField("people.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    columns = models.JSONField(pgettext_lazy("evaluations", "columns"), default=list)

    class Meta:
        verbose_name = _("columns for the accounting software")
        verbose_name_plural = _("columns for the accounting software")

    def __str__(self) -> str:
        return f"{self.unit_id}"
