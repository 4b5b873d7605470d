"""Records that may be one person: found set-based, with the points of rules.similarity."""

import json
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from ledger.actor import Actor
from people.enums import PairState, PersonState
from people.models import Merge, Pair, Person
from people.queries.register import people_with
from people.rules.similarity import weights

RIGHT = "people.merge"
# The people looked for: all, or those who just came in.
PROBE = """
DROP TABLE IF EXISTS pair_probe;
CREATE TEMP TABLE pair_probe ON COMMIT DROP AS
SELECT id, search_name, birth_date, lower(email) AS email FROM people_person
WHERE state = 'standing' AND (%(fresh)s::bigint[] IS NULL OR id = ANY(%(fresh)s::bigint[]));
ANALYZE pair_probe;
"""
# Who shares a number; a phone or an e-mail with the name or the day of birth; the name and the day of birth.
NEAR = """
DROP TABLE IF EXISTS pair_near;
CREATE TEMP TABLE pair_near ON COMMIT DROP AS
SELECT least(a, b) AS one, greatest(a, b) AS other FROM (
    SELECT i.person_id AS a, k.person_id AS b FROM pair_probe p
    JOIN people_identitynumber i ON i.person_id = p.id
    JOIN people_identitynumber k ON k.digest = i.digest AND k.kind = i.kind AND k.person_id <> p.id
    UNION ALL
    SELECT p.id, q.id FROM pair_probe p
    JOIN people_phone f ON f.person_id = p.id
    JOIN people_phone g ON g.number = f.number AND g.person_id <> p.id
    JOIN people_person q ON q.id = g.person_id
        AND (q.search_name = p.search_name OR q.birth_date = p.birth_date)
    UNION ALL
    SELECT p.id, q.id FROM pair_probe p
    JOIN people_person q ON q.birth_date = p.birth_date AND q.search_name = p.search_name AND q.id <> p.id
    UNION ALL
    SELECT p.id, q.id FROM pair_probe p
    JOIN people_person q ON lower(q.email) = p.email AND q.search_name = p.search_name AND q.id <> p.id
    WHERE p.email <> ''
) found GROUP BY 1, 2;
ANALYZE pair_near;
"""
SIGNS = """
WITH standing AS (
    SELECT id, full_name, search_name, sex, birth_date, birth_year, lower(email) AS email
    FROM people_person WHERE state = 'standing'
        AND id IN (SELECT one FROM pair_near UNION SELECT other FROM pair_near)
),
signs AS (
    SELECT p.id AS one, q.id AS other, ARRAY[
        CASE WHEN EXISTS (SELECT 1 FROM people_identitynumber a
            JOIN people_identitynumber b ON a.digest = b.digest AND a.kind = b.kind
            WHERE a.person_id = p.id AND b.person_id = q.id) THEN 'identity' END,
        CASE WHEN EXISTS (SELECT 1 FROM people_phone a JOIN people_phone b ON a.number = b.number
            WHERE a.person_id = p.id AND b.person_id = q.id) THEN 'phone' END,
        CASE WHEN p.search_name = q.search_name THEN 'name' END,
        CASE WHEN p.full_name = q.full_name THEN 'exact_name' END,
        CASE WHEN p.birth_date = q.birth_date THEN 'birth_date' END,
        CASE WHEN p.birth_year = q.birth_year AND (p.birth_date IS NULL OR q.birth_date IS NULL)
            THEN 'birth_year' END,
        CASE WHEN p.email = q.email AND p.email <> '' THEN 'email' END,
        CASE WHEN p.birth_date <> q.birth_date OR p.birth_year <> q.birth_year THEN 'other_birth' END,
        CASE WHEN p.sex <> q.sex AND p.sex <> '' AND q.sex <> '' THEN 'other_sex' END,
        CASE WHEN EXISTS (SELECT 1 FROM people_identitynumber a
            JOIN people_identitynumber b ON a.digest <> b.digest AND a.kind = b.kind
            WHERE a.person_id = p.id AND b.person_id = q.id) THEN 'other_identity' END
    ] AS codes
    FROM pair_near near JOIN standing p ON p.id = near.one JOIN standing q ON q.id = near.other
)
"""
PAIRS = (
    SIGNS  # noqa: S608  constant text
    + """
, scored AS (
    SELECT one, other, array_remove(codes, NULL) AS reasons, greatest(0, least(100, (
        SELECT coalesce(sum((%(weights)s::jsonb ->> code)::integer), 0) FROM unnest(codes) code
    ))) AS score FROM signs
)
SELECT one, other, score, reasons FROM scored WHERE score >= %(least)s
"""
)
STORE = (
    "INSERT INTO people_pair (one_id, other_id, score, reasons, state, found_at) "  # noqa: S608
    "SELECT one, other, score, to_jsonb(reasons), 'open', now() FROM (" + PAIRS + ") found "
    "ON CONFLICT (one_id, other_id) DO UPDATE SET score = EXCLUDED.score, reasons = EXCLUDED.reasons "
    "WHERE people_pair.state = 'open' AND people_pair.reasons <> EXCLUDED.reasons"
)
# Open pairs that are alike no more, after somebody corrected one of the two.
FORGET = (
    "DELETE FROM people_pair WHERE state = 'open' AND (one_id, other_id) NOT IN "  # noqa: S608
    "(SELECT one, other FROM (" + PAIRS + ") found)"
)


def told(on: date, fresh: list[int] | None) -> dict[str, Any]:
    """The parameters of the statements: points, the least score, the people looked for (None: all)."""
    table = weights(on)
    points = json.dumps(dict(table["weights"]))
    return {"fresh": fresh, "weights": points, "least": table["least"]}


def look(cursor: Any, values: dict[str, Any]) -> None:
    """Lay out who is near whom, in tables of this transaction."""
    cursor.execute(PROBE, values)
    cursor.execute(NEAR)


def alike(on: date, fresh: list[int] | None = None) -> list[tuple[int, int, int, list[str]]]:
    """Pairs as found now: one, other, score, reasons; nothing is stored."""
    with transaction.atomic(), connection.cursor() as cursor:
        look(cursor, told(on, fresh))
        cursor.execute(PAIRS, told(on, fresh))
        found: list[tuple[int, int, int, list[str]]] = cursor.fetchall()
        return found


def visible_pairs(by: Actor) -> QuerySet[Pair]:
    """Open pairs of which the actor may merge both."""
    mine = people_with(by, RIGHT).filter(state=PersonState.STANDING).values("pk")
    pairs = Pair.objects.filter(state=PairState.OPEN, one__in=mine, other__in=mine)
    return pairs.select_related("one", "other")


def visible_merges(by: Actor) -> QuerySet[Merge]:
    """Merges into people the actor may merge, latest first."""
    mine = people_with(by, RIGHT).values("pk")
    return Merge.objects.filter(kept__in=mine).select_related("kept", "absorbed").order_by("-at")


def mergeable(by: Actor) -> QuerySet[Person]:
    """Standing people the actor may merge."""
    return people_with(by, RIGHT).filter(state=PersonState.STANDING)
