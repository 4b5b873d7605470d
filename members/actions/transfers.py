"""Transfer (chuyển sinh hoạt): asked by the unit or the member, received or refused by the other unit."""

from dataclasses import replace
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.dates import working_days_between
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from members.actions.joining import settle
from members.enums import ACT, MembershipState, TransferState
from members.models import Membership, Transfer
from members.queries.memberships import place_of
from members.queries.units import base_of
from members.rules import terms
from people.actions.approvals import ask, decide
from people.enums import ApprovalState, OfficeCode
from people.models import Unit
from people.permissions import acting

TRANSFER = "members.transfer"


@transaction.atomic
def ask_transfer(*, by: Actor, membership: Membership, target: Unit, reason: str) -> Transfer:
    """The membership is to go to another unit, which is asked to receive it. Returns the transfer.

    An officer of its unit asks, or the member. Until it is received everything stays as it is.
    """
    rows = Membership.objects.select_for_update(of=("self",)).select_related("person")
    membership = rows.get(pk=membership.pk)
    source = place_of(membership, by.on)
    if source is None:
        raise Refused([_("This membership is lived in no unit today.")])
    is_own = by.user is not None and membership.person.user_id == by.user.pk
    if not is_own:
        by = acting(by, ACT, source.pk)
    reasons: list[Reason] = []
    if membership.state == MembershipState.ENDED:
        reasons.append(Reason(_("This membership has ended already.")))
    if membership.state == MembershipState.MOVING:
        reasons.append(Reason(_("A transfer of this membership waits already.")))
    if target.pk == source.pk:
        reasons.append(Reason(_("The member is in this unit already."), field="target"))
    if by.on not in target.valid:
        reasons.append(Reason(_("That unit does not stand today."), field="target"))
    if not reason.strip():
        reasons.append(Reason(pgettext("members", "Say the reason."), field="reason"))
    if reasons:
        raise Refused(reasons)
    due = by.on + timedelta(days=terms(by.on).transfer_calendar_days)
    transfer = Transfer(
        membership=membership,
        source=source,
        target=target,
        reason=" ".join(reason.split()),
        asked_on=by.on,
        due_on=due,
    )
    receiver = base_of(target, by.on)
    told = {"name": membership.person.full_name, "source": source.name, "target": target.name}
    transfer.approval = ask(
        by=by,
        kind=TRANSFER,
        title=_("To receive: %(name)s, from %(source)s to %(target)s") % told,
        office=OfficeCode.UNIT_OFFICER,
        unit=receiver,
        person=membership.person,
        working_days=working_days_between(by.on, due),
    )
    transfer.full_clean()
    transfer.save()
    membership.state = MembershipState.MOVING
    membership.save(update_fields=["state"])
    record(by=by, act="members.ask_transfer", subject=membership, after={"to": target.code}, reason=reason)
    return transfer


@transaction.atomic
def receive_transfer(*, by: Actor, transfer: Transfer, unit: Unit | None = None) -> Transfer:
    """The other unit receives the member from today on, in a branch of its choice. Returns the transfer."""
    transfer, membership = _locked(transfer)
    target = unit or transfer.target
    by = acting(by, ACT, transfer.target_id)
    acting(by, ACT, target.pk)
    _answer(by, transfer, ApprovalState.APPROVED, _("Received."))
    settle(membership, target.pk, by.on)
    _free(membership, by.on)
    transfer.target, transfer.state, transfer.decided_on = target, TransferState.RECEIVED, by.on
    transfer.save(update_fields=["target", "state", "decided_on"])
    record(by=by, act="members.receive_transfer", subject=membership, after={"unit": target.code})
    return transfer


@transaction.atomic
def refuse_transfer(*, by: Actor, transfer: Transfer, reason: str) -> Transfer:
    """The other unit does not receive the member, and says why; nothing changes. Returns the transfer."""
    transfer, membership = _locked(transfer)
    by = acting(by, ACT, transfer.target_id)
    if not reason.strip():
        raise Refused(Reason(pgettext("members", "Say the reason."), field="reason"))
    _answer(by, transfer, ApprovalState.REFUSED, reason)
    return _give_up(by, transfer, membership, TransferState.REFUSED, reason, "members.refuse_transfer")


@transaction.atomic
def cancel_transfer(*, by: Actor, transfer: Transfer, reason: str) -> Transfer:
    """Who asked takes it back before it is received. Returns the transfer."""
    transfer, membership = _locked(transfer)
    if by.user is None or membership.person.user_id != by.user.pk:
        by = acting(by, ACT, transfer.source_id)
    if not reason.strip():
        raise Refused(Reason(pgettext("members", "Say the reason."), field="reason"))
    _answer(by, transfer, ApprovalState.RETURNED, reason)
    return _give_up(by, transfer, membership, TransferState.CANCELLED, reason, "members.cancel_transfer")


def _give_up(
    by: Actor, transfer: Transfer, membership: Membership, state: TransferState, reason: str, act: str
) -> Transfer:
    _free(membership, by.on)
    transfer.state, transfer.decided_on, transfer.answer = state, by.on, reason.strip()[:300]
    transfer.save(update_fields=["state", "decided_on", "answer"])
    record(by=by, act=act, subject=membership, after={"transfer": transfer.pk}, reason=reason)
    return transfer


def _locked(transfer: Transfer) -> tuple[Transfer, Membership]:
    """Transfer and membership under locks; refuses one that is decided, and says how."""
    transfer = Transfer.objects.select_for_update().get(pk=transfer.pk)
    if transfer.state != TransferState.WAITING:
        raise Refused(
            [_("This transfer was decided meanwhile: %(state)s.") % {"state": transfer.get_state_display()}]
        )
    memberships = Membership.objects.select_for_update(of=("self",)).select_related("person")
    return transfer, memberships.get(pk=transfer.membership_id)


def _free(membership: Membership, on: date) -> None:
    """It moves no more: it rests or is lived again."""
    rests = membership.pauses.filter(during__contains=on).exists()
    membership.state = MembershipState.PAUSED if rests else MembershipState.ACTIVE
    membership.save(update_fields=["state"])


def _answer(by: Actor, transfer: Transfer, decision: ApprovalState, words: str) -> None:
    approval = transfer.approval
    if approval is not None and approval.state == ApprovalState.WAITING:
        decide(by=replace(by, is_system=True), approval=approval, decision=decision, reason=words)
