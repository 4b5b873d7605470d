"""The set-based twin of the verdict: where every donor stands on a day, by what the portal keeps.

It reads the same table entry as donors.rules.verdict and is proven equal to it
(tests/donors/test_standings.py). Weight and health are never kept, so nobody stands better than "ask".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from donors.enums import Component
from donors.models import Donor
from donors.models.donors import DonorQuerySet
from donors.queries.rules import giving_rules
from donors.rules.verdict import Found, Outcome
from foundation.dated import Entry

CHUNK = 5_000

# The law's numbers come first, as one row; `who` is the donors asked about. The last donation is found
# as a number (day, then component in the rule's order), so that one pass over donations is enough.
# Who was born on 29 February waits for 1 March: PostgreSQL's 28 February is put right by a day.
STANDINGS = """
WITH law AS (
    SELECT %s::date AS day, %s::int AS least, %s::int AS most, %s::int AS cells, %s::int AS cell_days,
        %s::int AS longest
), kinds AS (
    SELECT code, days, place FROM unnest(%s::text[], %s::int[]) WITH ORDINALITY AS k(code, days, place)
), who AS ({who}
), last AS (
    SELECT d.donor_id, max((d."on" - date '1900-01-01') * 8 + k.place) AS at
    FROM donors_donation d JOIN kinds k ON k.code = d.component, law
    WHERE d.state <> 'voided' AND d.source <> 'carried' AND d."on" <= law.day {only}
    GROUP BY d.donor_id
), carried AS (
    SELECT d.donor_id, max(d."on") AS upto FROM donors_donation d, law
    WHERE d.state <> 'voided' AND d.source = 'carried' AND d."on" <= law.day {only} GROUP BY d.donor_id
), held AS (
    SELECT donor_id, max(until_on) AS until FROM donors_deferral GROUP BY donor_id
), known AS (
    SELECT o.id AS donor_id, l.day, l.most,
        coalesce(p.birth_date, make_date(p.birth_year, 1, 1)) AS born_from,
        coalesce(p.birth_date, make_date(p.birth_year, 12, 31)) AS born_to,
        CASE WHEN k.code IS NULL THEN NULL
            WHEN k.days IS NOT NULL THEN date '1900-01-01' + (last.at / 8)::int + k.days
            ELSE coalesce(
                (SELECT g."on" + l.cell_days FROM donors_donation g
                 WHERE g.donor_id = o.id AND g.component = k.code AND g.state <> 'voided'
                    AND g.source <> 'carried' AND g."on" <= l.day
                 ORDER BY g."on" DESC OFFSET l.cells - 1 LIMIT 1),
                date '1900-01-01' + (last.at / 8)::int)
        END AS free, h.until, l.least,
        c.upto > coalesce(date '1900-01-01' + (last.at / 8)::int, c.upto - 1)
            AND c.upto + l.longest > l.day AS is_hidden
    FROM who o
    JOIN people_person p ON p.id = o.person_id
    CROSS JOIN law l
    LEFT JOIN last ON last.donor_id = o.id
    LEFT JOIN kinds k ON k.place = last.at %% 8
    LEFT JOIN held h ON h.donor_id = o.id
    LEFT JOIN carried c ON c.donor_id = o.id
), aged AS (
    SELECT donor_id, day, free, until, is_hidden,
        {from_least} AS first_from, {to_least} AS first_to, {from_most} AS last_from, {to_most} AS last_to
    FROM known
), judged AS (
    SELECT donor_id, day, free, until, first_to, last_to,
        CASE WHEN first_from IS NULL THEN 'unknown'
            WHEN day BETWEEN first_from AND last_from AND day BETWEEN first_to AND last_to THEN 'passed'
            WHEN day BETWEEN first_from AND last_from OR day BETWEEN first_to AND last_to THEN 'unknown'
            ELSE 'failed' END AS age,
        CASE WHEN free > day THEN 'failed' WHEN is_hidden THEN 'unknown' ELSE 'passed' END AS interval,
        CASE WHEN until > day THEN 'failed' ELSE 'passed' END AS deferral,
        greatest(day, free, until, first_to) AS soonest
    FROM aged
)
SELECT donor_id,
    CASE WHEN 'failed' IN (age, interval, deferral) THEN 'not_yet' ELSE 'ask' END AS outcome,
    CASE WHEN last_to < soonest THEN NULL ELSE soonest END AS earliest, age, interval, deferral
FROM judged
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one donor stands: as `assess` finds it, without weight and health."""

    donor_id: int
    outcome: Outcome
    earliest: date | None
    age: Found
    interval: Found
    deferral: Found


def standings(on: date, donors: "QuerySet[Donor] | None" = None) -> Iterator[Standing]:
    """Every donor's standing on the day, past or future, or that of the donors given. Flat memory, 1 query.

    The component to be given does not matter: by Article 6 the last one governs.
    """
    sql, params = standing_sql(on, donors)
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(sql, params)
        while rows := cursor.fetchmany(CHUNK):
            for donor_id, outcome, earliest, age, interval, deferral in rows:
                yield Standing(
                    donor_id, Outcome(outcome), earliest, Found(age), Found(interval), Found(deferral)
                )


def free_on(donors: DonorQuerySet, on: date) -> DonorQuerySet:
    """Those of the donors against whom no dated rule stands on the day (age, interval, deferral)."""
    sql, params = standing_sql(on, donors)
    free = RawSQL(f"SELECT donor_id FROM ({sql}) s WHERE outcome <> 'not_yet'", params)  # noqa: S608, S611
    return donors.filter(pk__in=free)


def free_keys(keys: Sequence[int], on: date) -> set[int]:
    """Of these donors, by key, the same: up to tens of thousands, each read by its index. 1 query."""
    sql, params = standing_sql(on, keys=keys)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT donor_id FROM ({sql}) s WHERE outcome <> 'not_yet'", params)  # noqa: S608
        return {key for (key,) in cursor.fetchall()}


def standing_counts(on: date, donors: "QuerySet[Donor] | None" = None) -> dict[str, int]:
    """How many donors have each outcome on the day. 1 query."""
    sql, params = standing_sql(on, donors)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT outcome, count(*) FROM ({sql}) s GROUP BY outcome", params)  # noqa: S608
        return dict(cursor.fetchall())


def standing_sql(
    on: date, donors: "QuerySet[Donor] | None" = None, *, keys: Sequence[int] | None = None
) -> tuple[str, list[Any]]:
    """The statement and its values; columns as in Standing."""
    who, only = "SELECT id, person_id FROM donors_donor", ""
    asked: Sequence[Any] = []
    if donors is not None:
        rows = donors.order_by().values("pk", "person_id")
        inner, asked = rows.query.sql_with_params()
        who = f"SELECT * FROM ({inner}) w(id, person_id)"  # noqa: S608
        only = "AND d.donor_id IN (SELECT id FROM who)"
    elif keys is not None:
        who += " WHERE id = ANY(%s)"
        only = "AND d.donor_id = ANY(%s)"
        asked = [list(keys)] * 3
    ends, ages = ("from", "to"), ("least", "most")
    turns = {f"{end}_{age}": birthday_sql(f"born_{end}", age) for end in ends for age in ages}
    return STANDINGS.format(who=who, only=only, **turns), [*law_values(giving_rules(on), on), *asked]


def birthday_sql(born: str, years: str) -> str:
    """donors.rules.days.birthday in SQL, of columns."""
    there = f"({born} + make_interval(years => {years}))"
    return f"({there}::date + (extract(day FROM {born}) <> extract(day FROM {there}))::int)"


def law_values(entry: Entry, on: date) -> list[Any]:
    """The values of the entry in the order of the statement; components in the order the rule sorts them."""
    values = entry.values
    codes = sorted(Component.values)
    days = [values["interval_days"].get(code) for code in codes]
    limit = values["granulocytes"]
    longest = max(values["interval_days"].values())
    law = [on, values["least_age"], values["most_age"], limit["most"], limit["days"], longest]
    return [*law, codes, days]
