"""Fill a migrated, empty database with donors: `python -m bench.fill_rewards DONORS`; prints JSON.

One city, wards, so many donors with three donations each on average (one in a hundred gives 30 times or
more), all voluntary and confirmed, one in five hundred with a proven bundle carried over; a policy in force
that counts rungs reached since 2015. Made in SQL from row numbers: the same number gives the same people.
"""

import json
import sys
import time
from datetime import date

import django

PEOPLE = """
INSERT INTO people_person (id, key, full_name, given_name, sort_key, search_name, sex, birth_year, email,
    address, note, state, created_at, version)
SELECT n, gen_random_uuid(), 'Người Hiến ' || n, 'Hiến', 'hien ' || n, ' nguoi hien ' || n, '', 1990, '', '',
    '', 'standing', now(), 1
FROM generate_series(1, %s) n
"""
BELONGINGS = """
INSERT INTO people_belonging (person_id, unit_id, kind, during, cause)
SELECT n, (%s::bigint[])[1 + n %% %s], 'donor', daterange('2015-01-01', NULL), 'bench'
FROM generate_series(1, %s) n
"""
DONORS = """
INSERT INTO donors_donor (id, person_id, code, "group", rhesus, group_known, is_reserve, is_rare,
    is_available, share_code, created_at)
SELECT n, n, 'HM-' || n, '', '', '', false, false, true, '', now() FROM generate_series(1, %s) n
"""
# How often the n-th donor has given: 1 to 4 mostly, a tenth 5 to 19, a hundredth 20 to 60.
TIMES = """
CASE WHEN n %% 100 = 0 THEN 20 + (n / 100) %% 41 WHEN n %% 10 = 1 THEN 5 + (n / 10) %% 15 ELSE 1 + n %% 3 END
"""
DONATIONS = f"""
INSERT INTO donors_donation (donor_id, "on", unit_id, place, component, volume_ml, turns, kind,
    certificate_issuer, certificate_serial, certificate_used_ml, source, proof, flags, state, recorded_at,
    decided_at, void_reason)
SELECT n, date '2026-09-01' - (k * 90 + n %% 89)::int, (%s::bigint[])[1 + n %% %s], '', 'whole_blood', 350,
    1, 'voluntary', '', '', 0, 'drive', '', '[]', 'confirmed', '2026-09-02', '2026-09-02', ''
FROM generate_series(1, %s) n CROSS JOIN LATERAL generate_series(0, {TIMES} - 1) k
"""
CARRIED = """
INSERT INTO donors_donation (donor_id, "on", unit_id, place, component, turns, kind, certificate_issuer,
    certificate_serial, certificate_used_ml, source, proof, flags, state, recorded_at, decided_at,
    void_reason)
SELECT n, date '2016-01-01', (%s::bigint[])[1 + n %% %s], '', 'whole_blood', 2 + n %% 17, 'voluntary', '',
    '', 0,
    'carried', 'GXN ' || n, '[]', 'confirmed', '2026-09-02', '2026-09-02', ''
FROM generate_series(1, %s) n WHERE n %% 500 = 7
"""


def main(donors: int) -> None:
    from django.db import connection

    from bench.bare import without_indexes
    from bench.fill_people import fill_units
    from people.actors import system_actor
    from rewards.actions.policies import approve_policy, draft_policy

    began = time.monotonic()
    units = fill_units(max(12, min(1000, donors // 500)))
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        with without_indexes(cursor, "people_person", "people_belonging", "donors_donor", "donors_donation"):
            cursor.execute(PEOPLE, [donors])
            cursor.execute(BELONGINGS, [units, len(units), donors])
            cursor.execute(DONORS, [donors])
            cursor.execute(DONATIONS, [units, len(units), donors])
            count = cursor.rowcount
            cursor.execute(CARRIED, [units, len(units), donors])
            count += cursor.rowcount
        for table in ("people_person", "donors_donor"):
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), %s)", [donors])
    by = system_actor()
    policy = draft_policy(
        by=by, name="Quy chế", effective_from=by.on, reached_from=date(2000, 1, 1), budget_vnd=None
    )
    approve_policy(by=by, policy=policy, decision_number="01/QĐ-CTĐ", decided_on=by.on)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    print(json.dumps({"donations": count, "seconds": round(time.monotonic() - began, 1)}))


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
