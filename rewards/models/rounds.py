"""A round for honours granted elsewhere: units' reports, the council, dossiers and their decisions."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rewards.enums import Grantor, PaperUse


class Round(models.Model):
    """One round: counted up to the cut-off, units report by the deadline, handed over at the ceremony."""

    name = models.CharField(_("name"), max_length=160)
    cut_off = models.DateField(_("counted up to"))
    deadline = models.DateField(_("units report by"))
    ceremony_on = models.DateField(_("ceremony on"))
    place = models.CharField(pgettext_lazy("rewards", "place"), max_length=200, blank=True)
    guidance = models.CharField(_("guidance letter"), max_length=80, blank=True)
    created_at = models.DateTimeField(_("opened"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("round of honours")
        verbose_name_plural = _("rounds of honours")
        constraints = [
            models.CheckConstraint(
                condition=Q(cut_off__lte=models.F("deadline")) & Q(deadline__lte=models.F("ceremony_on")),
                name="round_days_in_order",
                violation_error_message=_("Cut-off, deadline and ceremony follow one another."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class UnitReport(models.Model):
    """A unit has handed in its list for a round, with people or without."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="reports", verbose_name=_("round"))
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    reported_on = models.DateField(_("handed in on"))

    class Meta:
        verbose_name = _("report of a unit")
        verbose_name_plural = _("reports of units")
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="report_once_a_round")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.unit_id}"


class Meeting(models.Model):
    """A meeting of the award council with its minutes; the votes stand on each nomination."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="meetings", verbose_name=_("round"))
    held_on = models.DateField(pgettext_lazy("rewards", "held on"))
    present = models.PositiveSmallIntegerField(_("members present"))
    members = models.PositiveSmallIntegerField(_("members of the council"))
    minutes_number = models.CharField(_("number of the minutes"), max_length=60)
    undone_on = models.DateField(pgettext_lazy("rewards", "taken back on"), null=True, blank=True)
    undone_reason = models.CharField(_("reason of taking back"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("meeting of the council")
        verbose_name_plural = _("meetings of the council")
        constraints = [
            models.CheckConstraint(
                condition=Q(present__gt=0) & Q(present__lte=models.F("members")), name="meeting_present_fits"
            ),
            models.UniqueConstraint(
                fields=["round", "minutes_number"],
                condition=Q(undone_on=None),
                name="meeting_minutes_once",
                violation_error_message=_("These minutes have been entered already."),
            ),
        ]

    def __str__(self) -> str:
        return self.minutes_number


class Dossier(models.Model):
    """What goes to one granting authority: sent with a submission, expected back, decided there."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="dossiers", verbose_name=_("round"))
    grantor = models.CharField(_("addressed to"), max_length=16, choices=Grantor.choices)
    submission_number = models.CharField(_("number of the submission"), max_length=60)
    sent_on = models.DateField(_("sent on"))
    expected_on = models.DateField(_("answer expected by"))
    appraised_on = models.DateField(_("appraised on"), null=True, blank=True)
    appraisal = models.CharField(_("what the appraisal said"), max_length=300, blank=True)
    decision_number = models.CharField(_("number of their decision"), max_length=60, blank=True)
    decided_on = models.DateField(_("day of their decision"), null=True, blank=True)
    signer = models.CharField(_("signed by"), max_length=120, blank=True)
    file = models.ForeignKey(
        "ledger.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        constraints = [
            models.UniqueConstraint(
                fields=["submission_number", "sent_on"],
                name="dossier_submission_once",
                violation_error_message=_("This submission has been entered already."),
            ),
            models.UniqueConstraint(
                fields=["grantor", "decision_number", "decided_on"],
                condition=~Q(decision_number=""),
                name="dossier_decision_once",
                violation_error_message=_("This decision has been entered already."),
            ),
            models.CheckConstraint(
                condition=Q(decision_number="", decided_on=None)
                | (~Q(decision_number="") & Q(decided_on__gte=models.F("sent_on"))),
                name="dossier_decided_after_sent",
                violation_error_message=_("Their decision cannot be older than the dossier."),
            ),
        ]

    def __str__(self) -> str:
        return self.submission_number


class DossierPaper(models.Model):
    """A paper that goes with a dossier: in hand by its number, or left out with a reason.

    Before the dossier is sent `dossier` is empty; sending keeps the list as it went.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="dossier_papers", verbose_name=_("round"))
    grantor = models.CharField(_("addressed to"), max_length=16, choices=Grantor.choices)
    dossier = models.ForeignKey(
        Dossier, models.PROTECT, null=True, blank=True, related_name="papers", verbose_name=_("dossier")
    )
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=160)
    number = models.CharField(_("number of the paper"), max_length=60, blank=True)
    reason = models.CharField(_("why the dossier goes without"), max_length=300, blank=True)
    entered_on = models.DateField(_("entered on"))

    class Meta:
        verbose_name = _("paper of a dossier")
        verbose_name_plural = _("papers of dossiers")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "grantor", "code"],
                condition=Q(dossier=None),
                name="dossierpaper_once_before",
            ),
            models.UniqueConstraint(fields=["dossier", "code"], name="dossierpaper_once"),
            models.CheckConstraint(
                condition=Q(number="") ^ Q(reason=""),
                name="dossierpaper_in_or_reason",
                violation_error_message=_("Enter the number of the paper, or why the dossier goes without."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RoundPaper(models.Model):
    """A paper of a round, drafted and signed in papers; a given-up one makes room for another."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="papers", verbose_name=_("round"))
    use = models.CharField(_("for"), max_length=10, choices=PaperUse.choices)
    grantor = models.CharField(_("addressed to"), max_length=16, choices=Grantor.choices, blank=True)
    paper = models.OneToOneField(
        "papers.Paper", models.PROTECT, related_name="+", verbose_name=pgettext_lazy("rewards", "paper")
    )

    class Meta:
        verbose_name = _("paper of a round")
        verbose_name_plural = _("papers of a round")

    def __str__(self) -> str:
        return f"{self.round_id} {self.use}"
