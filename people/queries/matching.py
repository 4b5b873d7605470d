"""Who a list's rows are: set-based, over a table that lives as long as the transaction.

First by identity number, then by phone and name, both in every unit; then by name and birth, only among
people the officer's offices cover. A record elsewhere is never named, it only makes a row doubtful.
Numbers of the ways: 1 identity, 2 phone and name, 3 name and date of birth, 4 name alone or with the year.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

STAGE = """
CREATE TEMP TABLE import_stage (
    number integer NOT NULL, full_name text NOT NULL, given_name text NOT NULL, sort_key text NOT NULL,
    search_name text NOT NULL, sex text NOT NULL, birth_date date, birth_year integer, id_kind text NOT NULL,
    id_digest text, id_tail text, id_sealed bytea, id_key integer, phones jsonb NOT NULL, email text NOT NULL,
    address text NOT NULL, note text NOT NULL, unit_id bigint, blocked boolean NOT NULL,
    findings jsonb NOT NULL, sealed bytea NOT NULL,
    twice_of integer, person_id bigint, way integer, here integer NOT NULL DEFAULT 0,
    elsewhere boolean NOT NULL DEFAULT false, against text NOT NULL DEFAULT '',
    fills text[] NOT NULL DEFAULT '{}', kept text[] NOT NULL DEFAULT '{}', verdict text
) ON COMMIT DROP
"""
WORK_MEMORY = "64MB"  # sorts and joins of a long list stay in memory
COLUMNS = (
    "number, full_name, given_name, sort_key, search_name, sex, birth_date, birth_year, id_kind, id_digest,"
    " id_tail, id_sealed, id_key, phones, email, address, note, unit_id, blocked, findings, sealed"
)

PREPARE = """
CREATE TEMP TABLE import_phone ON COMMIT DROP AS
SELECT s.number, p.place, p.value ->> 0 AS phone, p.value ->> 1 AS kind, p.value ->> 2 AS as_given
FROM import_stage s, jsonb_array_elements(s.phones) WITH ORDINALITY p(value, place) WHERE NOT s.blocked;
CREATE INDEX ON import_phone (number);
ANALYZE import_stage;
ANALYZE import_phone;
"""

# A person stands twice in the file if a row above has the number, or the name with a phone or the day
# of birth, or nothing but the same name; two different numbers are two people.
TWICE = """
UPDATE import_stage s SET twice_of = found.first FROM (
    SELECT number, min(first) AS first FROM (
        SELECT number, min(number) OVER (PARTITION BY id_kind, id_digest) AS first
        FROM import_stage WHERE id_digest IS NOT NULL AND NOT blocked
        UNION ALL
        SELECT b.number, a.number FROM import_stage a
        JOIN import_stage b ON a.search_name = b.search_name AND a.birth_date = b.birth_date
            AND a.number < b.number AND NOT a.blocked AND NOT b.blocked
            AND (a.id_digest = b.id_digest OR a.id_digest IS NULL OR b.id_digest IS NULL
                 OR a.id_kind <> b.id_kind)
        UNION ALL
        SELECT b.number, a.number FROM import_phone pa
        JOIN import_phone pb ON pa.phone = pb.phone AND pa.number < pb.number
        JOIN import_stage a ON a.number = pa.number
        JOIN import_stage b ON b.number = pb.number AND a.search_name = b.search_name
            AND (a.id_digest = b.id_digest OR a.id_digest IS NULL OR b.id_digest IS NULL
                 OR a.id_kind <> b.id_kind)
        UNION ALL
        SELECT number, min(number) OVER (PARTITION BY search_name, birth_year)
        FROM import_stage
        WHERE id_digest IS NULL AND birth_date IS NULL AND phones = '[]' AND NOT blocked
    ) pairs WHERE first < number GROUP BY number
) found WHERE found.number = s.number
"""

FIND = """
CREATE TEMP TABLE import_found ON COMMIT DROP AS
SELECT found.number, found.person_id, min(found.way) AS way,
    %(everywhere)s OR EXISTS (
        SELECT 1 FROM people_belonging b
        WHERE b.person_id = found.person_id AND b.unit_id = ANY(%(units)s) AND b.during @> %(on)s::date
    ) AS is_here
FROM (
    SELECT s.number, coalesce(p.merged_into_id, p.id) AS person_id, 1 AS way FROM import_stage s
    JOIN people_identitynumber i ON i.digest = s.id_digest AND i.kind = s.id_kind
    JOIN people_person p ON p.id = i.person_id
    WHERE NOT s.blocked
    UNION ALL
    SELECT s.number, f.person_id, 2 FROM import_phone ph
    JOIN import_stage s ON s.number = ph.number
    JOIN people_phone f ON f.number = ph.phone
    JOIN people_person p ON p.id = f.person_id AND p.search_name = s.search_name
    UNION ALL
    SELECT s.number, p.id, 3 FROM import_stage s
    JOIN people_person p ON p.birth_date = s.birth_date AND p.search_name = s.search_name
    WHERE NOT s.blocked
) found
JOIN people_person p ON p.id = found.person_id AND p.state = 'standing'
GROUP BY found.number, found.person_id;
ANALYZE import_found;
"""
# Names alone are looked for only among people of the units, for rows that found nobody yet.
FIND_BY_NAME = """
INSERT INTO import_found (number, person_id, way, is_here)
SELECT s.number, p.id, 4, true FROM import_stage s
JOIN people_person p ON p.search_name = s.search_name AND p.state = 'standing'
    AND (p.birth_year = s.birth_year OR p.birth_year IS NULL OR s.birth_year IS NULL)
    AND (p.birth_date = s.birth_date OR p.birth_date IS NULL OR s.birth_date IS NULL)
WHERE NOT s.blocked AND s.twice_of IS NULL
    AND NOT EXISTS (SELECT 1 FROM import_found f WHERE f.number = s.number)
    AND EXISTS (
        SELECT 1 FROM people_belonging b
        WHERE b.person_id = p.id AND b.unit_id = ANY(%(units)s) AND b.during @> %(on)s::date
    )
    AND NOT EXISTS (
        SELECT 1 FROM people_identitynumber i
        WHERE i.person_id = p.id AND i.kind = s.id_kind AND i.digest <> s.id_digest
    )
    AND (s.phones = '[]' OR NOT EXISTS (SELECT 1 FROM people_phone f WHERE f.person_id = p.id))
"""
# Who has another number of the same kind is another person, unless a number or a phone says the same.
DROP_OTHERS = """
DELETE FROM import_found f USING import_stage s
WHERE s.number = f.number AND f.way = 3 AND (NOT f.is_here OR EXISTS (
    SELECT 1 FROM people_identitynumber i
    WHERE i.person_id = f.person_id AND i.kind = s.id_kind AND i.digest <> s.id_digest
))
"""
CHOOSE = """
UPDATE import_stage s SET
    person_id = best.person_id, way = best.way, here = best.here, elsewhere = best.elsewhere
FROM (
    SELECT number, (array_agg(person_id ORDER BY way, person_id) FILTER (WHERE is_here))[1] AS person_id,
        min(way) FILTER (WHERE is_here) AS way,
        count(*) FILTER (WHERE is_here AND way = least) AS here,
        bool_or(NOT is_here) AS elsewhere
    FROM (
        SELECT *, min(way) FILTER (WHERE is_here) OVER (PARTITION BY number) AS least FROM import_found
    ) f GROUP BY number
) best WHERE best.number = s.number
"""
LOCK = """
SELECT 1 FROM people_person WHERE id IN (SELECT person_id FROM import_stage WHERE person_id IS NOT NULL)
ORDER BY id FOR UPDATE
"""
# Only what a record lacks is filled in; what it says otherwise stays, and is told.
COMPARE = """
UPDATE import_stage s SET
    against = CASE
        WHEN s.way = 1 AND p.search_name <> s.search_name THEN 'other_name'
        WHEN p.birth_date <> s.birth_date OR p.birth_year <> s.birth_year THEN 'other_birth'
        WHEN s.way > 1 AND EXISTS (SELECT 1 FROM people_identitynumber i
            WHERE i.person_id = p.id AND i.kind = s.id_kind AND i.digest <> s.id_digest)
            THEN 'other_identity'
        ELSE '' END,
    fills = array_remove(ARRAY[
        CASE WHEN p.sex = '' AND s.sex <> '' THEN 'sex' END,
        CASE WHEN p.birth_date IS NULL AND s.birth_date IS NOT NULL THEN 'birth_date' END,
        CASE WHEN p.birth_year IS NULL AND s.birth_year IS NOT NULL AND s.birth_date IS NULL
            THEN 'birth_year' END,
        CASE WHEN p.email = '' AND s.email <> '' THEN 'email' END,
        CASE WHEN p.address = '' AND s.address <> '' THEN 'address' END,
        CASE WHEN p.note = '' AND s.note <> '' THEN 'note' END,
        CASE WHEN EXISTS (SELECT 1 FROM import_phone ph WHERE ph.number = s.number AND NOT EXISTS (
            SELECT 1 FROM people_phone f WHERE f.person_id = p.id AND f.number = ph.phone)) THEN 'phone' END,
        CASE WHEN s.id_digest IS NOT NULL AND NOT EXISTS (SELECT 1 FROM people_identitynumber i
            WHERE i.person_id = p.id AND i.kind = s.id_kind) THEN 'identity' END
    ], NULL),
    kept = array_remove(ARRAY[
        CASE WHEN p.sex <> s.sex AND p.sex <> '' AND s.sex <> '' THEN 'kept_sex' END,
        CASE WHEN p.email <> s.email AND p.email <> '' AND s.email <> '' THEN 'kept_email' END,
        CASE WHEN p.address <> s.address AND p.address <> '' AND s.address <> '' THEN 'kept_address' END
    ], NULL)
FROM people_person p WHERE p.id = s.person_id
"""
JUDGE = """
UPDATE import_stage s SET
    verdict = v.verdict,
    findings = s.findings || CASE
        WHEN s.blocked THEN '[]'::jsonb
        WHEN s.twice_of IS NOT NULL THEN jsonb_build_array(
            jsonb_build_object('code', 'twice', 'params', jsonb_build_object('row', s.twice_of)))
        WHEN s.here > 1 THEN '[{"code": "several"}]'::jsonb
        WHEN s.person_id IS NULL AND s.elsewhere THEN '[{"code": "elsewhere"}]'::jsonb
        WHEN s.person_id IS NULL THEN '[]'::jsonb
        ELSE jsonb_build_array(jsonb_build_object('code',
                (ARRAY['by_identity', 'by_phone', 'by_birth', 'by_name'])[s.way]))
            || CASE WHEN s.against <> '' THEN jsonb_build_array(jsonb_build_object('code', s.against))
                ELSE '[]'::jsonb END
            || CASE WHEN v.is_thin THEN '[{"code": "little_known"}]'::jsonb ELSE '[]'::jsonb END
            || CASE WHEN v.verdict = 'update' THEN jsonb_build_array(jsonb_build_object(
                'code', 'fills', 'params', jsonb_build_object('what', to_jsonb(s.fills))))
                ELSE '[]'::jsonb END
            || coalesce((SELECT jsonb_agg(jsonb_build_object('code', code)) FROM unnest(s.kept) code), '[]')
        END
FROM (
    SELECT number, way = 4 AND fills <> '{}' AS is_thin,
        CASE WHEN blocked THEN 'wrong'
            WHEN twice_of IS NOT NULL OR here > 1 OR against <> '' OR (way = 4 AND fills <> '{}')
                OR (person_id IS NULL AND elsewhere) THEN 'doubtful'
            WHEN person_id IS NULL THEN 'new'
            WHEN fills <> '{}' THEN 'update'
            ELSE 'same' END AS verdict
    FROM import_stage
) v WHERE v.number = s.number
"""


def open_stage() -> None:
    """The empty table of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL work_mem = '{WORK_MEMORY}'")
        for table in ("import_stage", "import_phone", "import_found"):
            cursor.execute(f"DROP TABLE IF EXISTS {table}")
        cursor.execute(STAGE)


def put_on_stage(rows: Iterable[Sequence[Any]]) -> None:
    """Rows in the order of COLUMNS, streamed into the table."""
    with connection.cursor() as cursor, cursor.copy(f"COPY import_stage ({COLUMNS}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def match_stage(*, units: Iterable[int], is_top: bool, on: Any, locks: bool = False) -> dict[str, int]:
    """Judges every row of the stage; with `locks` the records found stay as they are until the end.

    `units` are those the officer's offices cover. Returns how many rows each verdict has.
    """
    told = {"units": sorted(units), "everywhere": is_top, "on": on}
    with connection.cursor() as cursor:
        for statement in (PREPARE, TWICE, FIND, DROP_OTHERS, FIND_BY_NAME, CHOOSE):
            cursor.execute(statement, told if "%(" in statement else None)
        if locks:
            cursor.execute(LOCK)
        cursor.execute(COMPARE)
        cursor.execute(JUDGE)
        cursor.execute("SELECT verdict, count(*) FROM import_stage GROUP BY verdict")
        return {str(verdict): int(number) for verdict, number in cursor.fetchall()}
