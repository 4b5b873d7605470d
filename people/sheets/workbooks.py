"""Excel's own files: .xlsx through openpyxl (flat memory), .xls through calamine."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from django.utils.translation import gettext as _
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from people.rules.cells import FORMULA

MEGA = 1024 * 1024
MOST_UNPACKED = 600 * MEGA  # 200,000 rows of 20 columns unpack to about half of this
MOST_STRINGS = 96 * MEGA  # openpyxl holds the shared texts in memory
MOST_RATIO = 200
MOST_PARTS = 2_000
HEAD_ROOM = 200  # rows of titles above a list
EMPTY_ROWS = 2_000  # after so many empty rows a sheet has ended
CHUNK = 256 * 1024


def inspect(parts: zipfile.ZipFile) -> tuple[str, list[str]]:
    """Why a zip must not be read ("" if it may), and what is odd in it. Nothing is unpacked whole."""
    infos = parts.infolist()
    names = {info.filename for info in infos}
    if "xl/workbook.xml" not in names:
        return _("This is no list. Send .xlsx, .xls or .csv."), []
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return _("The file holds macros. Save it as .xlsx without macros and send it again."), []
    if any(info.flag_bits & 1 for info in infos):
        return _("The file is protected by a password. Save it without one and send it again."), []
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos) or 1
    strings = next((info.file_size for info in infos if info.filename == "xl/sharedStrings.xml"), 0)
    is_bomb = unpacked > 10 * MEGA and unpacked / packed > MOST_RATIO
    if unpacked > MOST_UNPACKED or strings > MOST_STRINGS or is_bomb or len(infos) > MOST_PARTS:
        return _("The file unpacks to far more than a list needs. Copy the list into a new file."), []
    for info in infos:
        if info.filename.endswith((".xml", ".rels")):
            with parts.open(info) as part:
                if b"<!DOCTYPE" in part.read(2048):
                    return _("The file holds what no list of Excel holds; it was not read."), []
    if any(name.startswith("xl/externalLinks/") for name in names):
        return "", [_("The file points to other files; they are not opened, only stored values are read.")]
    return "", []


def sheet_names(path: Path) -> list[str]:
    """The names of the visible sheets with cells; nothing of them is read yet."""
    with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
        return [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        ]


def xlsx_rows(path: Path, sheet: str, columns: int) -> Iterator[tuple[int, list[Any]]]:
    """Numbered rows with stored values; a formula never computed is FORMULA."""
    values = _rows(path, sheet, columns, data_only=True)
    if not _has_formulas(path):
        yield from values
        return
    for (number, row), (_number, written) in zip(
        values, _rows(path, sheet, columns, data_only=False), strict=False
    ):
        yield (
            number,
            [
                FORMULA if value is None and isinstance(text, str) and text.startswith("=") else value
                for value, text in zip(row, [*written, *[None] * len(row)], strict=False)
            ],
        )


def _rows(path: Path, sheet: str, columns: int, *, data_only: bool) -> Iterator[tuple[int, list[Any]]]:
    with path.open("rb") as file:
        book = openpyxl.load_workbook(file, read_only=True, data_only=data_only, keep_links=False)
        page: Any = book[sheet]
        page.reset_dimensions()  # what the file says of its size is not believed
        head = page.iter_rows(max_row=HEAD_ROOM, max_col=columns, values_only=True)
        width = max(
            (place for row in head for place, value in enumerate(row, 1) if value is not None), default=1
        )
        empty = 0
        for number, row in enumerate(page.iter_rows(max_col=width, values_only=True), start=1):
            empty = 0 if any(value is not None for value in row) else empty + 1
            if empty > EMPTY_ROWS:
                return
            yield number, list(row)


def _has_formulas(path: Path) -> bool:
    """True if a sheet of the file holds a formula."""
    with zipfile.ZipFile(path) as parts:
        for info in parts.infolist():
            if not info.filename.startswith("xl/worksheets/"):
                continue
            with parts.open(info) as part:
                tail = b""
                while piece := part.read(CHUNK):
                    if b"<f>" in tail + piece or b"<f " in tail + piece:
                        return True
                    tail = piece[-3:]
    return False


def xls_names(path: Path) -> list[str]:
    """The sheets of an old file."""
    with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
        return list(book.sheet_names)


def xls_rows(path: Path, sheet: str) -> Iterator[tuple[int, list[Any]]]:
    """Numbered rows of an old file; at most 65,536, read at once."""
    with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    for number, row in enumerate(rows, start=1):
        yield number, [None if value == "" else value for value in row]
