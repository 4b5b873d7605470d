"""A list of documents from a spreadsheet: which column is what, and what each row says."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from foundation.text import fold, search_text
from news.enums import DocumentKind

DAYS = ("issued_on", "effective_from", "effective_to")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
LOOKED_AT = 15  # rows in which the head is looked for
NEEDED = 3  # columns that make a row the head


@dataclass(slots=True)
class ListRow:
    """One row: its number in the file, the values read, why it cannot be taken as it is."""

    number: int
    values: dict[str, Any]
    problems: list[str] = field(default_factory=list)


def find_head(
    rows: Sequence[tuple[int, Sequence[Any]]], names: Mapping[str, Sequence[str]]
) -> tuple[int, dict[str, int]]:
    """The head's row number and column of each field; (0, {}) where no row is one."""
    for number, cells in rows[:LOOKED_AT]:
        words = [" ".join(search_text(str(cell or "")).split()) for cell in cells]
        columns: dict[str, int] = {}
        for name, called in names.items():
            place = next((words.index(one) for one in called if one in words), None)
            if place is not None and place not in columns.values():
                columns[name] = place
        if len(columns) >= NEEDED and "title" in columns:
            return number, columns
    return 0, {}


def read_row(
    number: int,
    cells: Sequence[Any],
    columns: Mapping[str, int],
    kinds: Mapping[str, str],
    topics: Mapping[str, str],
) -> ListRow:
    """What a row says; `kinds` and `topics` are folded names to codes and addresses."""

    def text(name: str) -> str:
        place = columns.get(name)
        value = cells[place] if place is not None and place < len(cells) else ""
        return " ".join(str(value if value is not None else "").split())

    row = ListRow(number, {name: text(name) for name in ("number", "title", "issuer", "signer")})
    row.values["number"] = re.sub(r"^(?i:số)\s*:?\s*", "", row.values["number"])
    if not row.values["title"]:
        row.problems.append(_("no title"))
    if not row.values["issuer"]:
        row.problems.append(_("no issuer"))
    word = fold(text("kind")) or fold(row.values["title"])
    kind = next((code for name, code in kinds.items() if word == name or word.startswith(f"{name} ")), None)
    row.values["kind"] = kind or DocumentKind.OTHER.value
    topic = fold(text("topic"))
    row.values["topic"] = topics.get(topic, "")
    if topic and not row.values["topic"]:
        row.problems.append(_("unknown topic “%(topic)s”") % {"topic": text("topic")})
    for name in DAYS:
        place = columns.get(name)
        value = cells[place] if place is not None and place < len(cells) else None
        day = read_day(value)
        row.values[name] = day.isoformat() if day else ""
        if day is None and str(value or "").strip():
            row.problems.append(_("“%(day)s” is no day") % {"day": value})
    return row


def read_day(value: Any) -> date | None:
    """The day in a cell: a real one or dd/mm/yyyy; None for anything else."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = _DAY.fullmatch(str(value or "").strip())
    if not found:
        return None
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None


def has_words(cells: Iterable[Any]) -> bool:
    """False for an empty row."""
    return any(str(cell if cell is not None else "").strip() for cell in cells)
