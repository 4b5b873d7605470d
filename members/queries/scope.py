"""Which units, and so which people, a list as of a day covers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable

from ledger.actor import Actor
from members.models import Membership
from members.rules import kind_rules
from people.enums import ActState
from people.models import Belonging, Unit, UnitActLine, UnitCover
from people.queries.register import SMALL, AnyOf, at_most
from people.rules import offices_that_may

STEPS = 10  # acts in a row through which a unit's history is followed


@dataclass(frozen=True, slots=True)
class Scope:
    """The day a list holds for and the units it covers then; `units` None: all of them."""

    on: date
    units: frozenset[int] | None


def scope_of(by: Actor, right: str, unit: Unit | None, on: date) -> Scope:
    """What the actor may list with a right: the own units as of today, of an earlier day also what became
    part of them since; narrowed to a unit and what was below it on the day."""
    is_top = by.is_system or any(hold.is_top and right in hold.may for hold in by.holds)
    if is_top and unit is None:
        return Scope(on, None)
    wanted = None if unit is None else _below(_with_sources({unit.pk}, on, by.on), on)
    if is_top:
        return Scope(on, wanted)
    mine = by.unit_ids(offices_that_may(right, by.on))
    if on < by.on:
        before = _with_sources(mine, on, by.on)
        mine = mine | (_below(before - mine, on) if before - mine else frozenset())
    return Scope(on, mine if wanted is None else mine & wanted)


def _below(units: Iterable[int], on: date) -> frozenset[int]:
    covers = UnitCover.objects.filter(ancestor__in=list(units), during__contains=on)
    return frozenset(covers.values_list("unit_id", flat=True))


def _with_sources(units: "frozenset[int] | set[int]", on: date, today: date) -> frozenset[int]:
    """The units, and for an earlier day those that have gone into them as a whole."""
    found = frozenset(units)
    if on >= today:
        return found
    reached = found
    for _step in range(STEPS):
        lines = UnitActLine.objects.filter(
            act__state=ActState.DONE, target__in=reached, source__valid__endswith__lte=today, is_whole=True
        )
        reached = frozenset(lines.values_list("source_id", flat=True)) - found
        if not reached:
            break
        found |= reached
    return found


def lived_in(
    rows: QuerySet[Membership], scope: Scope, kinds: Iterable[str], day: "date | Combinable | None" = None
) -> QuerySet[Membership]:
    """The memberships lived in the units of the scope on its day, or on a day of each row."""
    if scope.units is None:
        return rows
    rules = kind_rules(scope.on)
    belongs = {rules[kind].belongs for kind in kinds}
    places = Belonging.objects.filter(unit__in=scope.units, kind__in=belongs)
    if day is not None:
        return rows.filter(Exists(places.filter(person=OuterRef("person"), during__contains=day)))
    places = places.filter(during__contains=scope.on)
    if at_most(places, SMALL + 1) <= SMALL:
        return rows.filter(AnyOf(F("person_id"), ArraySubquery(places.values("person_id"))))
    return rows.filter(Exists(places.filter(person=OuterRef("person"))))


def aged(path: str, least: int | None, most: int | None, on: date) -> Q:
    """Full years on the day between the two; who is known by the year of birth counts by it."""
    found = Q()
    if least is not None:
        latest = _years_before(on, least)
        found &= Q(**{f"{path}birth_date__lte": latest}) | Q(
            **{f"{path}birth_date": None, f"{path}birth_year__lte": latest.year}
        )
    if most is not None:
        earliest = _years_before(on, most + 1)
        found &= Q(**{f"{path}birth_date__gt": earliest}) | Q(
            **{f"{path}birth_date": None, f"{path}birth_year__gte": on.year - most}
        )
    return found


def _years_before(on: date, years: int) -> date:
    """The latest day of birth of who is so many full years old on the day (rules.joining.age_on)."""
    year = max(on.year - years, 1)
    if (on.month, on.day) == (2, 29) and not _is_leap(year):
        return date(year, 2, 28)
    return date(year, on.month, on.day)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def book_units(unit: Unit, on: date) -> frozenset[int]:
    """The unit, all that ever was below it, and below what has gone into it as a whole."""
    heads = _with_sources({unit.pk}, date.min, on)
    return frozenset(UnitCover.objects.filter(ancestor__in=heads).values_list("unit_id", flat=True))
