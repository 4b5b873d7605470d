"""Messy lists for tests, made in code: every fault that real ones have."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any

import openpyxl
import xlwt
from django.core.files.base import ContentFile

from ledger.actor import Actor
from people.actions.import_runs import work_import
from people.actions.imports import ask_run, ask_try, take_in_list
from people.actors import system_actor
from people.models import ImportBatch, Unit

HEAD = ["STT", "Họ và tên", "Giới tính", "Ngày, tháng, năm sinh", "Số CCCD", "Điện thoại", "Email"]
PLAIN: list[list[Any]] = [
    [1, "Trần Thị Ánh", "Nữ", "05/06/1985", "999185000001", "0901000001", "anh@example.org"],
    [2, "  NGUYỄN   VĂN  BÌNH", "nam", "1990", None, 902000002, None],
    [3, "lê thị chi", "Nu", "31/02/1990", None, "01691000003", None],
    [4, "Đỗ Gia Dũng", "M", "29.11.85", 1085000004, "không có", "abc@@x"],
    [5, "Trần Thị Ánh", "F", "05/06/1985", "999 185 000001", "+84901000001", None],
]


def xlsx(rows: Sequence[Sequence[Any]], *, titles: bool = True) -> bytes:
    """A workbook with titles in merged cells above, and a total below."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "DS hội viên"
    if titles:
        sheet.append(["HỘI CHỮ THẬP ĐỎ PHƯỜNG MẪU"])
        sheet.append(["DANH SÁCH HỘI VIÊN (mẫu)"])
        sheet.merge_cells("A1:E1")
        sheet.merge_cells("A2:G2")
        sheet.append([])
    for row in rows:
        sheet.append(list(row))
    sheet.append([])
    sheet.append([None, f"Tổng cộng: {len(rows) - 1} người"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls(rows: Sequence[Sequence[Any]]) -> bytes:
    """The same as an old file."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Danh sách")
    for down, row in enumerate(rows):
        for across, value in enumerate(row):
            if value is not None:
                sheet.write(down, across, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text(rows: Sequence[Sequence[Any]], separator: str = ";") -> str:
    """The same as a text."""
    return "\r\n".join(separator.join("" if v is None else str(v) for v in row) for row in rows) + "\r\n"


def packed(parts: dict[str, bytes]) -> bytes:
    """A zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def sent(
    by: Actor, unit: Unit, content: bytes, name: str = "danh-sach.xlsx", purposes: Sequence[str] = ()
) -> ImportBatch:
    """A list taken in with signed consents."""
    return take_in_list(
        by=by,
        unit=unit,
        file=ContentFile(content, name=name),
        source="Sổ hội viên (mẫu)",
        ground="signed",
        purposes=purposes,
        text_version=date(2026, 1, 1) if purposes else None,
    )


def tried(by: Actor, batch: ImportBatch, columns: dict[str, int] | None = None) -> ImportBatch:
    """The list after its trial."""
    ask_try(by=by, batch=batch, columns=columns or batch.columns)
    work_import(by=system_actor(), pk=batch.pk)
    batch.refresh_from_db()
    return batch


def written(by: Actor, batch: ImportBatch, *, takes_elsewhere: bool = True) -> ImportBatch:
    """The list after it was written."""
    ask_run(by=by, batch=batch, fixes_names=True, takes_elsewhere=takes_elsewhere)
    work_import(by=system_actor(), pk=batch.pk)
    batch.refresh_from_db()
    return batch


def brought_in(by: Actor, unit: Unit, rows: Sequence[Sequence[Any]]) -> ImportBatch:
    """Sent, tried and written."""
    return written(by, tried(by, sent(by, unit, xlsx([HEAD, *rows]))))


def codes(batch: ImportBatch) -> dict[int, tuple[str, list[str]]]:
    """Each row's verdict and the codes of its reasons."""
    return {
        row.number: (row.verdict, [reason["code"] for reason in row.reasons])
        for row in batch.rows.order_by("number")
    }
