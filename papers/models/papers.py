"""A paper from draft to issue, its history, whom it was given to."""

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.text import search_text
from papers.enums import Capacity, PaperState, Step
from papers.rules import paper_kinds

HAS_NUMBER = [PaperState.ISSUED, PaperState.ENDED]


class Paper(models.Model):
    """One paper of a unit. `content` is the layout model; frozen when the paper is signed.

    `effect` names what takes effect when it is issued (papers.effects), `effect_data` what it needs.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="papers", verbose_name=_("unit"))
    series = models.ForeignKey(
        "papers.Series", models.PROTECT, related_name="papers", verbose_name=_("series")
    )
    kind = models.CharField(_("kind"), max_length=20)
    abstract = models.CharField(_("abstract"), max_length=300)
    search = models.TextField(editable=False)
    content = models.JSONField(_("content"))
    form = models.JSONField(_("as typed"), default=dict, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=PaperState.choices, default=PaperState.DRAFT)
    drafter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("drafter"),
    )
    signer = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signer")
    )
    capacity = models.CharField(_("signs as"), max_length=12, choices=Capacity.choices, default=Capacity.HEAD)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("year of the number"), null=True, blank=True)
    number = models.PositiveIntegerField(_("running number"), null=True, blank=True)
    number_text = models.CharField(_("number and sign"), max_length=60, blank=True)
    number_external = models.BooleanField(_("numbered outside the system"), default=False)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    scan = models.ForeignKey(
        "ledger.StoredFile",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("scan or signed file"),
    )
    effect = models.CharField(_("takes effect"), max_length=60, blank=True)
    effect_data = models.JSONField(_("what the effect needs"), default=dict, blank=True)
    # An act on units that this paper decides: one paper, one act, whatever becomes of both.
    unit_act = models.OneToOneField(
        "people.UnitAct",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("act on units"),
    )
    created_at = models.DateTimeField(_("drafted"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(pgettext_lazy("papers", "changed"), default=timezone.now)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        indexes = [
            models.Index(fields=["unit", "state", "-changed_at"], name="paper_by_unit"),
            models.Index(fields=["series", "year", "number"], name="paper_by_number"),
            GinIndex(OpClass("search", name="gin_trgm_ops"), name="paper_search"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "year", "number"],
                condition=Q(number__isnull=False),
                name="paper_number_once",
            ),
            models.CheckConstraint(
                condition=Q(number=None, year=None) | Q(number__gt=0, year__isnull=False),
                name="paper_number_with_year",
            ),
            models.CheckConstraint(
                condition=Q(state__in=HAS_NUMBER, issued_on__isnull=False)
                | (~Q(state__in=HAS_NUMBER) & Q(issued_on=None, number=None)),
                name="paper_issued_on_its_day",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("issued_on")), name="paper_ends_after_issue"
            ),
        ]

    def __str__(self) -> str:
        return self.number_text or self.abstract[:60]

    def clean(self) -> None:
        self.search = search_text(self.number_text, self.abstract)

    @property
    def kind_name(self) -> str:
        """What its kind is called."""
        return paper_kinds(timezone.localdate(self.created_at))[self.kind].name


class PaperEvent(models.Model):
    """One step in a paper's history."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="events", verbose_name=_("paper"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("account")
    )
    office = models.CharField(_("office"), max_length=40, blank=True)
    step = models.CharField(_("step"), max_length=10, choices=Step.choices)
    words = models.CharField(pgettext_lazy("papers", "words"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("step of a paper")
        verbose_name_plural = _("steps of papers")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.paper_id} {self.step}"


class PaperRecipient(models.Model):
    """A paper was issued to somebody: a person of the register, a unit, or a name.

    A unit reads the paper once it is issued, and says that it has received it.
    """

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="recipients", verbose_name=_("paper"))
    person = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="papers_received",
        verbose_name=_("person"),
    )
    unit = models.ForeignKey(
        "people.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    name = models.CharField(_("name"), max_length=200)
    received_at = models.DateTimeField(pgettext_lazy("papers", "received"), null=True, blank=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("received by"),
    )

    class Meta:
        verbose_name = _("recipient of a paper")
        verbose_name_plural = _("recipients of papers")
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "unit"], condition=Q(unit__isnull=False), name="paper_once_to_a_unit"
            )
        ]

    def __str__(self) -> str:
        return self.name
