"""Approvals: what waits for whom, what is late, who decided."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ledger.actor import Actor
from people.enums import ApprovalState, OfficeCode
from people.models import Approval, ApprovalEvent, Person


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an approval's history with the name behind it; "" for the system."""

    event: ApprovalEvent
    who: str
    office: str


def waiting_for(by: Actor) -> QuerySet[Approval]:
    """Waiting approvals addressed to the actor's offices on their units, oldest first."""
    return (
        Approval.objects.filter(_addressed(by), state=ApprovalState.WAITING)
        .select_related("unit")
        .order_by("asked_at", "pk")
    )


def visible_approvals(by: Actor) -> QuerySet[Approval]:
    """Approvals addressed to the actor's offices, and those the actor asked for or decided."""
    if by.is_system:
        return Approval.objects.all()
    mine = ApprovalEvent.objects.filter(user_id=by.user.pk if by.user else None).exclude(user_id=None)
    return Approval.objects.filter(_addressed(by) | Q(pk__in=mine.values("approval")))


def late_approvals(on: date) -> QuerySet[Approval]:
    """Waiting approvals past their deadline that were not handed up yet, oldest first."""
    return Approval.objects.filter(state=ApprovalState.WAITING, escalated_at=None, due_on__lt=on).order_by(
        "due_on", "pk"
    )


def history(approval: Approval) -> list[Step]:
    """Every step with names, first to last. 2 queries."""
    events = list(approval.events.order_by("at", "pk"))
    names = dict(
        Person.objects.filter(user__in={e.user_id for e in events if e.user_id}).values_list(
            "user_id", "full_name"
        )
    )
    offices = dict(OfficeCode.choices)
    return [
        Step(event, names.get(event.user_id or 0, ""), str(offices.get(event.office, ""))) for event in events
    ]


def decided_by(approval: Approval) -> str:
    """The name of who decided it; "" if nobody did yet or nobody is known."""
    event = approval.events.filter(step=approval.state).order_by("-at", "-pk").first()
    if event is None or not event.user_id:
        return ""
    return Person.objects.filter(user=event.user_id).values_list("full_name", flat=True).first() or ""


def asked_by(approval: Approval) -> Person | None:
    """The person who asked; None for the system."""
    event = approval.events.filter(step="asked").order_by("pk").first()
    return Person.objects.filter(user=event.user_id).first() if event and event.user_id else None


def step_label(step: str) -> str:
    """What a step of the history is called."""
    names = {
        "asked": pgettext("approval", "Asked"),
        "escalated": _("Handed up: the deadline had passed"),
        "forwarded": _("Passed on with the unit to"),
    }
    return names.get(step) or str(dict(ApprovalState.choices).get(step, step))


def _addressed(by: Actor) -> Q:
    found = Q(pk=None)
    for hold in by.holds:
        found |= Q(office=hold.office, unit__in=hold.unit_ids)
    return found
