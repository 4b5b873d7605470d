"""The demo's city: 113 wards, 54 communes, one special zone, attached units, departments, branches."""

from datetime import date

from ledger.actor import Actor
from people.actions import found_unit
from people.enums import UnitKind
from people.models import Unit

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
    return units
