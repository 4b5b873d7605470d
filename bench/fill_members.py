"""Fill a migrated, empty database with memberships by COPY: `python -m bench.fill_members [PEOPLE] [UNITS]`.

The people and units of bench.fill_people; everybody is a member of a branch since one of the past years, one
in eight a volunteer too; four in five members have a card; one in fifty rests. A dues campaign of this year
for each base unit, nothing computed yet. Prints what it wrote and the seconds as JSON.
"""

import datetime as dt
import json
import random
import sys
import time
from collections.abc import Iterator
from typing import Any

import django

from bench.fill_people import SINCE, copy, fill_units, persons, phones

MEMBER_SINCE = dt.date(2025, 7, 1)


def main(people: int, units: int) -> None:
    """Units by the portal's own rows, the rest by COPY; then ANALYZE."""
    from django.db import connection

    began = time.monotonic()
    branches = fill_units(units)
    rows = list(persons(people))
    lived = list(lives(people, branches))
    with connection.cursor() as cursor:
        raw: Any = cursor
        fields = (
            "id, key, full_name, given_name, sort_key, search_name, sex, birth_date, birth_year, email,"
            " address, note, state, created_at, version"
        )
        copied = {
            "people_person": copy(raw, f"people_person ({fields})", rows),
            "people_phone": copy(raw, "people_phone (person_id, number, as_given, kind)", phones(rows)),
            "people_belonging": copy(
                raw, "people_belonging (person_id, unit_id, kind, during, cause)", belongings(lived)
            ),
            "members_membership": copy(
                raw,
                "members_membership (id, person_id, kind, during, state, decision, decided_on, ending,"
                " end_reason, end_decision, created_at)",
                memberships(lived),
            ),
            "members_pause": copy(raw, "members_pause (membership_id, during, reason)", pauses(lived)),
            "papers_proof": copy(raw, "papers_proof (id, code, kind, holder, day, state)", proofs(lived)),
            "members_card": copy(
                raw,
                "members_card (id, membership_id, number, unit_id, issued_on, state, handed_on, proof_id)",
                cards(lived),
            ),
        }
        for table, last in (
            ("people_person", people),
            ("members_membership", len(lived)),
            ("papers_proof", len(lived)),
            ("members_card", len(lived)),
        ):
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {last})")
    open_campaigns()
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    print(json.dumps({**copied, "units": units, "seconds": round(time.monotonic() - began, 1)}))


def lives(people: int, branches: list[int]) -> Iterator[tuple[int, int, str, int, dt.date]]:
    """(id, person, kind, branch, since) of every membership."""
    chance = random.Random(1946)
    number = 0
    for person in range(1, people + 1):
        branch = chance.choice(branches)
        since = MEMBER_SINCE + dt.timedelta(days=chance.choice((0, 0, 0, chance.randrange(500))))
        for kind in ("member", "volunteer") if person % 8 == 0 else ("member",):
            number += 1
            yield number, person, kind, branch, since


def belongings(lived: list[tuple[int, int, str, int, dt.date]]) -> Iterator[tuple[Any, ...]]:
    for number, person, kind, branch, since in lived:
        if kind == "member":
            yield person, branch, "record", f"[{SINCE},)", "bench"
        yield person, branch, kind, f"[{since},)", f"membership:{number}"


def memberships(lived: list[tuple[int, int, str, int, dt.date]]) -> Iterator[tuple[Any, ...]]:
    now = dt.datetime.now(dt.UTC)
    for number, person, kind, _branch, since in lived:
        state = "paused" if rests(number) else "active"
        yield number, person, kind, f"[{since},)", state, "QĐ mẫu", since, "", "", "", now


def rests(number: int) -> bool:
    return number % 50 == 0


def pauses(lived: list[tuple[int, int, str, int, dt.date]]) -> Iterator[tuple[Any, ...]]:
    for number, _person, _kind, _branch, since in lived:
        if rests(number):
            yield number, f"[{since + dt.timedelta(days=90)},)", "Đi xa"


def has_card(number: int) -> bool:
    return number % 5 != 0


def proofs(lived: list[tuple[int, int, str, int, dt.date]]) -> Iterator[tuple[Any, ...]]:
    for number, _person, _kind, _branch, since in lived:
        if has_card(number):
            yield number, f"B{number:011}", "Thẻ", "N*** A", since, "valid"


def cards(lived: list[tuple[int, int, str, int, dt.date]]) -> Iterator[tuple[Any, ...]]:
    for number, _person, _kind, branch, since in lived:
        if has_card(number):
            yield number, number, f"B-{number:07}", branch, since, "handed", since, number


def open_campaigns() -> None:
    """This year's campaign of every base unit, by bare rows: computing is what is measured."""
    from django.db.backends.postgresql.psycopg_any import DateRange

    from foundation.dates import today
    from members.models import DuesCampaign, DuesRate
    from members.queries.units import base_units

    year = today().year
    if not DuesRate.objects.filter(kind="member").exists():
        DuesRate.objects.create(
            kind="member", monthly=1000, during=DateRange(dt.date(2009, 1, 1), None), decision="mẫu"
        )
    DuesCampaign.objects.bulk_create(DuesCampaign(unit=unit, year=year) for unit in base_units(today()))


if __name__ == "__main__":
    django.setup()
    main(*(int(given) for given in (sys.argv[1:] + ["500000", "1000"][len(sys.argv) - 1 :])))
