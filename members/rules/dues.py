"""Dues, decided on paper: which months, how much, whose share, when a list stops for a second look.

A month is owed to the unit in which the person is a member on its first day, by a membership that began
before that day ("from the month after the decision") and does not rest on it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from foundation.dated import Entry, in_force, load_table
from foundation.money import Rounding, round_vnd, share_out

MONTHS = range(1, 13)
ROUNDING = Rounding.HALF_UP


class Span(NamedTuple):
    """Days from the first, included, to `after`, not included; None: still."""

    first: date
    after: date | None

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day and (self.after is None or day < self.after)


class Shares(NamedTuple):
    """Đồng for the branch, for the base unit, for the level above."""

    branch: int
    base: int
    upper: int


@dataclass(frozen=True, slots=True)
class Warned:
    """Whether a list goes beyond a term, with the sentence that says so and what it rests on."""

    is_beyond: bool
    sentence: str
    citation: str
    confirmed: bool


def dues_terms(on: date) -> Entry:
    """The entry of tables/dues.toml in force on the day."""
    return in_force(load_table("members", "dues"), on)


def months_owed(
    year: int, membership: Span, stays: Iterable[Span], pauses: Iterable[Span] = ()
) -> list[date]:
    """First days of the months of the year owed to a unit in which the person stays in these spans."""
    stays, pauses = list(stays), list(pauses)
    firsts = [date(year, month, 1) for month in MONTHS]
    return [
        first
        for first in firsts
        if membership.first < first
        and first in membership
        and any(first in stay for stay in stays)
        and not any(first in pause for pause in pauses)
    ]


def amount_owed(months: Sequence[date], rates: Sequence[tuple[Span, int]], relief_percent: int) -> int:
    """Đồng for the months at each one's rate, less the relief, rounded once (half up).

    ValueError for a month without exactly one rate: what is not decided is not guessed.
    """
    total = 0
    for month in months:
        found = [amount for span, amount in rates if month in span]
        if len(found) != 1:
            raise ValueError(f"{len(found)} rates on {month}")
        total += found[0]
    return round_vnd(Decimal(total) * (100 - relief_percent) / 100, ROUNDING)


def shares_of(total: int, percentages: Sequence[int]) -> Shares:
    """The three parts of a sum; they add up to it exactly."""
    return Shares(*share_out(total, percentages))


def exemptions(exempt: int, members: int, entry: Entry) -> Warned:
    """Whether more members are exempt than the cap allows: a warning, never a refusal."""
    cap = entry.cited["exempt_cap_percent"]
    is_beyond = exempt * 100 > members * int(cap.value)
    told = {"exempt": exempt, "members": members, "cap": cap.value}
    sentence = (
        _("%(exempt)s of %(members)s members are exempt: more than the %(cap)s %% of the rule.")
        if is_beyond
        else _("%(exempt)s of %(members)s members are exempt, within the %(cap)s %% of the rule.")
    )
    return Warned(is_beyond, sentence % told, cap.citation, cap.confirmed)


def least_months_unpaid(on: date) -> tuple[int, str, bool]:
    """Months in a row nobody paid for after which a removal may be proposed; the rule; if it is confirmed."""
    least = dues_terms(on).cited["removal_least_months"]
    return int(least.value), least.citation, least.confirmed


def may_be_proposed(years: Sequence[tuple[int, int]], least_months: int) -> int:
    """Months unpaid, if they are enough to propose a removal, else 0.

    `years` are (months owed, đồng paid) of closed years, the latest first; a payment ends the row.
    """
    unpaid = 0
    for months, paid in years:
        if paid:
            break
        unpaid += months
    return unpaid if unpaid >= least_months else 0


def reminder_day(year: int, on: date) -> date | None:
    """The latest day of the year, up to `on`, on which who still owes is reminded; None before the first."""
    days = [date.fromisoformat(f"{year}-{text}") for text in dues_terms(on).values["remind_on"]]
    return max((day for day in days if day <= on), default=None)


def brake(proposed: int, last_year: int, entry: Entry) -> Warned:
    """Whether a list of removals is so long, against last year's, that the level above must look."""
    times, least = entry.cited["brake_times"], int(entry.cited["brake_least"].value)
    is_beyond = proposed > max(least, last_year * int(times.value))
    sentence = _("This would end %(proposed)s memberships; last year %(last)s ended so.")
    told = {"proposed": proposed, "last": last_year}
    return Warned(is_beyond, sentence % told, times.citation, times.confirmed)


def relief_reasons(on: date) -> Mapping[str, Any]:
    """Codes and names of why dues are reduced or waived."""
    found: Mapping[str, Any] = dues_terms(on).values["relief_reasons"]
    return found
