"""What has been granted, and how it came into the person's hands."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rewards.enums import HandedHow, HandedProof, Reply


class Award(models.Model):
    """An honour granted by a decision to a person, or to the nomination's group; revoked, never deleted.

    The paper is received, checked against the decision (`name_on_paper` where it is misspelt), handed over.
    """

    nomination = models.ForeignKey(
        "rewards.Nomination", models.PROTECT, related_name="awards", verbose_name=_("nomination")
    )
    person = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="awards",
        verbose_name=_("person"),
    )
    honour = models.CharField(_("honour"), max_length=30)
    occasion = models.CharField(_("occasion"), max_length=20, blank=True)
    decision_number = models.CharField(_("number of the decision"), max_length=60)
    decided_on = models.DateField(_("day of the decision"))
    bonus_vnd = models.PositiveBigIntegerField(_("money"), default=0)
    paper_received_on = models.DateField(_("paper received on"), null=True, blank=True)
    name_on_paper = models.CharField(_("misspelt on the paper as"), max_length=120, blank=True)
    handed_on = models.DateField(pgettext_lazy("rewards", "handed over on"), null=True, blank=True)
    handed_how = models.CharField(
        pgettext_lazy("rewards", "handed over"), max_length=12, choices=HandedHow.choices, blank=True
    )
    handed_proof = models.CharField(_("shown by"), max_length=9, choices=HandedProof.choices, blank=True)
    handed_to = models.CharField(_("received by"), max_length=120, blank=True)
    proof = models.OneToOneField(
        "papers.Proof",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("proof of the chapter's certificate"),
    )
    due_on = models.DateField(_("hand over by"), null=True, blank=True)
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    revoked_reason = models.CharField(_("reason of revoking"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "honour", "occasion"],
                condition=Q(revoked_on=None),
                name="award_once",
                violation_error_message=_("This person holds this honour already."),
            ),
            models.UniqueConstraint(
                fields=["nomination"],
                condition=Q(revoked_on=None),
                name="award_one_a_nomination",
                violation_error_message=_("This person holds this honour already."),
            ),
            models.CheckConstraint(
                condition=Q(handed_on=None, handed_how="")
                | (~Q(handed_how="") & Q(handed_on__gte=models.F("decided_on"))),
                name="award_handed_after_decision",
            ),
            models.CheckConstraint(
                condition=Q(revoked_on=None) | ~Q(revoked_reason=""), name="award_revoked_for_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(handed_on=None, revoked_on=None), name="award_open")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.honour}"


class Invitation(models.Model):
    """To the ceremony of a round: the reply, the place in the calling order, the seat, the check-in."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    award = models.OneToOneField(Award, models.CASCADE, related_name="invitation", verbose_name=_("award"))
    round = models.ForeignKey(
        "rewards.Round", models.PROTECT, related_name="invitations", verbose_name=_("round")
    )
    order = models.PositiveIntegerField(_("calling order"))
    seat = models.CharField(pgettext_lazy("rewards", "seat"), max_length=10)
    reply = models.CharField(_("reply"), max_length=12, choices=Reply.choices, default=Reply.NONE)
    receiver = models.CharField(_("who receives instead"), max_length=120, blank=True)
    checked_in_at = models.DateTimeField(_("checked in"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(fields=["round", "order"], name="invitation_order_once"),
            models.UniqueConstraint(fields=["round", "seat"], name="invitation_seat_once"),
            models.CheckConstraint(
                condition=~Q(reply=Reply.OTHER) | ~Q(receiver=""), name="invitation_other_is_named"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.order}"
