"""Congresses: which an actor sees, seats and delegates by branch."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from ledger.actor import Actor
from members.enums import SEE, DelegateState, DelegateWay, Kind
from members.models import Congress, CongressResult, CongressSeats, Delegate, Membership
from members.queries.applications import units_with
from members.queries.units import branches_of
from members.rules import kind_rules
from people.models import Belonging, Body, Person, Unit


@dataclass(frozen=True, slots=True)
class BranchSeats:
    """A branch's line: members counted, seats, delegates named and confirmed."""

    unit: Unit
    members: int
    seats: int
    named: int
    confirmed: int

    @property
    def missing(self) -> int:
        return max(self.seats - self.named, 0)


def visible_congresses(by: Actor) -> QuerySet[Congress]:
    """Congresses of the units the actor covers."""
    rows = Congress.objects.select_related("unit")
    return rows if by.is_system else rows.filter(unit__in=units_with(by, SEE))


def count_members(congress: Congress) -> dict[int, int]:
    """Members of each branch on the day on which they are counted, by the branch's id. 2 queries."""
    branches = [unit.pk for unit in branches_of(congress.unit, congress.counted_on)]
    belongs = kind_rules(congress.counted_on)[Kind.MEMBER].belongs
    living = Membership.objects.on(congress.counted_on).filter(kind=Kind.MEMBER).values("person")
    rows = (
        Belonging.objects.filter(
            unit__in=branches, kind=belongs, during__contains=congress.counted_on, person__in=living
        )
        .values("unit")
        .annotate(people=Count("person", distinct=True))
        .values_list("unit", "people")
    )
    return dict.fromkeys(branches, 0) | dict(rows)


def branch_seats(congress: Congress) -> list[BranchSeats]:
    """Each branch's seats and delegates, by code. 2 queries."""
    standing = delegates_of(congress).exclude(state=DelegateState.REFUSED).filter(way=DelegateWay.ELECTED)
    named: Counter[int | None] = Counter()
    confirmed: Counter[int | None] = Counter()
    for branch, state in standing.values_list("branch", "state"):
        named[branch] += 1
        confirmed[branch] += state == DelegateState.CONFIRMED
    rows = CongressSeats.objects.filter(congress=congress).select_related("branch").order_by("branch__code")
    return [
        BranchSeats(row.branch, row.members, row.seats, named[row.branch_id], confirmed[row.branch_id])
        for row in rows
    ]


def delegates_of(congress: Congress) -> QuerySet[Delegate]:
    """A congress's delegates with their persons, by branch and name."""
    rows = Delegate.objects.filter(congress=congress).select_related("person", "branch")
    return rows.order_by("branch__code", "person__sort_key", "person", "pk")


def electable(congress: Congress, branch: Unit | None) -> QuerySet[Person]:
    """Members of the branch (of the whole unit without one) on the day of counting, by name."""
    units = [branch.pk] if branch else [u.pk for u in branches_of(congress.unit, congress.counted_on)]
    if branch is None:
        units.append(congress.unit_id)
    belongs = kind_rules(congress.counted_on)[Kind.MEMBER].belongs
    here = Belonging.objects.filter(unit__in=units, kind=belongs, during__contains=congress.counted_on)
    living = Membership.objects.on(congress.counted_on).filter(
        kind=Kind.MEMBER, person__in=here.values("person")
    )
    return Person.objects.filter(pk__in=living.values("person")).order_by("sort_key", "pk")


def standing_bodies(congress: Congress, kind: str) -> QuerySet[Body]:
    """Bodies of the kind that began earlier and still stand when the congress's term begins."""
    rows = Body.objects.filter(unit=congress.unit, kind=kind, term__contains=congress.term_first)
    return rows.filter(term__startswith__lt=congress.term_first)


def sat_results(congress: Congress) -> QuerySet[CongressResult]:
    """Who was elected, by body and rank."""
    return CongressResult.objects.filter(congress=congress).select_related("person", "seat__body")
