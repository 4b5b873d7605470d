"""A cycle: one unit, one quarter or year."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evaluations.enums import CycleKind, CycleState, Step
from evaluations.models.facts import Regulation
from foundation.dates import Quarter, quarter_label


class Cycle(models.Model):
    """Opened for a unit and what lies under it, with its people as of the last day.

    `steps` is the unit's own list between self-report and decision; `rules` keeps the values in force
    when the cycle was published.
    """

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    kind = models.CharField(_("kind"), max_length=10, choices=CycleKind.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("quarter"), default=0)
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    opened_on = models.DateField(pgettext_lazy("evaluations", "opened"))
    limit_on = models.DateField(_("to be decided before"))
    limit_reason = models.CharField(_("why the limit was moved"), max_length=300, blank=True)
    steps = models.JSONField(_("steps"), default=list, blank=True)
    state = models.CharField(
        pgettext_lazy("evaluations", "state"),
        max_length=10,
        choices=CycleState.choices,
        default=CycleState.OPEN,
    )
    decision = models.CharField(_("decision"), max_length=120, blank=True)
    published_on = models.DateField(pgettext_lazy("evaluations", "published"), null=True, blank=True)
    fund = models.PositiveBigIntegerField(_("fund for the period (đồng)"), null=True, blank=True)
    fund_decision = models.CharField(_("ground of the fund"), max_length=120, blank=True)
    rules = models.JSONField(_("values used"), default=dict, blank=True)

    class Meta:
        verbose_name = _("cycle")
        verbose_name_plural = _("cycles")
        ordering = ("-last_on", "unit")
        constraints = [models.UniqueConstraint(fields=["unit", "kind", "year", "number"], name="cycle_once")]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def regulation(self) -> Regulation | None:
        """The unit's own regulation on the last day. 1 query, once."""
        return Regulation.objects.filter(unit=self.unit_id, during__contains=self.last_on).first()

    @property
    def name(self) -> str:
        """ "Quý III/2026" or "Năm 2026"."""
        if self.kind == CycleKind.QUARTER:
            return quarter_label(Quarter(self.year, self.number))
        return str(_("Year %(year)s") % {"year": self.year})


class Minutes(models.Model):
    """A step of the cycle was held: when, who came, what was said."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="minutes", verbose_name=_("cycle"))
    step = models.CharField(_("step"), max_length=16, choices=Step.choices)
    held_on = models.DateField(_("held on"))
    words = models.TextField(_("who came, what was concluded"), max_length=5000)
    file = models.ForeignKey(
        "ledger.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("evaluations", "written by"),
    )
    at = models.DateTimeField(pgettext_lazy("evaluations", "when"), default=timezone.now)

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.step}"
