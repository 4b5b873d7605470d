"""Days of birth as lists hold them: four written forms, years only, Excel's serial numbers."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from foundation.dates import format_date
from people.rules.columns import list_table
from people.rules.findings import Finding

_PARTS = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T].*)?")
_MONTH = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{4})")
_WORDS = re.compile(r"ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(19\d\d|20\d\d)(?!\d)")
EXCEL_FIRST = date(1899, 12, 30)  # day 0 of the 1900 system, as Excel counts
SERIALS = range(3_654, 60_000)  # 1910 to 2064; smaller numbers are years or ages
YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class DayRead:
    """A day, or only its year; both None if nothing can be read."""

    day: date | None = None
    year: int | None = None
    findings: tuple[Finding, ...] = ()


def read_birth(value: Any, *, on: date, cell: str = "") -> DayRead:
    """The day of birth a cell holds, judged on a day: no future, no 31/02; great and small ages are told."""
    read = _read(value, on, cell)
    year = read.day.year if read.day else read.year
    if year is None:
        return read
    if (read.day and read.day > on) or year > on.year:
        return DayRead(findings=(Finding("date_future", cell, blocks=True),))
    table = list_table(on)
    oldest, child_under = table["oldest_age"], table["child_under"]
    if on.year - year > oldest:
        return DayRead(findings=(Finding("date_too_old", cell, True, {"years": oldest}),))
    findings = read.findings
    if is_under(child_under, read.day, year, on):
        findings += (Finding("date_child", cell, params={"years": child_under}),)
    return DayRead(read.day, year, findings)


def is_under(years: int, day: date | None, year: int, on: date) -> bool:
    """True if who was born then is surely under that many full years."""
    if day is None:
        return on.year - year < years
    return on.year - day.year - ((on.month, on.day) < (day.month, day.day)) < years


def _read(value: Any, on: date, cell: str) -> DayRead:
    if isinstance(value, datetime):
        return DayRead(value.date(), value.year)
    if isinstance(value, date):
        return DayRead(value, value.year)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(int(value), cell)
    text = str(value).strip()
    if text.isascii() and text.isdigit():
        return _number(int(text), cell)
    if found := _WORDS.fullmatch(text) or _PARTS.fullmatch(text):
        return _parts(int(found[1]), int(found[2]), found[3], on, cell)
    if found := _YEAR_FIRST.fullmatch(text):
        return _parts(int(found[3]), int(found[2]), found[1], on, cell)
    if found := _MONTH.fullmatch(text):
        return DayRead(None, int(found[2]), (Finding("date_year_only", cell),))
    years = _YEAR.findall(text)
    if len(years) == 1:
        return DayRead(None, int(years[0]), (Finding("date_year_only", cell),))
    return DayRead(findings=(Finding("date_unreadable", cell, blocks=True),))


def _number(number: int, cell: str) -> DayRead:
    if number in YEARS:
        return DayRead(None, number)
    if number in SERIALS:
        day = EXCEL_FIRST + timedelta(days=number)
        return DayRead(day, day.year, (Finding("date_serial", cell, params={"day": format_date(day)}),))
    return DayRead(findings=(Finding("date_unreadable", cell, blocks=True),))


def _parts(day: int, month: int, year_text: str, on: date, cell: str) -> DayRead:
    findings: list[Finding] = []
    year = int(year_text)
    if len(year_text) == 2:
        year += 2000 if year <= on.year % 100 else 1900
        findings.append(Finding("date_two_digits", cell, params={"year": year}))
    is_swapped = month > 12 and day <= 12
    if is_swapped:
        day, month = month, day
    try:
        read = date(year, month, day)
    except ValueError:
        return DayRead(findings=(Finding("date_no_day", cell, blocks=True),))
    if is_swapped:
        findings.append(Finding("date_swapped", cell, params={"day": format_date(read)}))
    return DayRead(read, year, tuple(findings))
