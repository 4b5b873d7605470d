"""Asking an office for a decision, deciding, handing up when the deadline passes."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.dates import add_working_days, today
from foundation.refusal import Reason, Refused
from ledger.actor import Actor, NotAllowed
from ledger.audit import record
from people.enums import ApprovalState, OfficeCode
from people.models import Approval, ApprovalEvent, Person, Unit, UnitLink
from people.permissions import hold_for
from people.queries.approvals import decided_by
from people.rules import office_above

DAYS_TO_DECIDE = 5  # working days, where the asking act names none
DECISIONS = {ApprovalState.APPROVED, ApprovalState.REFUSED, ApprovalState.RETURNED}


@transaction.atomic
def ask(
    *,
    by: Actor,
    kind: str,
    title: str,
    office: OfficeCode,
    unit: Unit,
    person: Person | None = None,
    working_days: int = DAYS_TO_DECIDE,
) -> Approval:
    """Ask an office on a unit; due after some working days. Returns the approval.

    Called by the action that needs the decision, which has checked its own right.
    """
    approval = Approval(
        kind=kind,
        title=title[:200],
        office=office,
        unit=unit,
        person=person,
        due_on=add_working_days(today(), working_days),
    )
    approval.full_clean()
    approval.save()
    note(approval, by, "asked")
    record(
        by=by,
        act="people.ask_approval",
        subject=approval,
        after={"kind": kind, "office": office, "unit": unit.code, "due_on": approval.due_on},
    )
    return approval


@transaction.atomic
def decide(*, by: Actor, approval: Approval, decision: ApprovalState, reason: str = "") -> Approval:
    """Approve, refuse (with reason) or return for more (with reason). One decides; the other is told.

    An upper action calls this in its own transaction and acts on the outcome there.
    """
    approval = Approval.objects.select_for_update().get(pk=approval.pk)
    by = by.as_(hold_for(by, approval)) if not by.is_system else by
    if approval.state != ApprovalState.WAITING:
        raise Refused([already_decided(approval)])
    if decision not in DECISIONS:
        raise Refused([_("Choose: agree, refuse, or return for more.")])
    if decision != ApprovalState.APPROVED and not reason.strip():
        raise Refused(Reason(_("Say the reason."), field="reason"))
    approval.state = decision
    approval.decided_at = timezone.now()
    approval.reason = reason.strip()
    approval.full_clean()
    approval.save(update_fields=["state", "decided_at", "reason"])
    note(approval, by, decision, reason)
    record(
        by=by,
        act="people.decide_approval",
        subject=approval,
        before={"state": ApprovalState.WAITING},
        after={"state": decision},
        reason=reason,
    )
    return approval


def already_decided(approval: Approval) -> str:
    """The sentence for who comes second: how it was decided, when, by whom."""
    told = {
        "moment": f"{timezone.localtime(approval.decided_at):%H:%M %d/%m/%Y}",
        "state": approval.get_state_display(),
        "who": decided_by(approval),
    }
    if told["who"]:
        return _("This was decided already on %(moment)s by %(who)s: %(state)s.") % told
    return _("This was decided already on %(moment)s: %(state)s.") % told


@transaction.atomic
def withdraw(*, by: Actor, approval: Approval, reason: str) -> Approval:
    """Who asked takes it back before it is decided, with a reason. Returns the approval."""
    approval = Approval.objects.select_for_update().get(pk=approval.pk)
    asker = approval.events.filter(step="asked").values_list("user_id", flat=True).first()
    if not by.is_system and (by.user is None or asker != by.user.pk):
        raise NotAllowed([_("Only who asked takes it back.")])
    if approval.state != ApprovalState.WAITING:
        raise Refused([already_decided(approval)])
    if not reason.strip():
        raise Refused(Reason(_("Say the reason."), field="reason"))
    approval.state = ApprovalState.WITHDRAWN
    approval.decided_at = timezone.now()
    approval.reason = reason.strip()
    approval.full_clean()
    approval.save(update_fields=["state", "decided_at", "reason"])
    note(approval, by, ApprovalState.WITHDRAWN, reason)
    record(
        by=by,
        act="people.withdraw_approval",
        subject=approval,
        before={"state": ApprovalState.WAITING},
        after={"state": approval.state},
        reason=reason,
    )
    return approval


@transaction.atomic
def escalate(*, by: Actor, pk: int) -> Approval:
    """An approval past its deadline goes to the office above on the unit above, once. Returns it.

    Which office that is stands in tables/offices.toml. At the top it stays where it is and
    is marked; nothing decides itself.
    """
    if not by.is_system:
        raise NotAllowed([pgettext("people", "Your offices do not allow this here.")])
    approval = Approval.objects.select_for_update().get(pk=pk)
    if approval.state != ApprovalState.WAITING or approval.escalated_at or approval.due_on >= today():
        raise Refused([_("This approval is not overdue.")])
    link = (
        UnitLink.objects.filter(unit=approval.unit, during__contains=today()).select_related("parent").first()
    )
    before = {"unit": approval.unit.code, "office": approval.office}
    approval.escalated_at = timezone.now()
    if link is not None:
        approval.unit = link.parent
        approval.office = office_above(approval.office, today())
        approval.due_on = add_working_days(today(), DAYS_TO_DECIDE)
    approval.save(update_fields=["escalated_at", "unit", "office", "due_on"])
    note(approval, by, "escalated")
    record(
        by=by,
        act="people.escalate_approval",
        subject=approval,
        before=before,
        after={"unit": approval.unit.code, "office": approval.office},
    )
    return approval


def note(approval: Approval, by: Actor, step: str, words: str = "") -> None:
    """One line of the approval's history."""
    ApprovalEvent.objects.create(
        approval=approval,
        user_id=by.user.pk if by.user else None,
        office=by.acting.office if by.acting else "",
        step=step,
        words=words[:500],
    )
