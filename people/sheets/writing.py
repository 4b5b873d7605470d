"""Files we hand out: the template to fill in, and a list with our reasons beside each row."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import IO, Any

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from people.rules.cells import Formula

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEMPLATE_ROWS = 2_000
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
BAD = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])
WIDTHS = (6, 28, 10, 14, 18, 16, 28, 40, 30)


def template_file(out: IO[bytes], units: Sequence[str]) -> None:
    """An empty list with heads, drop-downs for sex and unit, text columns, and an example row."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Danh sách"
    heads = ["STT", "Họ và tên", "Giới tính", "Ngày sinh", "Số CCCD", "Điện thoại", "Email", "Địa chỉ"]
    heads += ["Đơn vị", "Ghi chú"] if len(units) > 1 else ["Ghi chú"]
    sheet.append(heads)
    example = [1, "Nguyễn Văn Mẫu", "Nam", "05/06/1985", "999085000001", "0900000001"]
    example += ["nguyen.van.mau@example.org", "Số 1 đường Mẫu", *([units[0]] if len(units) > 1 else [])]
    sheet.append([*example, "Dòng ví dụ: xóa trước khi gửi"])
    for place, head in enumerate(sheet[1]):
        head.font = Font(bold=True)
        head.fill = PatternFill("solid", fgColor="FFEFE6DC")
        head.alignment = Alignment(wrap_text=True, vertical="center")
        letter = head.column_letter
        sheet.column_dimensions[letter].width = (*WIDTHS, 30, 30)[place]
        if head.value in {"Ngày sinh", "Số CCCD", "Điện thoại"}:
            for row in range(2, TEMPLATE_ROWS + 2):
                sheet[f"{letter}{row}"].number_format = "@"
    for cell in sheet[2]:
        cell.font = Font(italic=True, color="FF777777")
    _choices(sheet, "C", '"Nam,Nữ"')
    if len(units) > 1:
        lists: Any = book.create_sheet("Đơn vị")
        for name in units:
            lists.append([name])
        lists.sheet_state = "hidden"
        _choices(sheet, "I", f"'Đơn vị'!$A$1:$A${len(units)}")
    sheet.freeze_panes = "A2"
    book.save(out)


def _choices(sheet: Any, column: str, formula: str) -> None:
    choices = DataValidation(type="list", formula1=formula, allow_blank=True)
    sheet.add_data_validation(choices)
    choices.add(f"{column}2:{column}{TEMPLATE_ROWS + 1}")


def write_result(out: IO[bytes], rows: Iterable[tuple[Sequence[Any], str, str]], *, as_text: bool) -> None:
    """The rows as they came, each with a verdict and the reasons in two more columns.

    A text list comes back as text (UTF-8 with a mark, semicolons), others as .xlsx. Nothing that came
    in as text goes out as a formula.
    """
    if as_text:
        _as_text(out, rows)
        return
    book = openpyxl.Workbook(write_only=True)
    sheet: Any = book.create_sheet(_("Result"))
    for cells in _wide(rows):
        sheet.append([_cell(sheet, value) for value in cells])
    book.save(out)


def _wide(rows: Iterable[tuple[Sequence[Any], str, str]]) -> Iterator[list[Any]]:
    width = 0
    for values, verdict, reasons in rows:
        width = max(width, len(values))
        yield [*values, *[None] * (width - len(values)), verdict, reasons]


def _cell(sheet: Any, value: Any) -> Any:
    if value is None or isinstance(value, Formula):
        return None
    if isinstance(value, str):
        text = value.translate(BAD)
        if not text.startswith(DANGEROUS):
            return text
        cell = WriteOnlyCell(sheet, value=text)
        cell.data_type = "s"
        return cell
    return value if isinstance(value, int | float | date | datetime) else str(value)


def _as_text(out: IO[bytes], rows: Iterable[tuple[Sequence[Any], str, str]]) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";")
    for cells in _wide(rows):
        writer.writerow([_plain(value) for value in cells])
    text.flush()
    text.detach()


def _plain(value: Any) -> str:
    text = "" if value is None or isinstance(value, Formula) else str(value)
    return f"'{text}" if text.startswith(("=", "@")) else text
