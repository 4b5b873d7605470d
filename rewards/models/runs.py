"""Runs over the register of donations, what they propose, what they find about earlier proposals."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rewards.enums import FindingKind, RunState, Step


def holder_of(path: str = "") -> tuple[str, ...]:
    """What `Nomination.holder` reads, for select_related: of a nomination, or of what leads to one."""
    return tuple(f"{path}{name}" for name in ("person", "family", "collective"))


class RewardRun(models.Model):
    """One run as of a day. The row is the queue: `cursor` is the last person done, moved chunk by chunk.

    `looked_at` is when it last looked what is due (DueRow); a paused run looks again when it goes on.
    """

    as_of = models.DateField(_("as of"))
    since = models.DateTimeField(_("only what changed since"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=RunState.choices, default=RunState.WAITING)
    brake = models.PositiveIntegerField(_("stops beyond so many nominations"))
    is_released = models.BooleanField(_("brake released"), default=False)
    cursor = models.BigIntegerField(default=0, editable=False)
    last = models.BigIntegerField(default=0, editable=False)
    looked_at = models.DateTimeField(null=True, editable=False)
    expected = models.PositiveIntegerField(_("expected nominations"), null=True, blank=True)
    proposed = models.PositiveIntegerField(_("nominations"), default=0)
    found = models.PositiveIntegerField(_("findings"), default=0)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    asked_at = models.DateTimeField(pgettext_lazy("rewards", "asked"), default=timezone.now)
    touched_at = models.DateTimeField(_("last step"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("reward run")
        verbose_name_plural = _("reward runs")
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                condition=Q(state__in=[RunState.WAITING, RunState.RUNNING]),
                name="reward_run_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.as_of:%d/%m/%Y} {self.state}"

    @property
    def percent(self) -> int:
        """How far along the register, 0 to 100."""
        return 100 if self.state == RunState.DONE else min(99, self.cursor * 100 // max(self.last, 1))


class Nomination(models.Model):
    """A person, or a group, reached a rung. Once per holder, honour and occasion, whatever runs again.

    A family's stands under a person of it; a group's (a unit) under nobody.
    `count` and `reached_on` explain it with the rung's citation; `unit` is where the person belonged.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="nominations",
        verbose_name=_("person"),
    )
    collective = models.ForeignKey(
        "people.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("rewards", "group"),
    )
    honour = models.CharField(_("honour"), max_length=30)
    occasion = models.CharField(_("occasion"), max_length=20, blank=True)
    rung = models.ForeignKey("rewards.Rung", models.PROTECT, related_name="+", verbose_name=_("rung"))
    run = models.ForeignKey(
        RewardRun, models.PROTECT, related_name="nominations", verbose_name=_("run"), null=True, blank=True
    )
    unit = models.ForeignKey(
        "people.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    family = models.ForeignKey(
        "donors.Family",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("donor family"),
    )
    reached_on = models.DateField(_("reached on"))
    count = models.PositiveIntegerField(_("count on the day of the run"))
    as_of = models.DateField(_("counted as of"))
    step = models.CharField(_("step"), max_length=14, choices=Step.choices, default=Step.PROPOSED)
    step_at = models.DateTimeField(_("since"), default=timezone.now)
    round = models.ForeignKey(
        "rewards.Round",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="nominations",
        verbose_name=_("round"),
    )
    dossier = models.ForeignKey(
        "rewards.Dossier",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="nominations",
        verbose_name=_("dossier"),
    )
    proof = models.CharField(pgettext_lazy("rewards", "proof"), max_length=300, blank=True)
    is_posthumous = models.BooleanField(_("after death"), default=False)
    meeting = models.ForeignKey(
        "rewards.Meeting",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="nominations",
        verbose_name=_("meeting of the council"),
    )
    votes_for = models.PositiveSmallIntegerField(_("votes for"), null=True, blank=True)
    votes_cast = models.PositiveSmallIntegerField(_("votes cast"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        constraints = [
            models.UniqueConstraint(fields=["person", "honour", "occasion"], name="nomination_once"),
            models.UniqueConstraint(
                fields=["collective", "honour", "occasion"],
                condition=Q(collective__isnull=False),
                name="nomination_once_a_group",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, collective=None) | Q(person=None, collective__isnull=False),
                name="nomination_of_a_person_or_a_group",
            ),
            models.UniqueConstraint(
                fields=["family", "honour"],
                condition=Q(family__isnull=False),
                name="nomination_once_a_family",
            ),
            models.CheckConstraint(
                condition=Q(votes_for=None, votes_cast=None) | Q(votes_for__lte=models.F("votes_cast")),
                name="nomination_votes_fit",
            ),
        ]
        indexes = [
            models.Index(fields=["step", "unit"], name="nomination_waiting"),
            models.Index(fields=["round", "step"], name="nomination_in_round"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id or self.collective_id} {self.honour} {self.occasion}".strip()

    @property
    def holder(self) -> str:
        """Whose honour it is: the group, the family, or the person."""
        if self.collective is not None:
            return self.collective.name
        if self.family is not None:
            return self.family.name
        return self.person.full_name if self.person else ""

    @property
    def sort_key(self) -> str:
        """Where it stands in a list by names; groups come last."""
        return self.person.sort_key if self.person else "\uffff" + self.holder


class Finding(models.Model):
    """A run found that a nomination's ground has changed. An officer answers; nothing changes before."""

    nomination = models.ForeignKey(
        Nomination, models.CASCADE, related_name="findings", verbose_name=_("nomination")
    )
    run = models.ForeignKey(RewardRun, models.PROTECT, related_name="findings", verbose_name=_("run"))
    kind = models.CharField(_("kind"), max_length=10, choices=FindingKind.choices)
    count = models.PositiveIntegerField(_("count now"))
    found_at = models.DateTimeField(pgettext_lazy("rewards", "found"), default=timezone.now)
    is_accepted = models.BooleanField(_("accepted"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    answered_at = models.DateTimeField(pgettext_lazy("rewards", "answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = [
            models.UniqueConstraint(
                fields=["nomination"], condition=Q(is_accepted=None), name="finding_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.nomination_id} {self.kind}"


class DueRow(models.Model):
    """What a run found due when it looked, until it has proposed it; gone when the run ends.

    Plain keys without constraints: the row lives for the minutes of its run.
    """

    run = models.ForeignKey(RewardRun, models.CASCADE, related_name="due_rows", verbose_name=_("run"))
    person_key = models.BigIntegerField(null=True)
    collective_key = models.BigIntegerField(null=True)
    honour = models.CharField(max_length=30)
    occasion = models.CharField(max_length=20, blank=True)
    family_key = models.BigIntegerField(null=True)
    rung_key = models.BigIntegerField()
    reached_on = models.DateField()
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("honour due in a run")
        verbose_name_plural = _("honours due in a run")

    def __str__(self) -> str:
        return f"{self.run_id} {self.person_key} {self.honour}"
