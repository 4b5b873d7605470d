"""The monthly sheet of royalties as Excel and on paper; the count of posts as Excel."""

import json
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import typst
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

from foundation.dates import format_date, paper_date
from foundation.money import dotted, in_words
from news.enums import Piece
from news.queries.royalties import UnitCount
from papers.layout.pdf import fonts_of
from papers.layout.widths import family, font_folder

HEADS = ("STT", "Tác giả", "Tên tin, bài, ảnh", "Thể loại", "Ngày đăng", "Nhuận bút (đồng)", "Ký nhận")
SIGNS = ("Người lập bảng", "Phụ trách kế toán", "Người duyệt chi")
UNCONFIRMED = "Mức nhuận bút chưa được xác nhận."
Row = tuple[str, str, date, str, int | None]  # author, title, day, piece, amount
PAPER = """
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, date: none)
#set page(paper: "a4", flipped: true, margin: (x: 15mm, y: 15mm),
  footer: context align(center, text(size: 8pt)[#counter(page).display("1/1", both: true)]))
#set text(font: data.font, size: 10pt, lang: "vi")
#text(weight: "bold")[#data.unit]
#v(2mm)
#align(center)[#text(size: 14pt, weight: "bold")[#data.title] \\ #emph(data.note)]
#v(2mm)
#table(columns: (1fr, 5fr, 9fr, 3fr, 3fr, 4fr, 4fr), inset: 4pt, stroke: 0.4pt,
  table.header(..data.heads.map(h => table.cell(align: center + horizon, strong(h)))),
  ..data.rows.map(row => row.cells.enumerate().map(((n, text)) =>
    table.cell(align: if n == 5 { right } else { left },
      if row.bold { strong(text) } else { text }))).flatten())
#strong[Bằng chữ: #data.words.]
#v(4mm)
#block(breakable: false)[#grid(columns: (1fr, 1fr, 1fr), align: center, row-gutter: 2mm,
  [], [], emph(data.day),
  ..data.signs.map(s => [#strong(s) \\ #emph[(Ký, họ tên)] #v(22mm)]))]
"""


def title_of(month: date) -> str:
    return f"BẢNG CHẤM NHUẬN BÚT THÁNG {month.month} NĂM {month.year}"


def royalties_pdf(
    unit_name: str, month: date, rows: Sequence[Row], *, day: date, is_confirmed: bool
) -> bytes:
    """The sheet as PDF, A4 on its side, with three signatures; the same sheet gives the same bytes."""
    data: dict[str, Any] = {
        "font": family(font_folder()),
        "unit": unit_name,
        "title": title_of(month),
        "note": "" if is_confirmed else UNCONFIRMED,
        "heads": HEADS,
        "rows": [{"cells": cells, "bold": bold} for cells, bold in _table(rows)],
        "words": in_words(sum(row[4] or 0 for row in rows)),
        "day": paper_date(day),
        "signs": SIGNS,
    }
    compiler = typst.Compiler(
        PAPER.encode(),
        font_paths=fonts_of(font_folder()),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    made: Any = compiler.compile(format="pdf")
    return bytes(made)


def royalties_excel(
    unit_name: str, month: date, rows: Sequence[Row], *, day: date, is_confirmed: bool
) -> bytes:
    """The sheet as .xlsx; the sum is a formula, the words are of its value now."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = f"Tháng {month.month}-{month.year}"
    sheet.append([_plain(unit_name)])
    sheet.append([title_of(month)])
    sheet.append(["" if is_confirmed else UNCONFIRMED])
    sheet.append([])
    sheet.append(HEADS)
    for number, (author, title, on, piece, amount) in enumerate(rows, 1):
        name = Piece(piece).label
        sheet.append([number, _plain(author), _plain(title), str(name), on, amount, None])
    last = 5 + len(rows)
    sheet.append([None, "Tổng cộng", None, None, None, f"=SUM(F6:F{last})" if rows else 0, None])
    sheet.append([f"Bằng chữ: {in_words(sum(row[4] or 0 for row in rows))}."])
    sheet.append([])
    sheet.append([None, None, None, None, paper_date(day)])
    sheet.append([None, SIGNS[0], SIGNS[1], None, SIGNS[2]])
    _dress(sheet, last + 1)
    return _bytes(book)


def counts_excel(first: date, last: date, rows: Sequence[UnitCount]) -> bytes:
    """Posts of each unit between two days, for emulation."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Tin, bài theo đơn vị"
    sheet.append(["SỐ TIN, BÀI CỦA CÁC ĐƠN VỊ"])
    sheet.append([f"Từ ngày {format_date(first)} đến ngày {format_date(last)}"])
    sheet.append([])
    sheet.append([])
    sheet.append(["STT", "Đơn vị", "Tin, bài", "Có ảnh", "Có phim", "Album ảnh"])
    for number, row in enumerate(rows, 1):
        sheet.append([number, _plain(_named(row)), row.posts, row.with_picture, row.with_video, row.albums])
    end = 5 + len(rows)
    sums = [f"=SUM({letter}6:{letter}{end})" if rows else 0 for letter in "CDEF"]
    sheet.append([None, "Tổng cộng", *sums])
    _dress(sheet, end + 1)
    return _bytes(book)


def _named(row: UnitCount) -> str:
    return f"{row.unit.name} ({row.above})" if row.above else row.unit.name


def _table(rows: Sequence[Row]) -> list[tuple[list[str], bool]]:
    table = []
    for number, (author, title, on, piece, amount) in enumerate(rows, 1):
        money = dotted(amount) if amount is not None else "chưa có mức"
        table.append(
            ([str(number), author, title, str(Piece(piece).label), format_date(on), money, ""], False)
        )
    total = dotted(sum(row[4] or 0 for row in rows))
    return [*table, (["", "Tổng cộng", "", "", "", total, ""], True)]


def _dress(sheet: Any, last: int) -> None:
    """Widths, borders and formats of a table that begins with its heads in row 5."""
    thin = Side(style="thin")
    for letter, width in zip("ABCDEFG", (6, 30, 48, 14, 14, 18, 18), strict=True):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows(min_row=5, max_row=last):
        for cell in row:
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            cell.font = Font(name="Times New Roman", bold=cell.row in {5, last})
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if cell.column == 6 and cell.row > 5:
                cell.number_format = "#,##0"
            if cell.is_date:
                cell.number_format = "dd/mm/yyyy"
    for number in (1, 2):
        sheet.cell(row=number, column=1).font = Font(name="Times New Roman", bold=True, size=13)
    sheet.freeze_panes = "A6"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.print_title_rows = "5:5"


def _plain(text: str) -> str:
    """Text that no program takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@"} else text


def _bytes(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()
