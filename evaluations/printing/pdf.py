"""The pay sheet on paper for three signatures."""

import json
from typing import Any

import typst

from evaluations.models import Sheet
from evaluations.queries.paysheet import Paid, by_department, grounds_of, paid_lines, title_of, totals
from foundation.dates import paper_date
from foundation.money import in_words
from papers.layout.pdf import fonts_of
from papers.layout.widths import family, font_folder

PAPER = """
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, date: none)
#set page(paper: "a4", flipped: true, margin: (x: 10mm, y: 12mm),
  footer: context align(center, text(size: 8pt)[
  #counter(page).display("1/1", both: true)]))
#set text(font: data.font, size: 7.5pt, lang: "vi")
#set par(leading: 0.45em)
#text(size: 10pt, weight: "bold")[#data.unit] \\
Mã đơn vị có quan hệ với ngân sách: ……………
#v(2mm)
#align(center)[#text(size: 13pt, weight: "bold")[#data.title] \\ #text(size: 9pt)[#data.subtitle]]
#text(size: 8pt)[Căn cứ: #data.grounds.join("; ").]
#v(1mm)
#let cell(one) = if one.bold { table.cell(fill: luma(240), align: if one.right { right } else { left },
    strong(one.text)) } else { table.cell(align: if one.right { right } else { left }, one.text) }
#table(columns: data.widths.map(w => w * 1fr), inset: 2pt, stroke: 0.4pt,
  table.header(..data.heads.map(h => table.cell(align: center + horizon, strong(h)))),
  ..data.rows.flatten().map(cell))
#text(size: 9pt)[#strong[Bằng chữ: #data.words.] #data.note]
#for one in data.why [#text(size: 8pt)[#one] \\ ]
#v(3mm)
#block(breakable: false)[#set text(size: 10pt)
#grid(columns: (1fr, 1fr, 1fr), align: center,
  [], [], emph(data.day),
  ..data.signs.map(s => [#strong(s) \\ #emph[(Ký, họ tên)] #v(20mm)]))]
"""
HEADS = (
    "STT",
    "Họ và tên",
    "Chức vụ",
    "Hệ số lương",
    "PCCV",
    "Lương cơ sở / mức khoán",
    "K",
    "Xếp loại",
    "%",
)
WIDTHS = (1, 5, 4, 2, 2, 3.4, 1.6, 4, 1.7, 3.6, 3.6, 3.6, 3.8)


def pay_sheet_pdf(sheet: Sheet) -> bytes:
    """The sheet as PDF, A4 on its side; the same sheet gives the same bytes."""
    first = sheet.cycle.first_on.month
    months = [f"Tháng {first + number}" for number in range(3)]
    is_added = sheet.first is not None
    sums = totals(sheet)
    heads = [
        *HEADS,
        *months,
        "Cộng quý",
        *(["Đã chi", "Chênh lệch"] if is_added else []),
        "Thực nhận",
        "Ký nhận",
    ]
    widths = [*WIDTHS, *([3.4, 3.4] if is_added else []), 3.8, 4]
    day = sheet.closed_on or sheet.made_on
    rows, why = _rows(sheet, len(heads), is_added)
    data: dict[str, Any] = {
        "font": family(font_folder()),
        "unit": sheet.cycle.unit.name,
        "title": title_of(sheet),
        "subtitle": _subtitle(sheet),
        "grounds": grounds_of(sheet),
        "heads": heads,
        "widths": widths,
        "rows": rows,
        "why": why,
        "words": in_words(sums["total"]),
        "note": f"Trong đó thu hồi: {_money(sums['negative'])} đồng." if sums["negative"] else "",
        "day": paper_date(day),
        "signs": ["Người lập bảng", "Kế toán trưởng (phụ trách kế toán)", "Thủ trưởng đơn vị"],
    }
    compiler = typst.Compiler(
        PAPER.encode(),
        font_paths=fonts_of(font_folder()),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    made: Any = compiler.compile(format="pdf")
    return bytes(made)


def _subtitle(sheet: Sheet) -> str:
    mark = f"; mã kiểm tra SHA-256: {sheet.digest}" if sheet.digest else " (chưa đóng)"
    if sheet.first is None:
        return f"Bảng số {sheet.number}{mark}"
    return f"Bảng số {sheet.number}, bổ sung cho bảng số {sheet.first.number}{mark}"


def _rows(sheet: Sheet, width: int, is_added: bool) -> tuple[list[list[dict[str, Any]]], list[str]]:
    """The lines of the table; below it, why sums differ from the sheet before."""
    rows, why, counter = [], [], 0
    total = 0
    for department, people in by_department(paid_lines(sheet)):
        amount = sum(paid.line.amount for paid in people)
        total += amount
        rows.append(_sum_row(department, width, amount))
        for paid in people:
            counter += 1
            rows.append(_person_row(paid, counter, is_added))
            if paid.why:
                why.append(f"({counter}) {' '.join(paid.why)}")
    rows.append(_sum_row("Tổng cộng", width, total))
    return rows, why


def _sum_row(name: str, width: int, amount: int) -> list[dict[str, Any]]:
    texts = ["", name, *[""] * (width - 4), _money(amount), ""]
    return [{"text": text, "bold": True, "right": place > 2} for place, text in enumerate(texts)]


def _person_row(paid: Paid, counter: int, is_added: bool) -> list[dict[str, Any]]:
    last = paid.parts[-1] if paid.parts else None
    is_plain = last is None or last.is_fixed
    months: dict[Any, Any] = {}
    for part in paid.parts:
        months[part.month] = months.get(part.month, 0) + part.exact
    texts = [
        str(counter),
        paid.name,
        paid.post,
        "" if is_plain or last is None else _factor(last.salary),
        "" if is_plain or last is None else _factor(last.allowance),
        "" if last is None else _money(int(last.fixed if last.is_fixed else last.base)),
        "" if is_plain or last is None else _factor(last.year),
        paid.level_name,
        _factor(paid.percent),
        *_month_texts(paid, months),
        _money(paid.line.entitled),
        *([_money(paid.before), _money(paid.line.amount)] if is_added else []),
        _money(paid.line.amount),
        "",
    ]
    return [
        {"text": text, "bold": False, "right": place > 2 and place != 7} for place, text in enumerate(texts)
    ]


def _month_texts(paid: Paid, months: dict[Any, Any]) -> list[str]:
    first = paid.line.rating.cycle.first_on
    return [
        _factor(months[month].quantize(1) if months[month] == months[month].to_integral() else months[month])
        if (month := first.replace(month=first.month + number)) in months
        else "–"
        for number in range(3)
    ]


def _factor(value: Any) -> str:
    whole, _point, rest = f"{value:f}".partition(".")
    rest = rest.rstrip("0")
    return f"{int(whole):,}".replace(",", ".") + (f",{rest}" if rest else "")


def _money(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")
