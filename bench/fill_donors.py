"""Donors and their donations, made in PostgreSQL: `python -m bench.fill_donors DONORS UNITS`; prints JSON.

Three donations a donor on average over twelve years, at most one in a hundred days; flat memory.
"""

import json
import sys
import time
from typing import Any

import django

from bench.bare import without_indexes
from bench.fill_people import FAMILIES, GIVEN, MIDDLES, derived, fill_units

PEOPLE = """
INSERT INTO people_person (id, key, full_name, given_name, sort_key, search_name, sex, birth_date, birth_year,
    email, address, note, state, created_at, version)
SELECT g, gen_random_uuid(), n.full_name, n.given_name, n.sort_key, n.search_name, n.sex, b.born,
    extract(year FROM b.born), '', '', '', 'standing', now(), 1
FROM generate_series(1, %(donors)s) g
JOIN bench_name n ON n.place = (g::bigint * 7919) %% %(names)s
CROSS JOIN LATERAL (SELECT date '1958-01-01' + ((g::bigint * 104729) %% 18000)::int AS born) b
"""
BELONGINGS = """
INSERT INTO people_belonging (person_id, unit_id, kind, during, cause)
SELECT g, u.id, k.kind, daterange('2025-07-01', NULL), 'bench'
FROM generate_series(1, %(donors)s) g CROSS JOIN (VALUES ('record'), ('donor')) k(kind)
JOIN bench_unit u ON u.place = g %% %(units)s
"""
PHONES = """
INSERT INTO people_phone (person_id, number, as_given, kind)
SELECT g, '+849' || lpad(g::text, 8, '0'), '09' || lpad(g::text, 8, '0'), 'mobile'
FROM generate_series(1, %(donors)s) g WHERE g %% 10 < 8
"""
DONORS = """
INSERT INTO donors_donor (id, person_id, code, "group", rhesus, group_known, is_reserve, is_rare,
    is_available, share_code, created_at)
SELECT g, g, 'HM' || lpad(g::text, 7, '0'), (ARRAY['O', 'A', 'B', 'AB'])[1 + g %% 4], '+', 'facility',
    g %% 20 = 0, false, true, '', now()
FROM generate_series(1, %(donors)s) g
"""
DONATIONS = """
INSERT INTO donors_donation (donor_id, "on", unit_id, place, component, volume_ml, turns, kind,
    certificate_issuer, certificate_serial, certificate_used_ml, source, proof, flags, state, recorded_at,
    void_reason)
SELECT g, current_date - ((g * 31) %% 1200 + n * 110), u.id, '',
    CASE WHEN (g + n) %% 12 = 0 THEN 'platelets' WHEN (g + n) %% 97 = 0 THEN 'granulocytes'
        ELSE 'whole_blood' END,
    (ARRAY[250, 350, 450])[1 + (g + n) %% 3], 1, 'voluntary', '', '', 0, 'import', '', '[]', 'confirmed',
    now(), ''
FROM generate_series(1, %(donors)s) g CROSS JOIN LATERAL generate_series(1, 1 + g %% 5) n
JOIN bench_unit u ON u.place = g %% %(units)s
"""
HELD = """
INSERT INTO donors_deferral (donor_id, from_on, until_on)
SELECT g, current_date - 10, current_date + (g %% 90)::int + 1
FROM generate_series(1, %(donors)s) g WHERE g %% 50 = 0
"""
KEYS = (
    "people_person",
    "people_belonging",
    "people_phone",
    "donors_donor",
    "donors_donation",
    "donors_deferral",
)


def main(donors: int, units: int) -> None:
    """Units by the portal's own rows, the rest by INSERT … SELECT; then ANALYZE."""
    from django.db import connection

    began = time.monotonic()
    branches = fill_units(units)
    names = [
        (f"{family} {middle} {given}", sex)
        for sex in ("male", "female")
        for family in FAMILIES
        for middle in MIDDLES[sex].split()
        for given in GIVEN[sex].split()
    ]
    with connection.cursor() as cursor:
        raw: Any = cursor
        cursor.execute(
            "CREATE TEMP TABLE bench_name (place int, full_name text, given_name text, sort_key text,"
            " search_name text, sex text)"
        )
        with raw.copy("COPY bench_name FROM STDIN") as out:
            for place, (name, sex) in enumerate(names):
                out.write_row((place, name, *derived(name), sex))
        cursor.execute("CREATE TEMP TABLE bench_unit (place int, id bigint)")
        with raw.copy("COPY bench_unit FROM STDIN") as out:
            for place, key in enumerate(branches):
                out.write_row((place, key))
        cursor.execute("ANALYZE bench_name; ANALYZE bench_unit")
        told = {"donors": donors, "names": len(names), "units": len(branches)}
        with without_indexes(cursor, *KEYS):
            for statement in (PEOPLE, BELONGINGS, PHONES, DONORS, DONATIONS, HELD):
                cursor.execute(statement, told)
        for table in ("people_person", "donors_donor"):
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), %s)", [donors])
        cursor.execute("SELECT count(*) FROM donors_donation")
        donations = cursor.fetchone()[0]
        cursor.execute("VACUUM (ANALYZE) " + ", ".join(KEYS))
    told = {"donors": donors, "donations": donations, "seconds": round(time.monotonic() - began, 1)}
    print(json.dumps(told))


if __name__ == "__main__":
    django.setup()
    main(*(int(given) for given in (sys.argv[1:] + ["1000000", "1000"][len(sys.argv) - 1 :])))
