"""The pay sheet as Excel with live formulas: people by department, the months behind them, sums by kind.

Every figure a person could change stands once: coefficients, base salary, K, days on "Chi tiết", the share on
the main sheet; all the rest is computed from them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from tempfile import SpooledTemporaryFile
from typing import IO

from evaluations.models import Sheet as PaySheet
from evaluations.printing.workbook import (
    BOLD,
    CENTRE,
    FACTOR,
    HEADER,
    LETTERS,
    MONEY,
    MONEY_BOLD,
    PLAIN,
    TEXT,
    TITLE,
    Cell,
    Formula,
    Kept,
    Sheet,
    write_workbook,
)
from evaluations.queries.paysheet import Paid, by_department, grounds_of, paid_lines, title_of, totals
from foundation.money import in_words

MAIN, DETAIL, SUMS = "Bảng thanh toán", "Chi tiết", "Theo diện"
ROUNDED = {
    "HALF_UP": "ROUND(ROUND({x},4),0)",
    "HALF_EVEN": "IF(ROUND(MOD({x},1),4)=0.5,2*ROUND(ROUND({x},4)/2,0),ROUND(ROUND({x},4),0))",
    "DOWN": "ROUNDDOWN(ROUND({x},4),0)",
    "UP": "ROUNDUP(ROUND({x},4),0)",
    "HALF_UP_HUNDRED": "ROUND(ROUND({x},4),-2)",
    "HALF_UP_THOUSAND": "ROUND(ROUND({x},4),-3)",
    "DOWN_THOUSAND": "ROUNDDOWN(ROUND({x},4),-3)",
}
IN_MEMORY = 1 << 22  # bytes of details before they go to the disk
FIXED, COEFFICIENT = "Mức khoán", "Hệ số"
Row = list[Cell | None]


@dataclass
class Book:
    """What the sheets tell each other while they are written: rows of details, sums by kind, the last row."""

    months: list[date]
    is_added: bool
    details: Kept
    kinds: dict[str, tuple[int, int]] = field(default_factory=dict)
    rows: int = 0

    @cached_property
    def places(self) -> dict[str, str]:
        """The letter of each column by its head."""
        return {head: LETTERS[place] for place, head in enumerate(self.heads)}

    @cached_property
    def heads(self) -> list[str]:
        names = [f"Tháng {month.month}" for month in self.months]
        days = [f"Ngày làm việc thực tế / ngày làm việc T{month.month}" for month in self.months]
        added = ["Đã thanh toán ở bảng trước", "Chênh lệch phải chi"] if self.is_added else []
        return [
            *("STT", "Họ và tên", "Chức vụ", "Diện chi", "Hệ số lương", "PCCV", "Tổng hệ số"),
            *("Mức lương cơ sở", "Hệ số K", "Xếp loại", "Tỷ lệ (%)", *days, *names, "Cộng quý", *added),
            *("Thuế TNCN tạm khấu trừ", "Thực nhận", "Ký nhận", "Ghi chú"),
        ]

    def place(self, head: str) -> str:
        return self.places[head]


DETAIL_HEADS = (
    *("Dòng", "Họ và tên", "Tháng", "Diện chi", "Hệ số lương", "PCCV", "Mức lương cơ sở", "Hệ số K"),
    *("Mức khoán", "Ngày thực tế", "Ngày làm việc", "Tỷ lệ", "Thành tiền", "Căn cứ"),
)


def write_pay_sheet(out: IO[bytes], sheet: PaySheet) -> None:
    """The three sheets of one pay sheet."""
    first = sheet.cycle.first_on
    months = [date(first.year, first.month + number, 1) for number in range(3)]
    grounds = grounds_of(sheet)
    with SpooledTemporaryFile(IN_MEMORY) as kept:
        book = Book(months, sheet.first_id is not None, Kept(kept))
        book.details.add([(head, HEADER) for head in DETAIL_HEADS])
        added = [14, 14] if book.is_added else []
        widths = [5, 26, 18, 10, 8, 7, 8, 12, 7, 14, 8, *[11] * 3, *[13] * 3, 14, *added, 13, 14, 14, 24]
        last, top = LETTERS[len(book.heads) - 1], HEAD_ROWS + len(grounds)
        write_workbook(
            out,
            [
                Sheet(MAIN, main_rows(sheet, book, grounds), widths, [f"A4:{last}4"], top),
                Sheet(DETAIL, book.details, [7, 26, *[11] * 11, 60], (), 1),
                Sheet(SUMS, sum_rows(book), [34, 16, 12, 18]),
            ],
        )


HEAD_ROWS = 7


def main_rows(sheet: PaySheet, book: Book, grounds: list[str]) -> Iterator[Row]:
    """Head, grounds, people by department with subtotals, the total, in words, three signatures."""
    cycle = sheet.cycle
    yield [(f"Đơn vị: {cycle.unit.name}", BOLD)]
    yield [("Mã đơn vị có quan hệ với ngân sách: ……………", PLAIN)]
    yield []
    yield [(title_of(sheet), TITLE)]
    if sheet.first is not None:
        yield [
            (f"Bổ sung cho bảng số {sheet.first.number}, đóng ngày {sheet.first.closed_on:%d/%m/%Y}", PLAIN)
        ]
    else:
        yield [(f"Bảng số {sheet.number}", PLAIN)]
    for ground in grounds:
        yield [(f"Căn cứ: {ground}", PLAIN)]
    yield []
    heads = book.heads
    yield [(head, HEADER) for head in heads]
    number = HEAD_ROWS + len(grounds)
    begin, counter = number + 1, 0
    sums: dict[str, Decimal | int] = {}
    for department, people in by_department(paid_lines(sheet)):
        number += 1
        values = column_sums(people, book)
        sums = {head: value + sums.get(head, 0) for head, value in values.items()}
        yield group_row(department, heads, number + 1, number + len(people), values)
        for paid in people:
            number, counter = number + 1, counter + 1
            kind = FIXED if paid.is_fixed else COEFFICIENT
            before = book.kinds.get(kind, (0, 0))
            book.kinds[kind] = before[0] + 1, before[1] + paid.line.amount
            yield person_row(paid, counter, number, book)
    book.rows = max(number, begin) + 1
    yield group_row("Tổng cộng", heads, begin, max(number, begin), sums or column_sums([], book))
    total = totals(sheet)
    yield []
    yield [(f"Bằng chữ: {in_words(total['total'])}.", BOLD)]
    if total["negative"]:
        yield [(f"Trong đó thu hồi: {in_words(total['negative'])}.", PLAIN)]
    yield []
    signs: Row = [None] * len(heads)
    for place, office in (
        (1, "Người lập bảng"),
        (9, "Kế toán trưởng (phụ trách kế toán)"),
        (16, "Thủ trưởng đơn vị"),
    ):
        signs[place] = (office, CENTRE)
    yield [*[None] * 16, ("……, ngày …… tháng …… năm ……", CENTRE)]
    yield signs


def is_sum(head: str) -> bool:
    """Columns that are summed."""
    return head.startswith("Tháng ") or head in {
        "Cộng quý",
        "Đã thanh toán ở bảng trước",
        "Chênh lệch phải chi",
        "Thuế TNCN tạm khấu trừ",
        "Thực nhận",
    }


def column_sums(people: list[Paid], book: Book) -> dict[str, Decimal | int]:
    """The value of each sum as computed here."""
    found: dict[str, Decimal | int] = {
        f"Tháng {month.month}": sum(
            (part.exact for paid in people for part in paid.parts if part.month == month), Decimal()
        )
        for month in book.months
    }
    found["Cộng quý"] = sum(paid.line.entitled for paid in people)
    found["Đã thanh toán ở bảng trước"] = sum(paid.before for paid in people)
    found["Chênh lệch phải chi"] = found["Thực nhận"] = sum(paid.line.amount for paid in people)
    found["Thuế TNCN tạm khấu trừ"] = 0
    return found


def group_row(name: str, heads: list[str], first: int, last: int, values: dict[str, Decimal | int]) -> Row:
    """A line with its name and SUBTOTAL of the rows below; totals skip such lines."""
    row: Row = [(None, MONEY_BOLD), (name, MONEY_BOLD)]
    for place, head in enumerate(heads[2:], 2):
        letter = LETTERS[place]
        summed = is_sum(head)
        row.append(
            (
                Formula(f"SUBTOTAL(9,{letter}{first}:{letter}{last})", values[head]) if summed else None,
                MONEY_BOLD,
            )
        )
    return row


def person_row(paid: Paid, counter: int, number: int, book: Book) -> Row:
    """One person: inputs from the details, months as their sums, the quarter rounded once."""
    share = f"'{MAIN}'!${book.place('Tỷ lệ (%)')}${number}/100"
    spans: dict[date, list[int]] = {}
    for part in paid.parts:
        place = book.details.count + 1
        spans.setdefault(part.month, []).append(place)
        whole = f'IF(D{place}="{FIXED}",I{place},(E{place}+F{place})*G{place}*H{place})'
        days = f'IF(K{place}="",1,J{place}/K{place})'
        rate = paid.share if not part.is_fixed or part.exact != part.fixed * part.part else Decimal(1)
        text = f"'{MAIN}'!$A${number}"
        book.details.add(
            [
                (Formula(text, counter), PLAIN),
                (paid.name, TEXT),
                (f"{part.month:%m/%Y}", TEXT),
                (FIXED if part.is_fixed else COEFFICIENT, TEXT),
                (part.salary, FACTOR),
                (part.allowance, FACTOR),
                (part.base, MONEY),
                (part.year, FACTOR),
                (part.fixed, MONEY),
                (part.worked, FACTOR),
                (part.working, FACTOR),
                (Formula(share, rate) if rate == paid.share else rate, FACTOR),
                (Formula(f"{whole}*L{place}*{days}", part.exact), MONEY),
                ("; ".join(law["citation"] for law in (*part.laws, paid.share_law)), TEXT),
            ]
        )
    last = spans[paid.parts[-1].month][-1] if paid.parts else 0

    def shown(column: str, value: Decimal | int) -> Cell:
        return (
            Formula(f"'{DETAIL}'!{column}{last}", value) if last else None,
            MONEY if column in "GI" else FACTOR,
        )

    latest = paid.parts[-1] if paid.parts else None
    row: Row = [
        (counter, TEXT),
        (paid.name, TEXT),
        (paid.post, TEXT),
        (FIXED if paid.is_fixed else COEFFICIENT, TEXT),
    ]
    if latest is None or latest.is_fixed:
        row += [(None, FACTOR), (None, FACTOR), (None, FACTOR), (None, MONEY), (None, FACTOR)]
    else:
        row += [shown("E", latest.salary), shown("F", latest.allowance)]
        row += [(Formula(f"E{number}+F{number}", latest.coefficient), FACTOR)]
        row += [shown("G", latest.base), shown("H", latest.year)]
    row += [(paid.level_name, TEXT), (paid.percent, FACTOR)]
    for month in book.months:
        places = [part for part in paid.parts if part.month == month]
        worked = [part for part in places if part.worked is not None and part.working is not None]
        number_of_days = sum((part.worked or Decimal() for part in worked), Decimal())
        text = f"{short(number_of_days)}/{short(worked[0].working or Decimal())}" if worked else "đủ"
        row.append((text if places else "–", TEXT))
    for month in book.months:
        rows = spans.get(month)
        exact = sum((part.exact for part in paid.parts if part.month == month), Decimal())
        row.append((Formula(f"SUM('{DETAIL}'!M{rows[0]}:M{rows[-1]})", exact) if rows else 0, MONEY))
    begin, end = book.place(f"Tháng {book.months[0].month}"), book.place(f"Tháng {book.months[2].month}")
    rounded = ROUNDED[paid.line.inputs["rounding"]].format(x=f"SUM({begin}{number}:{end}{number})")
    row.append((Formula(rounded, paid.line.entitled), MONEY))
    total = f"{book.place('Cộng quý')}{number}"
    if book.is_added:
        row.append((paid.before, MONEY))
        row.append(
            (Formula(f"{total}-{book.place('Đã thanh toán ở bảng trước')}{number}", paid.line.amount), MONEY)
        )
        total = f"{book.place('Chênh lệch phải chi')}{number}"
    tax = f"{book.place('Thuế TNCN tạm khấu trừ')}{number}"
    row += [
        (None, MONEY),
        (Formula(f"{total}-{tax}", paid.line.amount), MONEY),
        (None, TEXT),
        (note_of(paid), TEXT),
    ]
    return row


def short(days: Decimal) -> str:
    """21 for 21.0; two places at most."""
    return f"{days.quantize(Decimal('0.01')).normalize():f}".replace(".", ",")


def note_of(paid: Paid) -> str:
    """What changed within the quarter, and what is not confirmed."""
    notes = []
    before = None
    for part in paid.parts:
        now = (part.salary, part.allowance, part.base, part.year, part.is_fixed)
        if before is not None and now != before:
            notes.append(f"Thay đổi từ {part.month:%m/%Y}")
        before = now
    if paid.line.amount < 0:
        notes.append("Thu hồi")
    if not paid.confirmed:
        notes.append("Có mức chưa xác nhận")
    notes += [one.rstrip(".") for one in paid.why]
    return "; ".join(notes)


def sum_rows(book: Book) -> Iterator[Row]:
    """By source of money and kind of pay: SUMIF over the main sheet."""
    kind, net = book.place("Diện chi"), book.place("Thực nhận")
    yield [("Tổng hợp theo nguồn kinh phí và diện chi", BOLD)]
    yield [(head, HEADER) for head in ("Nguồn kinh phí", "Diện chi", "Số người", "Số tiền (đồng)")]
    for number, name in enumerate((COEFFICIENT, FIXED), 3):
        people, paid_out = book.kinds.get(name, (0, 0))
        cells = f"'{MAIN}'!${kind}$1:${kind}${book.rows}"
        amount = f"SUMIF({cells},B{number},'{MAIN}'!${net}$1:${net}${book.rows})"
        yield [
            ("……………", TEXT),
            (name, TEXT),
            (Formula(f"COUNTIF({cells},B{number})", people), MONEY),
            (Formula(amount, paid_out), MONEY),
        ]
