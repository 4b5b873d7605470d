"""What a run writes, a chunk of people at a time, in SQL. Called by rewards.actions.working only."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection

from rewards.enums import RunState
from rewards.models import RewardRun
from rewards.queries.due import ALL, FRESH, UNIT_OF, Span, arguments, due_sql
from rewards.queries.turns import Turns

PROPOSE = f"""
INSERT INTO rewards_nomination
    (key, person_id, honour, occasion, rung_id, run_id, unit_id, reached_on, count, as_of, step, step_at,
     proof, is_posthumous, reason)
SELECT gen_random_uuid(), due.person_id, honour, occasion, rung_id, %(run)s, ({UNIT_OF}), reached_on, count,
    %(as_of)s, 'proposed', now(), '', false, ''
FROM due WHERE {FRESH}
ON CONFLICT (person_id, honour, occasion) DO NOTHING
RETURNING id
"""
# Of nominations in hand: does the count still carry them? A refused answer stands until the count moves.
FIND = """
INSERT INTO rewards_finding (nomination_id, run_id, kind, count, found_at, answer)
SELECT n.id, %(run)s, f.kind, now_count.total, now(), ''
FROM rewards_nomination n
JOIN rewards_rung rung ON rung.id = n.rung_id
CROSS JOIN LATERAL (
    SELECT coalesce(sum(turn.times), 0) AS total FROM ({turns}) turn
    WHERE turn.person_id = n.person_id AND turn.given_on <= %(as_of)s
) now_count
CROSS JOIN LATERAL (SELECT CASE
    WHEN n.step NOT IN ('withdrawn', 'refused') AND now_count.total < rung.threshold THEN 'withdraw'
    WHEN n.step = 'withdrawn' AND now_count.total >= rung.threshold AND EXISTS (
        SELECT FROM rewards_finding old
        WHERE old.nomination_id = n.id AND old.kind = 'withdraw' AND old.is_accepted
    ) THEN 'add_back'
END AS kind) f
WHERE f.kind IS NOT NULL AND rung.kind = 'individual'
    AND n.person_id > %(after)s AND n.person_id <= %(until)s {only}
    AND NOT EXISTS (
        SELECT FROM rewards_finding old
        WHERE old.nomination_id = n.id AND old.kind = f.kind AND old.count = now_count.total
            AND old.is_accepted IS FALSE
    )
ON CONFLICT DO NOTHING
RETURNING id
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
    """People whose donations were entered, confirmed, voided or moved since a moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT person_id FROM ({turns.changed}) changed WHERE at >= %(since)s ORDER BY 1",
            {**turns.params, "since": since},
        )
        return [person for (person,) in cursor.fetchall()]


def propose(
    run: RewardRun, turns: Turns, spans: Sequence[Span], *, after: int, until: int, only: list[int] | None
) -> list[int]:
    """Nominations of these people that do not stand yet; returns their keys."""
    given = arguments(turns, spans, run.as_of, after=after, until=until, only=only) | {"run": run.pk}
    with connection.cursor() as cursor:
        cursor.execute(due_sql(turns, only) + PROPOSE, given)
        return [pk for (pk,) in cursor.fetchall()]


def find(
    run: RewardRun, turns: Turns, *, as_of: date, after: int = 0, until: int = ALL, only: list[int] | None
) -> list[int]:
    """Findings about these people's nominations; returns their keys."""
    narrow = "" if only is None else "AND n.person_id = ANY(%(only)s::bigint[])"
    given = {
        **turns.params, "run": run.pk, "as_of": as_of, "after": after, "until": until, "only": only or []
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(FIND.format(turns=turns.sql, only=narrow), given)
        return [pk for (pk,) in cursor.fetchall()]
