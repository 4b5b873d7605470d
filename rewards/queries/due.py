"""Which honours are due: the set-based twin of rewards.rules.reached, used by simulation and run alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Max
from django.db.models.functions import Coalesce, Least, TruncDate

from rewards.enums import PolicyState, RunState
from rewards.models import Policy, RewardRun
from rewards.queries.turns import Turns

FAR = date(9999, 12, 31)
ALL = 9223372036854775807

# Each rung is judged by the policy in force on the day it was reached. `upto` is the count after the
# turn; a proven bundle of n turns may pass several rungs on one day. Only who has enough in all for the
# lowest rung is compared with the rungs one by one.
DUE = """
WITH span AS (
    SELECT span.policy_id, span.first, span.last, policy.family_counting AS way,
        policy.group_counting AS group_way
    FROM unnest(%(policies)s::bigint[], %(firsts)s::date[], %(lasts)s::date[])
        AS span(policy_id, first, last)
    JOIN rewards_policy policy ON policy.id = span.policy_id
), rung AS MATERIALIZED (
    SELECT rung.id, rung.kind, rung.threshold, rung.bonus_vnd, rung.gift_id, span.first, span.last, span.way,
        span.group_way
    FROM rewards_rung rung JOIN span USING (policy_id)
    WHERE rung.grantor <> 'facility'
), turn AS NOT MATERIALIZED (
    {turns}
), counted AS (
    SELECT person_id, given_on, times,
        sum(times) OVER (PARTITION BY person_id ORDER BY given_on, seq ROWS UNBOUNDED PRECEDING) AS upto,
        sum(times) OVER (PARTITION BY person_id) AS total
    FROM turn
    WHERE given_on <= %(as_of)s AND person_id > %(after)s AND person_id <= %(until)s {only}
), of_family AS (
    SELECT way, family_id, person_id, given_on, times,
        sum(times) OVER (PARTITION BY way, family_id ORDER BY given_on, seq ROWS UNBOUNDED PRECEDING) AS upto,
        sum(times) OVER (PARTITION BY way, family_id) AS total
    FROM ({families}) family
    WHERE given_on <= %(as_of)s AND person_id > %(after)s AND person_id <= %(until)s {only}
), brought AS (
    SELECT person_id, year, given_on,
        row_number() OVER (PARTITION BY person_id, year ORDER BY given_on, donor_id) AS upto,
        count(*) OVER (PARTITION BY person_id, year) AS total
    FROM (
        SELECT person_id, donor_id, extract(year FROM given_on)::int AS year, min(given_on) AS given_on
        FROM ({brought}) gift
        WHERE given_on <= %(as_of)s AND person_id > %(after)s AND person_id <= %(until)s {only}
        GROUP BY 1, 2, 3
    ) first_of_year
), answered AS (
    SELECT person_id, call_id, given_on, times,
        sum(times) OVER (PARTITION BY person_id, call_id ORDER BY given_on, seq ROWS UNBOUNDED PRECEDING)
            AS upto,
        sum(times) OVER (PARTITION BY person_id, call_id) AS total
    FROM ({calls}) answer
    WHERE given_on <= %(as_of)s AND person_id > %(after)s AND person_id <= %(until)s {only}
), of_group AS (
    SELECT way, collective_id, year, target, given_on, times,
        sum(times) OVER (PARTITION BY way, collective_id, year ORDER BY given_on, seq
            ROWS UNBOUNDED PRECEDING) AS upto,
        sum(times) OVER (PARTITION BY way, collective_id, year) AS total
    FROM ({groups}) given_for
    WHERE given_on <= %(as_of)s AND %(after)s = 0
        AND EXISTS (SELECT FROM rung WHERE kind = 'collective')
), due AS (
    SELECT counted.person_id, 'individual-' || rung.threshold AS honour, '' AS occasion,
        NULL::bigint AS family_id, NULL::bigint AS collective_id, rung.id AS rung_id,
        counted.given_on AS reached_on, counted.total AS count, rung.bonus_vnd, rung.gift_id
    FROM counted JOIN rung ON rung.kind = 'individual' AND counted.upto >= rung.threshold
        AND counted.upto - counted.times < rung.threshold
        AND counted.given_on BETWEEN rung.first AND rung.last
    WHERE counted.total >= (SELECT min(threshold) FROM rung WHERE kind = 'individual')
    UNION ALL
    SELECT of_family.person_id, 'family-' || rung.threshold, 'family-' || of_family.family_id,
        of_family.family_id, NULL, rung.id, of_family.given_on, of_family.total, rung.bonus_vnd, rung.gift_id
    FROM of_family JOIN rung ON rung.kind = 'family' AND rung.way = of_family.way
        AND of_family.upto >= rung.threshold AND of_family.upto - of_family.times < rung.threshold
        AND of_family.given_on BETWEEN rung.first AND rung.last
    UNION ALL
    SELECT brought.person_id, 'mobiliser-' || rung.threshold, brought.year::text, NULL, NULL, rung.id,
        brought.given_on, brought.total, rung.bonus_vnd, rung.gift_id
    FROM brought JOIN rung ON rung.kind = 'mobiliser' AND brought.upto = rung.threshold
        AND brought.given_on BETWEEN rung.first AND rung.last
    UNION ALL
    SELECT answered.person_id, 'emergency-' || rung.threshold, 'emergency-' || answered.call_id, NULL,
        NULL, rung.id, answered.given_on, answered.total, rung.bonus_vnd, rung.gift_id
    FROM answered JOIN rung ON rung.kind = 'emergency' AND answered.upto >= rung.threshold
        AND answered.upto - answered.times < rung.threshold
        AND answered.given_on BETWEEN rung.first AND rung.last
    UNION ALL
    SELECT NULL, 'collective-' || rung.threshold, of_group.year::text, NULL, of_group.collective_id, rung.id,
        of_group.given_on, of_group.total * 100 / of_group.target, rung.bonus_vnd, rung.gift_id
    FROM of_group JOIN rung ON rung.kind = 'collective' AND rung.group_way = of_group.way
        AND of_group.upto * 100 >= rung.threshold * of_group.target
        AND (of_group.upto - of_group.times) * 100 < rung.threshold * of_group.target
        AND of_group.given_on BETWEEN rung.first AND rung.last
)
"""
ONLY = "AND person_id = ANY(%(only)s::bigint[])"
FRESH = """
NOT EXISTS (
    SELECT FROM rewards_nomination known
    WHERE known.person_id = due.person_id AND known.honour = due.honour AND known.occasion = due.occasion
) AND (due.family_id IS NULL OR NOT EXISTS (
    SELECT FROM rewards_nomination known WHERE known.family_id = due.family_id AND known.honour = due.honour
)) AND (due.collective_id IS NULL OR NOT EXISTS (
    SELECT FROM rewards_nomination known
    WHERE known.collective_id = due.collective_id AND known.honour = due.honour
        AND known.occasion = due.occasion
))
"""
LINE = "concat_ws('|', person_id, collective_id, honour, occasion, rung_id, reached_on, count)"
DIGEST = f"coalesce(md5(string_agg({LINE}, E'\\n' ORDER BY person_id, collective_id, honour, occasion)), '')"
UNIT_OF = """
SELECT unit_id FROM people_belonging b
WHERE b.person_id = due.person_id AND b.during @> %(as_of)s::date ORDER BY b.id LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Span:
    """A policy holds from a day to a day, both included."""

    policy_id: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run would propose: how many, what it costs, and the digest of every row of it."""

    nominations: int
    people: int
    bonus_vnd: int
    digest: str


def spans_in_force(as_of: date) -> list[Span]:
    """Approved policies up to a day, each with the days on which reaching a rung counts."""
    found = Policy.objects.filter(state=PolicyState.APPROVED, effective_from__lte=as_of)
    return [span_of(policy) for policy in found.order_by("effective_from")]


def not_run_yet() -> list[Policy]:
    """Policies that reach back behind the moment they were put in force, no full run asked since. 2 queries.

    The nightly run looks only at who changed: without a full run it would miss what they honour.
    """
    full = RewardRun.objects.filter(since=None).exclude(state=RunState.CANCELLED)
    last = full.aggregate(last=Max("asked_at"))["last"]
    found = Policy.objects.filter(state=PolicyState.APPROVED, approved_at__isnull=False)
    if last is not None:
        found = found.filter(approved_at__gt=last)
    first = Least(Coalesce("reached_from", "effective_from"), "effective_from")
    rows = found.annotate(first=first).filter(first__lt=TruncDate("approved_at"))
    return list(rows.order_by("effective_from"))


def span_of(policy: Policy) -> Span:
    """The days on which reaching a rung counts under the policy.

    `reached_from` earlier than the policy's first day lets it honour rungs reached before any policy.
    """
    return Span(policy.pk, policy.reached_from or policy.effective_from, policy.effective_to or FAR)


def arguments(
    turns: Turns,
    spans: Iterable[Span],
    as_of: date,
    *,
    after: int = 0,
    until: int = ALL,
    only: Sequence[int] | None = None,
) -> dict[str, Any]:
    """The named parameters of DUE. Groups are counted in the first chunk, where `after` is 0."""
    rows = list(spans)
    ways = list(
        Policy.objects.filter(pk__in={span.policy_id for span in rows}).values_list(
            "family_counting", "group_counting"
        )
    )
    return {
        **turns.params,
        "policies": [span.policy_id for span in rows],
        "firsts": [span.first for span in rows],
        "lasts": [span.last for span in rows],
        "ways": sorted({way for way, _group in ways}),
        "group_ways": sorted({way for _family, way in ways}),
        "as_of": as_of,
        "after": after,
        "until": until,
        "only": list(only or ()),
    }


def due_sql(turns: Turns, only: Sequence[int] | None = None) -> str:
    """DUE over these turns; what follows selects from `due`."""
    return DUE.format(
        turns=turns.sql,
        families=turns.families,
        brought=turns.brought,
        calls=turns.calls,
        groups=turns.groups,
        only="" if only is None else ONLY,
    )


def outcome(
    turns: Turns, spans: Iterable[Span], as_of: date, *, only: Sequence[int] | None = None
) -> Outcome:
    """What a run as of the day would propose now; reads, writes nothing."""
    sql = (
        due_sql(turns, only)
        + f"SELECT count(*), count(DISTINCT person_id), coalesce(sum(bonus_vnd), 0), {DIGEST}"
        f" FROM due WHERE {FRESH}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments(turns, spans, as_of, only=only))
        nominations, people, bonus, digest = cursor.fetchone()
    return Outcome(nominations, people, int(bonus), digest)


def run_digest(run_id: int) -> str:
    """The digest of what a run has proposed, comparable to Outcome.digest."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {DIGEST} FROM rewards_nomination WHERE run_id = %s", [run_id])
        (digest,) = cursor.fetchone()
    return str(digest)


@dataclass(frozen=True, slots=True)
class Line:
    """Honours of one rung in one unit and month: how many, the money, the gifts and their worth."""

    unit_id: int | None
    month: date
    honour: str
    people: int
    bonus_vnd: int
    gifts: int = 0
    gifts_vnd: int = 0

    @property
    def threshold(self) -> str:
        """The rung as it is read."""
        return self.honour.rpartition("-")[2]


def by_unit_and_month(turns: Turns, spans: Iterable[Span], as_of: date) -> list[Line]:
    """What the spans give, by unit, month and rung, whether nominated already or not."""
    sql = due_sql(turns) + (
        f"SELECT coalesce(due.collective_id, ({UNIT_OF})), date_trunc('month', reached_on)::date, honour,"
        " count(*), sum(bonus_vnd),"
        " count(gift.id), coalesce(sum(gift.value_vnd), 0)"
        " FROM due LEFT JOIN rewards_gift gift ON gift.id = due.gift_id GROUP BY 1, 2, 3 ORDER BY 2, 1, 3"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments(turns, spans, as_of))
        return [Line(*row[:4], *map(int, row[4:])) for row in cursor.fetchall()]


def compared(
    turns: Turns, draft: Iterable[Span], present: Iterable[Span], as_of: date
) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Who gains and who loses (person, honour) if the draft stood in place of what is in force.

    A group stands by its unit's key below zero.
    """
    given = [_pairs(turns, spans, as_of) for spans in (draft, present)]
    return sorted(given[0] - given[1]), sorted(given[1] - given[0])


def _pairs(turns: Turns, spans: Iterable[Span], as_of: date) -> set[tuple[int, str]]:
    sql = due_sql(turns) + (
        "SELECT coalesce(due.person_id, -due.collective_id),"
        " coalesce(nullif(rewards_rung.honour, ''), due.honour) FROM due"
        " JOIN rewards_rung ON rewards_rung.id = due.rung_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments(turns, spans, as_of))
        return set(cursor.fetchall())
