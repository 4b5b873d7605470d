"""From the authority's papers to the person's hands, and the revoking of an award."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record, record_many
from people.permissions import acting
from rewards.actions.awarding import end_certificate
from rewards.actions.policies import checked as checked_row
from rewards.enums import APPROVE, CHECK, MANAGE, HandedHow, HandedProof, Reply
from rewards.models import Award, Invitation, Round
from rewards.permissions import acting_city
from rewards.rules import dossier_values


@transaction.atomic
def receive_papers(*, by: Actor, cycle: Round, on: date) -> int:
    """All papers of the round's decisions have come; returns for how many awards."""
    by = acting_city(by, MANAGE)
    if on > by.on:
        raise Refused([Reason(pgettext("rewards", "The day lies in the future."), field="on")])
    coming = Award.objects.select_for_update().filter(
        nomination__round=cycle, paper_received_on=None, revoked_on=None, decided_on__lte=on
    )
    pks = list(coming.values_list("pk", flat=True))
    Award.objects.filter(pk__in=pks).update(paper_received_on=on)
    record_many(
        by=by,
        act="rewards.receive_papers",
        model=Award,
        rows=((pk, {"paper_received_on": None}, {"paper_received_on": on}) for pk in pks),
    )
    return len(pks)


@transaction.atomic
def mark_misspelt(*, by: Actor, award: Award, name_on_paper: str) -> Award:
    """The name on the paper differs from the decision: it goes back for exchange; empty when exchanged."""
    by = acting_city(by, MANAGE)
    award = locked(award)
    before = award.name_on_paper
    award.name_on_paper = " ".join(name_on_paper.split())[:120]
    award.save(update_fields=["name_on_paper"])
    record(
        by=by,
        act="rewards.mark_misspelt",
        subject=award,
        before={"name_on_paper": before},
        after={"name_on_paper": award.name_on_paper},
    )
    return award


@transaction.atomic
def invite(*, by: Actor, cycle: Round) -> int:
    """An invitation for each award of the round without one: calling order by rung, then name; a seat each.

    Returns how many. Those invited before keep their order and seat.
    """
    by = acting_city(by, MANAGE)
    cycle = Round.objects.select_for_update().get(pk=cycle.pk)
    awards = Award.objects.filter(
        nomination__round=cycle, revoked_on=None, handed_on=None, invitation=None
    ).order_by("nomination__rung__kind", "nomination__rung__threshold", "person__sort_key", "pk")
    start = Invitation.objects.filter(round=cycle).count()
    group = dossier_values(by.on)["stage_group"]
    made = Invitation.objects.bulk_create(
        [
            Invitation(round=cycle, award=award, order=order, seat=seat_of(order, group))
            for order, award in enumerate(awards, start + 1)
        ],
        batch_size=500,
    )
    record_many(by=by, act="rewards.invite", model=Invitation, rows=((one.pk, None, None) for one in made))
    return len(made)


@transaction.atomic
def set_reply(*, by: Actor, invitation: Invitation, reply: str, receiver: str = "") -> Invitation:
    """What the invited answered; who receives instead is named. By the person's unit, or the city."""
    by = acting(by, CHECK, invitation.award.nomination.unit_id)
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if reply == Reply.OTHER and not receiver.strip():
        raise Refused([Reason(_("Name who receives instead."), field="receiver")])
    return replied(by, invitation, reply, receiver)


@transaction.atomic
def reply_invitation(*, by: Actor, invitation: Invitation, reply: str, receiver: str = "") -> Invitation:
    """The answer of the invited, by whoever holds the invitation's address, until the day itself."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",)).select_related("round").get(pk=invitation.pk)
    )
    reasons: list[Reason] = []
    if by.on > invitation.round.ceremony_on:
        reasons.append(Reason(_("The ceremony is over.")))
    if reply not in {Reply.COMING, Reply.OTHER, Reply.NOT_COMING}:
        reasons.append(Reason(_("Choose one of the answers."), field="reply"))
    if reply == Reply.OTHER and not receiver.strip():
        reasons.append(Reason(_("Name who receives instead."), field="receiver"))
    if reasons:
        raise Refused(reasons)
    return replied(by, invitation, reply, receiver)


def replied(by: Actor, invitation: Invitation, reply: str, receiver: str) -> Invitation:
    """The locked invitation with its answer, in the log."""
    before = invitation.reply
    invitation.reply = reply
    invitation.receiver = " ".join(receiver.split())[:120] if reply == Reply.OTHER else ""
    checked_row(invitation)
    invitation.save(update_fields=["reply", "receiver"])
    record(
        by=by, act="rewards.set_reply", subject=invitation, before={"reply": before}, after={"reply": reply}
    )
    return invitation


@transaction.atomic
def check_in(*, by: Actor, invitation: Invitation) -> Invitation:
    """Arrived; scanning twice keeps the first moment."""
    by = acting_city(by, MANAGE)
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.checked_in_at is None:
        invitation.checked_in_at = timezone.now()
        invitation.save(update_fields=["checked_in_at"])
        record(by=by, act="rewards.check_in", subject=invitation)
    return invitation


@transaction.atomic
def hand_over(
    *,
    by: Actor,
    award: Award,
    on: date,
    how: str,
    received_by: str = "",
    proof: str = HandedProof.SIGNATURE,
) -> Award:
    """In the person's hands, or another's whose name stays; shown by a signature or the invitation's code.

    Handed over twice is refused; the code shows it only of who has checked in.
    """
    by = acting(by, CHECK, award.nomination.unit_id)
    award = locked(award)
    proof = proof or HandedProof.SIGNATURE
    reasons: list[Reason] = []
    if award.handed_on is not None:
        reasons.append(Reason(_("It has been handed over already.")))
    if award.paper_received_on is None or on < award.paper_received_on:
        reasons.append(Reason(_("The paper had not come by that day."), field="on"))
    if award.name_on_paper:
        reasons.append(Reason(_("The name on the paper is misspelt: exchange it first.")))
    if on > by.on:
        reasons.append(Reason(pgettext("rewards", "The day lies in the future."), field="on"))
    if how == HandedHow.FOR_ANOTHER and not received_by.strip():
        reasons.append(Reason(_("Name who received it."), field="received_by"))
    if how not in HandedHow.values or proof not in HandedProof.values:
        reasons.append(Reason(_("Choose how it was handed over."), field="how"))
    if (
        proof == HandedProof.QR
        and not Invitation.objects.filter(award=award, checked_in_at__isnull=False).exists()
    ):
        reasons.append(Reason(_("Nobody has checked in with this invitation."), field="proof"))
    if reasons:
        raise Refused(reasons)
    award.handed_on, award.handed_how, award.handed_to = on, how, received_by.strip()[:120]
    award.handed_proof = proof
    checked_row(award)
    award.save(update_fields=["handed_on", "handed_how", "handed_to", "handed_proof"])
    record(by=by, act="rewards.hand_over", subject=award, after={"handed_on": on, "how": how})
    return award


@transaction.atomic
def close_ceremony(*, by: Actor, cycle: Round) -> int:
    """What was not handed over becomes a late hand-over with a last day; returns how many."""
    by = acting_city(by, MANAGE)
    if by.on < cycle.ceremony_on:
        raise Refused([_("The ceremony has not been held yet.")])
    due = max(by.on, cycle.ceremony_on) + timedelta(days=dossier_values(by.on)["late_hand_over_days"])
    left = Award.objects.select_for_update().filter(
        nomination__round=cycle, handed_on=None, revoked_on=None, due_on=None
    )
    pks = list(left.values_list("pk", flat=True))
    Award.objects.filter(pk__in=pks).update(due_on=due)
    record_many(
        by=by,
        act="rewards.close_ceremony",
        model=Award,
        rows=((pk, {"due_on": None}, {"due_on": due}) for pk in pks),
    )
    return len(pks)


@transaction.atomic
def revoke_award(*, by: Actor, award: Award, on: date, reason: str) -> Award:
    """Revoked by a decision named in the reason: grant and revoking both stay in the record."""
    by = acting_city(by, APPROVE)
    award = locked(award)
    reasons = []
    if not reason.strip():
        reasons.append(Reason(_("Say why, with the number of the decision."), field="reason"))
    if not award.decided_on <= on <= by.on:
        reasons.append(Reason(_("The day lies between the decision and today."), field="on"))
    if reasons:
        raise Refused(reasons)
    award.revoked_on, award.revoked_reason = on, reason.strip()[:300]
    award.save(update_fields=["revoked_on", "revoked_reason"])
    end_certificate(by, award, on)
    record(by=by, act="rewards.revoke_award", subject=award, after={"revoked_on": on}, reason=reason)
    return award


def locked(award: Award) -> Award:
    """The locked award; refuses a revoked one."""
    award = Award.objects.select_for_update().get(pk=award.pk)
    if award.revoked_on is not None:
        raise Refused([_("This award has been revoked.")])
    return award


def seat_of(order: int, group: int) -> str:
    """ "A01" to the row's last seat, then "B01"; a row is a group on the stage; after Z comes AA."""
    row, place = divmod(order - 1, group)
    letters = ""
    row += 1
    while row:
        row, letter = divmod(row - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{place + 1:02}"
