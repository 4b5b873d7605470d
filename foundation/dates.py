"""Days as the chapter counts and writes them: working days, quarters, dates on screen and on paper."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.dated import NoRule, in_force, load_table

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = timedelta(days=1)
ROMAN = ("I", "II", "III", "IV")
_DAY_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


class Quarter(NamedTuple):
    """A quarter of a year, number 1 to 4; quarters sort by time."""

    year: int
    number: int


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A weekday off, or a weekend day worked: which, why, on what ground."""

    day: date
    is_working: bool
    name: str
    citation: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Count:
    """Working days of a span, its days that are not as their weekday says, whether all is confirmed."""

    working_days: int
    special: tuple[SpecialDay, ...]
    confirmed: bool


class NoCalendar(NoRule):
    """The table of holidays does not reach that day."""


def today() -> date:
    """The day in Vietnam now; the one place where the portal asks the clock for a day."""
    return timezone.localdate(timezone=ZONE)


def is_working_day(day: date) -> bool:
    """True if offices work that day; raises NoCalendar outside the table's years."""
    special = _special(day)
    return special.is_working if special else day.weekday() < 5


def add_working_days(start: date, number: int) -> date:
    """The working day `number` working days after `start`, itself not counted; before it if negative.

    Source: Civil Code 91/2015/QH13, Art. 147 (the first day of a term is not counted).
    0 gives `start`. Raises NoCalendar when the count leaves the table's years.
    """
    day, left = start, abs(number)
    while left:
        day += DAY if number > 0 else -DAY
        left -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; negative if `end` is earlier.

    `working_days_between(day, add_working_days(day, n))` is n.
    """
    if end < start:
        return -explain_working_days(end - DAY, start - DAY).working_days
    return explain_working_days(start, end).working_days


def explain_working_days(start: date, end: date) -> Count:
    """The same count with the holidays skipped and swapped days worked; empty if `end` is not later.

    `confirmed` is False if an unconfirmed day lies in the span, or a year whose table is not complete.
    """
    days = [start + DAY * number for number in range(1, (end - start).days + 1)]
    special = tuple(found for day in days if (found := _special(day)))
    return Count(
        working_days=sum(is_working_day(day) for day in days),
        special=special,
        confirmed=all(one.confirmed for one in special) and all(_calendar(day.year)[1] for day in days),
    )


@cache
def _calendar(year: int) -> tuple[Mapping[date, SpecialDay], bool]:
    """The special days of a year, and whether its table is complete; raises NoCalendar."""
    try:
        entry = in_force(load_table("foundation", "holidays"), date(year, 1, 1))
    except NoRule as error:
        raise NoCalendar(_("The table of holidays has no year %(year)s.") % {"year": year}) from error
    special = {
        day: SpecialDay(day, is_working, cited.value["name"], cited.citation, cited.confirmed)
        for cited in entry.cited.values()
        for is_working, days in ((False, cited.value["off"]), (True, cited.value["on"]))
        for day in days
    }
    return special, entry.confirmed


def _special(day: date) -> SpecialDay | None:
    return _calendar(day.year)[0].get(day)


def format_date(day: date) -> str:
    """dd/mm/yyyy."""
    return f"{day:%d/%m}/{day.year:04}"


def paper_date(day: date) -> str:
    """As in the head of a paper, "ngày 05 tháng 6 năm 2026": 0 before days under 10 and months 1, 2 only.

    Source: Decree 30/2020/NĐ-CP, Annex I.
    """
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def quarter_of(day: date) -> Quarter:
    """The quarter the day lies in."""
    return Quarter(day.year, (day.month + 2) // 3)


def quarter_label(quarter: Quarter) -> str:
    """ "Quý IV/2026"."""
    return f"Quý {ROMAN[quarter.number - 1]}/{quarter.year}"


def parse_date(text: str) -> date:
    """A day typed as dd/mm/yyyy (also d/m/yyyy, with . or -, and yyyy-mm-dd as browsers send it).

    ValidationError otherwise; a year of two digits is refused, not guessed.
    """
    if found := _DAY_FIRST.fullmatch(text.strip()):
        day, month, year = int(found[1]), int(found[3]), int(found[4])
    elif found := _YEAR_FIRST.fullmatch(text.strip()):
        year, month, day = (int(part) for part in found.groups())
    else:
        raise ValidationError(_("Enter the date as day/month/year, for example 05/06/2026."), code="date")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValidationError(_("There is no such day. Check day, month and year."), code="no_day") from error
