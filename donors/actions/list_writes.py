"""What a list of donations writes, set-based, from the judged stage; only list_runs calls this."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection

from donors.models import Donation, DonationList
from donors.queries.flags import refresh_flags_where
from ledger.actor import Actor
from ledger.audit import record_many
from people.actions.import_writes import write_new_people

# Phones and identity numbers too: the search for doubles joins them.
FILLED = "people_person, people_phone, people_identitynumber, people_belonging, donors_donor, donors_donation"

CHUNK = 5_000
NEW_ONES = """
UPDATE import_stage s SET person_id = nextval(pg_get_serial_sequence('people_person', 'id')), here = -1
WHERE EXISTS (SELECT 1 FROM gift_stage g
    WHERE g.first = s.number AND g.verdict = 'new' AND g.person_id IS NULL)
"""
THEIR_KEYS = """
UPDATE gift_stage g SET person_id = s.person_id FROM import_stage s
WHERE s.number = g.first AND s.here = -1 AND g.person_id IS NULL AND g.verdict = 'new'
"""
NEW_DONORS = """
WITH fresh AS (
    SELECT person_id, nextval(pg_get_serial_sequence('donors_donor', 'id')) AS id
    FROM (SELECT DISTINCT person_id FROM gift_stage WHERE verdict = 'new' AND donor_id IS NULL) p
), made AS (
    INSERT INTO donors_donor (id, person_id, code, "group", rhesus, group_known, is_reserve, is_rare,
        is_available, share_code, created_at)
    SELECT id, person_id, 'HM' || CASE WHEN id < 10000000 THEN lpad(id::text, 7, '0') ELSE id::text END,
        '', '', '', false, false, true, '', now() FROM fresh
    RETURNING id, person_id
), kept AS (
    INSERT INTO people_belonging (person_id, unit_id, kind, during, cause)
    SELECT m.person_id, %(unit)s, 'donor', daterange(%(on)s::date, NULL), %(cause)s FROM made m
    WHERE NOT EXISTS (SELECT 1 FROM people_belonging b
        WHERE b.person_id = m.person_id AND b.kind = 'donor' AND b.during @> %(on)s::date)
)
UPDATE gift_stage g SET donor_id = m.id FROM made m WHERE m.person_id = g.person_id
"""
GROUPS = """
UPDATE donors_donor d SET "group" = g.abo, rhesus = g.rh, group_known = %(known)s
FROM (SELECT DISTINCT ON (donor_id) donor_id, abo, rh FROM gift_stage
      WHERE verdict = 'new' AND (abo <> '' OR rh <> '') ORDER BY donor_id, given_on DESC, number) g
WHERE d.id = g.donor_id AND d."group" || d.rhesus = ''
"""
DONATIONS = """
WITH fresh AS (
    SELECT number, nextval(pg_get_serial_sequence('donors_donation', 'id')) AS id
    FROM gift_stage WHERE verdict = 'new' ORDER BY number
), keyed AS (
    UPDATE gift_stage g SET donation_id = f.id, reason = g.reason || '[{"code": "recorded"}]'::jsonb
    FROM fresh f WHERE f.number = g.number RETURNING g.*
)
INSERT INTO donors_donation (id, donor_id, "on", drive_id, unit_id, place, component, volume_ml, turns, kind,
    certificate_issuer, certificate_serial, certificate_used_ml, source, proof, flags, state, recorded_by_id,
    recorded_at, void_reason)
SELECT donation_id, donor_id, given_on, %(drive)s, %(unit)s, place, component, ml, 1, 'voluntary',
    CASE WHEN serial <> '' THEN %(issuer)s ELSE '' END, serial, 0, 'import', %(proof)s || number, '[]',
    'recorded', %(user)s, now(), '' FROM keyed
"""
WRITTEN = """
SELECT donation_id, given_on, ml, component, serial FROM gift_stage WHERE verdict = 'new' ORDER BY number
"""


def write_gifts(batch: DonationList, by: Actor, told: Callable[[int], None]) -> int:
    """Writes the judged stage: people, donors, donations, flags, log. Returns how many donations."""
    cause = f"donations:{batch.pk}"
    values = {
        "unit": batch.unit_id,
        "drive": batch.drive_id,
        "on": by.on,
        "cause": cause,
        "issuer": batch.issuer,
        "known": "facility" if batch.is_facilitys else "said",
        "proof": f"{batch.source[:120]}, ",
        "user": by.user.pk if by.user else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(NEW_ONES)
        cursor.execute("UPDATE import_stage SET verdict = CASE WHEN here = -1 THEN 'new' ELSE 'same' END")
        # The planner took both stages for what they were before they were judged, and chose nested loops.
        cursor.execute("ANALYZE import_stage (here); ANALYZE gift_stage (verdict, person_id, donor_id)")
    write_new_people(by=by, unit=batch.unit_id, cause=cause)
    told(50)
    with connection.cursor() as cursor:
        for share, statement in (
            (55, THEIR_KEYS),
            (60, NEW_DONORS),
            (65, GROUPS),
            (75, DONATIONS),
        ):
            cursor.execute(statement, values)
            told(share)
        cursor.execute("CREATE INDEX ON gift_stage (donor_id); ANALYZE gift_stage (verdict, donor_id)")
    refresh_flags_where("d.donor_id IN (SELECT donor_id FROM gift_stage WHERE verdict = 'new')", [])
    told(85)
    written = record_many(
        by=by, act="donors.import_donation", model=Donation, rows=_changes(), reason=f"list:{batch.pk}"
    )
    if written > CHUNK:  # the planner hears of it now, not when autovacuum comes by
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {FILLED}")
    told(100)
    return written


def _changes() -> Iterator[tuple[int, None, dict[str, Any]]]:
    """Every donation written, with what it says."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(WRITTEN)
        while rows := cursor.fetchmany(CHUNK):
            for key, on, ml, component, serial in rows:
                said = {"on": on.isoformat(), "volume_ml": ml, "component": component}
                yield key, None, said | ({"certificate_serial": serial} if serial else {})
