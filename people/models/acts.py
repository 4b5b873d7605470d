"""Acts of reorganisation: one dated act, many-to-many and partial, with its decision."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.enums import ActKind, ActState


class UnitName(models.Model):
    """What a unit is called in a period; old names stay searchable."""

    unit = models.ForeignKey("people.Unit", models.CASCADE, related_name="names", verbose_name=_("unit"))
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=80, blank=True)
    search_name = models.TextField(editable=False)
    during = DateRangeField(_("period"))

    class Meta:
        verbose_name = _("name of a unit")
        verbose_name_plural = _("names of units")
        constraints = [
            ExclusionConstraint(
                name="unitname_one_a_day",
                expressions=[("unit", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return self.name


class UnitAct(models.Model):
    """One act: its decision, its day, what it does; cancelled only before it takes effect.

    Its decision comes from outside, with its number typed, or is a paper of `issuing_unit`
    drafted here: then number and day are empty until that paper is issued.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=ActKind.choices)
    is_outside = models.BooleanField(_("decided outside the portal"), default=True)
    decision_number = models.CharField(_("decision number"), max_length=60, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    issuer = models.CharField(_("who decided"), max_length=200, blank=True)
    issuing_unit = models.ForeignKey(
        "people.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit whose paper decides"),
    )
    decision_file = models.ForeignKey(
        "ledger.StoredFile", models.PROTECT, null=True, blank=True, verbose_name=_("decision's file")
    )
    effective_on = models.DateField(_("takes effect on"))
    state = models.CharField(_("state"), max_length=10, choices=ActState.choices, default=ActState.DRAFT)
    details = models.JSONField(_("details"), default=dict)
    created_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    # Its day came and it could not be carried out: the reasons, a line each.
    tried_at = models.DateTimeField(_("last tried"), null=True, blank=True)
    failure = models.TextField(_("why it is not in effect"), blank=True)

    class Meta:
        verbose_name = _("act on units")
        verbose_name_plural = _("acts on units")
        indexes = [models.Index(fields=["state", "effective_on"], name="unitact_due")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[ActState.WAITING, ActState.DONE])
                | (~Q(decision_number="") & Q(decided_on__isnull=False)),
                name="unitact_no_effect_without_decision",
            ),
        ]

    def __str__(self) -> str:
        number = self.decision_number or gettext("(no number yet)")
        return f"{self.get_kind_display()} {number}"


class UnitActLine(models.Model):
    """One thing an act moves: a whole unit, or a branch, from one unit to another."""

    act = models.ForeignKey(UnitAct, models.CASCADE, related_name="lines", verbose_name=_("act"))
    source = models.ForeignKey(
        "people.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lines_out",
        verbose_name=_("from"),
    )
    target = models.ForeignKey(
        "people.Unit", models.PROTECT, null=True, blank=True, related_name="lines_in", verbose_name=_("to")
    )
    target_code = models.CharField(_("code of a unit the act founds"), max_length=40, blank=True)
    part = models.ForeignKey(
        "people.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lines_part",
        verbose_name=_("branch moved"),
    )
    people = models.ManyToManyField("people.Person", blank=True, verbose_name=_("people moved"))
    is_whole = models.BooleanField(_("the whole unit"), default=False)

    class Meta:
        verbose_name = _("line of an act")
        verbose_name_plural = _("lines of an act")

    def __str__(self) -> str:
        return f"{self.act_id}: {self.source_id} > {self.target_id}"
