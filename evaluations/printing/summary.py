"""The summary of results as Excel, for the Department of Home Affairs."""

from collections.abc import Iterator, Sequence
from typing import IO

from evaluations.enums import Level
from evaluations.models import Cycle
from evaluations.printing.workbook import (
    BOLD,
    FACTOR,
    HEADER,
    MONEY,
    TEXT,
    TITLE,
    Cell,
    Formula,
    Sheet,
    write_workbook,
)
from evaluations.queries.summary import Results, listed, summary


def write_summary(out: IO[bytes], cycle: Cycle) -> None:
    """By unit, by legal status, and everybody by name; each beside the year before where there is one."""
    found = summary(cycle)
    title = f"BẢNG TỔNG HỢP KẾT QUẢ XẾP LOẠI {cycle.name.upper()}"
    write_workbook(
        out,
        [
            _sheet("Theo đơn vị", title, cycle, found["units"]),
            _sheet("Theo đối tượng", title, cycle, found["statuses"]),
            _list(cycle),
        ],
    )


def _sheet(name: str, title: str, cycle: Cycle, lines: list[Results]) -> Sheet:
    heads = ["STT", "Đơn vị, đối tượng", "Số người được xếp loại"]
    heads += [f"{str(level.label).capitalize()}" for level in Level]
    heads += ["Tỷ lệ xuất sắc (%)", "Chưa công bố", "Không xếp loại", "Tỷ lệ xuất sắc cùng kỳ năm trước (%)"]
    heads += [f"{str(level.label).capitalize()}, cùng kỳ năm trước" for level in Level]
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
                (line.exempt, MONEY),
                (line.before, MONEY),
                *((line.then.get(level), MONEY) for level in Level.values),
            ]
        )
    return Sheet(name, rows, [6, 40, *[14] * 8, 18, *[14] * 4], [], 4)


def _list(cycle: Cycle) -> Sheet:
    """Everybody with a published result."""
    heads = (
        "STT",
        "Họ và tên",
        "Đơn vị",
        "Phòng, ban",
        "Chức vụ",
        "Đối tượng",
        "Điểm",
        "Mức xếp loại",
        "Ghi chú",
    )
    return Sheet("Danh sách", _people(cycle, heads), [6, 28, 34, 22, 22, 20, 9, 26, 24], [], 4)


def _people(cycle: Cycle, heads: Sequence[str]) -> Iterator[Sequence[Cell | None]]:
    yield [(f"Đơn vị: {cycle.unit.name}", BOLD)]
    yield [(f"DANH SÁCH KẾT QUẢ XẾP LOẠI {cycle.name.upper()}", TITLE)]
    yield [(f"Quyết định: {cycle.decision or '……'}", TEXT)]
    yield [(head, HEADER) for head in heads]
    for number, row in enumerate(listed(cycle), 1):
        job = row.employment
        yield [
            (number, MONEY),
            (row.person.full_name, TEXT),
            (job.unit.name, TEXT),
            (job.department, TEXT),
            (job.post, TEXT),
            (str(job.get_status_display()).capitalize(), TEXT),
            (row.score, FACTOR),
            (str(row.get_level_display()).capitalize(), TEXT),
            ("Cấp trên xếp loại" if job.rated_above else "", TEXT),
        ]
