"""Many memberships ended at once: the set-based twin of one act on one membership (actions.life.end).

The tables of the batch live in the transaction; every row they name is locked before it is read.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db import connection

from members.enums import CardState, MembershipState
from members.rules import kind_rules

TABLES = ("batch_wanted", "batch_ending", "batch_place", "batch_pause", "batch_card")
LOCKED = """
WITH held AS (SELECT id, person_id FROM members_membership WHERE id = ANY(%(ids)s) ORDER BY id FOR UPDATE)
SELECT count(*) FROM held
"""
# Why a membership is left alone: as actions.life refuses it, one by one.
WANTED = """
CREATE TEMPORARY TABLE batch_wanted ON COMMIT DROP AS
WITH kinds AS (
     SELECT * FROM unnest(%(kinds)s::text[], %(belongs)s::text[]) AS k (kind, belongs)
), asked AS (
     SELECT m.id, m.person_id, k.belongs, m.state, lower(m.during) AS since, upper(m.during) AS until
       FROM unnest(%(ids)s::bigint[]) AS wanted (id)
       JOIN members_membership AS m USING (id)
       JOIN kinds AS k ON k.kind = m.kind
), changes AS (
     SELECT a.id, lower(b.during) AS day FROM asked AS a
       JOIN people_belonging AS b ON b.person_id = a.person_id AND b.kind = a.belongs
     UNION ALL
     SELECT a.id, day FROM asked AS a
       JOIN members_pause AS p ON p.membership_id = a.id
      CROSS JOIN LATERAL unnest(ARRAY[lower(p.during), upper(p.during)]) AS day
), latest AS (
     SELECT id, max(day) AS day FROM changes GROUP BY id
)
SELECT a.*, CASE
       WHEN NOT EXISTS (
            SELECT 1 FROM people_belonging AS b
              JOIN people_unitcover AS c ON c.unit_id = b.unit_id AND c.during @> %(today)s::date
             WHERE b.person_id = a.person_id AND b.kind = a.belongs AND b.during @> %(today)s::date
               AND c.ancestor_id = %(unit)s) THEN 'elsewhere'
       WHEN a.state = 'ended' THEN 'ended'
       WHEN a.state = 'moving' THEN 'moving'
       WHEN %(on)s::date <= a.since THEN 'before'
       WHEN %(on)s::date < l.day THEN 'later'
       ELSE '' END AS refused
  FROM asked AS a LEFT JOIN latest AS l ON l.id = a.id
"""
ENDING = """
CREATE TEMPORARY TABLE batch_ending ON COMMIT DROP AS
SELECT id, person_id, belongs, state, until FROM batch_wanted WHERE refused = ''
"""
# A place that another kind of membership shares stays; of two that end together the last one leaves it.
PLACE = """
CREATE TEMPORARY TABLE batch_place ON COMMIT DROP AS
SELECT e.id AS membership_id, b.id, b.unit_id, b.kind, lower(b.during) AS first, upper(b.during) AS until
  FROM batch_ending AS e
  JOIN people_belonging AS b
    ON b.person_id = e.person_id AND b.kind = e.belongs AND b.during @> %(on)s::date
 WHERE NOT EXISTS (
       SELECT 1 FROM members_membership AS o
         JOIN unnest(%(kinds)s::text[], %(belongs)s::text[]) AS k (kind, belongs) ON k.kind = o.kind
         LEFT JOIN batch_ending AS also ON also.id = o.id
        WHERE o.person_id = e.person_id AND o.id <> e.id AND k.belongs = e.belongs
          AND o.during @> %(on)s::date AND (also.id IS NULL OR also.id > e.id))
   FOR UPDATE OF b
"""
PAUSE = """
CREATE TEMPORARY TABLE batch_pause ON COMMIT DROP AS
SELECT e.id AS membership_id, p.id, lower(p.during) AS first, p.reason
  FROM batch_ending AS e JOIN members_pause AS p ON p.membership_id = e.id AND p.during @> %(on)s::date
   FOR UPDATE OF p
"""
CARD = """
CREATE TEMPORARY TABLE batch_card ON COMMIT DROP AS
SELECT e.id AS membership_id, c.id, c.state, c.proof_id, f.state = 'valid' AS was_valid
  FROM batch_ending AS e
  JOIN members_card AS c ON c.membership_id = e.id AND c.state = ANY(%(in_use)s)
  JOIN papers_proof AS f ON f.id = c.proof_id
   FOR UPDATE OF c, f
"""
INDEXED = tuple(
    f"CREATE INDEX ON {table} ({column}); ANALYZE {table}"
    for table, column in (
        ("batch_wanted", "id"),
        ("batch_ending", "id"),
        ("batch_place", "membership_id"),
        ("batch_pause", "membership_id"),
        ("batch_card", "membership_id"),
    )
)
CHANGES = (
    "DELETE FROM people_belonging AS b USING batch_place AS p WHERE p.id = b.id AND p.first = %(on)s",
    """UPDATE people_belonging AS b SET during = daterange(p.first, %(on)s)
         FROM batch_place AS p WHERE p.id = b.id AND p.first < %(on)s""",
    "DELETE FROM members_pause AS x USING batch_pause AS p WHERE p.id = x.id AND p.first = %(on)s",
    """UPDATE members_pause AS x SET during = daterange(p.first, %(on)s)
         FROM batch_pause AS p WHERE p.id = x.id AND p.first < %(on)s""",
    "UPDATE members_card AS c SET state = %(card_ended)s FROM batch_card AS b WHERE b.id = c.id",
    """UPDATE papers_proof AS f SET state = 'ended', ended_on = %(today)s
         FROM batch_card AS b WHERE b.proof_id = f.id AND b.was_valid""",
    """UPDATE members_membership AS m
          SET during = daterange(lower(m.during), %(on)s), state = %(ended)s, ending = %(act)s,
              end_reason = %(why)s, end_decision = %(decision)s
         FROM batch_ending AS e WHERE e.id = m.id""",
)
# The same notes, in the same order, as one act leaves for its undo.
ACTS = """
INSERT INTO members_lifeact
       (membership_id, act, "on", reason_code, words, decision, by_user_id, at, changed, undo_until,
        undone_why)
SELECT e.id, %(act)s, %(on)s, %(reason_code)s, %(words)s, %(decision)s, %(user)s, %(at)s,
       jsonb_build_array(jsonb_build_object('state', e.state), jsonb_build_object('until', e.until))
       || COALESCE((SELECT jsonb_agg(CASE WHEN p.first = %(on)s
                    THEN jsonb_build_object('dropped', p.unit_id, 'kind', p.kind, 'from', p.first,
                                            'until', p.until)
                    ELSE jsonb_build_object('cut', p.id, 'until', p.until) END)
                     FROM batch_place AS p WHERE p.membership_id = e.id), '[]')
       || COALESCE((SELECT jsonb_agg(jsonb_build_object('card', c.id, 'was', c.state))
                     FROM batch_card AS c WHERE c.membership_id = e.id), '[]')
       || COALESCE((SELECT jsonb_agg(CASE WHEN p.first = %(on)s
                    THEN jsonb_build_object('unpaused', p.first, 'why', p.reason)
                    ELSE jsonb_build_object('paused_until', p.id) END)
                     FROM batch_pause AS p WHERE p.membership_id = e.id), '[]'),
       %(undo_until)s, ''
  FROM batch_ending AS e ORDER BY e.id
"""


def gather(ids: Sequence[int], unit_id: int, on: date, today: date) -> dict[int, str]:
    """Lock the memberships, note what ending them on the day changes; those left alone, with the reason.

    Reasons: elsewhere, ended, moving, before (it began later), later (a change after the day stands).
    """
    rules = kind_rules(today)
    asked: dict[str, Any] = {
        "ids": list(ids),
        "kinds": list(rules),
        "belongs": [rule.belongs for rule in rules.values()],
        "unit": unit_id,
        "on": on,
        "today": today,
        "in_use": [CardState.MADE, CardState.HANDED],
    }
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '64MB'")  # many are joined and sorted in memory
        for table in TABLES:
            cursor.execute(f"DROP TABLE IF EXISTS {table}")
        cursor.execute(LOCKED, asked)
        for statement in (WANTED, ENDING, PLACE, PAUSE, CARD):
            cursor.execute(statement, asked)
        for statement in INDEXED:
            cursor.execute(statement)
        cursor.execute("SELECT id, refused FROM batch_wanted WHERE refused <> '' ORDER BY id")
        return dict(cursor.fetchall())


def end_gathered(values: dict[str, Any]) -> None:
    """Write the changes gathered: places, pauses, cards and their proofs, memberships, acts."""
    values = {**values, "ended": MembershipState.ENDED, "card_ended": CardState.ENDED}
    with connection.cursor() as cursor:
        cursor.execute(ACTS, values)
        for statement in CHANGES:
            cursor.execute(statement, values)


def ended_ids() -> Iterator[int]:
    """Memberships of the batch, streamed."""
    return _streamed("SELECT id FROM batch_ending ORDER BY id")


def ended_proofs() -> Iterator[int]:
    """Proofs that ended with their cards, streamed."""
    return _streamed("SELECT proof_id FROM batch_card WHERE was_valid ORDER BY proof_id")


def _streamed(sql: str) -> Iterator[int]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        while rows := cursor.fetchmany(5_000):
            yield from (pk for (pk,) in rows)
