"""Results counted: by cycle, by unit, beside last year's."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from decimal import Decimal

from django.db.models import Avg, Count, F, OuterRef, Q, Subquery

from evaluations.enums import LegalStatus, Level, RatingState
from evaluations.models import Cycle, Petition, Rating, RatingEvent
from evaluations.queries.board import calendar
from evaluations.queries.seen import TOLD
from foundation.dates import DAY, ZONE


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
    """One line of the summary: how many at each level, not published yet, not rated; the share of excellent
    and the counts a year before."""

    name: str
    counts: dict[str, int]
    waiting: int
    before: int | None
    exempt: int = 0
    then: Mapping[str, int] = field(default_factory=dict)

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
    def shares_then(self) -> list[tuple[str, int, int]]:
        """The same a year before; empty without one."""
        total = sum(self.then.values())
        return [
            (level, self.then[level], round(100 * self.then[level] / total)) for level in self.then if total
        ]

    @property
    def pairs(self) -> list[tuple[str, int, int, int | None, int | None]]:
        """(level, people, percent, people a year before, percent a year before)."""
        then = {level: (number, share) for level, number, share in self.shares_then}
        return [(*one, *then.get(one[0], (None, None))) for one in self.shares]

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
    last = year_before(cycle)
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
            place = level if state in TOLD else "exempt" if state == RatingState.EXEMPT else "waiting"
            found[key][place] += number
    return found


def _results(name: str, now: Tally, then: Tally, key: tuple[str, str]) -> Results:
    count = now.get(key, Counter())
    earlier = then.get(key)
    total = sum(earlier[level] for level in Level.values) if earlier else 0
    before = round(100 * earlier[Level.EXCELLENT] / total) if earlier and total else None
    return Results(
        name,
        {level: count[level] for level in Level.values},
        count["waiting"],
        before,
        count["exempt"],
        {level: earlier[level] for level in Level.values} if earlier and total else {},
    )


@dataclass(frozen=True, slots=True)
class Course:
    """How a period went: reports late, scores the head changed, petitions and those won, reopened forms."""

    average: Decimal | None
    late_reports: int
    without_report: int
    changed: int
    petitions: int
    won: int
    answered_late: int
    reopened: int
    published_late: int


def year_before(cycle: Cycle) -> Cycle | None:
    """The same period of the year before."""
    return Cycle.objects.filter(
        unit=cycle.unit_id, kind=cycle.kind, year=cycle.year - 1, number=cycle.number
    ).first()


def course(cycle: Cycle) -> Course:
    """How the period went, from the steps noted. 4 queries."""
    ratings = Rating.objects.filter(cycle=cycle)
    after = datetime.combine(calendar(cycle).self_report_by + DAY, time(), ZONE)
    steps = RatingEvent.objects.filter(rating=OuterRef("pk")).order_by("-at", "-pk")
    scored = steps.filter(state=RatingState.SCORED).values("score")[:1]
    decided = steps.filter(state=RatingState.DECIDED).values("score")[:1]
    found = ratings.annotate(scored=Subquery(scored), decided=Subquery(decided)).aggregate(
        average=Avg("score", filter=Q(state__in=TOLD)),
        late=Count("pk", filter=Q(reported_at__gte=after)),
        without=Count("pk", filter=Q(state__in=TOLD, reported_at=None, employment__rated_above=False)),
        changed=Count("pk", filter=~Q(decided=F("scored"))),
    )
    asked = Petition.objects.filter(rating__cycle=cycle)
    before = RatingEvent.objects.filter(rating=OuterRef("rating"), state=RatingState.PETITIONED)
    raised = asked.annotate(score_before=Subquery(before.order_by("-at").values("score")[:1])).filter(
        answered_on__isnull=False, rating__score__gt=F("score_before")
    )
    reopened = RatingEvent.objects.filter(
        rating__cycle=cycle, state=RatingState.REPORTED, kept__has_key="level"
    )
    return Course(
        found["average"] and Decimal(found["average"]).quantize(Decimal("0.01")),
        found["late"],
        found["without"],
        found["changed"],
        asked.count(),
        raised.count(),
        asked.filter(answered_on__gt=F("due_on")).count(),
        reopened.filter(kept__stage="department").count(),
        ratings.filter(published_on__gte=cycle.limit_on).count(),
    )


def listed(cycle: Cycle) -> Iterator[Rating]:
    """Everybody with a published result, by unit and name, streamed. 1 query."""
    rows = Rating.objects.filter(cycle=cycle, state__in=TOLD).select_related("person", "employment__unit")
    return rows.order_by("employment__unit__code", "person__sort_key", "pk").iterator(2000)
