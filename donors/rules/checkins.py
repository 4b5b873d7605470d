"""Whether an entry of a device counts, or somebody looks at it first: facts in, a code out."""

import hashlib
from dataclasses import dataclass, field
from datetime import date

from donors.enums import Conflict, DriveState, SignUpState
from foundation.text import fold


@dataclass(frozen=True, slots=True)
class Seen:
    """A person as a device knows them: folded name, year of birth, three digits; None or "" if unknown."""

    name: str
    year: int | None
    tail: str

    def is_like(self, other: "Seen") -> bool:
        """The same name, and nothing that speaks against it being the same person."""
        years = self.year is None or other.year is None or self.year == other.year
        tails = not self.tail or not other.tail or self.tail == other.tail
        return self.name == other.name and years and tails


@dataclass(slots=True)
class Known:
    """What the drive knows when an entry arrives; `counted` and `walked_in` grow with each one."""

    on: date
    state: str
    is_revoked: bool
    places: dict[int, str]
    counted: set[int]
    listed: list[Seen] = field(default_factory=list)
    walked_in: list[Seen] = field(default_factory=list)


def seen_of(name: str, year: int | None, tail: str) -> Seen:
    """The folded form in which people are compared."""
    return Seen(" ".join(fold(name).split()), year, tail)


def conflict_of(known: Known, came_on: date, place: int | None, who: Seen) -> Conflict | None:
    """Why the entry does not count by itself; None if it counts."""
    if known.is_revoked:
        return Conflict.REVOKED
    if known.state in {DriveState.RECONCILED, DriveState.CANCELLED}:
        return Conflict.LATE
    if came_on != known.on:
        return Conflict.DAY
    if place is None:
        if any(who.is_like(other) for other in known.listed):
            return Conflict.ON_LIST
        return Conflict.ALIKE if any(who.is_like(other) for other in known.walked_in) else None
    if place not in known.places:
        return Conflict.OTHER
    if place in known.counted:
        return Conflict.TWICE
    return Conflict.GIVEN_BACK if known.places[place] == SignUpState.CANCELLED else None


def key_digest(key: str) -> str:
    """What is kept of a device's key."""
    return hashlib.sha256(key.encode()).hexdigest()
