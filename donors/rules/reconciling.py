"""Which line of the facility's list is which donation of ours: never on a name alone."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from donors.enums import RowState
from foundation.text import fold


@dataclass(frozen=True, slots=True)
class Line:
    """One donation on either list; `key` is our donation's id or their line number."""

    key: int
    name: str
    year: int | None
    ml: int | None
    serial: str

    @property
    def who(self) -> tuple[str, int | None]:
        return " ".join(fold(self.name).split()), self.year

    @property
    def code(self) -> str:
        return "".join(self.serial.upper().split())


@dataclass(frozen=True, slots=True)
class Match:
    """What a line of theirs is: its state, and our donation where one is meant."""

    line: int
    state: RowState
    donation: int | None = None


def matched(theirs: Sequence[Line], ours: Sequence[Line]) -> list[Match]:
    """One match for each line of theirs: first by serial, then by name with year of birth and volume.

    A serial that belongs to somebody of another name or year proves nothing: an officer looks.
    """
    twice = {code for code, n in Counter(line.code for line in theirs if line.code).items() if n > 1}
    by_serial = {line.code: line for line in ours if line.code}
    free = {line.key: line for line in ours}
    found: dict[int, Match] = {}
    seen: set[str] = set()
    for line in theirs:
        if line.code in twice and line.code in seen:
            found[line.key] = Match(line.key, RowState.TWICE)
            continue
        seen.add(line.code)
        mine = by_serial.get(line.code) if line.code else None
        if mine is not None and mine.key in free:
            if mine.who == line.who:
                found[line.key] = _match(line, free.pop(mine.key))
            else:
                found[line.key] = Match(line.key, RowState.UNSURE)
    for exact in (True, False):
        _by_person([line for line in theirs if line.key not in found], free, found, exact)
    names = Counter(line.who[0] for line in free.values())
    for line in theirs:
        if line.key not in found:
            state = RowState.UNSURE if names[line.who[0]] else RowState.MISSING
            found[line.key] = Match(line.key, state)
    return [found[line.key] for line in theirs]


def _by_person(lines: Iterable[Line], free: dict[int, Line], found: dict[int, Match], exact: bool) -> None:
    """Name and year of birth (and, where exact, the volume), if they mean one line on each side."""

    def who(line: Line) -> tuple[object, ...]:
        return (*line.who, line.ml) if exact else line.who

    mine = _grouped(free.values(), who)
    for key, group in _grouped(lines, who).items():
        others = mine.get(key, [])
        if group[0].year is not None and len(group) == len(others) == 1:
            found[group[0].key] = _match(group[0], free.pop(others[0].key))


def _grouped(lines: Iterable[Line], who: object) -> Mapping[tuple[object, ...], list[Line]]:
    groups: dict[tuple[object, ...], list[Line]] = defaultdict(list)
    for line in lines:
        groups[who(line)].append(line)  # type: ignore[operator]
    return groups


def _match(line: Line, mine: Line) -> Match:
    is_same = line.ml is None or line.ml == mine.ml
    return Match(line.key, RowState.SAME if is_same else RowState.VOLUME, mine.key)
