"""Documents sent to units: what I sent, what came to mine, who has not read it, who is to be written to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from foundation.dated import in_force, load_table
from ledger.actor import Actor
from news.enums import SendingState
from news.models import Receipt, Sending
from news.queries.shelf import MANAGE, SEE
from news.rules.sendings import reminder_day
from papers.queries import own_units
from people.enums import UnitKind
from people.models import OfficeGrant, Person, Unit, UnitCover
from people.queries import units_of
from people.rules import offices_that_may

SEND, ACK = "document.send", "document.ack"
# Kinds of unit a document usually goes to; branches, teams and clubs hear of it from theirs.
KINDS = (
    UnitKind.WARD,
    UnitKind.COMMUNE,
    UnitKind.SPECIAL_ZONE,
    UnitKind.ATTACHED,
    UnitKind.SCHOOL,
    UnitKind.ENTERPRISE,
    UnitKind.DEPARTMENT,
    UnitKind.BRANCH,
)


@dataclass(frozen=True, slots=True)
class Due:
    """A letter that is due: of which kind, for which day of the table, and the last day it names."""

    kind: str
    day: date
    term: date


def units_i_send_for(by: Actor) -> QuerySet[Unit]:
    """Standing units in whose name the actor sends: those its own offices stand on."""
    units = Unit.objects.standing(by.on).order_by("code")
    return units if by.is_system else units.filter(pk__in=own_units(by, SEND))


def units_to_send_to(by: Actor, unit: Unit) -> QuerySet[Unit]:
    """Standing units under the sending one, by code."""
    below = UnitCover.objects.filter(ancestor=unit, during__contains=by.on).exclude(unit=unit)
    return Unit.objects.standing(by.on).filter(pk__in=below.values("unit"), kind__in=KINDS).order_by("code")


def visible_sendings(by: Actor) -> QuerySet[Sending]:
    """What the units covered have sent, the last first."""
    sendings = Sending.objects.select_related("document", "unit").order_by("-sent_at", "-pk")
    sendings = sendings.defer("document__words", "document__search")
    if by.is_system:
        return sendings
    offices = offices_that_may(SEND, by.on) | offices_that_may(SEE, by.on) | offices_that_may(MANAGE, by.on)
    return sendings.filter(unit__in=by.unit_ids(offices))


def with_counts(sendings: QuerySet[Sending]) -> QuerySet[Sending]:
    """Each with `units`, `missing`, `done`."""
    return sendings.annotate(
        units=Count("receipts"),
        missing=Count("receipts", filter=Q(receipts__acknowledged_at=None)),
        done=Count("receipts", filter=Q(receipts__done_at__isnull=False)),
    )


def receipts_of(sending: Sending) -> QuerySet[Receipt]:
    """The units it was sent to."""
    return Receipt.objects.filter(sending=sending)


def receipts_to_show(sending: Sending) -> QuerySet[Receipt]:
    """Those who have not acknowledged first, each with the names of who did. 1 query."""
    rows = receipts_of(sending).select_related("unit", "acknowledged_by__person", "done_by__person")
    return rows.order_by(F("acknowledged_at").asc(nulls_first=True), "unit__code")


def units_without_reader(sending: Sending, on: date) -> set[int]:
    """Units of the sending where nobody holds an office that acknowledges: to be called. 1 query."""
    rows = receipts_of(sending).filter(acknowledged_at=None)
    held = _readers(sending, on).filter(unit__in=rows.values("unit")).values_list("unit_id", flat=True)
    return set(rows.values_list("unit_id", flat=True)) - set(held)


def received(by: Actor) -> QuerySet[Receipt]:
    """What was sent to the units the actor's offices stand on or took over; the last first."""
    rows = Receipt.objects.select_related("sending__document", "sending__unit", "unit")
    rows = rows.defer("sending__document__words", "sending__document__search")
    rows = rows.order_by("-sending__sent_at", "-pk")
    if by.is_system:
        return rows
    mine = own_units(by, ACK)
    gone = UnitCover.objects.filter(ancestor__in=mine, during__contains=by.on).exclude(
        unit__valid__contains=by.on
    )
    return rows.filter(Q(unit__in=mine) | Q(unit__in=gone.values("unit")))


def waiting(by: Actor) -> QuerySet[Receipt]:
    """Of these, what waits to be acknowledged or carried out, the nearest term first."""
    rows = received(by).filter(sending__state=SendingState.SENT)
    to_read = Q(acknowledged_at=None)
    to_do = Q(done_at=None, sending__carry_out_on__isnull=False)
    return rows.filter(to_read | to_do).order_by("sending__due_on", "pk")


def late_sendings(by: Actor) -> QuerySet[Sending]:
    """Open sendings of mine past their term that some unit has not acknowledged."""
    mine = visible_sendings(by).filter(unit__in=own_units(by, SEND), state=SendingState.SENT)
    return with_counts(mine.filter(due_on__lt=by.on)).filter(Q(missing__gt=0))


def addressed_to_all(person: Person, on: date) -> QuerySet[Sending]:
    """Public documents that a unit above the person's has shown to everybody, the last first."""
    above = UnitCover.objects.filter(unit__in=units_of(person, on), during__contains=on).values("ancestor")
    rows = Sending.objects.filter(to_everyone=True, state=SendingState.SENT, unit__in=above)
    rows = rows.filter(document__state="published").select_related("document", "unit")
    return rows.defer("document__words", "document__search").order_by("-sent_at", "-pk")


def readers(sending: Sending, unit: Unit, on: date) -> list[Person]:
    """Who is written to: holders on the unit itself of the office asked, or of any that acknowledges."""
    grants = _readers(sending, on).filter(unit=unit)
    return list({grant.person_id: grant.person for grant in grants}.values())


def due_letters(on: date) -> Iterator[int]:
    """Keys of the rows whose officers are to be written to today."""
    table = in_force(load_table("news", "reminders"), on).values
    for sending in Sending.objects.filter(state=SendingState.SENT):
        sent_on = timezone.localdate(sending.sent_at)
        open_rows = receipts_of(sending).filter(acknowledged_at=None)
        due = Q(acknowledged_at=None, told_at=None)
        day = reminder_day(sending.due_on, table["read"], sent_on, on)
        if day is not None:
            due |= Q(acknowledged_at=None) & (Q(reminded_for=None) | Q(reminded_for__lt=day))
        due |= Q(acknowledged_at=None, asked_on=on) & (Q(reminded_for=None) | Q(reminded_for__lt=on))
        if sending.carry_out_on is not None:
            day = reminder_day(sending.carry_out_on, table["carried_out"], sent_on, on)
            if day is not None:
                due |= Q(done_at=None) & (Q(pressed_for=None) | Q(pressed_for__lt=day))
        rows = receipts_of(sending) if sending.carry_out_on else open_rows
        yield from rows.filter(due).order_by("pk").values_list("pk", flat=True).iterator(500)


def due_words(row: Receipt, on: date) -> Due | None:
    """The letter due to a unit's officers today: of the sending before those of reading and carrying out."""
    sending = row.sending
    if sending.state != SendingState.SENT:
        return None
    table = in_force(load_table("news", "reminders"), on).values
    sent_on = timezone.localdate(sending.sent_at)
    if row.acknowledged_at is None:
        if row.told_at is None:
            return Due("sent", sent_on, sending.due_on)
        day = reminder_day(sending.due_on, table["read"], sent_on, on)
        if row.asked_on == on:
            day = on
        if day is not None and (row.reminded_for is None or row.reminded_for < day):
            return Due("reminder", day, sending.due_on)
    if sending.carry_out_on is not None and row.done_at is None:
        day = reminder_day(sending.carry_out_on, table["carried_out"], sent_on, on)
        if day is not None and (row.pressed_for is None or row.pressed_for < day):
            return Due("carry_out", day, sending.carry_out_on)
    return None


def _readers(sending: Sending, on: date) -> QuerySet[OfficeGrant]:
    offices = {sending.office} if sending.office else offices_that_may(ACK, on)
    return (
        OfficeGrant.objects.in_force(on)
        .filter(office__in=offices, person__user__isnull=False)
        .select_related("person__user")
        .order_by("pk")
    )
