"""Figures of a year: one statement over the year's donations, folded in several ways at once."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Sum

from donors.models import DriveTarget
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
BANDS = ("18", "25", "35", "45", "55", "")


@dataclass(slots=True)
class Year:
    """Figures of one year and unit: turns and bags by month; people by group, age, sex, first or again."""

    year: int
    until: date
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


def year_figures(year: int, on: date, unit: Unit | None = None, below: list[int] | None = None) -> Year:
    """The year up to the day, of a unit and what lies below it (None: all). 2 queries."""
    start, end = date(year, 1, 1), min(on, date(year, 12, 31))
    found = Year(year, end)
    params: dict[str, Any] = {"start": start, "end": end, "year": year, "units": below or []}
    if unit is not None:
        params["scope"] = unit.pk
    with connection.cursor() as cursor:
        cursor.execute(YEAR.format(scope=SCOPE if unit else ""), params)
        rows = cursor.fetchall()
    ages: dict[tuple[str, str], int] = defaultdict(int)
    for kind, key, more, n, bags, ml in rows:
        if kind == "month":
            found.months[int(key)] = Figures(int(n), int(bags), int(ml))
        elif kind == "unit":
            found.units[int(key)] = (int(n), int(ml))
        elif kind == "age":
            ages[key, more] += n
        else:
            getattr(found, kind)[key] = n
    found.ages = dict(ages)
    found.months = {month: found.months.get(month, Figures(0, 0, 0)) for month in range(1, 13)}
    targets = DriveTarget.objects.filter(year=year)
    if unit is not None:
        targets = targets.filter(unit=unit)
    found.target = targets.aggregate(n=Sum("turns"))["n"] or 0
    found.due = due_by(found.target, year, on)
    return found
