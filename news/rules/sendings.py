"""When units are reminded of a document, and how far a sending has come."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

MOST_DAYS = 60


@dataclass(frozen=True, slots=True)
class Progress:
    """Units of a sending: all, acknowledged in time and late, not yet and of these overdue, carried out."""

    total: int
    in_time: int
    late: int
    missing: int
    overdue: int
    done: int

    @property
    def acknowledged(self) -> int:
        """How many have acknowledged it, in time or late."""
        return self.in_time + self.late

    @property
    def percent(self) -> int:
        """Of all, rounded down: 100 only when nobody is missing."""
        return self.acknowledged * 100 // self.total if self.total else 100


def reminder_day(due_on: date, offsets: Sequence[int], sent_on: date, on: date) -> date | None:
    """The last day of the table that has come since the document was sent, None before the first."""
    days = [due_on + timedelta(days=offset) for offset in offsets]
    come = [day for day in days if sent_on < day <= on]
    return max(come, default=None)


def progress_of(acknowledged_on: Iterable[date | None], done: int, due_on: date, on: date) -> Progress:
    """Counts from the day each unit acknowledged; on the last day itself it is still in time."""
    days = list(acknowledged_on)
    missing = days.count(None)
    in_time = sum(day is not None and day <= due_on for day in days)
    return Progress(
        total=len(days),
        in_time=in_time,
        late=len(days) - missing - in_time,
        missing=missing,
        overdue=missing if on > due_on else 0,
        done=done,
    )


def down_to_zero(acknowledged_on: Iterable[date | None], sent_on: date, on: date) -> list[tuple[date, int]]:
    """How many had not acknowledged at the end of each day from the first; weekly if over two months."""
    days = list(acknowledged_on)
    counted = Counter(day for day in days if day is not None)
    left, course, day = len(days), [], sent_on
    while day <= on:
        left -= counted[day]
        course.append((day, left))
        if left == 0:
            break
        day += timedelta(days=1)
    if len(course) > MOST_DAYS:
        course = [*course[:-1:7], course[-1]]
    return course
