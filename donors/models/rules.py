"""What officers decide themselves, as dated rows: a stricter rule on top of the law, where to book."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donors.enums import Subject


def period() -> Func:
    """The days of a dated row, both ends included."""
    return Func(
        F("effective_from"),
        F("effective_to"),
        Value("[]"),
        function="daterange",
        output_field=DateRangeField(),
    )


class LocalRule(models.Model):
    """One value a place asks beyond the law, such as the least weight of women."""

    subject = models.CharField(pgettext_lazy("donors", "subject"), max_length=40, choices=Subject.choices)
    value = models.PositiveIntegerField(_("value"))
    effective_from = models.DateField(_("in force from"))
    effective_to = models.DateField(_("until"), null=True, blank=True)
    citation = models.CharField(_("decision"), max_length=200)
    confirmed = models.BooleanField(_("confirmed"), default=False)
    file = models.ForeignKey(
        "ledger.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )

    class Meta:
        verbose_name = _("local rule")
        verbose_name_plural = _("local rules")
        constraints = [
            ExclusionConstraint(
                name="localrule_one_a_day",
                expressions=[("subject", RangeOperators.EQUAL), (period(), RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                condition=models.Q(effective_to=None)
                | models.Q(effective_to__gte=models.F("effective_from")),
                name="localrule_ends_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.value}"


class BookingLink(models.Model):
    """Where one books at the city's blood centre, from a day on; before any row the first setting holds."""

    name = models.CharField(_("name"), max_length=80)
    url = models.URLField(_("address"), max_length=200)
    effective_from = models.DateField(_("in force from"), unique=True)
    citation = models.CharField(pgettext_lazy("donors", "told by"), max_length=200)
    confirmed = models.BooleanField(_("confirmed"), default=False)

    class Meta:
        verbose_name = _("place of booking")
        verbose_name_plural = _("places of booking")

    def __str__(self) -> str:
        return f"{self.name} {self.effective_from}"
