"""Which rungs a person has reached, and on which day. Its set-based twin is rewards.queries.due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Turn:
    """One voluntary, confirmed donation, or `times` of them proven together up to a day."""

    given_on: date
    times: int = 1


@dataclass(frozen=True, slots=True)
class Reached:
    """The rung and the day of the donation that reached it."""

    threshold: int
    on: date


def reached(turns: Iterable[Turn], thresholds: Iterable[int], *, on: date) -> list[Reached]:
    """Rungs reached by donations up to the day, the day itself included, lowest first.

    A rung stands once, on the day its count was complete (QĐ 122/QĐ-BCĐQG, Điều 7).
    """
    steps = sorted(set(thresholds))
    found: list[Reached] = []
    count = 0
    for turn in sorted((t for t in turns if t.given_on <= on), key=lambda t: t.given_on):
        before, count = count, count + turn.times
        found += [Reached(step, turn.given_on) for step in steps if before < step <= count]
    return found


def mobilised(donors: Iterable[tuple[int, date]], threshold: int, *, year: int) -> date | None:
    """The day on which the threshold-th different donor of the year gave; None if it was not reached.

    A donor who gives twice in the year is one donor (QĐ 122/QĐ-BCĐQG, Điều 11 khoản 2).
    """
    first: dict[int, date] = {}
    for donor, day in donors:
        if day.year == year:
            first[donor] = min(day, first.get(donor, day))
    days = sorted(first.values())
    return days[threshold - 1] if len(days) >= threshold else None


def target_reached(turns: Iterable[Turn], target: int, percent: int, *, year: int) -> date | None:
    """The day on which the turns of the year came to so many percent of the target; None if they did not.

    Completing the approved target is what a group is judged by (QĐ 122/QĐ-BCĐQG, Điều 4).
    """
    count = 0
    for turn in sorted((t for t in turns if t.given_on.year == year), key=lambda t: t.given_on):
        count += turn.times
        if target and count * 100 >= percent * target:
            return turn.given_on
    return None
