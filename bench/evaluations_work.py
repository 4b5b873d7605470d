"""One work of the evaluations bench in a process of its own: `python -m bench.evaluations_work NAME …`."""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import django

from bench.count_queries import Counter
from bench.people_work import measured, signed_in

SINCE, OPENED, DECIDED = date(2025, 7, 1), date(2026, 9, 21), date(2026, 10, 2)
IN_WARD = 200
PAGES = 30


def by(on: date) -> Any:
    from people.actors import system_actor

    return replace(system_actor(), on=on)


def fill() -> dict[str, Any]:
    """Everybody is employed, two hundred in the first ward; criteria; the year's rate."""
    from django.db.backends.postgresql.psycopg_any import DateRange

    from evaluations.actions import issue_criteria, set_year_rate
    from evaluations.models import Criterion, Employment
    from people.models import Person, Unit

    wards = list(Unit.objects.filter(kind="ward").order_by("code"))
    city = Unit.objects.get(code="TP")
    jobs = []
    for number, pk in enumerate(Person.objects.order_by("pk").values_list("pk", flat=True).iterator()):
        unit = wards[0] if number < IN_WARD else wards[1 + number % (len(wards) - 1)]
        is_fixed = number % 10 == 9
        salary = None if is_fixed else Decimal(234 + number % 300) / 100
        jobs.append(
            Employment(
                person_id=pk,
                unit=unit,
                post="Chuyên viên",
                status="contract" if is_fixed else "association_staff",
                group="support" if is_fixed else "professional",
                track="fixed" if is_fixed else "coefficient",
                ground="bench",
                salary=salary,
                during=DateRange(SINCE, None),
            )
        )
    Employment.objects.bulk_create(jobs, batch_size=2000)
    for unit in (city, wards[0]):
        for group in ("support", "professional"):
            lines = [
                Criterion(group=kind, name=f"Tiêu chí {kind}", most=most)
                for kind, most in (("ethics", 30), ("results", 70))
            ]
            issue_criteria(
                by=by(SINCE), unit=unit, group=group, from_on=SINCE, decision="bench", criteria=lines
            )
    set_year_rate(
        by=by(SINCE),
        unit=city,
        first_on=date(2026, 1, 1),
        last_on=date(2026, 12, 31),
        coefficient=Decimal("1.5"),
        fixed_sum=3_000_000,
        decision="bench",
        is_confirmed=False,
    )
    return {"staff": len(jobs)}


def open_cycle() -> dict[str, Any]:
    """The city's third quarter with everybody."""
    from evaluations import actions
    from people.models import Unit

    steps = ("comments", "department")
    cycle = actions.open_cycle(
        by=by(OPENED), unit=Unit.objects.get(code="TP"), year=2026, number=3, steps=steps
    )
    return {"people": cycle.ratings.count()}


def open_one_by_one(count: str) -> dict[str, Any]:
    """So many forms as a loop over objects writes them, an audit entry each; nothing is kept."""
    from django.db import transaction

    from evaluations.models import Cycle, Employment, Rating
    from ledger.audit import record
    from people.models import Unit

    with transaction.atomic():
        cycle = Cycle.objects.create(
            unit=Unit.objects.get(code="TP"),
            kind="quarter",
            year=2026,
            number=2,
            first_on=date(2026, 4, 1),
            last_on=date(2026, 6, 30),
            opened_on=OPENED,
            limit_on=OPENED,
        )
        began = time.monotonic()
        for job in Employment.objects.order_by("pk")[: int(count)]:
            rating = Rating.objects.create(cycle=cycle, person_id=job.person_id, employment=job)
            record(by=by(OPENED), act="evaluations.open_rating", subject=rating)
        seconds = time.monotonic() - began
        transaction.set_rollback(True)
    return {"loop": seconds}


def make_final() -> dict[str, Any]:
    """Everybody's rating final and the timesheet in, as the steps before would have left it."""
    from django.db.models import F

    from evaluations.models import MonthWorked, Rating

    rows = Rating.objects.filter(cycle__number=3)
    rows.filter(pk__in=rows.annotate(rest=F("pk") % 4).filter(rest=0)).update(level="good", score=80)
    rows.filter(level="").update(level="excellent", score=95)
    rows.update(state="final", final_on=DECIDED, published_on=DECIDED)
    people = rows.order_by("pk").values_list("person_id", flat=True)
    sheet = (
        MonthWorked(person_id=pk, month=date(2026, month, 1), worked=20 - number % 3, working=21)
        for number, pk in enumerate(people.iterator())
        for month in (7, 8, 9)
    )
    MonthWorked.objects.bulk_create(sheet, batch_size=2000)
    return {}


def pay_sheet(path: str) -> dict[str, Any]:
    """The sheet computed, then written as Excel with live formulas."""
    from evaluations.actions import make_sheet
    from evaluations.models import Cycle
    from evaluations.printing.excel import write_pay_sheet

    began = time.monotonic()
    sheet = make_sheet(by=by(DECIDED), cycle=Cycle.objects.get(unit__code="TP", number=3))
    made = time.monotonic()
    with Path(path).open("wb") as out:
        write_pay_sheet(out, sheet)
    return {"sheet": made - began, "excel": time.monotonic() - made, "people": sheet.lines.count()}


def openpyxl(source: str, target: str) -> dict[str, Any]:
    """The same cells, formulas without values, by openpyxl's writer; reading them is not counted."""
    import openpyxl as library

    read = library.load_workbook(source, read_only=True)
    cells = [[list(row) for row in sheet.iter_rows(values_only=True)] for sheet in read.worksheets]
    began = time.monotonic()
    book = library.Workbook(write_only=True)
    for rows in cells:
        sheet: Any = book.create_sheet()
        for row in rows:
            sheet.append(row)
    book.save(target)
    return {"write": time.monotonic() - began}


def head() -> Any:
    """The head of the first ward, whose own quarter is open."""
    from evaluations import actions
    from evaluations.models import Cycle
    from ledger.models import User
    from people.actions import add_person, grant_office
    from people.actors import system_actor
    from people.enums import OfficeCode
    from people.models import Person, Unit

    known = Person.objects.filter(user__username="bench-head").first()
    if known:
        return known
    unit = Unit.objects.get(code="P001")
    user = User.objects.create(username="bench-head", email="bench-head@example.org")
    person = add_person(by=system_actor(), full_name="Thủ trưởng", unit=unit, user=user)
    grant_office(
        by=system_actor(),
        person=person,
        office=OfficeCode.UNIT_HEAD,
        unit=unit,
        from_on=SINCE,
        until_on=None,
        reason="bench",
    )
    actions.open_cycle(by=by(OPENED), unit=unit, year=2026, number=3, steps=("department",))
    Cycle.objects.get(unit=unit).ratings.update(state="scored", score=92)
    return person


def page() -> dict[str, Any]:
    """The whole page through every middleware, as the head with a second step."""
    from django.db import connection

    import redcross.wsgi  # as served: what was loaded is frozen
    from evaluations.models import Cycle

    assert redcross.wsgi.application
    client = signed_in(head())
    cycle = Cycle.objects.get(unit__code="P001")
    counter, times = Counter(), []
    for number in range(PAGES + 3):
        began = time.perf_counter()
        with connection.execute_wrapper(counter):
            answer = client.get(f"/lam-viec/danh-gia/{cycle.pk}/", headers={"host": "localhost"})
        if answer.status_code != 200:
            raise SystemExit(f"the page answered {answer.status_code}")
        if number < 3:
            counter.seen = 0
        else:
            times.append((time.perf_counter() - began) * 1000)
    return spread(times) | {"queries": round(counter.seen / PAGES, 1), "people": cycle.ratings.count()}


def page_one_by_one() -> dict[str, Any]:
    """The rows of the page as a template's loop reads them: each person's relations and last result."""
    from django.db import connection

    from evaluations.models import Cycle, MonthWorked, Rating

    cycle = Cycle.objects.get(unit__code="P001")
    counter, times = Counter(), []
    for _number in range(3):
        began = time.perf_counter()
        with connection.execute_wrapper(counter):
            for one in Rating.objects.filter(cycle=cycle):
                told = (one.person.full_name, one.employment.unit.name)
                earlier = Rating.objects.filter(
                    person=one.person_id, cycle__last_on__lt=cycle.first_on
                ).first()
                away = list(MonthWorked.objects.filter(person=one.person_id))
                assert (bool(told), earlier, len(away)) == (True, None, 3)
        times.append((time.perf_counter() - began) * 1000)
    return spread(times) | {"queries": round(counter.seen / 3)}


def spread(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {"p50": ordered[len(ordered) // 2], "p95": ordered[int(len(ordered) * 0.95)]}


WORKS: dict[str, Callable[..., dict[str, Any]]] = {
    "fill": fill,
    "open_cycle": open_cycle,
    "open_one_by_one": open_one_by_one,
    "make_final": make_final,
    "pay_sheet": pay_sheet,
    "openpyxl": openpyxl,
    "page": page,
    "page_one_by_one": page_one_by_one,
}

if __name__ == "__main__":
    django.setup()
    name, *words = sys.argv[1:]
    print(json.dumps(measured(lambda: WORKS[name](*words))))
