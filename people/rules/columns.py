"""Where a list begins and what its columns hold, guessed from its Vietnamese headers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from foundation.dated import in_force, load_table
from foundation.text import fold

FIELDS = (
    "full_name",
    "family_name",
    "given_name",
    "sex",
    "birth_date",
    "birth_male",
    "birth_female",
    "identity",
    "phone",
    "email",
    "address",
    "unit",
    "note",
)
LOOK_AT = 40  # rows from the top in which a header is looked for
LEAST = 2  # recognised cells that make a header


More = Mapping[str, Sequence[str]]  # fields of an upper app's list: its name to the words of its header


@dataclass(frozen=True, slots=True)
class Layout:
    """The header's row (from 1), how many rows it takes, its texts, and the column (from 0) of each field."""

    header_row: int
    height: int
    headers: tuple[str, ...]
    columns: Mapping[str, int]


@cache
def list_table(on: date) -> Any:
    """The values of tables/import_columns.toml in force on the day."""
    return in_force(load_table("people", "import_columns"), on).values


@cache
def _synonyms(on: date) -> dict[str, tuple[str, int]]:
    """Folded header to its field and rank; 0 is the best word."""
    return {
        words: (name, rank)
        for name, row in list_table(on)["headers"].items()
        for rank, words in enumerate(row)
    }


def words_for(on: date, more: More | None = None) -> Mapping[str, tuple[str, int]]:
    """Every known header, folded, to its field and rank; words of an upper app go before our own."""
    if not more:
        return _synonyms(on)
    ranked = {fold(word): (name, rank) for name, words in more.items() for rank, word in enumerate(words)}
    return _synonyms(on) | ranked


def field_of(header: str, on: date, more: More | None = None) -> tuple[str, int] | None:
    """The field a header names and how surely (0 best); None for an unknown one."""
    folded = fold(header).strip(" .:*()")
    if not folded or len(folded) > 60:
        return None
    known = words_for(on, more)
    if folded in known:
        return known[folded]
    bare = folded.split("(")[0].strip(" .:*")
    if bare in known:
        name, rank = known[bare]
        return name, rank + 20
    inside = [(words, found) for words, found in known.items() if len(words) > 3 and words in folded]
    if not inside:
        return None
    name, rank = max(inside, key=lambda one: len(one[0]))[1]
    return name, rank + 40


def guess_columns(headers: Sequence[str], on: date, more: More | None = None) -> dict[str, int]:
    """The column of each field that a header names; the surest wins, each column once.

    `more` adds the fields of an upper app (day of a donation, volume …) to those of a person.
    """
    found: dict[str, tuple[int, int]] = {}
    for place, header in enumerate(headers):
        if (known := field_of(header, on, more)) is None:
            continue
        name, rank = known
        if name not in found or rank < found[name][1]:
            found[name] = (place, rank)
    columns = {name: place for name, (place, _rank) in found.items()}
    if "full_name" in columns:
        columns.pop("family_name", None)
        columns.pop("given_name", None)
    elif "given_name" in columns and "family_name" not in columns:
        columns["full_name"] = columns.pop("given_name")
    return columns


def find_layout(rows: Sequence[Sequence[Any]], on: date, more: More | None = None) -> Layout | None:
    """The header under titles and merged cells, with its columns; None if no row looks like one."""
    best: tuple[int, int] | None = None
    for place, row in enumerate(rows[:LOOK_AT]):
        columns = guess_columns(_texts(row), on, more)
        has_name = "full_name" in columns or {"family_name", "given_name"} <= columns.keys()
        if has_name and len(columns) >= LEAST and (best is None or len(columns) > best[0]):
            best = len(columns), place
    return None if best is None else layout_at(rows, best[1], on, more)


def layout_at(rows: Sequence[Sequence[Any]], place: int, on: date, more: More | None = None) -> Layout:
    """The layout if the header stands in the row of that index."""
    headers = list(_texts(rows[place]))
    columns = guess_columns(headers, on, more)
    height = 1
    if place + 1 < len(rows) and (below := _split_birth(rows[place], rows[place + 1])):
        height = 2
        columns.pop("birth_date", None)
        columns.pop("sex", None)
        columns |= below
        for name, at in below.items():
            headers += [""] * (at + 1 - len(headers))
            headers[at] = f"{headers[at]} {_texts(rows[place + 1])[at]}".strip()
            columns = {key: value for key, value in columns.items() if value != at or key == name}
    return Layout(place + 1, height, tuple(headers), columns)


def _split_birth(row: Sequence[Any], below: Sequence[Any]) -> dict[str, int]:
    """A year of birth parted in "Nam" and "Nữ" under one merged header; {} if it is not."""
    texts = [text.casefold() for text in _texts(below)]
    if "nam" not in texts or "nữ" not in texts or sum(map(bool, texts)) > 4:
        return {}
    male, female = texts.index("nam"), texts.index("nữ")
    above = " ".join(_texts(row)[: max(male, female) + 1])
    return {"birth_male": male, "birth_female": female} if "sinh" in fold(above) else {}


def _texts(row: Sequence[Any]) -> list[str]:
    return ["" if value is None else " ".join(str(value).split()) for value in row]


@cache
def column_letter(place: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    letters, rest = "", place + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters
