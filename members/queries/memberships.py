"""Memberships: who is what, where, on a day."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from ledger.actor import Actor
from members.enums import ACT, SEE
from members.models import Membership, Transfer
from members.queries.applications import units_with
from members.rules import kind_rules
from people.models import Belonging, Person, Unit


def memberships_in(units: "frozenset[int] | set[int]", on: date, kind: str = "") -> QuerySet[Membership]:
    """Memberships of people who belong, as that kind, to one of the units on the day."""
    rows = Membership.objects.on(on)
    if kind:
        rows = rows.filter(kind=kind)
    wanted = [kind] if kind else list(kind_rules(on))
    kinds = {kind_rules(on)[one].belongs for one in wanted}
    here = Belonging.objects.filter(
        person=OuterRef("person"), unit__in=units, kind__in=kinds, during__contains=on
    )
    return rows.filter(Exists(here))


def place_of(membership: Membership, on: date) -> Unit | None:
    """The unit a membership is lived in on the day."""
    belongs = kind_rules(on)[membership.kind].belongs
    found = Belonging.objects.filter(person=membership.person_id, kind=belongs, during__contains=on)
    row = found.select_related("unit").order_by("-during").first()
    return row.unit if row else None


def places_of(person: Person) -> list[Belonging]:
    """Where the person belonged, the latest first: what place_among reads. 1 query."""
    return list(Belonging.objects.filter(person=person).select_related("unit").order_by("-during"))


def place_among(places: Iterable[Belonging], membership: Membership, on: date) -> Unit | None:
    """As place_of, out of rows read before."""
    belongs = kind_rules(on)[membership.kind].belongs
    return next((row.unit for row in places if row.kind == belongs and on in row.during), None)


def last_place(places: Iterable[Belonging], membership: Membership, on: date) -> Unit | None:
    """The unit it is lived in on the day, or was last lived in before it ended."""
    places, until = list(places), membership.during.upper
    found = place_among(places, membership, on)
    if found is None and until is not None:
        found = place_among(places, membership, until - timedelta(days=1))
    return found


def memberships_of(person: Person) -> QuerySet[Membership]:
    """All memberships of a person, the latest first."""
    rows = Membership.objects.filter(person=person).select_related("paper")
    return rows.prefetch_related("cards__proof", "acts", "pauses", "transfers", "reports").order_by(
        "-during", "-pk"
    )


def visible_memberships(by: Actor, right: str, on: date) -> QuerySet[Membership]:
    """Memberships that hold on the day in units the actor covers with the right."""
    if by.is_system or any(hold.is_top and right in hold.may for hold in by.holds):
        return Membership.objects.on(on)
    return memberships_in(units_with(by, right), on)


def visible_transfers(by: Actor) -> QuerySet[Transfer]:
    """Transfers whose source or target the actor covers."""
    rows = Transfer.objects.select_related("membership__person", "source", "target", "approval")
    if by.is_system:
        return rows
    units = units_with(by, SEE, ACT)
    return rows.filter(Q(source__in=units) | Q(target__in=units))
