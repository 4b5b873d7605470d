"""One work of the donors bench in a process of its own: `python -m bench.donors_work NAME …`; prints JSON."""

import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

from bench.fill_people import FAMILIES, GIVEN, MIDDLES
from bench.people_work import measured, signed_in, spread

VISITS = 40


def officer() -> Any:
    """The donor officer of the city."""
    from ledger.models import User
    from people.actions import add_person, grant_office
    from people.actors import system_actor
    from people.enums import OfficeCode
    from people.models import Person, Unit

    known = Person.objects.filter(user__username="bench-donors").first()
    if known:
        return known
    user = User.objects.create(username="bench-donors", email="bench-donors@example.org")
    unit, by = Unit.objects.get(code="TP"), system_actor()
    person = add_person(by=by, full_name="Cán bộ hiến máu", unit=unit, user=user)
    grant_office(
        by=by,
        person=person,
        office=OfficeCode.DONOR_OFFICER,
        unit=unit,
        from_on=unit.valid.lower,
        until_on=None,
        reason="bench",
    )
    return person


def standings() -> dict[str, Any]:
    """Every donor's standing today, read as a stream."""
    from donors.queries.standings import standings as all_standings
    from foundation.dates import today

    counts: dict[str, int] = {}
    for row in all_standings(today()):
        counts[row.outcome] = counts.get(row.outcome, 0) + 1
    return {"donors": sum(counts.values()), "counts": counts}


def counted() -> dict[str, Any]:
    """The same, counted in PostgreSQL."""
    from donors.queries.standings import standing_counts
    from foundation.dates import today

    return {"counts": standing_counts(today())}


def rule(sample: str) -> dict[str, Any]:
    """The rule donor by donor over a sample, and whether the twin says the same of each."""
    from donors.enums import Component
    from donors.models import Donor
    from donors.queries.rules import giving_rules
    from donors.queries.standings import standings as all_standings
    from donors.queries.verdicts import facts_of
    from donors.rules.verdict import assess
    from foundation.dates import today

    on = today()
    chance = random.Random(5)
    last = Donor.objects.order_by("-pk").values_list("pk", flat=True)[0]
    keys = chance.sample(range(1, last + 1), min(int(sample), last))
    donors = Donor.objects.filter(pk__in=keys).select_related("person")
    began = time.monotonic()
    found = {}
    for donor in donors:
        verdict = assess(facts_of(donor, Component.WHOLE_BLOOD), giving_rules(on), on=on)
        found[donor.pk] = (verdict.outcome, verdict.earliest)
    seconds = time.monotonic() - began
    twin = {row.donor_id: (row.outcome, row.earliest) for row in all_standings(on, donors)}
    return {"sample": len(found), "differ": sum(found[key] != twin[key] for key in found), "rule": seconds}


def count() -> dict[str, Any]:
    """This year's figures of the whole chapter counted anew, and those of the years before."""
    from donors.actions.counting import count_year
    from donors.queries.figures import due_years
    from ledger.enums import Via
    from people.actors import system_actor

    by, seconds = system_actor(Via.JOB), []
    for year in due_years(by.on):
        began = time.monotonic()
        count_year(by=by, year=year)
        seconds.append(time.monotonic() - began)
    return {"this": seconds[0], "all": sum(seconds), "years": len(seconds)}


def pages(name: str) -> dict[str, Any]:
    """A page through every middleware, as its officer with a second step."""
    from django.db import connection
    from django.urls import reverse

    import redcross.wsgi  # as served: what was loaded is frozen
    from bench.count_queries import Counter
    from donors.models import Donor, Drive
    from people.models import Unit

    assert redcross.wsgi.application
    client = signed_in(officer())
    chance = random.Random(3)
    last = Donor.objects.filter(donations__isnull=False).order_by("-pk").values_list("pk", flat=True)[0]
    if name == "drive":
        drive = Drive.objects.first() or _drive(Unit.objects.order_by("pk").first())
        urls = [reverse("drive", args=[drive.pk])] * VISITS
    elif name == "donor":
        urls = [reverse("donor", args=[f"HM{chance.randrange(1, last + 1):07}"]) for _n in range(VISITS)]
    elif name == "donor_list":
        words = ["an", "nguyen an", "vy", "tran binh"]
        urls = [reverse("donor_list") + f"?q={chance.choice(words)}" for _n in range(VISITS)]
    else:
        urls = [reverse(name)] * VISITS
    counter = Counter()
    times = []
    for number, url in enumerate([*urls[:3], *urls]):
        began = time.perf_counter()
        with connection.execute_wrapper(counter):
            answer = client.get(url, headers={"host": "localhost"})
        if answer.status_code != 200:
            raise SystemExit(f"{name} answered {answer.status_code}")
        if number >= 3:
            times.append((time.perf_counter() - began) * 1000)
        else:
            counter.seen = 0
    return spread(times) | {"queries": round(counter.seen / len(urls), 1)}


def _drive(unit: Any) -> Any:
    """A drive of today with a thousand donations."""
    from donors.models import Donation, Drive
    from foundation.dates import today

    drive = Drive.objects.create(
        unit=unit, name="Đợt đo", facility="Trung tâm", place="Nhà văn hóa", on=today(), state="running"
    )
    keys = list(Donation.objects.order_by("pk").values_list("pk", flat=True)[:1000])
    Donation.objects.filter(pk__in=keys).update(drive=drive)
    return drive


def write(path: str, rows: str, seed: str) -> dict[str, Any]:
    """A list as a facility sends it; every second person is known by phone and name."""
    from people.models import Person

    chance = random.Random(int(seed))
    known = list(
        Person.objects.filter(phones__isnull=False, pk__lte=int(rows)).values_list(
            "full_name", "birth_date", "phones__number"
        )
    )
    with Path(path).open("w", encoding="utf-8") as out:
        out.write("Họ tên;Năm sinh;CMND/CCCD;SĐT;Ngày hiến;Thể tích (ml);Nhóm máu;Số GCN\n")
        for number in range(int(rows)):
            if known and number % 2:
                name, born, phone = known[number % len(known)]
                out.write(f"{name};{born:%d/%m/%Y};;0{phone[3:]};{_day(chance)};350ml;O+;\n")
                continue
            sex = chance.choice(("male", "female"))
            parts = (list(FAMILIES), MIDDLES[sex].split(), GIVEN[sex].split())
            name = " ".join(chance.choice(part) for part in parts)
            day = f"{chance.randrange(1, 29):02}/{chance.randrange(1, 13):02}/{chance.randrange(1965, 2006)}"
            out.write(f"{name};{day};999{seed}{number:08};;{_day(chance)};0,35 lít;A;{seed}{number:07}\n")
    return {}


def _day(chance: random.Random) -> str:
    return f"{chance.randrange(1, 29):02}/{chance.randrange(1, 13):02}/{chance.randrange(2019, 2025)}"


def bring_in(path: str) -> dict[str, Any]:
    """Sent, tried, written: what an officer waits for in all."""
    from django.core.files import File

    from donors.actions.list_runs import work_list
    from donors.actions.lists import ask_list_run, ask_list_try, take_in_gifts
    from ledger.enums import Via
    from people.actors import actor_for, system_actor
    from people.models import Unit

    user = officer().user
    by = actor_for(user, Via.COMMAND)
    with Path(path).open("rb") as file:
        batch = take_in_gifts(
            by=by,
            unit=Unit.objects.get(code="TP"),
            file=File(file, name=Path(path).name),
            source="bench",
            is_facilitys=True,
            issuer="bench",
        )
    began = time.monotonic()
    ask_list_try(by=by, batch=batch, columns=batch.columns)
    work_list(by=system_actor(Via.JOB), pk=batch.pk)
    tried = time.monotonic() - began
    began = time.monotonic()
    batch.refresh_from_db()
    ask_list_run(by=by, batch=batch)
    work_list(by=system_actor(Via.JOB), pk=batch.pk)
    batch.refresh_from_db()
    if batch.state != "done":
        raise SystemExit(f"the list is {batch.state}: {batch.problem}")
    return {"try": tried, "write": time.monotonic() - began, "counts": batch.counts}


# What a loader does that believes every row: nobody looked for, nothing judged, sealed, flagged or logged.
BARE = """
CREATE TEMP TABLE bare_key ON COMMIT DROP AS
SELECT DISTINCT ON (c[1], c[2], c[3], c[4]) c[1] AS name, c[2] AS born, c[3] AS number, c[4] AS phone,
    nextval(pg_get_serial_sequence('people_person', 'id')) AS person,
    nextval(pg_get_serial_sequence('donors_donor', 'id')) AS donor FROM bare;
ANALYZE bare_key; ANALYZE bare;
INSERT INTO people_person (id, key, full_name, given_name, sort_key, search_name, sex, birth_date, birth_year,
    email, address, note, state, created_at, version)
SELECT person, gen_random_uuid(), name, name, lower(name), lower(name), '', to_date(born, 'DD/MM/YYYY'),
    extract(year FROM to_date(born, 'DD/MM/YYYY')), '', '', '', 'standing', now(), 1 FROM bare_key;
INSERT INTO people_belonging (person_id, unit_id, kind, during, cause)
SELECT person, %(unit)s, k.kind, daterange(current_date, NULL), 'bare'
FROM bare_key, (VALUES ('record'), ('donor')) k(kind);
INSERT INTO people_phone (person_id, number, as_given, kind)
SELECT person, '+84' || substr(phone, 2), phone, 'mobile' FROM bare_key WHERE phone <> '';
INSERT INTO people_identitynumber (person_id, kind, sealed, key_version, digest, tail_digest)
SELECT person, 'cccd', number::bytea, 1, md5(number), '' FROM bare_key WHERE number <> '';
INSERT INTO donors_donor (id, person_id, code, "group", rhesus, group_known, is_reserve, is_rare,
    is_available, share_code, created_at)
SELECT donor, person, 'HM' || lpad(donor::text, 7, '0'), '', '', '', false, false, true, '', now()
FROM bare_key;
INSERT INTO donors_donation (donor_id, "on", unit_id, place, component, volume_ml, turns, kind,
    certificate_issuer, certificate_serial, certificate_used_ml, source, proof, flags, state, recorded_at,
    void_reason)
SELECT k.donor, to_date(c[5], 'DD/MM/YYYY'), %(unit)s, '', 'whole_blood', 350, 1, 'voluntary', '', '', 0,
    'import', '', '[]', 'recorded', now(), ''
FROM bare JOIN bare_key k ON (k.name, k.born, k.number, k.phone) = (c[1], c[2], c[3], c[4])
ON CONFLICT DO NOTHING;
"""


def copy(path: str) -> dict[str, Any]:
    """The bare minimum: read with the csv module, COPY the cells as text, INSERT; then all of it undone."""
    import csv

    from django.db import connection, transaction

    from people.models import Unit

    unit = Unit.objects.get(code="TP").pk
    with transaction.atomic(), connection.cursor() as cursor, Path(path).open(encoding="utf-8") as file:
        raw: Any = cursor
        raw.execute("SET LOCAL work_mem = '64MB'; CREATE TEMP TABLE bare (c text[]) ON COMMIT DROP")
        rows = csv.reader(file, delimiter=";")
        next(rows)
        with raw.copy("COPY bare FROM STDIN") as out:
            for row in rows:
                out.write_row((row,))
        raw.execute(BARE.replace("%(unit)s", str(unit)))
        transaction.set_rollback(True)
    return {}


WORKS: dict[str, Callable[..., dict[str, Any]]] = {
    "standings": standings,
    "counted": counted,
    "rule": rule,
    "count": count,
    "pages": pages,
    "write": write,
    "import": bring_in,
    "copy": copy,
}

if __name__ == "__main__":
    django.setup()
    work, *words = sys.argv[1:]
    print(json.dumps(measured(lambda: WORKS[work](*words))))
