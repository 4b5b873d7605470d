"""What waits for somebody: the line that every app offers to the work page's queue."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One thing to do: what, where, since when, until when (None: no deadline)."""

    title: str
    url: str
    since: datetime
    due_on: date | None = None
    note: str = ""
    icon: str = "clock"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its label, and the page that lists what it counts."""

    value: int
    label: str
    url: str = ""
