"""What the page of a cycle shows: everybody with state, deadline and last result; caps; the fund."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.functional import Promise

from evaluations.enums import CycleKind, LegalStatus, Level, Mode, RatingState, Reading, StaffGroup, Step
from evaluations.models import Cycle, MonthWorked, Rating
from evaluations.queries.annual import basis_of, cap_rule
from evaluations.queries.pay import forecast, level_now
from evaluations.queries.seen import TOLD
from evaluations.rules import Calendar, calendar_of, most_excellent, petition_limits
from foundation.dated import Cited, Entry, NoRule, in_force, load_table
from ledger.actor import Actor


@dataclass(frozen=True, slots=True)
class Row:
    """One person on the page of a cycle; `level` as it stands, decided or by the score."""

    rating: Rating
    due_on: date | None
    is_late: bool
    level: str
    last_level: str
    last_score: Decimal | None
    away: Decimal

    @property
    def level_name(self) -> str:
        return str(Level(self.level).label) if self.level else ""

    @property
    def last_name(self) -> str:
        return str(Level(self.last_level).label) if self.last_level else ""


@dataclass(frozen=True, slots=True)
class Cap:
    """How many are excellent in one unit or group, and how many might be in both readings."""

    name: str | Promise
    excellent: int
    good: int
    counted: int
    outside: int
    most: Mapping[str, int]
    is_over: bool


@dataclass(frozen=True, slots=True)
class Caps:
    """The caps of a cycle: `mode` off, warn or stop; the reading chosen; the citation."""

    mode: str
    reading: str
    share: int
    citation: str
    confirmed: bool
    rows: list[Cap] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        return any(row.is_over for row in self.rows)


@dataclass(frozen=True, slots=True)
class Cost:
    """What the ratings cost as they stand, beside the fund; `least`: how many must draw something for the sum
    to be shown."""

    total: int
    people: int
    missing: int
    fund: int | None
    confirmed: bool
    drawing: int = 0
    least: Cited | None = None

    @property
    def is_shown(self) -> bool:
        """False where the sum would tell what one or a few people are paid."""
        return self.least is None or self.drawing >= int(self.least.value)

    @property
    def is_over(self) -> bool:
        return self.fund is not None and self.total > self.fund

    @property
    def left(self) -> int | None:
        return None if self.fund is None else self.fund - self.total


def calendar(cycle: Cycle) -> Calendar:
    """The days of a cycle, counted back from the limit it holds: that of its opening, or moved since."""
    is_year, steps = cycle.kind == CycleKind.YEAR, tuple(cycle.steps)
    return calendar_of(cycle.last_on, procedure(cycle), steps, is_year=is_year, limit=cycle.limit_on)


def limit_by_law(cycle: Cycle) -> date:
    """The limit as the rules of today have it for the cycle's period."""
    is_year = cycle.kind == CycleKind.YEAR
    return calendar_of(cycle.last_on, procedure(cycle), (), is_year=is_year).limit


def procedure(cycle: Cycle) -> Entry:
    return in_force(load_table("evaluations", "procedure"), cycle.last_on)


def scale_of(cycle: Cycle, legal_status: str = LegalStatus.CIVIL_SERVANT) -> Entry | None:
    """The scale by points in force on the cycle's last day; None where the law knows no points.

    A year is rated by points where a decree or the unit's own regulation says so.
    """
    return basis_of(cycle, legal_status).scale


def board(by: Actor, cycle: Cycle, ratings: QuerySet[Rating]) -> list[Row]:
    """Everybody of the cycle that may be seen, by department and name. 2 queries."""
    before = (
        Rating.objects.filter(person=OuterRef("person"), state__in=TOLD, cycle__last_on__lt=cycle.first_on)
        .filter(cycle__kind=cycle.kind)
        .order_by("-cycle__last_on")
    )
    found = list(
        ratings.select_related("person", "employment__unit")
        .annotate(
            last_level=Subquery(before.values("level")[:1]), last_score=Subquery(before.values("score")[:1])
        )
        .order_by("employment__unit__code", "person__sort_key", "pk")
    )
    away = days_away(cycle, (rating.person_id for rating in found))
    days = calendar(cycle)
    return [row_of(by, cycle, rating, days, away) for rating in found]


def row_of(by: Actor, cycle: Cycle, rating: Rating, days: Calendar, away: Mapping[int, Decimal]) -> Row:
    due = due_on(cycle, rating, days)
    scale = scale_of(cycle, rating.employment.status)
    level = rating.level or (level_now(rating, scale) if scale else "")
    return Row(
        rating,
        due,
        due is not None and by.on > due,
        level,
        getattr(rating, "last_level", "") or "",
        getattr(rating, "last_score", None),
        away.get(rating.person_id, Decimal()),
    )


def due_on(cycle: Cycle, rating: Rating, days: Calendar) -> date | None:
    """The last day of what comes next for a person; None once final or where nothing is owed."""
    if rating.state == RatingState.OPEN:
        return days.decision_by if rating.employment.rated_above else days.self_report_by
    if rating.state == RatingState.REPORTED:
        return dict(days.steps).get(Step.DEPARTMENT, days.decision_by)
    if rating.state in (RatingState.SCORED, RatingState.DECIDED):
        return days.decision_by
    if rating.state == RatingState.PUBLISHED and rating.published_on:
        return petition_limits(rating.published_on, None, procedure(cycle))[0]
    return None


def days_away(cycle: Cycle, people: Iterable[int]) -> dict[int, Decimal]:
    """Working days of the period on which each person did not work, by the timesheet."""
    away: dict[int, Decimal] = defaultdict(Decimal)
    rows = MonthWorked.objects.filter(person__in=list(people), month__range=(cycle.first_on, cycle.last_on))
    for person_id, worked, working in rows.values_list("person_id", "worked", "working"):
        away[person_id] += working - worked
    return away


def caps(cycle: Cycle, rows: Iterable[Row]) -> Caps | None:
    """The share of "excellent" per unit and per group with similar duties, as the ratings stand.

    People on contract stand outside. None for a day without a rule.
    """
    rule = cap_rule(cycle)
    if rule is None:
        return None
    counts: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    names: dict[tuple[int, str], str | Promise] = {(0, ""): cycle.unit.name}
    for row in rows:
        job = row.rating.employment
        names[(1, job.group)] = StaffGroup(job.group).label
        names[(2, job.unit.code)] = job.unit.name
        for place in ((0, ""), (1, job.group), (2, job.unit.code)):
            counts[place]["outside" if job.status == LegalStatus.CONTRACT else row.level] += 1
    found = []
    if sum(place[0] == 2 for place in counts) == 1:
        counts = {place: count for place, count in counts.items() if place[0] < 2}
    for place in sorted(counts):
        count = counts[place]
        excellent, good = count[Level.EXCELLENT], count[Level.GOOD]
        most = {one.value: most_excellent(excellent + good, rule.share, one) for one in Reading}
        is_over = excellent > most[rule.reading]
        found.append(Cap(names[place], excellent, good, excellent + good, count["outside"], most, is_over))
    return Caps(rule.mode, rule.reading, rule.share, rule.citation, rule.confirmed, found)


def caps_stop(cycle: Cycle) -> bool:
    """True where a publication above the cap is stopped."""
    rule = cap_rule(cycle)
    return rule is not None and rule.mode == Mode.STOP


def cost(cycle: Cycle, *, with_pay: bool) -> Cost | None:
    """The additional income of everybody who has a score, at the level it gives now; None for a year.

    `with_pay`: for whoever sees each person's pay; others read a sum of enough people only.
    """
    if cycle.kind != CycleKind.QUARTER:
        return None
    try:
        found = forecast(cycle)
    except NoRule:
        return None
    least = None if with_pay else procedure(cycle).cited["least_for_sum"]
    return Cost(found.total, found.people, found.missing, cycle.fund, found.confirmed, found.drawing, least)
