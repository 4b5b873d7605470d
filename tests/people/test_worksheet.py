"""Our walk over a sheet's cells beside openpyxl's: the same values of the same types, or better ones."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.rules.cells import FORMULA
from people.sheets.workbooks import EMPTY_ROWS, xlsx_rows
from people.sheets.worksheet import sheet_rows

SHEET = "xl/worksheets/sheet1.xml"
SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
VALUES = [
    "Nguyễn Văn Ánh", "", " đầu và cuối ", "<&>\"'", "dòng\nhai", 0, -7, 12.5, 1e21, 1e-9, True, False,
    date(2026, 2, 28), datetime(1985, 6, 5, 13, 45),  # noqa: DTZ001  a cell knows no zone
    time(7, 30), timedelta(hours=30), "#N/A", "=1+1", None,
]  # fmt: skip


def workbook(rows: Sequence[Sequence[Any]], *, streams: bool) -> bytes:
    book = openpyxl.Workbook(write_only=streams)
    sheet = book.create_sheet("Danh sách") if streams else book.active
    sheet.title = "Danh sách"
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def theirs(content: bytes) -> list[list[Any]]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    sheet = book["Danh sách"]
    sheet.reset_dimensions()
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def ours(content: bytes, columns: int = 60) -> list[list[Any]]:
    return [row for _number, row in sheet_rows(io.BytesIO(content), "Danh sách", columns)]


def filled(row: list[Any], width: int) -> list[tuple[type, Any]]:
    """As openpyxl says it: a formula never computed is nothing, and so are cells after the last."""
    plain = [None if value is FORMULA else value for value in row]
    return [(type(value), value) for value in [*plain, *[None] * width][:width]]


@pytest.mark.parametrize("streams", [True, False], ids=["texts in their cells", "texts shared"])
def test_every_kind_of_value_is_read_as_openpyxl_reads_it(streams: bool) -> None:
    content = workbook([VALUES, VALUES[::-1]], streams=streams)

    read, known = ours(content), theirs(content)

    assert [filled(row, 20) for row in read] == [filled(row, 20) for row in known]
    assert read[0][VALUES.index("=1+1")] is FORMULA


cells = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(date(1905, 1, 1), date(2099, 12, 31)),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12).filter(lambda said: said[:1] != "="),
)  # fmt: skip


@given(st.lists(st.lists(cells, min_size=1, max_size=5), min_size=1, max_size=4))
def test_whatever_stands_in_a_sheet_both_read_the_same(rows: list[list[Any]]) -> None:
    content = workbook(rows, streams=False)

    read = dict(sheet_rows(io.BytesIO(content), "Danh sách", 60))

    for number, row in enumerate(theirs(content), start=1):
        assert filled(read.get(number, []), 5) == filled(row, 5)


def with_sheet(xml: str) -> bytes:
    """A workbook whose sheet is this XML."""
    out = io.BytesIO()
    whole = zipfile.ZipFile(io.BytesIO(workbook([["x"]], streams=False)))
    with zipfile.ZipFile(out, "w") as made:
        for name in whole.namelist():
            made.writestr(name, xml if name == SHEET else whole.read(name))
    return out.getvalue()


def test_cells_without_an_address_a_prefix_and_how_a_name_is_read_aloud() -> None:
    content = with_sheet(
        f"<x:worksheet {SPACE.replace('xmlns', 'xmlns:x')}><x:sheetData><x:row><x:c><x:v>1</x:v></x:c>"
        '<x:c r="D1" t="inlineStr"><x:is><x:r><x:t>Võ </x:t></x:r><x:r><x:t>An</x:t></x:r>'
        "<x:rPh><x:t>vo an</x:t></x:rPh></x:is></x:c><x:c><x:v>2</x:v></x:c></x:row></x:sheetData>"
        "</x:worksheet>"
    )

    assert ours(content) == [[1, None, None, "Võ An", 2]]
    assert ours(content, columns=4) == [[1, None, None, "Võ An"]]


def test_rows_left_out_are_counted_and_a_sheet_ends_after_many_empty_ones(tmp_path: Path) -> None:
    far = EMPTY_ROWS + 10
    rows = "".join(f'<row r="{n}"><c t="str"><v>{n}</v></c></row>' for n in (2, 5, far, 1_048_576))
    path = tmp_path / "tep.xlsx"
    path.write_bytes(with_sheet(f"<worksheet {SPACE}><sheetData>{rows}</sheetData></worksheet>"))

    read = list(xlsx_rows(path, "Danh sách", 60))

    assert read == [(1, [None]), (2, ["2"]), (3, [None]), (4, [None]), (5, ["5"])]


def test_a_document_type_is_never_followed() -> None:
    content = with_sheet(
        f'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">]><worksheet {SPACE}><sheetData><row><c t="str">'
        "<v>&a;</v></c></row></sheetData></worksheet>"
    )

    with pytest.raises(ValueError, match="document type"):
        ours(content)
