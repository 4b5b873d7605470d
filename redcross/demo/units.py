"""The demo's city: 113 wards, 54 communes, one special zone, attached units, departments, branches."""

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from ledger.actor import Actor
from people.actions import found_unit
from people.enums import UnitKind
from people.models import Unit, UnitCover, UnitLink, UnitName

BASE_KINDS = {UnitKind.WARD, UnitKind.COMMUNE}
FOUNDED_ON = date(2025, 7, 1)
DEPARTMENTS = (
    ("VP", "Văn phòng"),
    ("TC-KT", "Ban Tổ chức – Kiểm tra"),
    ("CTXH", "Ban Công tác xã hội"),
    ("SCC", "Ban Sơ cấp cứu – Phòng ngừa thảm họa"),
    ("TTN-TT", "Ban Thanh thiếu niên – Truyền thông"),
)
ATTACHED = (
    ("TTHM", UnitKind.ATTACHED, "Trung tâm Hiến máu (mẫu)"),
    ("DHM", UnitKind.SCHOOL, "Trường Đại học Mẫu"),
    ("BVM", UnitKind.ATTACHED, "Bệnh viện Mẫu"),
)


def load_units(by: Actor) -> dict[str, Unit]:
    """Found the demo's units; returns them by code."""
    units: dict[str, Unit] = {}

    def found(code: str, kind: UnitKind, name: str, parent: str | None) -> None:
        units[code] = found_unit(
            by=by,
            code=code,
            kind=kind,
            name=name,
            founded_on=FOUNDED_ON,
            parent=units[parent] if parent else None,
        )

    found("TP", UnitKind.CITY, "Hội Chữ thập đỏ Thành phố (mẫu)", None)
    for code, name in DEPARTMENTS:
        found(code, UnitKind.DEPARTMENT, name, "TP")
    for code, kind, name in ATTACHED:
        found(code, kind, name, "TP")
    for letter in "AB":  # taken in by phường Mẫu 1 (demo.ground)
        found(f"P001{letter}", UnitKind.WARD, f"Hội Chữ thập đỏ phường Mẫu 1{letter}", "TP")
    for n in range(1, 114):
        found(f"P{n:03}", UnitKind.WARD, f"Hội Chữ thập đỏ phường Mẫu {n}", "TP")
    for n in range(1, 54):
        found(f"X{n:03}", UnitKind.COMMUNE, f"Hội Chữ thập đỏ xã Mẫu {n}", "TP")
    found("X054", UnitKind.COMMUNE, "Hội Chữ thập đỏ xã Mẫu Đông", "TP")
    found("DK001", UnitKind.SPECIAL_ZONE, "Hội Chữ thập đỏ đặc khu Mẫu", "TP")
    for n in range(1, 13):
        parent = "P002" if n in {7, 8} else "P001"  # two came over from the neighbour
        found(f"P001-KP{n:02}", UnitKind.BRANCH, f"Chi hội khu phố {n}", parent)
    for n in range(1, 9):
        found(f"X054-A{n}", UnitKind.BRANCH, f"Chi hội ấp {n}", "X054")
    return units | branches_of_others(units)


def branches_of_others(units: dict[str, Unit]) -> dict[str, Unit]:
    """Two branches for every ward and commune that has none yet, set-based; keyed by code."""
    period = DateRange(FOUNDED_ON, None)
    taken = {code.split("-")[0] for code in units if "-" in code}
    bases = [
        unit
        for code, unit in units.items()
        if unit.kind in BASE_KINDS and code not in taken and not code.startswith("P001")
    ]
    made: list[tuple[Unit, Unit]] = []
    for base in bases:
        sign, word = ("KP", "khu phố") if base.kind == UnitKind.WARD else ("A", "ấp")
        for n in (1, 2):
            unit = Unit(
                code=f"{base.code}-{sign}{n:02}",
                kind=UnitKind.BRANCH,
                name=f"Chi hội {word} {n}",
                valid=period,
            )
            unit.clean()
            made.append((unit, base))
    branches = Unit.objects.bulk_create(unit for unit, _base in made)
    UnitName.objects.bulk_create(
        UnitName(unit=unit, name=unit.name, search_name=unit.search_name, during=period) for unit in branches
    )
    UnitLink.objects.bulk_create(UnitLink(unit=unit, parent=base, during=period) for unit, base in made)
    chains = [(unit, unit, 0) for unit in branches]
    chains += [(base, unit, 1) for unit, base in made] + [(units["TP"], unit, 2) for unit in branches]
    UnitCover.objects.bulk_create(
        UnitCover(ancestor=above, unit=unit, depth=depth, during=period) for above, unit, depth in chains
    )
    return {unit.code: unit for unit in branches}
