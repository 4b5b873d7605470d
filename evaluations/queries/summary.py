"""Results counted: by cycle, by unit, beside last year's."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from evaluations.enums import LegalStatus, Level, RatingState
from evaluations.models import Cycle, Rating
from evaluations.queries.seen import TOLD


def counted_by_cycle(cycles: Iterable[Cycle]) -> dict[int, dict[str, int]]:
    """Per cycle: people, those decided or later, those final. 1 query."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    rows = Rating.objects.filter(cycle__in=[cycle.pk for cycle in cycles])
    for cycle_id, state, number in rows.values_list("cycle", "state").annotate(number=Count("pk")).order_by():
        found[cycle_id]["people"] += number
        found[cycle_id]["open"] += number if state == RatingState.OPEN else 0
        found[cycle_id]["final"] += number if state == RatingState.FINAL else 0
    return {
        cycle.pk: {name: found[cycle.pk][name] for name in ("people", "open", "final")} for cycle in cycles
    }


@dataclass(frozen=True, slots=True)
class Results:
    """One line of the summary: how many at each level, how many are not published yet, and the share of
    excellent a year before."""

    name: str
    counts: dict[str, int]
    waiting: int
    before: int | None

    @property
    def rated(self) -> int:
        return sum(self.counts.values())

    @property
    def shares(self) -> list[tuple[str, int, int]]:
        """(level, people, percent) for each level."""
        return [
            (level, self.counts[level], round(100 * self.counts[level] / self.rated) if self.rated else 0)
            for level in Level.values
        ]

    @property
    def excellent_share(self) -> int | None:
        return round(100 * self.counts[Level.EXCELLENT] / self.rated) if self.rated else None

    @property
    def change(self) -> int | None:
        """Percentage points more (or less) excellent than a year before."""
        now = self.excellent_share
        return None if now is None or self.before is None else now - self.before


def summary(cycle: Cycle) -> dict[str, list[Results]]:
    """Published results by unit and by legal status, the whole first; beside those of a year before."""
    now = _tally(cycle)
    last = Cycle.objects.filter(
        unit=cycle.unit_id, kind=cycle.kind, year=cycle.year - 1, number=cycle.number
    ).first()
    then = _tally(last) if last else {}
    whole = [_results(cycle.unit.name, now, then, ("", ""))]
    units = sorted({key for key in now if key[0] == "unit"})
    statuses = [("status", code) for code in LegalStatus.values if ("status", code) in now]
    people = Rating.objects.filter(cycle=cycle)
    names = dict(people.values_list("employment__unit__code", "employment__unit__name").distinct())
    return {
        "units": whole + [_results(names[key[1]], now, then, key) for key in units],
        "statuses": [_results(str(LegalStatus(key[1]).label), now, then, key) for key in statuses],
    }


Tally = dict[tuple[str, str], Counter[str]]


def _tally(cycle: Cycle) -> Tally:
    found: Tally = defaultdict(Counter)
    rows = Rating.objects.filter(cycle=cycle).values_list(
        "employment__unit__code", "employment__status", "state", "level"
    )
    for unit, status, state, level, number in rows.annotate(number=Count("pk")).order_by():
        for key in (("", ""), ("unit", unit), ("status", status)):
            found[key][level if state in TOLD else "waiting"] += number
    return found


def _results(name: str, now: Tally, then: Tally, key: tuple[str, str]) -> Results:
    count = now.get(key, Counter())
    earlier = then.get(key)
    total = sum(earlier[level] for level in Level.values) if earlier else 0
    before = round(100 * earlier[Level.EXCELLENT] / total) if earlier and total else None
    return Results(name, {level: count[level] for level in Level.values}, count["waiting"], before)
