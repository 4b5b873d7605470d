"""The summary of results as Excel, for the Department of Home Affairs."""

from typing import IO

from evaluations.enums import Level
from evaluations.models import Cycle
from evaluations.printing.workbook import (
    BOLD,
    HEADER,
    MONEY,
    TEXT,
    TITLE,
    Cell,
    Formula,
    Sheet,
    write_workbook,
)
from evaluations.queries.summary import Results, summary


def write_summary(out: IO[bytes], cycle: Cycle) -> None:
    """Two sheets: by unit, by legal status."""
    found = summary(cycle)
    title = f"BẢNG TỔNG HỢP KẾT QUẢ XẾP LOẠI {cycle.name.upper()}"
    write_workbook(
        out,
        [
            _sheet("Theo đơn vị", title, cycle, found["units"]),
            _sheet("Theo đối tượng", title, cycle, found["statuses"]),
        ],
    )


def _sheet(name: str, title: str, cycle: Cycle, lines: list[Results]) -> Sheet:
    heads = ["STT", "Đơn vị, đối tượng", "Số người được xếp loại"]
    heads += [f"{str(level.label).capitalize()}" for level in Level]
    heads += ["Tỷ lệ xuất sắc (%)", "Chưa công bố", "Tỷ lệ xuất sắc cùng kỳ năm trước (%)"]
    rows: list[list[Cell | None]] = [
        [(f"Đơn vị: {cycle.unit.name}", BOLD)],
        [(title, TITLE)],
        [(f"Quyết định: {cycle.decision or '……'}", TEXT)],
        [(head, HEADER) for head in heads],
    ]
    for number, line in enumerate(lines, 5):
        rows.append(
            [
                (number - 4, TEXT),
                (line.name, TEXT),
                (Formula(f"SUM(D{number}:G{number})", line.rated), MONEY),
                *((line.counts[level], MONEY) for level in Level.values),
                (
                    Formula(f"IF(C{number}=0,0,ROUND(100*D{number}/C{number},0))", line.excellent_share or 0),
                    MONEY,
                ),
                (line.waiting, MONEY),
                (line.before, MONEY),
            ]
        )
    return Sheet(name, rows, [6, 40, 14, 14, 14, 14, 14, 14, 14, 18], [], 4)
