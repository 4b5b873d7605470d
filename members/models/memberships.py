"""A membership: one kind, one person, one period. Where it is lived stands in people.Belonging."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members.enums import Ending, Kind, MembershipState


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: date) -> "MembershipQuerySet":
        """Memberships that hold on the day."""
        return self.filter(during__contains=day)


class Membership(models.Model):
    """A person is a member, a volunteer … from a day on.

    The unit is not repeated here: people.Belonging of the kind's `belongs` (tables/kinds.toml) says where,
    day by day, and follows when units merge. `cause` of such a row is "membership:<pk>".
    """

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="memberships", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    during = DateRangeField(_("period"))
    state = models.CharField(
        _("state"), max_length=8, choices=MembershipState.choices, default=MembershipState.ACTIVE
    )
    decision = models.CharField(_("decision"), max_length=60, blank=True)
    decided_on = models.DateField(_("day of the decision"), null=True, blank=True)
    paper = models.ForeignKey(
        "papers.Paper", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("paper")
    )
    ending = models.CharField(_("ended by"), max_length=10, choices=Ending.choices, blank=True)
    end_reason = models.CharField(_("reason of ending"), max_length=300, blank=True)
    end_decision = models.CharField(_("decision on ending"), max_length=60, blank=True)
    predecessor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name=_("earlier one"),
    )
    created_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            ExclusionConstraint(
                name="membership_one_of_a_kind_a_day",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=models.Q(state=MembershipState.ENDED, ending__gt="")
                | (~models.Q(state=MembershipState.ENDED) & models.Q(ending="")),
                name="membership_ended_by_something",
            ),
        ]
        indexes = [models.Index(fields=["kind", "person"], include=["during"], name="membership_by_kind")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"


class Pause(models.Model):
    """Days on which a membership rests (tạm nghỉ)."""

    membership = models.ForeignKey(
        Membership, models.CASCADE, related_name="pauses", verbose_name=_("membership")
    )
    during = DateRangeField(_("period"))
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        constraints = [
            ExclusionConstraint(
                name="pause_once_a_day",
                expressions=[("membership", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership_id}"


class LifeAct(models.Model):
    """One act on a membership, with what it changed, so that it can be taken back within its window."""

    membership = models.ForeignKey(
        Membership, models.CASCADE, related_name="acts", verbose_name=_("membership")
    )
    act = models.CharField(_("act"), max_length=12)
    on = models.DateField(_("day it holds from"))
    reason_code = models.CharField(_("reason"), max_length=20, blank=True)
    words = models.CharField(pgettext_lazy("members", "words"), max_length=300, blank=True)
    decision = models.CharField(_("decision"), max_length=60, blank=True)
    by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("members", "done by"),
    )
    at = models.DateTimeField(pgettext_lazy("members", "when"), default=timezone.now)
    changed = models.JSONField(_("what it changed"), default=list)
    undo_until = models.DateField(_("can be taken back until"), null=True, blank=True)
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    undone_why = models.CharField(_("why taken back"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("act on a membership")
        verbose_name_plural = _("acts on memberships")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.membership_id} {self.act} {self.on}"
