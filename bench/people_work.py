"""One work of the people bench in a process of its own: `python -m bench.people_work NAME …`; prints JSON."""

import json
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

from bench.count_queries import Counter
from bench.fill_people import FAMILIES, GIVEN, MIDDLES

SEARCHES = 60
HEAD = ["STT", "Họ và tên", "Giới tính", "Ngày, tháng, năm sinh", "Số CCCD", "Điện thoại", "Email", "Địa chỉ"]


def measured(act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What the act told, with its seconds, queries and the largest memory of this process in MB."""
    from django.db import connection

    connection.ensure_connection()
    counter = Counter()
    began = time.monotonic()
    with connection.execute_wrapper(counter):
        told = act()
    found = {"seconds": time.monotonic() - began, "queries": counter.seen}
    return found | {"peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000} | told


def officer(where: str) -> Any:
    """A person with a login who holds an office on the first ward, or on the city."""
    from ledger.models import User
    from people.actions import add_person, grant_office
    from people.actors import system_actor
    from people.enums import OfficeCode
    from people.models import Person, Unit

    code, office = ("P001", OfficeCode.UNIT_OFFICER) if where == "ward" else ("TP", OfficeCode.CITY_OFFICER)
    known = Person.objects.filter(user__username=f"bench-{where}").first()
    if known:
        return known
    user = User.objects.create(username=f"bench-{where}", email=f"bench-{where}@example.org")
    unit = Unit.objects.get(code=code)
    by = system_actor()
    person = add_person(by=by, full_name=f"Cán bộ {where}", unit=unit, user=user)
    since = unit.valid.lower
    grant_office(by=by, person=person, office=office, unit=unit, from_on=since, until_on=None, reason="bench")
    return person


def signed_in(person: Any) -> Any:
    """A client with an open session in which a second step was given."""
    from django.test import Client

    client = Client()
    client.force_login(person.user)
    session = client.session
    now = time.time()
    session["account_authentication_methods"] = [
        {"method": "password", "at": now, "username": person.user.username},
        {"method": "mfa", "at": now, "type": "totp"},
    ]
    session["account_authentication_methods_user"] = str(person.user.pk)
    session.save()
    return client


def searches() -> list[str]:
    """What officers type: a given name, a family name with it, two letters."""
    from foundation.text import fold

    chance = random.Random(7)
    given = [name for part in GIVEN.values() for name in part.split()]
    families = list(FAMILIES)
    kinds: list[Callable[[], str]] = [
        lambda: chance.choice(given),
        lambda: f"{chance.choice(families)} {chance.choice(given)}",
        lambda: chance.choice(["An", "Vy", "Ý", "Tú", "Hà"]),
    ]
    return [fold(kinds[n % 3]()) for n in range(SEARCHES)]


def register(who: str) -> dict[str, Any]:
    """The whole page, through every middleware, as its officer with a second step."""
    import redcross.wsgi  # as served: what was loaded is frozen

    assert redcross.wsgi.application
    client = signed_in(officer(who))
    wanted = searches()
    asked = {"don_vi": "P001"} if who == "city" else {}
    counter = Counter()
    times = []
    from django.db import connection

    for number, query in enumerate([*wanted[:5], *wanted]):
        began = time.perf_counter()
        with connection.execute_wrapper(counter):
            answer = client.get("/lam-viec/nguoi/", {"q": query, **asked}, headers={"host": "localhost"})
        if answer.status_code != 200:
            raise SystemExit(f"the register answered {answer.status_code}")
        if number >= 5:
            times.append((time.perf_counter() - began) * 1000)
        else:
            counter.seen = 0
    queries = counter.seen / len(wanted)
    return spread(times) | {"queries": round(queries, 1)}


def scan(who: str) -> dict[str, Any]:
    """The query alone, as one writes it without an index for names: accents off in SQL, joined and sorted."""
    from django.db import connection

    sql = """
        SELECT p.id, p.full_name FROM people_person p
        WHERE lower(translate(
            regexp_replace(normalize(p.full_name, NFD), '[\u0300-\u036f]', '', 'g'), 'đĐ', 'dD'))
            ILIKE %s AND EXISTS (
            SELECT 1 FROM people_belonging b JOIN people_unitcover c ON c.unit_id = b.unit_id
            JOIN people_unit u ON u.id = c.ancestor_id
            WHERE b.person_id = p.id AND u.code = 'P001' AND b.during @> current_date)
        ORDER BY p.sort_key LIMIT 50
    """
    times = []
    with connection.cursor() as cursor:
        for query in searches()[:15]:
            began = time.perf_counter()
            cursor.execute(sql, [f"%{query}%"])
            cursor.fetchall()
            times.append((time.perf_counter() - began) * 1000)
    return spread(times)


def spread(times: list[float]) -> dict[str, Any]:
    return {"p50": statistics.median(times), "p95": statistics.quantiles(times, n=20)[-1]}


def write(path: str, rows: str, seed: str) -> dict[str, Any]:
    """A list as a ward sends it: names as typed, four ways of writing a day, numbers of province 999."""
    from openpyxl import Workbook

    chance = random.Random(int(seed))
    families = list(FAMILIES)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Danh sách")
    for title in ("HỘI CHỮ THẬP ĐỎ PHƯỜNG MẪU 1", "DANH SÁCH HỘI VIÊN (mẫu)", None):
        sheet.append([title])
    sheet.append(HEAD)
    for number in range(1, int(rows) + 1):
        sex = chance.choice(("male", "female"))
        parts = (families, MIDDLES[sex].split(), GIVEN[sex].split())
        name = " ".join(chance.choice(part) for part in parts)
        day, month, year = chance.randrange(1, 29), chance.randrange(1, 13), chance.randrange(1945, 2008)
        born = (f"{day:02}/{month:02}/{year}", f"{day}-{month}-{year}", str(year), f"{day}.{month}.{year}")[
            number % 4
        ]
        sheet.append(
            [
                number,
                name.upper() if number % 7 == 0 else name,
                "Nam" if sex == "male" else "Nữ",
                born,
                f"999{seed}{number:08}" if number % 3 else None,
                f"09{seed}{chance.randrange(10**7):07}" if number % 5 else None,
                f"nguoi{number}@example.org" if number % 4 == 0 else None,
                f"Số {number} đường Mẫu, khu phố {number % 12 + 1}",
            ]
        )
    book.save(path)
    return {}


def bring_in(path: str) -> dict[str, Any]:
    """Sent, tried, written, its result file made: what an officer waits for in all."""
    from django.core.files import File

    from ledger.enums import Via
    from people.actions.import_runs import work_import
    from people.actions.imports import ask_run, ask_try, take_in_list
    from people.actors import actor_for, system_actor
    from people.models import Unit

    by = actor_for(officer("ward").user, Via.COMMAND)
    with Path(path).open("rb") as file:
        batch = take_in_list(
            by=by, unit=Unit.objects.get(code="P001"), file=File(file, name=Path(path).name), source="bench",
            ground="agreement",
        )  # fmt: skip
    began = time.monotonic()
    ask_try(by=by, batch=batch, columns=batch.columns)
    work_import(by=system_actor(Via.JOB), pk=batch.pk)
    tried = time.monotonic() - began
    began = time.monotonic()
    ask_run(by=by, batch=batch, fixes_names=True, takes_elsewhere=True)
    work_import(by=system_actor(Via.JOB), pk=batch.pk)
    batch.refresh_from_db()
    if batch.state != "done" or not batch.result_id:
        raise SystemExit(f"the list is {batch.state}: {batch.problem}")
    return {"try": tried, "write": time.monotonic() - began, "changed": batch.counts["written"]}


def copy(path: str) -> dict[str, Any]:
    """The bare minimum: read the file with openpyxl, COPY the cells as text."""
    from django.db import connection
    from openpyxl import load_workbook

    with connection.cursor() as cursor:
        raw: Any = cursor
        raw.execute("CREATE TEMP TABLE bare (c text[])")
        with raw.copy("COPY bare FROM STDIN") as out:
            for row in load_workbook(path, read_only=True).active.iter_rows(values_only=True):
                out.write_row((["" if cell is None else str(cell) for cell in row],))
    return {}


def library(path: str) -> dict[str, Any]:
    """The same rows by django-import-export: a dry run and the run, as its admin does."""
    from bench.peers.import_export_people import bring_in as by_library

    return by_library(path, officer("ward"))


def export(rows: str) -> dict[str, Any]:
    """Asked and made, every column that needs no right to reveal, protected ones with a reason."""
    from ledger.enums import Via
    from people.actions.exports import ask_export, make_export
    from people.actors import actor_for, system_actor
    from people.models import Export
    from people.queries.exports import COLUMNS
    from people.queries.register import Wanted

    by = actor_for(officer("city").user, Via.COMMAND)
    wanted = Wanted(unit=subtree_of(int(rows)))
    columns = [code for code in COLUMNS if code != "identity"]
    asked = ask_export(by=by, wanted=wanted, columns=columns, reason="Đo tốc độ")
    make_export(by=system_actor(Via.JOB), pk=asked.pk)
    made = Export.objects.get(pk=asked.pk)
    if made.problem or not made.file_id:
        raise SystemExit(f"no list was made: {made.problem}")
    return {"rows": made.rows}


def subtree_of(rows: int) -> Any:
    """A unit above enough people: the branches of one ward are put under it until they hold so many."""
    from django.db.models import Count

    from people.models import Belonging, Unit, UnitCover

    city = Unit.objects.get(code="TP")
    if Belonging.objects.values("person").distinct().count() <= rows:
        return city
    ward = Unit.objects.get(code="P002")
    held = 0
    counts = (
        Belonging.objects.filter(kind="record", unit__kind="branch")
        .values_list("unit")
        .annotate(n=Count("pk"))
        .order_by("unit")
    )
    here = set(UnitCover.objects.filter(ancestor=ward).values_list("unit_id", flat=True))
    for unit_id, number in counts:
        if held >= rows:
            break
        if unit_id not in here:
            UnitCover.objects.create(ancestor=ward, unit_id=unit_id, depth=2, during=ward.valid)
        held += number
    return ward


def dump(rows: str) -> dict[str, Any]:
    """As many rows of the same width written by openpyxl alone."""
    from openpyxl import Workbook

    from people.models import Person

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    names = (
        "full_name",
        "sex",
        "birth_date",
        "birth_year",
        "email",
        "address",
        "note",
        "created_at",
        "version",
    )
    for row in (
        Person.objects.order_by("sort_key").values_list(*names)[: int(rows)].iterator(chunk_size=2_000)
    ):
        sheet.append([*(str(cell) for cell in row), "", ""])
    book.save("/dev/null")
    return {}


WORKS: dict[str, Callable[..., dict[str, Any]]] = {
    "register": register,
    "scan": scan,
    "write": write,
    "import": bring_in,
    "copy": copy,
    "library": library,
    "export": export,
    "dump": dump,
}

if __name__ == "__main__":
    django.setup()
    name, *words = sys.argv[1:]
    print(json.dumps(measured(lambda: WORKS[name](*words))))
