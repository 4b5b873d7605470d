"""The days of a cycle, counted backwards from its limit, and the clock of a petition."""

from dataclasses import dataclass
from datetime import date, timedelta

from evaluations.enums import Step
from foundation.dated import Entry
from foundation.dates import add_working_days

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """`limit`: all is decided before this day; `steps` in their order with the last day of each."""

    opens_on: date
    self_report_by: date
    steps: tuple[tuple[str, date], ...]
    decision_by: date
    limit: date


def calendar_of(
    last_on: date, entry: Entry, steps: tuple[str, ...], *, is_year: bool, limit: date | None = None
) -> Calendar:
    """The days of a cycle whose period ends on `last_on`, with the unit's own list of steps.

    Counted in working days before the limit, the law's or the one given. Source: a quarter, Decision
    20/2024/QĐ-UBND, Art. 11: before the 5th of the next quarter's first month; a year, Decrees 90/2020 and
    335/2025: before 15 December.
    """
    values = entry.values
    if limit is None and is_year:
        limit = last_on.replace(day=values["year_limit_day"])
    elif limit is None:
        limit = (last_on + DAY).replace(day=values["limit_day"])

    def before(name: str) -> date:
        return add_working_days(limit, values[name])

    ordered = [step for step in Step.values if step in steps]
    return Calendar(
        before("opens"),
        before("self_report"),
        tuple((step, before(step)) for step in ordered),
        before("decision"),
        limit,
    )


def petition_limits(published_on: date, filed_on: date | None, entry: Entry) -> tuple[date, date | None]:
    """(last day to file, last day to answer a petition filed on the day).

    Source: Law on Viên chức 2025, Art. 27.
    """
    last = published_on + timedelta(days=entry.values["petition_days"])
    answer = add_working_days(filed_on, entry.values["answer_working_days"]) if filed_on else None
    return last, answer
