"""Excel's own files: .xlsx streamed (flat memory), .xls through calamine."""

import zipfile
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from people.sheets.worksheet import sheet_rows

MEGA = 1024 * 1024
MOST_UNPACKED = 600 * MEGA  # 400,000 rows of 20 columns unpack to about as much
MOST_STRINGS = 96 * MEGA  # openpyxl holds the shared texts in memory
MOST_RATIO = 200
MOST_PARTS = 2_000
HEAD_ROOM = 200  # rows of titles above a list
EMPTY_ROWS = 2_000  # after so many empty rows a sheet has ended


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
    """Numbered rows with stored values, none left out, all as wide as the first ones; see sheet_rows."""
    with path.open("rb") as file:
        found = sheet_rows(file, sheet, columns)
        head = list(islice(found, HEAD_ROOM))
        width = max(
            (place for _n, row in head for place, value in enumerate(row, 1) if value is not None), default=1
        )
        nothing = [None] * width
        last = told = 0
        for number, row in chain(head, found):
            if number <= last:
                continue  # a damaged file may count backwards
            if number - told > EMPTY_ROWS:
                return
            for empty in range(last + 1, number):
                yield empty, list(nothing)
            last = number
            if any(value is not None for value in row):
                told = number
            yield number, (row + nothing)[:width]


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
