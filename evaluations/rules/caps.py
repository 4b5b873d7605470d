"""How many may be rated "excellent"."""

from dataclasses import dataclass

from evaluations.enums import Reading


@dataclass(frozen=True, slots=True)
class CapCheck:
    """How many are rated excellent, how many may be, and whether it is too many."""

    excellent: int
    most: int
    is_over: bool


def most_excellent(number: int, share: int, reading: Reading) -> int:
    """The most "excellent" among so many rated good or better; rounded down.

    By the reading "of those rated good", x ≤ share % of (number − x).
    """
    if reading == Reading.GOOD:
        return share * number // (100 + share)
    return share * number // 100


def check_cap(excellent: int, good: int, share: int, reading: Reading) -> CapCheck:
    """The cap as the ratings stand."""
    most = most_excellent(excellent + good, share, reading)
    return CapCheck(excellent, most, excellent > most)
