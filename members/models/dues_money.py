"""Where the money of dues goes: receipts in a gap-free series, remittances, the book handed over."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members.enums import PayWay, ProposalState, ReceiptState, RemittanceState


class DuesSeries(models.Model):
    """How far a unit's receipts are numbered in a year; its row is locked while a number is given."""

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("series of dues receipts")
        verbose_name_plural = _("series of dues receipts")
        constraints = [models.UniqueConstraint("unit", "year", name="duesseries_once_a_year")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}: {self.last}"


class DuesRemittance(models.Model):
    """A unit's list of receipts whose share it passed up; paid only once the level above confirms."""

    unit = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="remittances", verbose_name=_("unit")
    )
    made_on = models.DateField(pgettext_lazy("members", "made"))
    amount = models.PositiveIntegerField(_("passed up, đồng"), validators=[MinValueValidator(1)])
    how = models.CharField(_("how"), max_length=8, choices=PayWay.choices)
    document = models.CharField(_("payment document"), max_length=120, blank=True)
    state = models.CharField(
        _("state"), max_length=9, choices=RemittanceState.choices, default=RemittanceState.SENT
    )
    approval = models.OneToOneField(
        "people.Approval",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="remittance",
        verbose_name=_("confirmation"),
    )
    confirmed_on = models.DateField(_("confirmed"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("remittance of dues")
        verbose_name_plural = _("remittances of dues")
        ordering = ("-made_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RemittanceState.CONFIRMED, confirmed_on__isnull=False)
                | (~Q(state=RemittanceState.CONFIRMED) & Q(confirmed_on=None)),
                name="remittance_confirmed_on_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.made_on}"


class DuesReceipt(models.Model):
    """One sum handed in for many names. Numbered without gap in unit and year; cancelled, never deleted."""

    unit = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="dues_receipts", verbose_name=_("unit")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    branch = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="+", verbose_name=pgettext_lazy("members", "branch")
    )
    payer = models.CharField(_("handed in by"), max_length=120)
    received_on = models.DateField(_("received on"))
    amount = models.PositiveIntegerField(_("amount, đồng"), validators=[MinValueValidator(1)])
    how = models.CharField(_("how"), max_length=8, choices=PayWay.choices, default=PayWay.CASH)
    branch_part = models.PositiveIntegerField(_("share of the branch"))
    base_part = models.PositiveIntegerField(_("share of the base unit"))
    upper_part = models.PositiveIntegerField(_("share of the level above"))
    shares = models.ForeignKey(
        "members.DuesShares", models.PROTECT, related_name="+", verbose_name=_("shared by")
    )
    state = models.CharField(
        _("state"), max_length=9, choices=ReceiptState.choices, default=ReceiptState.VALID
    )
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True)
    cancel_reason = models.CharField(_("why cancelled"), max_length=300, blank=True)
    remittance = models.ForeignKey(
        DuesRemittance,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="receipts",
        verbose_name=_("remitted with"),
    )
    made_at = models.DateTimeField(pgettext_lazy("members", "written"), default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("written by"),
    )

    class Meta:
        verbose_name = _("dues receipt")
        verbose_name_plural = _("dues receipts")
        ordering = ("-year", "-number")
        constraints = [
            models.UniqueConstraint("unit", "year", "number", name="duesreceipt_number_once"),
            models.CheckConstraint(
                condition=Q(amount=F("branch_part") + F("base_part") + F("upper_part")),
                name="duesreceipt_shared_exactly",
            ),
            models.CheckConstraint(
                condition=Q(state=ReceiptState.VALID, cancelled_on=None)
                | Q(state=ReceiptState.CANCELLED, cancelled_on__isnull=False, cancel_reason__gt=""),
                name="duesreceipt_cancelled_with_reason",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="duesreceipt_number_from_1"),
        ]

    def __str__(self) -> str:
        return self.number_text

    @property
    def number_text(self) -> str:
        """As it stands on paper: "07/2026"."""
        return f"{self.number:02}/{self.year}"


class DuesLine(models.Model):
    """One name on a receipt."""

    receipt = models.ForeignKey(DuesReceipt, models.PROTECT, related_name="lines", verbose_name=_("receipt"))
    charge = models.ForeignKey(
        "members.DuesCharge", models.PROTECT, related_name="lines", verbose_name=_("dues")
    )
    amount = models.PositiveIntegerField(_("amount, đồng"), validators=[MinValueValidator(1)])

    class Meta:
        verbose_name = _("line of a dues receipt")
        verbose_name_plural = _("lines of dues receipts")
        constraints = [models.UniqueConstraint("receipt", "charge", name="duesline_once_a_receipt")]

    def __str__(self) -> str:
        return f"{self.receipt_id} {self.amount}"


OPEN_PROPOSALS = [
    ProposalState.DRAFT,
    ProposalState.ASKED,
    ProposalState.APPROVED,
    ProposalState.RUNNING,
]


class DuesProposal(models.Model):
    """After a campaign: who paid nothing and may be removed. A list only; the decision ends, not the list."""

    campaign = models.ForeignKey(
        "members.DuesCampaign", models.PROTECT, related_name="proposals", verbose_name=_("campaign")
    )
    state = models.CharField(
        _("state"), max_length=8, choices=ProposalState.choices, default=ProposalState.DRAFT
    )
    made_at = models.DateTimeField(pgettext_lazy("members", "made"), default=timezone.now, editable=False)
    last_year = models.PositiveIntegerField(_("ended so last year"))
    least_months = models.PositiveSmallIntegerField(_("months unpaid, by the rule"), default=1)
    citation = models.CharField(_("rule"), max_length=200, blank=True)
    reason = models.CharField(_("why beyond the brake"), max_length=300, blank=True)
    is_beyond = models.BooleanField(_("beyond the brake"), default=False)
    approval = models.OneToOneField(
        "people.Approval",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="dues_proposal",
        verbose_name=pgettext_lazy("members", "approval"),
    )
    decision = models.CharField(_("decision"), max_length=60, blank=True)
    ends_on = models.DateField(_("first day without membership"), null=True, blank=True)
    done_at = models.DateTimeField(_("carried out"), null=True, blank=True)

    class Meta:
        verbose_name = _("proposed removals")
        verbose_name_plural = _("proposed removals")
        constraints = [
            models.UniqueConstraint(
                "campaign",
                condition=Q(state__in=OPEN_PROPOSALS),
                name="duesproposal_one_at_a_time",
                violation_error_message=_("A list of this campaign is open already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.state}"


class DuesProposalLine(models.Model):
    """One membership on the list; taken off with a reason, or ended once the list is approved."""

    proposal = models.ForeignKey(DuesProposal, models.CASCADE, related_name="lines", verbose_name=_("list"))
    membership = models.ForeignKey(
        "members.Membership", models.PROTECT, related_name="+", verbose_name=_("membership")
    )
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("person"))
    branch = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="+", verbose_name=pgettext_lazy("members", "branch")
    )
    months = models.PositiveSmallIntegerField(_("months unpaid"), default=0)
    kept_reason = models.CharField(_("why taken off"), max_length=300, blank=True)
    outcome = models.CharField(_("what came of it"), max_length=200, blank=True)
    act = models.OneToOneField(
        "members.LifeAct", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("act")
    )

    class Meta:
        verbose_name = _("line of proposed removals")
        verbose_name_plural = _("lines of proposed removals")
        constraints = [models.UniqueConstraint("proposal", "membership", name="duesproposal_line_once")]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.membership_id}"


class DuesHandover(models.Model):
    """A unit that merges closes its book of dues: what was in it, by whose minutes, to whom."""

    unit = models.OneToOneField(
        "people.Unit", models.PROTECT, related_name="dues_handover", verbose_name=_("unit")
    )
    successor = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="dues_books_received", verbose_name=_("to")
    )
    on = models.DateField(_("handed over on"))
    minutes = models.CharField(_("minutes"), max_length=120)
    collected = models.PositiveBigIntegerField(_("collected, đồng"))
    remitted = models.PositiveBigIntegerField(_("confirmed above, đồng"))
    not_remitted = models.PositiveBigIntegerField(_("for the level above, not confirmed, đồng"))
    arrears = models.PositiveBigIntegerField(_("still owed by members, đồng"))
    receipts = models.JSONField(_("receipts used, by year"))

    class Meta:
        verbose_name = _("dues book handed over")
        verbose_name_plural = _("dues books handed over")
        constraints = [
            models.CheckConstraint(condition=~Q(unit=F("successor")), name="dueshandover_to_another")
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} > {self.successor_id}"
