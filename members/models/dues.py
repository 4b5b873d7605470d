"""Dues: rates and shares by date, yearly campaigns, what each member owes, receipts, remittances."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members.enums import CampaignState, Kind


class DatedTerm(models.Model):
    """What the chapter decided for a period, with its ground; unconfirmed ones are shown as such."""

    during = DateRangeField(_("period"))
    decision = models.CharField(_("decision"), max_length=120)
    file = models.ForeignKey(
        "ledger.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    confirmed = models.BooleanField(_("confirmed"), default=False)

    class Meta:
        abstract = True


class DuesRate(DatedTerm):
    """Đồng a month for a kind of membership."""

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    monthly = models.PositiveIntegerField(_("đồng a month"))

    class Meta:
        verbose_name = _("rate of dues")
        verbose_name_plural = _("rates of dues")
        constraints = [
            ExclusionConstraint(
                name="duesrate_one_a_day",
                expressions=[("kind", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.monthly}"


class DuesShares(DatedTerm):
    """How a receipt is shared between branch, base unit and the level above, in percent."""

    branch = models.PositiveSmallIntegerField(_("branch, %"))
    base = models.PositiveSmallIntegerField(_("base unit, %"))
    upper = models.PositiveSmallIntegerField(_("level above, %"))

    class Meta:
        verbose_name = _("shares of dues")
        verbose_name_plural = _("shares of dues")
        constraints = [
            ExclusionConstraint(
                name="duesshares_one_a_day", expressions=[("during", RangeOperators.OVERLAPS)]
            ),
            models.CheckConstraint(
                condition=Q(branch=100 - F("base") - F("upper")), name="duesshares_sum_to_100"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.branch}/{self.base}/{self.upper}"


class DuesCampaign(models.Model):
    """A base unit's dues of a year."""

    unit = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="dues_campaigns", verbose_name=_("unit")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    state = models.CharField(
        _("state"), max_length=6, choices=CampaignState.choices, default=CampaignState.OPEN
    )
    opened_at = models.DateTimeField(_("opened"), default=timezone.now, editable=False)
    reconciled_at = models.DateTimeField(_("last reconciled"), null=True, blank=True)
    closed_on = models.DateField(pgettext_lazy("members", "closed"), null=True, blank=True)
    # As the year was closed; what is paid later is told beside it.
    closing_owed = models.PositiveBigIntegerField(_("owed at closing, đồng"), null=True, blank=True)
    closing_paid = models.PositiveBigIntegerField(_("paid at closing, đồng"), null=True, blank=True)
    closing_unpaid = models.PositiveIntegerField(_("members who owed at closing"), null=True, blank=True)

    class Meta:
        verbose_name = _("dues campaign")
        verbose_name_plural = _("dues campaigns")
        constraints = [
            models.UniqueConstraint(
                "unit",
                "year",
                name="duescampaign_once_a_year",
                violation_error_message=_("The unit has a campaign of that year already."),
            ),
            models.CheckConstraint(
                condition=Q(state=CampaignState.OPEN, closed_on=None)
                | Q(state=CampaignState.CLOSED, closed_on__isnull=False),
                name="duescampaign_closed_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}"


class DuesRelief(models.Model):
    """A person pays less in a campaign, or nothing (100): by the committee's decision."""

    campaign = models.ForeignKey(
        DuesCampaign, models.CASCADE, related_name="reliefs", verbose_name=_("campaign")
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="dues_reliefs", verbose_name=_("person")
    )
    percent = models.PositiveSmallIntegerField(
        _("less by, %"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    reason = models.CharField(_("reason"), max_length=20)
    decision = models.CharField(_("decision"), max_length=60)
    decided_on = models.DateField(_("decided on"))

    class Meta:
        verbose_name = _("relief of dues")
        verbose_name_plural = _("reliefs of dues")
        constraints = [
            models.UniqueConstraint(
                "campaign",
                "person",
                name="duesrelief_once_a_person",
                violation_error_message=_("This person has a relief in the campaign already."),
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=100), name="duesrelief_of_1_to_100"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.percent} %"


class DuesCharge(models.Model):
    """What a membership owes to a branch in a campaign: computed, compared, corrected; never typed.

    `paid` is the sum of its lines on valid receipts. `ticked_on`: the branch head has the money.
    """

    campaign = models.ForeignKey(
        DuesCampaign, models.PROTECT, related_name="charges", verbose_name=_("campaign")
    )
    membership = models.ForeignKey(
        "members.Membership", models.PROTECT, related_name="charges", verbose_name=_("membership")
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="dues_charges", verbose_name=_("person")
    )
    branch = models.ForeignKey(
        "people.Unit",
        models.PROTECT,
        related_name="dues_charges",
        verbose_name=pgettext_lazy("members", "branch"),
    )
    months = models.PositiveSmallIntegerField(_("months"))
    amount = models.PositiveIntegerField(_("owed, đồng"))
    relief = models.PositiveSmallIntegerField(_("relief, %"), default=0)
    paid = models.PositiveIntegerField(_("paid, đồng"), default=0)
    ticked_on = models.DateField(_("collected by the branch"), null=True, blank=True)
    ticked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("collected by"),
    )

    class Meta:
        verbose_name = _("dues of a member")
        verbose_name_plural = _("dues of members")
        indexes = [models.Index(fields=["person", "campaign"], name="duescharge_by_person")]
        constraints = [
            models.UniqueConstraint("campaign", "branch", "membership", name="duescharge_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.amount}"

    @property
    def open_amount(self) -> int:
        """Đồng still owed; 0 if paid, exempt or overpaid."""
        return max(self.amount - self.paid, 0)
