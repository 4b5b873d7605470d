"""Lists of donations brought in: read, tried dry, written; what is doubtful waits in a queue."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donors.enums import RowDecision
from people.enums import ImportState, RowVerdict


class DonationList(models.Model):
    """One uploaded list; `claim` is the worker's token, `claimed_at` its last sign of life."""

    unit = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="donation_lists", verbose_name=_("unit")
    )
    drive = models.ForeignKey(
        "donors.Drive", models.PROTECT, null=True, blank=True, related_name="lists", verbose_name=_("drive")
    )
    by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    file = models.ForeignKey("ledger.StoredFile", models.PROTECT, related_name="+", verbose_name=_("file"))
    result = models.ForeignKey(
        "ledger.StoredFile",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("result"),
    )
    source = models.CharField(_("source"), max_length=160)
    is_facilitys = models.BooleanField(_("made by the collecting facility"), default=False)
    issuer = models.CharField(_("issuer of the certificates"), max_length=120, blank=True)
    takes_new = models.BooleanField(_("enters people nobody knows"), default=True)
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    header_row = models.PositiveIntegerField(_("header row"), default=1)
    header_height = models.PositiveSmallIntegerField(default=1)
    headers = models.JSONField(_("headers"), default=list)
    columns = models.JSONField(_("columns"), default=dict)
    notices = models.JSONField(_("what was odd in the file"), default=list, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ImportState.choices, default=ImportState.READ)
    counts = models.JSONField(_("counts"), default=dict)
    rows_total = models.PositiveIntegerField(_("rows"), default=0)
    rows_done = models.PositiveIntegerField(_("rows done"), default=0)
    claim = models.UUIDField(null=True, editable=False)
    claimed_at = models.DateTimeField(pgettext_lazy("donors", "claimed"), null=True, blank=True)
    created_at = models.DateTimeField(_("uploaded"), default=timezone.now, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    problem = models.CharField(_("problem"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("list of donations")
        verbose_name_plural = _("lists of donations")
        indexes = [models.Index(fields=["unit", "-created_at"], name="donationlist_by_unit")]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"


class DonationRow(models.Model):
    """One row: the verdict in words, the donation it became. `digest` tells a row that came before."""

    batch = models.ForeignKey(DonationList, models.CASCADE, related_name="rows", verbose_name=_("list"))
    number = models.PositiveIntegerField(_("row in the file"))
    verdict = models.CharField(_("verdict"), max_length=10, choices=RowVerdict.choices)
    decision = models.CharField(_("decision"), max_length=8, choices=RowDecision.choices, blank=True)
    digest = models.BinaryField(editable=False, max_length=32)
    sealed_values = models.BinaryField(editable=False)
    reasons = models.JSONField(_("reasons"), default=list)
    person = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    donation = models.ForeignKey(
        "donors.Donation",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("donation"),
    )

    class Meta:
        verbose_name = _("row of a list of donations")
        verbose_name_plural = _("rows of lists of donations")
        constraints = [models.UniqueConstraint("batch", "number", name="donationrow_once")]
        indexes = [
            models.Index(fields=["digest"], name="donationrow_digest"),
            models.Index(
                fields=["batch", "number"],
                name="donationrow_queue",
                condition=Q(verdict=RowVerdict.DOUBTFUL, decision=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.number}"
