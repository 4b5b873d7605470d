"""Fill a migrated, empty database with people by COPY: `python -m bench.fill_people [PEOPLE] [UNITS]`.

One city, a sixth of the units wards, the rest branches under them; every person belongs to a branch,
six in ten also as a member; phones for 85 %, identity numbers (hashes true, seal a dummy) for 60 %.
Prints what it wrote and the seconds as JSON. The same numbers give the same people.
"""

import datetime as dt
import json
import random
import sys
import time
import uuid
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import django

SINCE = dt.date(2025, 7, 1)
FAMILIES = {
    "Nguyễn": 380, "Trần": 110, "Lê": 95, "Phạm": 70, "Huỳnh": 30, "Hoàng": 21, "Phan": 45, "Vũ": 20,
    "Võ": 19, "Đặng": 21, "Bùi": 20, "Đỗ": 14, "Hồ": 13, "Ngô": 13, "Dương": 10, "Lý": 5, "Trương": 12,
    "Đinh": 9, "Đoàn": 8, "Lâm": 8, "Mai": 7, "Trịnh": 7, "Đào": 7, "Cao": 6, "Tô": 4, "Châu": 4,
    "Hà": 6, "Tạ": 4, "Quách": 2, "Thạch": 2, "Kiều": 2, "La": 2, "Âu": 1, "Ung": 1,
}  # fmt: skip
MIDDLES = {
    "male": "Văn Hữu Đức Minh Quốc Thành Hoàng Công Anh Xuân Ngọc Gia Đình Thanh Quang Tấn Trung",
    "female": "Thị Ngọc Thanh Thu Kim Mỹ Phương Bích Hồng Minh Thúy Như Khánh Bảo Cẩm Tuyết Diệu",
}
GIVEN = {
    "male": """An Anh Ân Bảo Bình Cường Danh Dũng Duy Đạt Đức Giang Hải Hậu Hiếu Hòa Hoàng Hùng Huy Hưng
        Khang Khánh Khoa Khôi Kiên Lâm Long Lộc Luân Minh Nam Nghĩa Nhân Phát Phong Phú Phúc Quân Quang Quý
        Sang Sơn Tài Tâm Tân Thái Thành Thắng Thiện Thịnh Thuận Tiến Toàn Trí Trung Trường Tú Tuấn Tùng Việt
        Vinh Vũ Vỹ""",
    "female": """An Anh Ánh Châu Chi Diễm Dung Duyên Đào Giang Hà Hạnh Hằng Hạ Hiền Hoa Hồng Huệ Hương
        Hường Khuê Lan Lê Liên Linh Loan Ly Mai My Mỹ Nga Ngân Ngọc Nguyệt Nhi Nhung Oanh Phương Phượng Quyên
        Quỳnh Tâm Thảo Thanh Thơ Thu Thùy Thúy Thư Thương Trang Trâm Trân Trinh Trúc Tuyền Tuyết Uyên Vân Vy
        Xuân Yến Ý""",
}


def main(people: int, units: int) -> None:
    """Units by the portal's own action's rows, people by COPY; then ANALYZE."""
    from django.db import connection

    began = time.monotonic()
    branches = fill_units(units)
    rows = list(persons(people))
    with connection.cursor() as cursor:
        raw: Any = cursor
        fields = (
            "id, key, full_name, given_name, sort_key, search_name, sex, birth_date, birth_year, email,"
            " address, note, state, created_at, version"
        )
        copied = {
            "people_person": copy(raw, f"people_person ({fields})", rows),
            "people_belonging": copy(
                raw, "people_belonging (person_id, unit_id, kind, during, cause)", belongings(rows, branches)
            ),
            "people_phone": copy(raw, "people_phone (person_id, number, as_given, kind)", phones(rows)),
            "people_identitynumber": copy(
                raw,
                "people_identitynumber (person_id, kind, sealed, key_version, digest, tail_digest)",
                identities(rows),
            ),
        }
        cursor.execute("SELECT setval(pg_get_serial_sequence('people_person', 'id'), %s)", [people])
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    print(json.dumps({**copied, "units": units, "seconds": round(time.monotonic() - began, 1)}))


def copy(cursor: Any, target: str, rows: Iterable[tuple[Any, ...]]) -> int:
    """Write rows by COPY; how many."""
    count = 0
    with cursor.copy(f"COPY {target} FROM STDIN") as out:
        for row in rows:
            out.write_row(row)
            count += 1
    return count


def fill_units(count: int) -> list[int]:
    """A city, wards, branches, with names and closure; the ids of the branches."""
    from django.db.backends.postgresql.psycopg_any import DateRange

    from people.enums import UnitKind
    from people.models import Unit, UnitCover, UnitLink, UnitName

    period = DateRange(SINCE, None)
    wards = max(1, count // 6)

    def made(code: str, kind: str, name: str) -> Unit:
        unit = Unit(code=code, kind=kind, name=name, valid=period)
        unit.clean()
        return unit

    city = made("TP", UnitKind.CITY, "Hội Chữ thập đỏ Thành phố (mẫu)")
    top = [made(f"P{n:03}", UnitKind.WARD, f"Hội Chữ thập đỏ phường Mẫu {n}") for n in range(1, wards + 1)]
    low = [
        made(f"P{n % wards + 1:03}-{n // wards + 1}", UnitKind.BRANCH, f"Chi hội khu phố {n // wards + 1}")
        for n in range(count - wards - 1)
    ]
    Unit.objects.bulk_create([city, *top, *low])
    UnitName.objects.bulk_create(
        UnitName(unit=u, name=u.name, search_name=u.search_name, during=period) for u in [city, *top, *low]
    )
    parents = [(ward, city) for ward in top] + [(unit, top[n % wards]) for n, unit in enumerate(low)]
    UnitLink.objects.bulk_create(UnitLink(unit=u, parent=p, during=period) for u, p in parents)
    chains = [(city, city, 0)]
    chains += [(unit, unit, 0) for unit in [*top, *low]]
    chains += [(parent, unit, 1) for unit, parent in parents]
    chains += [(city, unit, 2) for unit in low]
    UnitCover.objects.bulk_create(UnitCover(ancestor=a, unit=u, depth=d, during=period) for a, u, d in chains)
    return [unit.pk for unit in low] or [city.pk]


def persons(count: int) -> Iterator[tuple[Any, ...]]:
    """Rows of people_person, ids from 1."""
    chance = random.Random(91)
    families, weights = list(FAMILIES), list(FAMILIES.values())
    now = dt.datetime.now(dt.UTC)
    for number in range(1, count + 1):
        sex = chance.choice(("male", "female"))
        middle = " ".join(chance.sample(MIDDLES[sex].split(), 1 + (chance.random() < 0.35)))
        name = f"{chance.choices(families, weights)[0]} {middle} {chance.choice(GIVEN[sex].split())}"
        given, order, search = derived(name)
        born = dt.date(1940, 1, 1) + dt.timedelta(days=chance.randrange(25_000))
        has_day = chance.random() < 0.8
        yield (
            number, uuid.UUID(int=chance.getrandbits(128), version=4), name, given, order, search, sex,
            born if has_day else None, born.year, "", "", "", "standing",
            now - dt.timedelta(minutes=count - number), 1,
        )  # fmt: skip


@cache
def derived(name: str) -> tuple[str, str, str]:
    from foundation.text import given_name, person_sort_key, search_text

    return given_name(name), person_sort_key(name), search_text(name)


def belongings(rows: list[tuple[Any, ...]], branches: list[int]) -> Iterator[tuple[Any, ...]]:
    chance = random.Random(356)
    during = f"[{SINCE},)"
    for row in rows:
        branch = chance.choice(branches)
        yield row[0], branch, "record", during, "bench"
        if chance.random() < 0.6:
            yield row[0], branch, "member", during, "bench"


def phones(rows: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    chance = random.Random(84)
    for row in rows:
        if chance.random() < 0.85:
            tail = f"9{chance.randrange(10**8):08}"
            yield row[0], f"+84{tail}", f"0{tail}", "mobile"


def identities(rows: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Numbers of the unassigned province 999; what is sealed is a dummy, the hashes are true."""
    from people.sealing import identity_digest, seal, tail_digest

    chance = random.Random(999)
    sealed, version = seal("0" * 12)
    for row in rows:
        if chance.random() < 0.6:
            number = f"999{chance.randrange(10**9):09}"
            yield row[0], "cccd", sealed, version, identity_digest(number), tail_digest(number)


if __name__ == "__main__":
    django.setup()
    main(*(int(given) for given in (sys.argv[1:] + ["500000", "1000"][len(sys.argv) - 1 :])))
