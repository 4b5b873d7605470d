"""One unit and its place: as of a day, through its names, before and after acts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from foundation.text import matching
from ledger.actor import Actor
from people.enums import ActState, BelongingKind
from people.models import Belonging, Unit, UnitActLine, UnitCover, UnitLink, UnitName
from people.queries.visible import visible_units

DEEPEST = 30  # more levels than any tree of units has


@dataclass(frozen=True, slots=True)
class Counts:
    """Persons who belong to a subtree on a day: all, and by kind (one person may count in several)."""

    total: int
    kinds: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Passage:
    """What an act took from one unit to another: `part` names a branch, "" the whole or named people."""

    line: UnitActLine
    unit: Unit
    other: Unit

    @property
    def effective_on(self) -> date:
        return self.line.act.effective_on


def name_on(unit: Unit, on: date) -> str:
    """What the unit was called on the day; its present name if it did not stand then."""
    found = UnitName.objects.filter(unit=unit, during__contains=on).values_list("name", flat=True).first()
    return found or unit.name


def names_on(units: Iterable[int], on: date) -> dict[int, str]:
    """What units were called on the day, by id; those that did not stand are left out. 1 query."""
    rows = UnitName.objects.filter(unit__in=units, during__contains=on)
    return dict(rows.values_list("unit_id", "name"))


def units_called(query: Q) -> QuerySet[Unit]:
    """Units by a condition on any name they ever had."""
    return Unit.objects.filter(pk__in=UnitName.objects.filter(query).values("unit"))


def find_units(by: Actor, query: str) -> QuerySet[Unit]:
    """Units by code or any name they ever had: those the actor covers, and those that became them.

    Somebody who looks for a unit that has gone is led to what took it over.
    """
    called = units_called(matching("search_name", query)) | Unit.objects.filter(
        Q(code__iexact=query.strip()) | Q(official_code=query.strip(), official_code__gt="")
    )
    mine = visible_units(by)
    gone = UnitActLine.objects.filter(
        act__state=ActState.DONE, source__in=called.values("pk"), target__in=mine.values("pk")
    )
    return Unit.objects.filter(
        Q(pk__in=mine.filter(pk__in=called.values("pk")).values("pk")) | Q(pk__in=gone.values("source"))
    )


def path_up(unit: Unit, on: date) -> list[Unit]:
    """The units above on the day, the top first. A query for each level."""
    path: list[Unit] = []
    current = unit
    while len(path) < DEEPEST:
        link = UnitLink.objects.filter(unit=current, during__contains=on).select_related("parent").first()
        if link is None:
            break
        current = link.parent
        path.insert(0, current)
    return path


def children_on(unit: Unit, on: date) -> QuerySet[Unit]:
    """The units directly below on the day, by code."""
    links = UnitLink.objects.filter(parent=unit, during__contains=on)
    return Unit.objects.filter(pk__in=links.values("unit")).order_by("code")


def count_people(unit: Unit, on: date) -> Counts:
    """Persons of the unit and all below it on the day. 2 queries."""
    rows = belongings_under([unit.pk], on)
    labels = dict(BelongingKind.choices)
    kinds = rows.values("kind").annotate(people=Count("person", distinct=True)).order_by("kind")
    return Counts(
        rows.values("person").distinct().count(),
        [(str(labels[row["kind"]]), row["people"]) for row in kinds],
    )


def belongings_under(units: Iterable[int], on: date) -> QuerySet[Belonging]:
    """Belongings that hold on the day in the units or anything below them."""
    covers = UnitCover.objects.filter(ancestor__in=units, during__contains=on)
    return Belonging.objects.filter(unit__in=covers.values("unit"), during__contains=on)


def count_under(units: Iterable[int], on: date) -> dict[int, int]:
    """Persons below each of the units (itself included) on the day, by its id; none where nobody. 1 query."""
    rows = (
        UnitCover.objects.filter(
            ancestor__in=units, during__contains=on, unit__belongings__during__contains=on
        )
        .values("ancestor")
        .annotate(people=Count("unit__belongings__person", distinct=True))
    )
    return {row["ancestor"]: row["people"] for row in rows}


def predecessors(unit: Unit) -> list[Passage]:
    """What acts in effect brought to the unit, latest first."""
    rows = _lines().filter(target=unit).exclude(source=None)
    return [Passage(line, unit, line.source) for line in rows if line.source]


def successors(unit: Unit) -> list[Passage]:
    """Where acts in effect took the unit or parts of it, latest first."""
    rows = _lines().filter(source=unit).exclude(target=None)
    return [Passage(line, unit, line.target) for line in rows if line.target]


def standing_successors(units: Iterable[Unit], on: date) -> dict[int, list[Unit]]:
    """For each unit that has gone, what it became and still stands, through any number of acts.

    A query for each act on the way.
    """
    ways: dict[int, set[int]] = {unit.pk: {unit.pk} for unit in units if on not in unit.valid}
    found: dict[int, list[Unit]] = {pk: [] for pk in ways}
    for _step in range(DEEPEST):
        reached = set().union(*ways.values()) if ways else set()
        if not reached:
            break
        lines = list(_lines().filter(source__in=reached).exclude(target=None))
        onward: dict[int, set[int]] = {}
        for pk, here in ways.items():
            for line in lines:
                if line.source_id not in here or line.target is None:
                    continue
                if on in line.target.valid:
                    if line.target not in found[pk]:
                        found[pk].append(line.target)
                else:
                    onward.setdefault(pk, set()).add(line.target.pk)
        ways = onward
    return found


def _lines() -> QuerySet[UnitActLine]:
    return (
        UnitActLine.objects.filter(act__state=ActState.DONE)
        .select_related("act", "source", "target", "part")
        .order_by("-act__effective_on", "-act", "pk")
    )
