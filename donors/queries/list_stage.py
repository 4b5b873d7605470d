"""A list of donations on its stage: set-based, in tables that live as long as the transaction.

People are found by people.queries.matching over one row for each person of the file; here each donation is
judged. A name alone decides nothing; a row that came before, or a donation that stands, changes nothing.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from people.queries.matching import COLUMNS

CHUNK = 5_000
OPEN = """
DROP TABLE IF EXISTS gift_stage; DROP TABLE IF EXISTS gift_person;
CREATE TEMP TABLE gift_stage (
    LIKE import_stage INCLUDING DEFAULTS,
    who text NOT NULL, given_on date, ml integer, component text NOT NULL, abo text NOT NULL,
    rh text NOT NULL, serial text NOT NULL, place text NOT NULL, wrong boolean NOT NULL, said jsonb NOT NULL,
    digest bytea NOT NULL, first integer, donor_id bigint, donation_id bigint, reason jsonb
) ON COMMIT DROP
"""
GIFT = "who, given_on, ml, component, abo, rh, serial, place, wrong, said, digest"
ONE_EACH = f"""
CREATE INDEX ON gift_stage (who, number);
CREATE UNIQUE INDEX ON gift_stage (number);
INSERT INTO import_stage ({COLUMNS})
SELECT DISTINCT ON (who) {COLUMNS} FROM gift_stage ORDER BY who, number;
"""  # noqa: S608
# One row a person of the file; who stands twice with a number, phone or birth in common is the row above.
PEOPLE = """
CREATE TEMP TABLE gift_person ON COMMIT DROP AS
SELECT s.number AS first, s.number AS leads, s.blocked, s.person_id, s.way, s.here, s.elsewhere, s.against,
    s.twice_of, s.id_digest IS NOT NULL OR s.phones <> '[]' OR s.birth_date IS NOT NULL AS is_known_by
FROM import_stage s;
CREATE UNIQUE INDEX ON gift_person (first);
ANALYZE gift_person;
"""
SAME_PERSON = """
UPDATE gift_person g SET leads = t.leads, person_id = t.person_id, way = t.way, here = t.here,
    elsewhere = t.elsewhere, against = t.against, blocked = t.blocked, twice_of = NULL
FROM gift_person t, import_stage a, import_stage b
WHERE g.twice_of = t.first AND t.twice_of IS NULL AND a.number = t.first AND b.number = g.first
    AND a.search_name = b.search_name
    AND (a.id_digest = b.id_digest OR a.birth_date = b.birth_date OR EXISTS (
        SELECT 1 FROM import_phone p JOIN import_phone q ON q.phone = p.phone
        WHERE p.number = a.number AND q.number = b.number))
"""
FIRSTS = """
UPDATE gift_stage g SET first = p.leads, person_id = p.person_id, donor_id = d.id
FROM (SELECT number, min(number) OVER (PARTITION BY who) AS own FROM gift_stage) o
JOIN gift_person p ON p.first = o.own
LEFT JOIN donors_donor d ON d.person_id = p.person_id
WHERE o.number = g.number;
ANALYZE gift_stage (first, person_id, donor_id, given_on, component, wrong, serial);
"""
JUDGE = """
UPDATE gift_stage g SET verdict = v.verdict, reason = v.reason, donation_id = v.donation_id FROM (
    SELECT o.number, j.verdict, o.said || CASE WHEN j.code = '' THEN '[]'::jsonb
        WHEN j.line IS NULL THEN jsonb_build_array(jsonb_build_object('code', j.code))
        ELSE jsonb_build_array(jsonb_build_object(
            'code', j.code, 'params', jsonb_build_object('row', j.line)))
        END || CASE WHEN j.verdict = 'wrong' AND o.blocked THEN o.findings ELSE '[]'::jsonb END AS reason,
        CASE WHEN j.verdict = 'same' THEN o.there_id END AS donation_id
    FROM (
        SELECT g.number, g.said, g.wrong, g.findings, g.ml, p.blocked, p.person_id, p.way, p.here,
            p.elsewhere, p.against, p.twice_of, p.is_known_by,
            b.id AS before_id, t.id AS there_id, t.ml AS there_ml,
            first_value(g.number) OVER same AS same_row, first_value(g.ml) OVER same AS same_ml,
            CASE WHEN g.serial <> '' THEN first_value(g.number) OVER serials END AS serial_row,
            CASE WHEN g.serial <> '' THEN x.id END AS serial_there
        FROM gift_stage g
        JOIN gift_person p ON p.first = g.first
        LEFT JOIN LATERAL (
            SELECT r.id FROM donors_donationrow r WHERE r.digest = g.digest AND r.batch_id <> %(batch)s
                AND (r.donation_id IS NOT NULL OR r.decision = 'skip') LIMIT 1
        ) b ON true
        LEFT JOIN LATERAL (
            SELECT d.id, d.volume_ml AS ml FROM donors_donation d
            WHERE d.donor_id = g.donor_id AND d."on" = g.given_on AND d.component = g.component
                AND d.state <> 'voided' AND d.source <> 'carried' LIMIT 1
        ) t ON true
        LEFT JOIN LATERAL (
            SELECT d.id FROM donors_donation d WHERE d.certificate_issuer = %(issuer)s
                AND d.certificate_serial = g.serial AND d.certificate_serial <> '' AND d.state <> 'voided'
            LIMIT 1
        ) x ON true
        WINDOW same AS (PARTITION BY coalesce(g.person_id, -g.first), g.given_on, g.component, g.wrong
                ORDER BY g.number),
            serials AS (PARTITION BY g.serial, g.wrong ORDER BY g.number)
    ) o CROSS JOIN LATERAL (
        SELECT verdict, code, line FROM (VALUES
            (1, o.wrong OR o.blocked, 'wrong', '', NULL::int),
            (2, o.before_id IS NOT NULL, 'same', 'row_before', NULL),
            (3, o.twice_of IS NOT NULL AND NOT (o.person_id IS NOT NULL AND o.way < 4 AND o.here = 1
                AND o.against = ''), 'doubtful', 'twice', o.twice_of),
            (4, o.here > 1, 'doubtful', 'several', NULL),
            (5, o.person_id IS NULL AND o.elsewhere, 'doubtful', 'elsewhere', NULL),
            (6, o.against <> '', 'doubtful', o.against, NULL),
            (7, o.way = 4, 'doubtful', 'by_name_only', NULL),
            (8, o.there_id IS NOT NULL AND o.there_ml <> o.ml, 'doubtful', 'volume_differs', NULL),
            (9, o.there_id IS NOT NULL, 'same', 'given_there', NULL),
            (10, o.person_id IS NULL AND NOT o.is_known_by, 'doubtful', 'thin', NULL),
            (11, o.person_id IS NULL AND NOT %(takes_new)s, 'doubtful', 'no_new', NULL),
            (12, o.same_row <> o.number AND o.same_ml <> o.ml, 'doubtful', 'volume_differs', NULL),
            (13, o.same_row <> o.number, 'same', 'twice_in_file', o.same_row),
            (14, o.serial_there IS NOT NULL OR o.serial_row <> o.number, 'doubtful', 'serial_twice', NULL),
            (15, o.person_id IS NULL, 'new', 'new_person', NULL),
            (16, true, 'new', (ARRAY['by_identity', 'by_phone', 'by_birth'])[o.way], NULL)
        ) c(place, holds, verdict, code, line) WHERE holds ORDER BY place LIMIT 1
    ) j
) v WHERE v.number = g.number
"""
KEEP_ROWS = """
INSERT INTO donors_donationrow (batch_id, number, verdict, decision, digest, sealed_values, reasons,
    person_id, donation_id)
SELECT %s, number, verdict, '', digest, sealed, reason, person_id, donation_id FROM gift_stage ORDER BY number
"""


def open_gifts() -> None:
    """The empty tables of this transaction; people's own stage is open already."""
    with connection.cursor() as cursor:
        for statement in OPEN.split(";"):
            cursor.execute(statement)


def put_gifts(rows: Iterable[Sequence[Any]]) -> None:
    """Rows of people's COLUMNS followed by GIFT, streamed in."""
    into = f"COPY gift_stage ({COLUMNS}, {GIFT}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            copy.write_row(row)


def one_each() -> None:
    """People's stage gets the first row of each person of the file."""
    _run(ONE_EACH)


def judge_gifts(batch: int, issuer: str, *, takes_new: bool) -> dict[str, int]:
    """Judges every row, after people's match_stage. Returns how many rows each verdict has."""
    _run(PEOPLE)
    with connection.cursor() as cursor:
        for _step in range(5):
            cursor.execute(SAME_PERSON)
            if not cursor.rowcount:
                break
    _run(FIRSTS)
    told: dict[str, Any] = {"batch": batch, "issuer": issuer, "takes_new": takes_new}
    with connection.cursor() as cursor:
        cursor.execute(JUDGE, told)
        cursor.execute("SELECT verdict, count(*) FROM gift_stage GROUP BY verdict")
        return {str(verdict): int(count) for verdict, count in cursor.fetchall()}


def keep_gift_rows(batch: int) -> None:
    """The judged stage becomes the rows of the list, in place of those before."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM donors_donationrow WHERE batch_id = %s", [batch])
        cursor.execute(KEEP_ROWS, [batch])
        if cursor.rowcount >= CHUNK:  # the planner hears of so many rows now, not when autovacuum comes by
            cursor.execute("ANALYZE donors_donationrow")


def _run(statements: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statements)
