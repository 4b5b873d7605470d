"""What an import writes, set-based, from the judged stage; only people.actions.import_runs calls this."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.db import connection

from foundation.locks import lock
from ledger.actor import Actor
from ledger.audit import record_many
from people.models import ImportBatch, Person

CHUNK = 5_000
# New are those nobody knows, and, if asked for, those perhaps entered in another unit.
NUMBER_NEW = """
UPDATE import_stage SET person_id = nextval(pg_get_serial_sequence('people_person', 'id')), here = -1
WHERE verdict = 'new' OR (%(elsewhere)s AND verdict = 'doubtful' AND person_id IS NULL AND here = 0
    AND elsewhere AND twice_of IS NULL)
"""
NEW_PEOPLE = """
INSERT INTO people_person (id, key, full_name, given_name, sort_key, search_name, sex, birth_date, birth_year,
    email, address, note, state, created_at, version)
SELECT person_id, gen_random_uuid(), full_name, given_name, sort_key, search_name, sex, birth_date,
    birth_year, email, address, note, 'standing', now(), 1
FROM import_stage WHERE here = -1 ORDER BY number
"""
NEW_BELONGINGS = """
INSERT INTO people_belonging (person_id, unit_id, kind, during, cause)
SELECT person_id, coalesce(unit_id, %(unit)s), 'record', daterange(%(on)s::date, NULL), %(cause)s
FROM import_stage WHERE here = -1 ORDER BY number
"""
FILL_PEOPLE = """
UPDATE people_person p SET
    sex = CASE WHEN 'sex' = ANY(s.fills) THEN s.sex ELSE p.sex END,
    birth_date = CASE WHEN 'birth_date' = ANY(s.fills) THEN s.birth_date ELSE p.birth_date END,
    birth_year = coalesce(p.birth_year, s.birth_year),
    email = CASE WHEN 'email' = ANY(s.fills) THEN s.email ELSE p.email END,
    address = CASE WHEN 'address' = ANY(s.fills) THEN s.address ELSE p.address END,
    note = CASE WHEN 'note' = ANY(s.fills) THEN s.note ELSE p.note END,
    version = p.version + 1
FROM import_stage s WHERE s.verdict = 'update' AND p.id = s.person_id
"""
PHONES = """
INSERT INTO people_phone (person_id, number, as_given, kind)
SELECT s.person_id, ph.phone, ph.as_given, ph.kind
FROM import_stage s JOIN import_phone ph ON ph.number = s.number
WHERE (s.here = -1 OR s.verdict = 'update')
    AND NOT EXISTS (SELECT 1 FROM people_phone f WHERE f.person_id = s.person_id AND f.number = ph.phone)
ORDER BY s.number, ph.place
"""
IDENTITY_NUMBERS = """
INSERT INTO people_identitynumber (person_id, kind, sealed, key_version, digest, tail_digest)
SELECT person_id, id_kind, id_sealed, id_key, id_digest, id_tail FROM import_stage
WHERE id_digest IS NOT NULL AND (here = -1 OR (verdict = 'update' AND 'identity' = ANY(fills)))
ORDER BY number
"""
CONSENTS = """
INSERT INTO people_consent (person_id, purpose, text_version, given_at, channel, source)
SELECT s.person_id, purpose, %(version)s::date, now(), 'import', %(source)s
FROM import_stage s, unnest(%(purposes)s::text[]) purpose
WHERE s.person_id IS NOT NULL AND (s.here = -1 OR s.verdict = 'update')
ON CONFLICT DO NOTHING
"""
RESULT = """
UPDATE people_importrow r SET verdict = s.verdict, reasons = s.findings,
    person_id = CASE WHEN s.here <> 0 THEN s.person_id END
FROM import_stage s WHERE r.batch_id = %(batch)s AND r.number = s.number
    AND (r.verdict <> s.verdict OR r.reasons <> s.findings
         OR r.person_id IS DISTINCT FROM CASE WHEN s.here <> 0 THEN s.person_id END)
"""
KEEP_ROWS = """
INSERT INTO people_importrow (batch_id, number, verdict, sealed_values, reasons, person_id)
SELECT %(batch)s, number, verdict, sealed, findings, person_id FROM import_stage ORDER BY number
"""
CHANGED = """
SELECT s.person_id, s.here = -1, s.fills, s.full_name, s.sex, s.birth_date, s.birth_year, s.email, s.address,
    s.note, s.phones, s.id_kind
FROM import_stage s WHERE s.here = -1 OR s.verdict = 'update' ORDER BY s.number
"""
FILLED = "people_person, people_phone, people_identitynumber, people_belonging, people_importrow"
FIELDS = ("sex", "birth_date", "birth_year", "email", "address", "note")


def keep_rows(batch: ImportBatch) -> None:
    """The judged stage becomes the rows of the batch, in place of those before."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_importrow WHERE batch_id = %s", [batch.pk])
        cursor.execute(KEEP_ROWS, {"batch": batch.pk})


def write_people(batch: ImportBatch, by: Actor, told: Callable[[int], None]) -> int:
    """Writes the judged stage: people, belongings, phones, numbers, consents, log. Returns people changed."""
    consents = batch.consents or {}
    values = {
        "elsewhere": batch.takes_elsewhere,
        "unit": batch.unit_id,
        "on": by.on,
        "cause": f"import:{batch.pk}",
        "batch": batch.pk,
        "purposes": consents.get("purposes", []),
        "version": consents.get("text_version"),
        "source": f"{batch.source}: {batch.ground}"[:200],
    }
    with connection.cursor() as cursor:
        cursor.execute(NUMBER_NEW, values)
        for share, statement in (
            (50, NEW_PEOPLE),
            (55, NEW_BELONGINGS),
            (60, FILL_PEOPLE),
            (65, PHONES),
            (70, IDENTITY_NUMBERS),
            (75, CONSENTS if values["purposes"] else ""),
            (80, RESULT),
        ):
            if statement:
                cursor.execute(statement, values)
            told(share)
    changed = record_many(
        by=by, act="people.import_person", model=Person, rows=_changes(), reason=f"import:{batch.pk}"
    )
    if changed > CHUNK and changed > _planned_people() / 2:  # less is told by autovacuum in its minute
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {FILLED}")
    told(100)
    return changed


def _planned_people() -> int:
    """How many people the planner reckons with."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'people_person'::regclass")
        return int(cursor.fetchone()[0])


def write_new_people(*, by: Actor, unit: int, cause: str) -> int:
    """Writes the people of the judged stage that have `here` -1, for a list of an upper app; how many.

    Their records are the unit's from today; records that stood before gain nothing.
    """
    values: dict[str, Any] = {"unit": unit, "on": by.on, "cause": cause}
    with connection.cursor() as cursor:
        for statement in (NEW_PEOPLE, NEW_BELONGINGS, PHONES, IDENTITY_NUMBERS):
            cursor.execute(statement, values if "%(" in statement else None)
    return record_many(by=by, act="people.import_person", model=Person, rows=_changes(), reason=cause)


def lock_imports() -> None:
    """Only one import writes at a time: two of the same file find each other's people."""
    lock("people.import")


def _changes() -> Iterator[tuple[int, dict[str, Any] | None, dict[str, Any]]]:
    """Every person written, with what was there and what is; of an identity number only its kind."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(CHANGED)
        while rows := cursor.fetchmany(CHUNK):
            for person_id, is_new, fills, name, *fields, phones, id_kind in rows:
                values: dict[str, Any] = {
                    key: value.isoformat() if isinstance(value, date) else value
                    for key, value in zip(FIELDS, fields, strict=True)
                    if value not in ("", None) and (is_new or key in fills)
                }
                if is_new:
                    values["full_name"] = name
                numbers = [phone[0] for phone in (json.loads(phones) if isinstance(phones, str) else phones)]
                if numbers and (is_new or "phone" in fills):
                    values["phones"] = numbers
                if id_kind and (is_new or "identity" in fills):
                    values["identity_kind"] = id_kind
                yield person_id, None if is_new else dict.fromkeys(values), values
