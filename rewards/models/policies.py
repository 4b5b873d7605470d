"""A policy: dated, decided, never changed once approved; its rungs with one citation each."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rewards.enums import FamilyCounting, Grantor, GroupCounting, Kind, PolicyState


class DateSpan(Func):
    """daterange(first, last, '[]'): both days included, no last day means still in force."""

    function = "daterange"
    template = "%(function)s(%(expressions)s, '[]')"
    output_field = DateRangeField()


class Policy(models.Model):
    """One version. Approved ones never overlap; a new one succeeds the one before it.

    `predecessor_to` is the last day its predecessor had before, given back when the approval is taken back.
    """

    name = models.CharField(_("name"), max_length=160)
    effective_from = models.DateField(pgettext_lazy("rewards", "in force from"))
    effective_to = models.DateField(_("in force until"), null=True, blank=True)
    reached_from = models.DateField(_("counts rungs reached since"), null=True, blank=True)
    budget_vnd = models.PositiveBigIntegerField(_("budget of a year"), null=True, blank=True)
    family_counting = models.CharField(
        _("families are counted by"),
        max_length=6,
        choices=FamilyCounting.choices,
        default=FamilyCounting.WHILE,
    )
    group_counting = models.CharField(
        _("groups are counted by"),
        max_length=6,
        choices=GroupCounting.choices,
        default=GroupCounting.PLACE,
    )
    decision_number = models.CharField(_("number of the decision"), max_length=60, blank=True)
    decided_on = models.DateField(_("day of the decision"), null=True, blank=True)
    file = models.ForeignKey(
        "ledger.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=PolicyState.choices, default=PolicyState.DRAFT
    )
    created_at = models.DateTimeField(pgettext_lazy("rewards", "entered"), db_default=Now(), editable=False)
    approved_at = models.DateTimeField(_("put in force at"), null=True, blank=True, editable=False)
    predecessor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name=pgettext_lazy("rewards", "succeeds"),
    )
    predecessor_to = models.DateField(null=True, blank=True, editable=False)
    undone_on = models.DateField(pgettext_lazy("rewards", "taken back on"), null=True, blank=True)
    undone_reason = models.CharField(_("reason of taking back"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("reward policy")
        verbose_name_plural = _("reward policies")
        constraints = [
            ExclusionConstraint(
                name="policy_one_a_day",
                expressions=[(DateSpan("effective_from", "effective_to"), RangeOperators.OVERLAPS)],
                condition=Q(state=PolicyState.APPROVED),
                violation_error_message=_("Another approved policy is in force on some of these days."),
            ),
            models.CheckConstraint(
                condition=Q(effective_to=None) | Q(effective_to__gte=models.F("effective_from")),
                name="policy_ends_after_it_begins",
                violation_error_message=pgettext_lazy("rewards", "The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(state=PolicyState.APPROVED)
                | (Q(decided_on__isnull=False) & ~Q(decision_number="")),
                name="policy_approved_by_decision",
            ),
            models.CheckConstraint(
                condition=~Q(state=PolicyState.REVERSED)
                | (Q(undone_on__isnull=False) & ~Q(undone_reason="")),
                name="policy_undone_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["decision_number", "decided_on"],
                condition=Q(state=PolicyState.APPROVED),
                name="policy_decision_once",
                violation_error_message=_("This decision is used for another policy."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Rung(models.Model):
    """One rule of a policy: so many of what is counted, this honour, granted by whom, on what ground.

    Of a group the rung is a part of its yearly target, in percent.
    """

    policy = models.ForeignKey(Policy, models.CASCADE, related_name="rungs", verbose_name=_("policy"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    threshold = models.PositiveIntegerField(_("rung"))
    honour = models.CharField(_("form of honour"), max_length=160, blank=True)
    grantor = models.CharField(
        _("granted by"), max_length=16, choices=Grantor.choices, default=Grantor.UNDECIDED
    )
    bonus_vnd = models.PositiveBigIntegerField(_("money"), default=0)
    gift = models.ForeignKey(
        "rewards.Gift", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("gift")
    )
    citation = models.CharField(_("legal source"), max_length=200)
    source = models.CharField(_("where it was read"), max_length=200)
    is_confirmed = models.BooleanField(_("confirmed"), default=False)

    class Meta:
        verbose_name = _("rung")
        verbose_name_plural = _("rungs")
        ordering = ("kind", "threshold")
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "kind", "threshold"],
                name="rung_once_a_policy",
                violation_error_message=_("This policy has this rung already."),
            ),
            models.CheckConstraint(condition=Q(threshold__gt=0), name="rung_above_zero"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """What stays the same from policy to policy: "individual-20"."""
        return f"{self.kind}-{self.threshold}"
