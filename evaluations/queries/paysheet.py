"""A pay sheet as rows: people by department with every input, for the page, Excel, PDF and CSV alike."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db import connection
from django.db.models import Sum

from evaluations.enums import PayTrack
from evaluations.models import Sheet, SheetLine
from evaluations.queries.adjusted import level_name
from foundation.dates import ROMAN


@dataclass(frozen=True, slots=True)
class Part:
    """One month, or a part of one, of a person: the inputs as the sheet keeps them."""

    month: date
    is_fixed: bool
    salary: Decimal
    allowance: Decimal
    base: Decimal
    year: Decimal
    fixed: Decimal
    worked: Decimal | None
    working: Decimal | None
    part: Decimal
    exact: Decimal
    laws: tuple[dict[str, Any], ...]

    @property
    def coefficient(self) -> Decimal:
        return self.salary + self.allowance

    @property
    def whole(self) -> Decimal:
        """The month's sum at 100 %, before days and rating."""
        return self.fixed if self.is_fixed else self.coefficient * self.base * self.year


@dataclass(frozen=True, slots=True)
class Paid:
    """One person's line."""

    line: SheetLine
    name: str
    post: str
    department: str
    is_fixed: bool
    parts: tuple[Part, ...]
    share: Decimal
    share_law: dict[str, Any]
    level: str
    confirmed: bool

    @property
    def level_name(self) -> str:
        return level_name(self.level)

    @property
    def percent(self) -> Decimal:
        return (self.share * 100).normalize()

    @property
    def why(self) -> list[str]:
        """Why the sum differs from the sheet before, a sentence each."""
        return list(self.line.inputs.get("why", ()))

    @property
    def before(self) -> int:
        """What earlier sheets paid for the quarter."""
        return self.line.entitled - self.line.amount


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def part_of(month: dict[str, Any]) -> Part:
    values = [Decimal(law["value"]) for law in month["laws"]]
    is_fixed = month["is_fixed"]
    nothing = Decimal()
    return Part(
        date.fromisoformat(month["month"]),
        is_fixed,
        Decimal(month["salary"]),
        Decimal(month["allowance"]),
        nothing if is_fixed else values[0],
        nothing if is_fixed else values[1],
        values[0] if is_fixed else nothing,
        number(month["worked"]),
        number(month["working"]),
        Decimal(month.get("part", "1")),
        Decimal(month["exact"]),
        tuple(month["laws"]),
    )


def paid_of(line: SheetLine) -> Paid:
    """A line with its inputs read out; the rating's person, employment and unit are loaded."""
    job, inputs = line.rating.employment, line.inputs
    parts = tuple(part_of(month) for month in inputs["months"])
    return Paid(
        line,
        line.rating.person.full_name,
        job.post,
        job.department or job.unit.name,
        all(part.is_fixed for part in parts) if parts else job.track == PayTrack.FIXED,
        parts,
        Decimal(inputs["share"]["value"]),
        inputs["share"],
        line.level,
        inputs["confirmed"],
    )


SHOWN = (
    *("sheet", "rating", "level", "inputs", "entitled", "amount"),
    *("rating__person__full_name", "rating__employment__post", "rating__employment__department"),
    "rating__employment__track",
    *("rating__employment__unit__code", "rating__employment__unit__name"),
)


def paid_lines(sheet: Sheet) -> Iterator[Paid]:
    """Every line, by unit, department and name; streamed. 1 query."""
    lines = (
        sheet.lines.select_related("rating__person", "rating__employment__unit")
        .only(*SHOWN)
        .order_by(
            "rating__employment__unit__code",
            "rating__employment__department",
            "rating__person__sort_key",
            "pk",
        )
    )
    for line in lines.iterator(2000):
        line.rating.cycle = sheet.cycle
        yield paid_of(line)


def by_department(paid: Iterator[Paid]) -> Iterator[tuple[str, list[Paid]]]:
    """(department, its people), in order."""
    for department, people in groupby(paid, key=lambda one: one.department):
        yield department, list(people)


def totals(sheet: Sheet) -> dict[str, int]:
    """Sum to pay, sum paid out and sum taken back, in đồng. 1 query."""
    found = sheet.lines.aggregate(total=Sum("amount"))
    negative = sheet.lines.filter(amount__lt=0).aggregate(total=Sum("amount"))["total"] or 0
    total = found["total"] or 0
    return {"total": total, "positive": total - negative, "negative": negative}


def title_of(sheet: Sheet) -> str:
    """BẢNG THANH TOÁN THU NHẬP TĂNG THÊM QUÝ III NĂM 2026, or what is added to it."""
    cycle = sheet.cycle
    added = " BỔ SUNG" if sheet.first_id else ""
    return f"BẢNG THANH TOÁN THU NHẬP TĂNG THÊM{added} QUÝ {ROMAN[cycle.number - 1]} NĂM {cycle.year}"


GROUNDS = """
    SELECT law ->> 'citation', bool_and((law ->> 'confirmed')::boolean)
    FROM (SELECT DISTINCT inputs -> 'share' AS law FROM evaluations_sheetline WHERE sheet_id = %(sheet)s
          UNION
          SELECT DISTINCT law FROM evaluations_sheetline,
                 jsonb_path_query(inputs, '$.months[*].laws[*]') AS law WHERE sheet_id = %(sheet)s) AS laws
    GROUP BY 1
"""


def grounds_of(sheet: Sheet) -> list[str]:
    """The instruments the sheet rests on, each once, with what is not confirmed said so."""
    with connection.cursor() as cursor:
        cursor.execute(GROUNDS, {"sheet": sheet.pk})
        seen = dict(cursor.fetchall())
    unsure = " (chưa xác nhận)"
    cycle = sheet.cycle
    decided = []
    if cycle.decision:
        day = f" ngày {cycle.published_on:%d/%m/%Y}" if cycle.published_on else ""
        decided = [f"Quyết định xếp loại số {cycle.decision}{day}"]
    return [*(f"{name}{'' if sure else unsure}" for name, sure in sorted(seen.items())), *decided]


def digest_of(sheet: Sheet) -> str:
    """SHA-256 of the lines with their inputs, in the order of people."""
    rows = list(
        sheet.lines.order_by("rating_id").values_list("rating_id", "level", "inputs", "entitled", "amount")
    )
    plain = json.dumps([sheet.cycle_id, sheet.number, rows], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()
