"""Rule tables: dated, cited entries, from TOML or from rows, and the one in force on a day.

A file `<app>/tables/<subject>.toml`:

    [[entry]]
    effective_from = 2026-01-01      # first day, included
    effective_to = 2026-12-31        # last day, included; left out while in force
    citation = "instrument, article"
    source = "where it was read"
    confirmed = true
    [entry.values]
    fee = 12000
    limit = { value = 5, citation = "…", source = "…", confirmed = false }

    [[gap]]                          # days on purpose without an entry
    from = 2025-01-01
    to = 2025-12-31
    reason = "…"

A table with the key `value` is a value with its own citation; other tables are plain values.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

DAY = timedelta(days=1)
ENTRY_KEYS = {"effective_from": date, "citation": str, "source": str, "confirmed": bool, "values": dict}
VALUE_KEYS = {"value": object, "citation": str, "source": str, "confirmed": bool}
GAP_KEYS = {"from": date, "to": date, "reason": str}


class Dated(Protocol):
    """What `in_force` needs of a row: first and last day, both included; no last day means still in force."""

    @property
    def effective_from(self) -> date: ...
    @property
    def effective_to(self) -> date | None: ...


AnyDated = TypeVar("AnyDated", bound=Dated)


@dataclass(frozen=True, slots=True)
class Cited:
    """One value with what it rests on; `confirmed` False means it must be shown as unconfirmed."""

    value: Any
    citation: str
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated entry of a rule table; `values` gives bare values, `cited` each with its citation."""

    effective_from: date
    effective_to: date | None
    citation: str
    source: str
    confirmed: bool
    cited: Mapping[str, Cited]

    @property
    def values(self) -> Mapping[str, Any]:
        """The values by name; KeyError for an unknown one, never a default."""
        return {name: cited.value for name, cited in self.cited.items()}


class NoRule(LookupError):
    """No entry is in force on the day."""


class TwoRules(LookupError):
    """More than one entry is in force on the day."""


class TableFault(ValueError):
    """A table file breaks the rules above; says each fault."""


def in_force(entries: Iterable[AnyDated], on: date) -> AnyDated:
    """The one entry in force on the day; raises NoRule or TwoRules."""
    found = [
        entry
        for entry in entries
        if entry.effective_from <= on and (entry.effective_to is None or on <= entry.effective_to)
    ]
    if not found:
        raise NoRule(f"no entry in force on {on:%d/%m/%Y}")
    if len(found) > 1:
        raise TwoRules(f"{len(found)} entries in force on {on:%d/%m/%Y}")
    return found[0]


@cache
def load_table(package: str, subject: str) -> tuple[Entry, ...]:
    """The entries of `<package>/tables/<subject>.toml`, oldest first, read once a process.

    Raises FileNotFoundError, or TableFault with every fault of the file.
    """
    path = files(package) / "tables" / f"{subject}.toml"
    raw, problems = _read(path)
    if problems:
        raise TableFault(f"{package}/tables/{subject}.toml: " + "; ".join(problems))
    return tuple(sorted((_entry(row) for row in raw["entry"]), key=lambda entry: entry.effective_from))


def check_table(path: Path) -> list[str]:
    """Every fault of a table file, one sentence each; empty if it is cited, seamless and well formed."""
    return _read(path)[1]


def _read(path: Traversable) -> tuple[dict[str, Any], list[str]]:
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        return {}, [f"is not TOML: {error}"]
    problems = [f"unknown key {key}" for key in raw.keys() - {"entry", "gap"}]
    entries, gaps = raw.get("entry"), raw.get("gap", [])
    if not _is_rows(entries) or not entries:
        return raw, [*problems, "has no [[entry]]"]
    if not _is_rows(gaps):
        return raw, [*problems, "gap must be [[gap]]"]
    for number, row in enumerate(entries, 1):
        problems += [f"entry {number}: {fault}" for fault in _entry_faults(row)]
    for number, row in enumerate(gaps, 1):
        problems += [f"gap {number}: {fault}" for fault in _faults(row, GAP_KEYS)]
    return raw, problems or _seams(entries, gaps)


def _is_rows(rows: object) -> bool:
    return isinstance(rows, list) and all(isinstance(row, dict) for row in rows)


def _entry_faults(row: Mapping[str, Any]) -> list[str]:
    faults = _faults(row, ENTRY_KEYS, {"effective_to": date})
    values = row.get("values")
    for name, value in values.items() if isinstance(values, dict) else ():
        if isinstance(value, dict) and "value" in value:
            faults += [f"{name}: {fault}" for fault in _faults(value, VALUE_KEYS)]
    return faults


def _faults(
    row: Mapping[str, Any], keys: Mapping[str, type], may: Mapping[str, type] | None = None
) -> list[str]:
    """Missing, unknown, wrongly typed or empty keys; a TOML date-time is not a date."""
    known = {**keys, **(may or {})}
    faults = [f"{key} is missing" for key in keys.keys() - row.keys()]
    faults += [f"unknown key {key}" for key in row.keys() - known.keys()]
    for key, kind in known.items():
        if key in row and (not isinstance(row[key], kind) or isinstance(row[key], datetime)):
            faults.append(f"{key} is not of type {kind.__name__}")
        elif kind in (str, dict) and key in row and not (row[key].strip() if kind is str else row[key]):
            faults.append(f"{key} is empty")
    return sorted(faults)


def _seams(entries: Sequence[Mapping[str, Any]], gaps: Sequence[Mapping[str, Any]]) -> list[str]:
    """Overlaps, undeclared gaps, spans that end before they begin."""
    spans = [(row["effective_from"], row.get("effective_to") or date.max) for row in entries]
    spans += [(row["from"], row["to"]) for row in gaps]
    spans.sort()
    faults = [f"{first} to {last} ends before it begins" for first, last in spans if last < first]
    for (_, last), (first, _) in pairwise(spans):
        if last >= first:
            faults.append(f"two entries on {first}")
        elif last + DAY != first:
            faults.append(f"no entry from {last + DAY} to {first - DAY}, and no gap declared")
    return faults


def _entry(row: Mapping[str, Any]) -> Entry:
    ground = {key: row[key] for key in ("citation", "source", "confirmed")}
    cited = {}
    for name, value in row["values"].items():
        if isinstance(value, dict) and "value" in value:
            cited[name] = Cited(**{key: _frozen(part) for key, part in value.items()})
        else:
            cited[name] = Cited(_frozen(value), **ground)
    return Entry(row["effective_from"], row.get("effective_to"), cited=MappingProxyType(cited), **ground)


def _frozen(value: Any) -> Any:
    """Lists become tuples, tables read-only mappings, all the way down."""
    if isinstance(value, list):
        return tuple(_frozen(part) for part in value)
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(part) for key, part in value.items()})
    return value
