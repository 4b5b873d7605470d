"""Days of the rules: birthdays and periods, leap days included."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any


def birthday(born: date, years: int) -> date:
    """The day on which so many years are full; who was born on 29 February waits for 1 March."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def after(day: date, period: Mapping[str, Any]) -> date:
    """The first day after the period of `months`, `weeks` or `days` (a missing day: the month's last)."""
    total = day.year * 12 + day.month - 1 + period.get("months", 0)
    year, month = divmod(total, 12)
    moved = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    return moved + timedelta(days=period.get("days", 0) + 7 * period.get("weeks", 0))
