"""Figures of a year: one statement over the year's donations, folded in several ways at once.

Of the whole chapter's year, where it is large, the rows that this statement gave at the last count are read.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Max, Q, Sum
from django.db.models.functions import Greatest
from django.utils import timezone

from donors.models import CountedYear, Donation, DriveTarget
from donors.queries.targets import due_by
from donors.rules.figures import Figures
from people.models import Unit

# `base` is read once, donors are folded after it. `first`: no standing donation before the year.
YEAR = """
WITH base AS MATERIALIZED (
    SELECT d.donor_id, d.unit_id, d."on", d.volume_ml, d.turns
    FROM donors_donation d
    WHERE d."on" BETWEEN %(start)s AND %(end)s AND d.state <> 'voided' AND d.source <> 'carried' {scope}
), people AS MATERIALIZED (
    SELECT o."group" || o.rhesus AS blood, p.sex,
        CASE WHEN p.birth_year IS NULL THEN '' ELSE
            CASE WHEN a.age < 25 THEN '18' WHEN a.age < 35 THEN '25' WHEN a.age < 45 THEN '35'
                WHEN a.age < 55 THEN '45' ELSE '55' END END AS band,
        NOT EXISTS (SELECT 1 FROM donors_donation e WHERE e.donor_id = b.donor_id AND e."on" < %(start)s
            AND e.state <> 'voided') AS is_first, b.n
    FROM (SELECT donor_id, count(*) AS n FROM base GROUP BY donor_id) b
    JOIN donors_donor o ON o.id = b.donor_id
    JOIN people_person p ON p.id = o.person_id
    CROSS JOIN LATERAL (SELECT %(year)s - p.birth_year AS age) a
)
SELECT 'month', extract(month FROM "on")::int::text, '', sum(turns), count(volume_ml),
    coalesce(sum(volume_ml), 0)
FROM base GROUP BY 2
UNION ALL SELECT 'mix', coalesce(volume_ml::text, ''), '', count(*), 0, 0 FROM base GROUP BY 2
UNION ALL SELECT 'unit', c.ancestor_id::text, '', sum(b.turns), 0, coalesce(sum(b.volume_ml), 0)
    FROM base b JOIN people_unitcover c ON c.unit_id = b.unit_id AND c.during @> %(end)s::date
    WHERE c.ancestor_id = ANY(%(units)s) GROUP BY 2
UNION ALL SELECT 'blood', blood, '', count(*), 0, 0 FROM people GROUP BY 2
UNION ALL SELECT 'age', band, sex, count(*), 0, 0 FROM people GROUP BY 2, 3
UNION ALL SELECT 'repeat', CASE WHEN is_first THEN 'first' ELSE 'again' END, '', count(*), 0, 0
    FROM people GROUP BY 2
"""
SCOPE = """AND d.unit_id IN (SELECT c.unit_id FROM people_unitcover c
    WHERE c.ancestor_id = %(scope)s AND c.during @> %(end)s::date)"""
# Below so many turns a year is counted at each visit, which takes milliseconds: nothing shown is old.
LARGE = 20_000
YEARS = 4  # this year and those before it that the pages offer
# A count is shown for so long: beyond, the job stands still, and the page counts for itself.
LASTS, LASTS_PAST = timedelta(hours=1), timedelta(days=2)
LATE = timedelta(minutes=10)  # what was written while the count was made came too late for it
BANDS = ("18", "25", "35", "45", "55", "")


@dataclass(slots=True)
class Year:
    """Figures of one year and unit: turns and bags by month; people by group, age, sex, first or again."""

    year: int
    until: date
    counted_at: datetime | None = None
    target: int = 0
    due: int = 0
    months: dict[int, Figures] = field(default_factory=dict)
    mix: dict[str, int] = field(default_factory=dict)
    blood: dict[str, int] = field(default_factory=dict)
    ages: dict[tuple[str, str], int] = field(default_factory=dict)
    repeat: dict[str, int] = field(default_factory=dict)
    units: dict[int, tuple[int, int]] = field(default_factory=dict)

    @property
    def total(self) -> Figures:
        rows = self.months.values()
        return Figures(sum(r.turns for r in rows), sum(r.bags for r in rows), sum(r.ml for r in rows))

    @property
    def people(self) -> int:
        return sum(self.repeat.values())

    @property
    def repeat_percent(self) -> int | None:
        """Share of people who had given before the year; None without anybody."""
        return round(100 * self.repeat.get("again", 0) / self.people) if self.people else None


def year_figures(
    year: int, on: date, unit: Unit | None = None, below: Sequence[int] = (), *, may_be_counted: bool = False
) -> Year:
    """The year up to the day, of a unit and what lies below it (None: all). 2 queries.

    `may_be_counted`: of a large chapter what was counted at most an hour ago will do; 1 query more at most.
    """
    until = last_day(year, on)
    kept = counted(year, on) if may_be_counted and unit is None else None
    found = Year(year, kept.until if kept else until, counted_at=kept.counted_at if kept else None)
    fold(found, kept.numbers if kept else counted_rows(year, until, unit, below), set(below))
    targets = DriveTarget.objects.filter(year=year)
    if unit is not None:
        targets = targets.filter(unit=unit)
    found.target = targets.aggregate(n=Sum("turns"))["n"] or 0
    found.due = due_by(found.target, year, on)
    return found


def last_day(year: int, on: date) -> date:
    return min(on, date(year, 12, 31))


def counted_rows(
    year: int, until: date, unit: Unit | None = None, units: Sequence[int] = ()
) -> list[list[Any]]:
    """[kind, key, second key, turns or people, bags, ml] of each figure, as plain values. 1 query."""
    told: dict[str, Any] = {"start": date(year, 1, 1), "end": until, "year": year, "units": list(units)}
    if unit is not None:
        told["scope"] = unit.pk
    with connection.cursor() as cursor:
        cursor.execute(YEAR.format(scope=SCOPE if unit else ""), told)
        return [[*row[:3], *map(int, row[3:])] for row in cursor.fetchall()]


def fold(found: Year, rows: Iterable[Sequence[Any]], units: set[int]) -> None:
    """The rows of a count as the figures they are."""
    ages: dict[tuple[str, str], int] = defaultdict(int)
    for kind, key, more, n, bags, ml in rows:
        if kind == "month":
            found.months[int(key)] = Figures(n, bags, ml)
        elif kind == "unit":
            if int(key) in units:
                found.units[int(key)] = (n, ml)
        elif kind == "age":
            ages[key, more] += n
        else:
            getattr(found, kind)[key] = n
    found.ages = dict(ages)
    found.months = {month: found.months.get(month, Figures(0, 0, 0)) for month in range(1, 13)}


def counted(year: int, on: date) -> CountedYear | None:
    """The last count of a LARGE year, if it is recent enough to be shown. 1 query."""
    recent = CountedYear.objects.filter(counted_at__gt=timezone.now() - lasts(year, on), until__lte=on)
    return recent.filter(year=year, turns__gte=LARGE).first()


def lasts(year: int, on: date) -> timedelta:
    return LASTS if year == on.year else LASTS_PAST


def due_years(on: date) -> list[int]:
    """Years to be counted anew: never counted, not for half the time that a count is shown, or donations were
    recorded or decided since (or while it was counted). 2 queries."""
    known = dict(CountedYear.objects.values_list("year", "counted_at"))
    wanted = range(on.year, on.year - YEARS, -1)
    now = timezone.now()
    old = {year: now - lasts(year, on) / 2 for year in wanted}
    due = {year for year in wanted if year not in known or known[year] < old[year]}
    fresh = {year: known[year] - LATE for year in wanted if year not in due}
    if fresh:
        since = min(fresh.values())
        news = Donation.objects.filter(Q(recorded_at__gte=since) | Q(decided_at__gte=since)).order_by()
        last = news.values_list("on__year").annotate(at=Greatest(Max("recorded_at"), Max("decided_at")))
        due |= {year for year, at in last if year in fresh and at >= fresh[year]}
    return sorted(due, reverse=True)
