"""Bodies with a term: entered, recognised by the level above, their seats taken and left.

Stepping down (rút tên), striking off (xóa tên) and electing in addition (bầu bổ sung) are
different acts, each with its own record, and the level above is told of them.
"""

from dataclasses import replace
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from foundation.dates import format_date, today
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from people.actions.approvals import ask, decide
from people.enums import ApprovalState, BodyKind, OfficeCode, SeatEnd, UnitKind
from people.models import Approval, Body, Person, Seat, Unit
from people.permissions import acting
from people.queries.bodies import recogniser_of
from people.rules.bodies import body_rules, is_deputy, rank_of

RECOGNITION = "body.recognise"
REPORT = "body.report"
DAYS_TO_RECOGNISE = 10  # working days


@transaction.atomic
def found_body(
    *,
    by: Actor,
    unit: Unit,
    kind: BodyKind,
    first_on: date,
    last_on: date | None,
    is_provisional: bool = False,
    name: str = "",
) -> Body:
    """A body of a unit for a term, not yet recognised; returns it.

    Refused while another of its kind (a steering committee: of its name) has part of that term in the unit.
    """
    by = acting(by, "body.manage", unit.pk)
    unit = Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    reasons = []
    if last_on is not None and last_on < first_on:
        reasons.append(Reason(_("The last day lies before the first."), field="last_on"))
    if first_on not in unit.valid:
        told = {"unit": unit.name, "day": format_date(first_on)}
        reasons.append(Reason(_("%(unit)s does not stand on %(day)s.") % told, field="first_on"))
    if reasons:
        raise Refused(reasons)
    rule = body_rules(first_on)[kind]
    body = Body(
        unit=unit,
        kind=kind,
        name=name.strip() or (rule.provisional_name if is_provisional else rule.name),
        term=DateRange(first_on, last_on + timedelta(days=1) if last_on else None),
        is_provisional=is_provisional,
    )
    others = Body.objects.filter(unit=unit, kind=kind, term__overlap=body.term)
    if kind == BodyKind.STEERING:
        others = others.filter(name=body.name)
    other = others.first()
    if other is not None:
        raise Refused([_overlap(other)])
    body.full_clean()
    body.save()
    after = {"unit": unit.code, "kind": kind, "name": body.name, "from": first_on, "until": last_on}
    record(by=by, act="people.found_body", subject=body, after=after)
    return body


@transaction.atomic
def end_body(*, by: Actor, body: Body, last_on: date, reason: str) -> Body:
    """The body's term is over after `last_on`; who still sits in it leaves with it. Returns the body."""
    body = _locked(body)
    by = acting(by, "body.manage", body.unit_id)
    reasons = []
    if not reason.strip():
        reasons.append(Reason(_("Say why the term ends."), field="reason"))
    if last_on not in body.term:
        reasons.append(Reason(_("That day lies outside the term."), field="last_on"))
    if reasons:
        raise Refused(reasons)
    before = {"until": body.term.upper}
    body.term = DateRange(body.term.lower, last_on + timedelta(days=1))
    body.full_clean()
    body.save(update_fields=["term"])
    for seat in Seat.objects.select_for_update().filter(body=body, during__overlap=DateRange(last_on, None)):
        if seat.during.lower > last_on:
            seat.delete()
        elif seat.during.upper is None or seat.during.upper > last_on + timedelta(days=1):
            seat.during = DateRange(seat.during.lower, last_on + timedelta(days=1))
            seat.ended_how = SeatEnd.TERM
            seat.save(update_fields=["during", "ended_how"])
    record(
        by=by,
        act="people.end_body",
        subject=body,
        before=before,
        after={"until": body.term.upper},
        reason=reason,
    )
    return body


@transaction.atomic
def ask_recognition(*, by: Actor, body: Body) -> Approval:
    """Ask the level above to recognise the body; it is asked once at a time. Returns the approval."""
    body = _locked(body)
    by = acting(by, "body.manage", body.unit_id)
    above = recogniser_of(body.unit, today())
    if body.recognised_number:
        raise Refused([_("This body is recognised already.")])
    if body.approval is not None and body.approval.state == ApprovalState.WAITING:
        raise Refused([_("The level above was asked already.")])
    if above == body.unit:
        raise Refused([_("No unit stands above: enter the decision that recognised the body.")])
    if not body.seats.exists():
        raise Refused([_("Enter the members first.")])
    title = _("Recognise: %(body)s, %(unit)s") % {"body": body.name, "unit": body.unit.name}
    body.approval = ask(
        by=by,
        kind=RECOGNITION,
        title=title,
        office=_office_of(above),
        unit=above,
        working_days=DAYS_TO_RECOGNISE,
    )
    body.save(update_fields=["approval"])
    record(by=by, act="people.ask_recognition", subject=body, after={"approval": body.approval.pk})
    return body.approval


@transaction.atomic
def recognise_body(*, by: Actor, body: Body, decision_number: str, decided_on: date) -> Body:
    """The level above recognises the body by a decision; answers what was asked, if it was. Returns it.

    At the top the unit itself enters the decision that came from outside the portal.
    """
    body = _locked(body)
    above = recogniser_of(body.unit, today())
    reasons = []
    if body.recognised_number:
        raise Refused([_("This body is recognised already.")])
    if not decision_number.strip():
        reasons.append(Reason(_("Write the decision's number."), field="decision_number"))
    if decided_on > today():
        reasons.append(Reason(_("The decision lies in the future."), field="decided_on"))
    if reasons:
        raise Refused(reasons)
    if body.approval is not None and body.approval.state == ApprovalState.WAITING:
        decide(by=by, approval=body.approval, decision=ApprovalState.APPROVED, reason=decision_number)
    by = acting(by, "body.manage", above.pk)
    body.recognised_number, body.recognised_on = decision_number.strip(), decided_on
    body.full_clean()
    body.save(update_fields=["recognised_number", "recognised_on"])
    after = {"number": body.recognised_number, "on": decided_on}
    record(by=by, act="people.recognise_body", subject=body, after=after)
    return body


@transaction.atomic
def recognise_decided(*, by: Actor, body: Body, unit: Unit, number: str, decided_on: date) -> Body:
    """The decision of `unit` that recognises the body is issued by its clerk, `by`. Returns the body.

    The office that was asked drafted the decision: so the body is recognised for the clerk, who needs
    no right over bodies.
    """
    by = acting(by, "paper.number", unit.pk)
    asked = body.approval.unit_id if body.approval is not None else None
    if unit.pk not in {asked, recogniser_of(body.unit, today()).pk}:
        raise Refused([_("Only the unit above recognises this body.")])
    return recognise_body(
        by=replace(by, is_system=True), body=body, decision_number=number, decided_on=decided_on
    )


@transaction.atomic
def seat_member(
    *, by: Actor, body: Body, person: Person, post: str, first_on: date, is_acting: bool = False
) -> Seat:
    """A member of the body from a day on, as it was first made up. Returns the seat."""
    body = _locked(body)
    by = acting(by, "body.manage", body.unit_id)
    if body.recognised_number:
        raise Refused([_("This body is recognised: who joins it now is elected in addition.")])
    seat = _seat(body, person, post, first_on, is_acting)
    record(by=by, act="people.seat_member", subject=seat, after=_told(seat))
    return seat


@transaction.atomic
def elect_in_addition(
    *, by: Actor, body: Body, person: Person, post: str, first_on: date, decision_number: str
) -> Seat:
    """Somebody joins a recognised body by an election in addition (bầu bổ sung). Returns the seat."""
    body = _locked(body)
    by = acting(by, "body.manage", body.unit_id)
    if not decision_number.strip():
        raise Refused(Reason(_("Write the decision's number."), field="decision_number"))
    seat = _seat(body, person, post, first_on, False, decision_number.strip(), is_by_election=True)
    record(by=by, act="people.elect_in_addition", subject=seat, after=_told(seat))
    _report(by, body, _("Elected in addition: %(person)s, %(body)s"), person)
    return seat


@transaction.atomic
def step_down(*, by: Actor, seat: Seat, last_on: date, reason: str, decision_number: str) -> Seat:
    """A member leaves at the own wish, by retirement or transfer (rút tên). Returns the seat."""
    seat, by = _leaving(by, seat, last_on, reason)
    before = {"until": seat.during.upper}
    _leave(seat, last_on, SeatEnd.WITHDRAWN, reason, decision_number)
    after = {"until": seat.during.upper}
    record(by=by, act="people.step_down", subject=seat, before=before, after=after, reason=reason)
    _report(by, seat.body, _("Stepped down: %(person)s, %(body)s"), seat.person)
    return seat


@transaction.atomic
def strike_off(*, by: Actor, seat: Seat, last_on: date, reason: str, decision_number: str) -> Seat:
    """A member is removed by discipline (xóa tên); only by a decision. Returns the seat."""
    seat, by = _leaving(by, seat, last_on, reason)
    if not decision_number.strip():
        raise Refused(
            Reason(_("Striking off needs its decision: write the number."), field="decision_number")
        )
    before = {"until": seat.during.upper}
    _leave(seat, last_on, SeatEnd.STRUCK_OFF, reason, decision_number)
    after = {"until": seat.during.upper}
    record(by=by, act="people.strike_off", subject=seat, before=before, after=after, reason=reason)
    _report(by, seat.body, _("Struck off: %(person)s, %(body)s"), seat.person)
    return seat


@transaction.atomic
def put_in_charge(*, by: Actor, seat: Seat, first_on: date, decision_number: str) -> Seat:
    """A deputy is in charge ("phụ trách") from a day on, without the head's title. Returns the new seat."""
    seat = Seat.objects.select_for_update().select_related("body", "person").get(pk=seat.pk)
    by = acting(by, "body.manage", seat.body.unit_id)
    reasons = []
    if not decision_number.strip():
        reasons.append(Reason(_("Write the decision's number."), field="decision_number"))
    if not is_deputy(seat.post):
        reasons.append(Reason(_("Only a deputy is put in charge.")))
    if first_on not in seat.during:
        reasons.append(Reason(_("The person does not sit in the body on that day."), field="first_on"))
    if seat.is_acting:
        reasons.append(Reason(_("This person is in charge already.")))
    head = Seat.objects.filter(body=seat.body, rank=1, during__contains=first_on).first()
    if head is not None:
        told = {"person": head.person.full_name, "post": head.post}
        reasons.append(Reason(_("%(person)s is %(post)s on that day: end that seat first.") % told))
    if reasons:
        raise Refused(reasons)
    until = seat.during.upper
    if seat.during.lower == first_on:
        seat.is_acting, seat.decision_number = True, decision_number.strip()
        seat.save(update_fields=["is_acting", "decision_number"])
        acting_seat = seat
    else:
        seat.during = DateRange(seat.during.lower, first_on)
        seat.save(update_fields=["during"])
        acting_seat = Seat(body=seat.body, person=seat.person, post=seat.post, rank=seat.rank, is_acting=True)
        acting_seat.during = DateRange(first_on, until)
        acting_seat.decision_number = decision_number.strip()
        acting_seat.full_clean()
        acting_seat.save()
    record(by=by, act="people.put_in_charge", subject=acting_seat, after=_told(acting_seat))
    return acting_seat


def _locked(body: Body) -> Body:
    return Body.objects.select_for_update(of=("self",)).select_related("unit", "approval").get(pk=body.pk)


def _overlap(other: Body) -> Reason:
    last = format_date(other.term.upper - timedelta(days=1)) if other.term.upper else "…"
    told = {"body": other.name, "first": format_date(other.term.lower), "last": last}
    return Reason(
        _("%(body)s has the term %(first)s – %(last)s in this unit: end it first.") % told, field="first_on"
    )


def _seat(
    body: Body,
    person: Person,
    post: str,
    first_on: date,
    is_acting: bool,
    decision_number: str = "",
    *,
    is_by_election: bool = False,
) -> Seat:
    if first_on not in body.term:
        raise Refused(Reason(_("That day lies outside the term."), field="first_on"))
    seat = Seat(
        body=body,
        person=person,
        post=post.strip(),
        rank=rank_of(body.kind, post.strip(), first_on),
        is_acting=is_acting,
        is_by_election=is_by_election,
        decision_number=decision_number,
        during=DateRange(first_on, body.term.upper),
    )
    try:
        seat.full_clean()
    except ValidationError as error:
        raise Refused(
            [message for messages in error.message_dict.values() for message in messages]
        ) from error
    seat.save()
    return seat


def _told(seat: Seat) -> dict[str, object]:
    return {
        "body": seat.body_id,
        "person": seat.person_id,
        "post": seat.post,
        "from": seat.during.lower,
        "number": seat.decision_number,
    }


def _leaving(by: Actor, seat: Seat, last_on: date, reason: str) -> tuple[Seat, Actor]:
    """The seat, locked, and the actor in office; refuses a day outside it or an unsaid reason."""
    seat = Seat.objects.select_for_update(of=("self",)).select_related("body__unit", "person").get(pk=seat.pk)
    by = acting(by, "body.manage", seat.body.unit_id)
    reasons = []
    if seat.ended_how:
        reasons.append(Reason(_("This person has left the body already.")))
    if not reason.strip():
        reasons.append(Reason(_("Say the reason."), field="reason"))
    if last_on not in seat.during:
        reasons.append(Reason(_("The person does not sit in the body on that day."), field="last_on"))
    if reasons:
        raise Refused(reasons)
    return seat, by


def _leave(seat: Seat, last_on: date, how: SeatEnd, reason: str, decision_number: str) -> None:
    seat.during = DateRange(seat.during.lower, last_on + timedelta(days=1))
    seat.ended_how, seat.ended_reason = how, reason.strip()
    seat.ended_number = decision_number.strip()
    seat.full_clean()
    seat.save(update_fields=["during", "ended_how", "ended_reason", "ended_number"])


def _office_of(unit: Unit) -> OfficeCode:
    return OfficeCode.CITY_OFFICER if unit.kind == UnitKind.CITY else OfficeCode.UNIT_OFFICER


def _report(by: Actor, body: Body, words: str, person: Person) -> None:
    """Tell the level above of a change in a recognised body: it waits there until it is noted."""
    above = recogniser_of(body.unit, today())
    if body.recognised_number and above != body.unit:
        title = words % {"person": person.full_name, "body": f"{body.name}, {body.unit.name}"}
        ask(by=by, kind=REPORT, title=title, office=_office_of(above), unit=above, person=person)
