"""What a run looks up and writes, in SQL. Called by rewards.actions.working only."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from ledger.actor import Actor
from rewards.enums import RunState
from rewards.models import DueRow, RewardRun
from rewards.queries.due import ALL, FRESH, ONLY, UNIT_OF, Span, arguments, due_sql
from rewards.queries.turns import Turns

MANY = 1_000
LOOK = f"""
INSERT INTO rewards_duerow
    (run_id, person_key, collective_key, honour, occasion, family_key, rung_key, reached_on, count)
SELECT %(run)s, person_id, collective_id, honour, occasion, family_id, rung_id, reached_on, count
FROM due WHERE {FRESH}
"""
NOTE = """
INSERT INTO ledger_auditentry
    (at, user_id, office, unit, via, address, run_id, act, subject_type, subject_id, reason, digest)
SELECT %(now)s, %(user)s, %(office)s, %(unit)s, %(via)s, %(address)s, %(job)s, %(act)s, %(subject)s,
    made.id::text, '', ''
FROM made RETURNING 1
"""
PROPOSE = f"""
WITH made AS (
    INSERT INTO rewards_nomination
        (key, person_id, collective_id, honour, occasion, family_id, rung_id, run_id, unit_id, reached_on,
         count, as_of, step, step_at, proof, is_posthumous, reason)
    SELECT gen_random_uuid(), due.person_id, due.collective_id, honour, occasion, family_key, rung_key,
        %(run)s, coalesce(due.collective_id, ({UNIT_OF})), reached_on, count, %(as_of)s, 'proposed', now(),
        '', false, ''
    FROM (
        SELECT person_key AS person_id, collective_key AS collective_id, honour, occasion, family_key,
            rung_key, reached_on, count
        FROM rewards_duerow WHERE run_id = %(run)s AND (
            (person_key > %(after)s AND person_key <= %(until)s) OR (person_key IS NULL AND %(after)s = 0)
        )
    ) due
    ON CONFLICT DO NOTHING
    RETURNING id
), noted AS ({NOTE})
SELECT count(*) FROM noted
"""
# Of nominations in hand: does the count still carry them? A refused answer stands until the count moves.
# Turns are read person by person: before a first ANALYZE of the nominations the planner takes `hand` for a
# single row and would otherwise go through all donations once for each.
FIND = f"""
, hand AS MATERIALIZED (
    SELECT n.id, n.person_id, n.step, n.occasion, n.family_id, rung.kind, rung.threshold,
        policy.family_counting AS way, n.collective_id, policy.group_counting AS group_way
    FROM rewards_nomination n JOIN rewards_rung rung ON rung.id = n.rung_id
    JOIN rewards_policy policy ON policy.id = rung.policy_id
    WHERE n.step <> 'refused' AND (
        (n.person_id > %(after)s AND n.person_id <= %(until)s {{narrow}})
        OR (n.person_id IS NULL AND %(after)s = 0)
    )
), own AS (
    SELECT who.person_id, theirs.total
    FROM (SELECT DISTINCT person_id FROM hand WHERE kind = 'individual') who
    CROSS JOIN LATERAL (
        SELECT sum(turn.times) AS total FROM turn
        WHERE turn.person_id = who.person_id AND turn.given_on <= %(as_of)s
    ) theirs
), tally AS (
    SELECT hand.id, coalesce(own.total, 0) AS total
    FROM hand LEFT JOIN own ON own.person_id = hand.person_id WHERE hand.kind = 'individual'
    UNION ALL
    SELECT hand.id, coalesce(max(of_family.total), 0)
    FROM hand LEFT JOIN of_family ON of_family.family_id = hand.family_id AND of_family.way = hand.way
    WHERE hand.kind = 'family' GROUP BY hand.id
    UNION ALL
    SELECT hand.id, coalesce(max(brought.total), 0)
    FROM hand LEFT JOIN brought ON brought.person_id = hand.person_id AND brought.year::text = hand.occasion
    WHERE hand.kind = 'mobiliser' GROUP BY hand.id
    UNION ALL
    SELECT hand.id, coalesce(max(answered.total), 0)
    FROM hand LEFT JOIN answered ON answered.person_id = hand.person_id
        AND 'emergency-' || answered.call_id = hand.occasion
    WHERE hand.kind = 'emergency' GROUP BY hand.id
    UNION ALL
    SELECT hand.id, coalesce(max(of_group.total * 100 / of_group.target), 0)
    FROM hand LEFT JOIN of_group ON of_group.collective_id = hand.collective_id
        AND of_group.year::text = hand.occasion AND of_group.way = hand.group_way
    WHERE hand.kind = 'collective' GROUP BY hand.id
), moved AS (
    SELECT hand.id, tally.total, CASE
        WHEN hand.step <> 'withdrawn' AND tally.total < hand.threshold THEN 'withdraw'
        WHEN hand.step = 'withdrawn' AND tally.total >= hand.threshold AND EXISTS (
            SELECT FROM rewards_finding old
            WHERE old.nomination_id = hand.id AND old.kind = 'withdraw' AND old.is_accepted
        ) THEN 'add_back'
    END AS kind
    FROM hand JOIN tally ON tally.id = hand.id
), made AS (
    INSERT INTO rewards_finding (nomination_id, run_id, kind, count, found_at, answer)
    SELECT moved.id, %(run)s, moved.kind, moved.total, now(), '' FROM moved
    WHERE moved.kind IS NOT NULL AND NOT EXISTS (
        SELECT FROM rewards_finding old
        WHERE old.nomination_id = moved.id AND old.kind = moved.kind AND old.count = moved.total
            AND old.is_accepted IS FALSE
    )
    ON CONFLICT DO NOTHING
    RETURNING id
), noted AS ({NOTE})
SELECT count(*) FROM noted
"""


def due_runs() -> list[int]:
    """Runs that wait to begin or are under way."""
    open_runs = RewardRun.objects.filter(state__in=[RunState.WAITING, RunState.RUNNING])
    return list(open_runs.order_by("pk").values_list("pk", flat=True))


def chunk_end(after: int, size: int) -> int | None:
    """The last person of the next chunk of the register; None at its end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(id) FROM (SELECT id FROM people_person WHERE id > %s ORDER BY id LIMIT %s) chunk",
            [after, size],
        )
        (end,) = cursor.fetchone()
    return None if end is None else int(end)


def last_person() -> int:
    """The highest key of the register, 0 when it is empty."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM people_person")
        (last,) = cursor.fetchone()
    return int(last)


def changed_people(turns: Turns, since: datetime) -> list[int]:
    """People whose count may have moved since a moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT person_id FROM ({turns.changed}) changed ORDER BY 1",
            {**turns.params, "since": since},
        )
        return [person for (person,) in cursor.fetchall()]


def look(run: RewardRun, turns: Turns, spans: Sequence[Span], *, only: list[int] | None) -> int:
    """Everything due now beyond the run's cursor, kept in its DueRows; returns how many."""
    DueRow.objects.filter(run=run).delete()
    given = arguments(turns, spans, run.as_of, after=run.cursor, only=only) | {"run": run.pk}
    with connection.cursor() as cursor:
        cursor.execute(due_sql(turns, only) + LOOK, given)
        return int(cursor.rowcount)


def propose(by: Actor, run: RewardRun, *, act: str, after: int, until: int) -> int:
    """Nominations of these people out of what the run looked up, each with its entry; how many."""
    given = {"run": run.pk, "as_of": run.as_of, "after": after, "until": until}
    made = _written(PROPOSE, given | noted(by, act, "rewards.nomination"))
    if made >= MANY:  # the planner hears of it now, not when autovacuum comes by
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE rewards_nomination")
    return made


def find(
    by: Actor,
    run: RewardRun,
    turns: Turns,
    spans: Sequence[Span],
    *,
    act: str,
    after: int = 0,
    until: int = ALL,
    only: list[int] | None,
) -> int:
    """Findings about these people's nominations, each with its entry; how many."""
    given = arguments(turns, spans, run.as_of, after=after, until=until, only=only) | {"run": run.pk}
    narrow = "" if only is None else ONLY.replace("person_id", "n.person_id")
    return _written(
        due_sql(turns, only) + FIND.format(narrow=narrow),
        given | noted(by, act, "rewards.finding"),
    )


def noted(by: Actor, act: str, subject: str) -> dict[str, Any]:
    """The parameters of NOTE: who, in which office, under which job."""
    return {
        "now": timezone.now(),
        "user": by.user.pk if by.user else None,
        "office": by.acting.office if by.acting else "",
        "unit": by.acting.unit_code if by.acting else "",
        "via": by.via,
        "address": by.address,
        "job": by.run_id,
        "act": act,
        "subject": subject,
    }


def _written(sql: str, given: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        (count,) = cursor.fetchone()
    return int(count)
