"""The register of employments as Excel: heading, "tính đến ngày", one line an employment."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import IO

from django.db.models import QuerySet

from evaluations.models import Employment
from evaluations.printing.workbook import (
    BOLD,
    CENTRE,
    FACTOR,
    HEADER,
    MONEY,
    TEXT,
    TITLE,
    Cell,
    Sheet,
    write_workbook,
)
from foundation.dates import DAY, format_date

HEADS = (
    *("STT", "Họ và tên", "Đơn vị", "Phòng, ban", "Chức vụ", "Đối tượng", "Nhóm", "Diện chi", "Căn cứ"),
    *("Hệ số lương", "PCCV", "Từ ngày", "Đến ngày", "Quyết định", "Ghi chú"),
)
WIDTHS = (6, 28, 30, 22, 22, 18, 22, 16, 36, 10, 8, 12, 12, 20, 22)


def write_register(out: IO[bytes], unit: str, rows: QuerySet[Employment], on: date) -> None:
    """The employments in their order, streamed. 1 query."""
    last = "O"
    merged = [f"A1:{last}1", f"A2:{last}2", f"A3:{last}3"]
    write_workbook(out, [Sheet("Sổ nhân sự", _lines(unit, rows, on), list(WIDTHS), merged, 4)])


def _lines(unit: str, rows: QuerySet[Employment], on: date) -> Iterator[Sequence[Cell | None]]:
    yield [(unit.upper(), BOLD)]
    yield [("SỔ QUẢN LÝ NHÂN SỰ", TITLE)]
    yield [(f"Tính đến ngày {format_date(on)}", CENTRE)]
    yield [(head, HEADER) for head in HEADS]
    for number, row in enumerate(rows.iterator(2000), 1):
        upper = row.during.upper
        notes = ["Căn cứ chưa xác nhận"] if not row.is_confirmed else []
        if row.is_head:
            notes.append("Trưởng đơn vị, phòng, ban")
        if row.rated_above:
            notes.append("Cấp trên xếp loại")
        yield [
            (number, MONEY),
            (row.person.full_name, TEXT),
            (row.unit.name, TEXT),
            (row.department, TEXT),
            (row.post, TEXT),
            (str(row.get_status_display()).capitalize(), TEXT),
            (str(row.get_group_display()).capitalize(), TEXT),
            (str(row.get_track_display()).capitalize(), TEXT),
            (row.ground, TEXT),
            (row.salary, FACTOR),
            (row.allowance, FACTOR),
            (format_date(row.during.lower), TEXT),
            (format_date(upper - DAY) if upper else "", TEXT),
            (row.decision, TEXT),
            ("; ".join(notes), TEXT),
        ]
