"""Volunteers: what can be chosen, who counts as active on a day, which version of the code is in force."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from foundation.dated import Entry, in_force, load_table
from foundation.dates import format_date

CHOICES = ("fields", "skills", "languages", "levels", "availability", "vehicles")


@dataclass(frozen=True, slots=True)
class Active:
    """Whether a volunteer counts as active, why, and what the formula rests on."""

    is_active: bool
    reason: str
    citation: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Conduct:
    """The code of conduct of a day: its version, name and sentences."""

    version: date
    name: str
    text: tuple[str, ...]
    citation: str
    confirmed: bool


@cache
def volunteer_terms(on: date) -> Entry:
    """The entry of tables/volunteers.toml in force on the day."""
    return in_force(load_table("members", "volunteers"), on)


def named(what: str, on: date) -> Mapping[str, Any]:
    """Codes and names that can be chosen: one of CHOICES."""
    found: Mapping[str, Any] = volunteer_terms(on).values[what]
    return found


@cache
def conduct(on: date) -> Conduct:
    """The code of conduct in force on the day."""
    entry = in_force(load_table("members", "conduct"), on)
    return Conduct(
        entry.effective_from,
        entry.values["name"],
        tuple(entry.values["text"]),
        entry.citation,
        entry.confirmed,
    )


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the month's last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def windows(entry: Entry, on: date) -> tuple[tuple[date, date], tuple[date, date]]:
    """The two spans whose days of service count: up to the day, and up to the forgiven months earlier.

    Each is (first, last), both included.
    """
    months, forgiven = entry.values["active_months"], entry.values["forgiven_months"]
    earlier = months_before(on, forgiven)
    return (
        (months_before(on, months) + timedelta(days=1), on),
        (months_before(earlier, months) + timedelta(days=1), earlier),
    )


def is_new(entry: Entry, since: date, on: date) -> bool:
    """True if somebody was received within the forgiven months: nothing may be typed in yet."""
    return since > months_before(on, entry.values["forgiven_months"])


def active(days: Iterable[date], since: date, entry: Entry, *, on: date) -> Active:
    """Whether a volunteer received on `since`, with these days of service, counts as active on the day."""
    days = {day for day in days if day <= on}
    least = entry.values["active_days"]
    cited = entry.cited["active_months"]
    confirmed = all(
        entry.cited[name].confirmed for name in ("active_months", "forgiven_months", "active_days")
    )
    latest = max(days, default=None)

    def told(is_active: bool, reason: str) -> Active:
        return Active(is_active, reason, cited.citation, confirmed)

    now, earlier = (sum(first <= day <= last for day in days) for first, last in windows(entry, on))
    if now >= least:
        return told(
            True, _("%(days)s days of service in %(months)s months") % {"days": now, "months": cited.value}
        )
    if earlier >= least:
        last = windows(entry, on)[1][1]
        return told(
            True, _("Active up to %(day)s; later days may not be typed in yet") % {"day": format_date(last)}
        )
    if is_new(entry, since, on):
        return told(True, _("Received on %(day)s") % {"day": format_date(since)})
    if latest is None:
        return told(False, _("No day of service is recorded"))
    return told(False, _("Served last on %(day)s") % {"day": format_date(latest)})
