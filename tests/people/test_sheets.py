"""Files opened by what they are; what nobody should open gets a sentence."""

import io
import unicodedata
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from people.rules.cells import FORMULA
from people.sheets import Book, Unreadable, annotate, open_book, template_file, write_result
from people.sheets.annotating import longer_rows
from people.sheets.workbooks import MEGA
from tests.factories.sheets import HEAD, PLAIN, packed, text, xls, xlsx

ROWS = [HEAD, *PLAIN]


def book(folder: Path, content: bytes, name: str = "danh-sach.xlsx") -> Book:
    path = folder / "tep"
    path.write_bytes(content)
    return open_book(path, name)


def names(opened: Book) -> list[Any]:
    return [values[1] for _number, values in opened.rows() if len(values) > 1 and values[1]]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (xlsx(ROWS, titles=False), "a.xlsx"),
        (xls(ROWS), "a.xls"),
        (text(ROWS).encode("utf-8-sig"), "a.csv"),
        (text(ROWS, ",").encode(), "a.csv"),
        (text(ROWS, "\t").encode("utf-16"), "a.txt"),
        (text(ROWS, "|").encode(), "a.csv"),
    ],
)
def test_the_same_list_in_every_form(tmp_path: Path, content: bytes, name: str) -> None:
    opened = book(tmp_path, content, name)

    assert [str(one).split()[-1] for one in names(opened)][:6] == ["tên", "Ánh", "BÌNH", "chi", "Dũng", "Ánh"]
    assert opened.notices == []


def test_windows_1258_with_its_combining_tones_is_joined(tmp_path: Path) -> None:
    combining = "Họ và tên;Giới tính\r\nTrần Thị Ánh;nữ\r\n"
    parts = unicodedata.normalize("NFD", combining)
    for base in "âêôăơư":  # the code page has these whole, tones apart
        parts = parts.replace(unicodedata.normalize("NFD", base), base)
    opened = book(tmp_path, parts.encode("cp1258"), "a.csv")

    assert [values for _number, values in opened.rows()] == [
        ["Họ và tên", "Giới tính"],
        ["Trần Thị Ánh", "nữ"],
    ]


def test_a_formula_never_computed_is_known_from_an_empty_cell(tmp_path: Path) -> None:
    opened = book(tmp_path, xlsx([["Họ tên", "Ghi chú"], ["An", '=HYPERLINK("http://x")'], ["Vy", None]]))

    rows = [values for _number, values in opened.rows()]

    assert rows[4][1] is FORMULA
    assert rows[5][1] is None


def test_another_ending_is_told_and_the_content_read(tmp_path: Path) -> None:
    opened = book(tmp_path, xlsx(ROWS, titles=False), "danh-sach.xls")

    assert opened.kind == "xlsx"
    assert len(opened.notices) == 1


WORKBOOK = b"<workbook/>"
HOSTILE = {
    "empty": b"",
    "a web page": b"<html><table><tr><td>An</td></tr></table></html>",
    "a pdf": b"%PDF-1.7 ...",
    "a program": b"MZ\x90\x00\x03",
    "bytes": bytes(range(32)) * 20,
    "a zip of something else": packed({"readme.txt": b"x"}),
    "macros": packed({"xl/workbook.xml": WORKBOOK, "xl/vbaProject.bin": b"x"}),
    "a bomb": packed({"xl/workbook.xml": WORKBOOK, "xl/worksheets/sheet1.xml": b" " * (40 * MEGA)}),
    "entities": packed({"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><workbook/>'}),
    "a damaged workbook": packed({"xl/workbook.xml": WORKBOOK}),
    "a cut workbook": xlsx(ROWS)[:2000],
    "an old file in pieces": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "a locked file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 40,
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_nobody_should_open_gets_a_sentence(tmp_path: Path, what: str) -> None:
    with pytest.raises(Unreadable) as refused:
        list(book(tmp_path, HOSTILE[what]).rows())

    assert str(refused.value).endswith(".")


def test_a_sheet_that_claims_to_be_huge_ends_where_its_rows_end(tmp_path: Path) -> None:
    honest = io.BytesIO(xlsx(ROWS, titles=False))
    workbook = openpyxl.load_workbook(honest)
    workbook.active.cell(row=900_000, column=3, value="x")
    out = io.BytesIO()
    workbook.save(out)

    opened = book(tmp_path, out.getvalue())

    assert max(number for number, _values in opened.rows()) < 5_000


def test_links_to_other_files_are_told_and_not_followed(tmp_path: Path) -> None:
    import zipfile

    out = io.BytesIO(xlsx(ROWS, titles=False))
    with zipfile.ZipFile(out, "a") as parts:
        parts.writestr("xl/externalLinks/externalLink1.xml", b"<externalLink/>")

    opened = book(tmp_path, out.getvalue())

    assert len(opened.notices) == 1
    assert names(opened)


def test_the_template_is_understood_by_the_portal_itself(tmp_path: Path) -> None:
    out = io.BytesIO()
    template_file(out, ["Phường Mẫu 1", "Phường Mẫu 2"])
    workbook = openpyxl.load_workbook(io.BytesIO(out.getvalue()))

    formulas = {one.formula1 for one in workbook["Danh sách"].data_validations.dataValidation}

    assert formulas == {'"Nam,Nữ"', "'Đơn vị'!$A$1:$A$2"}
    assert names(book(tmp_path, out.getvalue())) == ["Họ và tên", "Nguyễn Văn Mẫu"]


@pytest.mark.parametrize("as_text", [True, False])
def test_what_came_as_text_never_goes_out_as_a_formula(tmp_path: Path, as_text: bool) -> None:
    out = io.BytesIO()
    rows: list[Any] = [
        (["Họ tên"], "Xếp loại", "Lý do"),
        (["=1+1"], "sai", "Ô A2: …"),
        (["@SUM(1)", 5], "mới", ""),
    ]
    write_result(out, rows, as_text=as_text)

    opened = book(tmp_path, out.getvalue(), "a.csv" if as_text else "a.xlsx")
    read = [values for _number, values in opened.rows()]

    assert FORMULA not in [value for values in read for value in values]
    assert read[1][1:3] == ["sai", "Ô A2: …"]


def test_a_workbook_comes_back_with_its_formats_and_formulas(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet: Any = workbook.active
    sheet.title = "Đợt 1 & 2"
    for row in (["Họ tên", "Tuổi"], ["An & Bình", "=1+1"], [None, None], ["Chi", 5]):
        sheet.append(row)
    sheet["A2"].font = openpyxl.styles.Font(bold=True)
    sheet.merge_cells("A3:B3")
    path = tmp_path / "a.xlsx"
    workbook.save(path)
    words = iter([(1, "Xếp loại", "Lý do"), (2, "mới", "<Ô A2>"), (3, "sai", "trống"), (4, "=1", "")])

    out = io.BytesIO()
    annotate(out, path, "Đợt 1 & 2", words, 2)

    made: Any = openpyxl.load_workbook(out)["Đợt 1 & 2"]
    assert [[cell.value for cell in row] for row in made.iter_rows(min_col=3)] == [
        ["Xếp loại", "Lý do"],
        ["mới", "<Ô A2>"],
        ["sai", "trống"],
        ["=1", ""],
    ]
    assert (made["B2"].value, made["A2"].font.bold, made["C4"].data_type) == ("=1+1", True, "s")
    assert [str(one) for one in made.merged_cells.ranges] == ["A3:B3"]


@pytest.mark.parametrize("step", [1, 7, 1000])
def test_rows_grow_wherever_the_pieces_of_the_file_are_cut(step: int) -> None:
    text = (
        b'<x:sheetData><x:row r="2"><x:c r="A2"/></x:row><x:row r="4" spans="1:2"/>'
        b"<x:row><x:c/></x:row><x:rowBreaks/></x:sheetData>"
    )
    pieces = (text[at : at + step] for at in range(0, len(text), step))

    made = b"".join(longer_rows(pieces, iter([(2, "a", ""), (4, "b", ""), (5, "c", "")]), 1))

    cell = b'<x:c r="B%d" t="inlineStr"><x:is><x:t xml:space="preserve">%b</x:t></x:is></x:c>'
    empty = b'<x:c r="C%d" t="inlineStr"><x:is><x:t xml:space="preserve"></x:t></x:is></x:c>'
    grown = [cell % (n, w) + empty % n for n, w in ((2, b"a"), (4, b"b"), (5, b"c"))]
    assert made == (
        b'<x:sheetData><x:row r="2"><x:c r="A2"/>'
        + grown[0]
        + b'</x:row><x:row r="4" spans="1:2">'
        + grown[1]
        + b"</x:row><x:row><x:c/>"
        + grown[2]
        + b"</x:row><x:rowBreaks/></x:sheetData>"
    )
