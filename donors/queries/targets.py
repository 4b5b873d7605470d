"""Yearly targets of units (chỉ tiêu) against what was given."""

from calendar import isleap
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum

from donors.enums import DRIVE_SEE, Source
from donors.models import Donation, DriveTarget
from ledger.actor import Actor
from people.enums import UnitKind
from people.models import Unit
from people.rules import offices_that_may

NO_TARGET = (UnitKind.BRANCH, UnitKind.TEAM, UnitKind.CLUB, UnitKind.DEPARTMENT, UnitKind.CITY)


@dataclass(frozen=True, slots=True)
class Progress:
    """A unit's year: its target, what was given, what should have been given by the day."""

    unit: Unit
    target: int
    given: int
    expected: int
    decision: str

    @property
    def percent(self) -> int:
        return round(100 * self.given / self.target) if self.target else 0

    @property
    def missing(self) -> int:
        """Turns behind the even course of the year; 0 if none."""
        return max(0, self.expected - self.given)


def units_with_targets(by: Actor, on: date) -> QuerySet[Unit]:
    """The wards, communes and units directly of the chapter that the actor covers."""
    units = Unit.objects.standing(on).exclude(kind__in=NO_TARGET)
    if not by.is_system:
        units = units.filter(pk__in=by.unit_ids(offices_that_may(DRIVE_SEE, by.on)))
    return units.order_by("code")


def due_by(target: int, year: int, on: date) -> int:
    """What an even course of the year would have brought by the day."""
    if on.year != year:
        return target if on.year > year else 0
    return target * on.timetuple().tm_yday // (366 if isleap(year) else 365)


def progress(by: Actor, year: int, on: date) -> list[Progress]:
    """Each unit with its target and the turns of the year, given in it or below it. 3 queries."""
    last = min(on, date(year, 12, 31))
    units = list(units_with_targets(by, last))
    keys = [unit.pk for unit in units]
    targets = {row.unit_id: row for row in DriveTarget.objects.filter(year=year, unit__in=keys)}
    given = (
        Donation.objects.standing()
        .exclude(source=Source.CARRIED)
        .filter(
            on__range=(date(year, 1, 1), last),
            unit__covered_by__ancestor__in=keys,
            unit__covered_by__during__contains=last,
        )
    )
    turns = dict(given.order_by().values_list("unit__covered_by__ancestor").annotate(n=Sum("turns")))
    return [
        Progress(
            unit,
            target.turns if target else 0,
            turns.get(unit.pk, 0),
            due_by(target.turns, year, on) if target else 0,
            target.decision if target else "",
        )
        for unit in units
        for target in [targets.get(unit.pk)]
    ]
