"""What each person is due, computed from the rows; nothing is written here."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from evaluations.enums import PayTrack, RatingState
from evaluations.models import Cycle, Employment, MonthWorked, Rating, SheetLine
from evaluations.queries.law import base_law, income_laws, no_value, share_law
from evaluations.rules import Law, Month, Track, paid_days, pay_quarter, rate, working_days
from evaluations.rules.pay import laws_of
from foundation.dated import Entry, in_force, load_table
from foundation.dates import DAY
from foundation.money import Rounding


def lines_of(cycle: Cycle, *, is_forecast: bool = False) -> tuple[list[SheetLine], list[str]]:
    """A line for everybody final who is paid; and sentences for what is missing.

    As a forecast: for everybody who has a level or a score as it stands.
    """
    rows = Rating.objects.filter(cycle=cycle)
    rows = rows.exclude(score=None) if is_forecast else rows.filter(state=RatingState.FINAL)
    ratings = list(rows.select_related("person", "employment").order_by("pk"))
    if is_forecast:
        scale = in_force(load_table("evaluations", "quarter_scale"), cycle.last_on)
        for rating in ratings:
            rating.level = rating.level or level_now(rating, scale)
    people = [rating.person_id for rating in ratings]
    jobs: dict[int, list[Employment]] = defaultdict(list)
    span = Employment.objects.filter(person__in=people, during__overlap=(cycle.first_on, cycle.last_on + DAY))
    for job in span.order_by("during"):
        jobs[job.person_id].append(job)
    sheets = {
        (row.person_id, row.month): row
        for row in MonthWorked.objects.filter(person__in=people, month__range=(cycle.first_on, cycle.last_on))
    }
    values = Values(cycle)
    lines, missing = [], list(values.missing)
    for rating in ratings:
        held = jobs[rating.person_id]
        if rating.employment.track == PayTrack.NONE:
            continue
        problem = values.problem(rating, held)
        if problem:
            missing.append(f"{rating.person.full_name}: {problem}")
            continue
        lines.append(values.line(rating, held, sheets))
    return lines, missing


def level_now(rating: Rating, scale: Entry) -> str:
    """The level that the score gives as it stands; "" without a score."""
    if rating.score is None:
        return ""
    return rate(
        rating.score,
        scale,
        is_head=rating.employment.is_head,
        satisfaction=rating.satisfaction,
        is_disciplined=rating.is_disciplined,
    ).level


class Values:
    """The values of a cycle's months, read once for all its people."""

    def __init__(self, cycle: Cycle) -> None:
        procedure = in_force(load_table("evaluations", "procedure"), cycle.last_on).values
        scale = in_force(load_table("evaluations", "quarter_scale"), cycle.last_on)
        self.rounding = Rounding[procedure["rounding"]]
        self.procedure = in_force(load_table("evaluations", "procedure"), cycle.last_on)
        self.share_on_fixed = bool(scale.values["share_on_fixed"])
        self.shares = {
            level: share_law(level, cycle.last_on) for level in ("excellent", "good", "fair", "poor")
        }
        first = cycle.first_on
        self.months = [date(first.year, first.month + number, 1) for number in range(3)]
        self.after = [*self.months[1:], cycle.last_on + DAY]
        self.base = {month: base_law(month) for month in self.months}
        self.year = {month: income_laws(month) for month in self.months}
        self.missing = [no_value(_("The base salary"), m) for m, law in self.base.items() if law is None]
        self.missing += [
            no_value(_("The year's coefficient"), m) for m, laws in self.year.items() if laws[0] is None
        ]

    def problem(self, rating: Rating, held: list[Employment]) -> str:
        """What keeps one person from being computed, else an empty string."""
        if any(job.track == PayTrack.COEFFICIENT and job.salary is None for job in held):
            return str(_("the salary coefficient is missing."))
        return str(_("a value of the year is missing.")) if self.missing else ""

    def parts(
        self, held: list[Employment], first: date, after: date, row: MonthWorked | None
    ) -> Iterator[tuple[Employment, Decimal | None, Decimal | None]]:
        """(employment, days paid, working days) for each employment within a month; None: the whole month.

        Who comes, goes or changes inside a month has the working days of the part; a timesheet's days are
        shared out over the parts.
        """
        parts = []
        for job in held:
            begins, ends = max(job.during.lower, first), min(job.during.upper or after, after)
            if begins < ends and job.track != PayTrack.NONE:
                parts.append((job, begins, ends))
        paid = None if row is None else paid_days(row.worked, row.working, row.absences, self.procedure)
        if len(parts) == 1 and parts[0][1:] == (first, after):
            yield parts[0][0], paid, row.working if row else None
            return
        days = [working_days(begins, ends) for _job, begins, ends in parts]
        for (job, _begins, _ends), number in zip(parts, days, strict=True):
            if row is None or paid is None:
                yield job, Decimal(number), Decimal(working_days(first, after))
            else:
                yield job, paid * number / max(sum(days), 1), row.working

    def line(
        self, rating: Rating, held: list[Employment], timesheet: dict[tuple[int, date], MonthWorked]
    ) -> SheetLine:
        """The sum with every input it rests on."""
        months = [
            Month(
                first,
                Track(job.track == PayTrack.FIXED, job.salary or Decimal(), job.allowance),
                self.base[first],
                self.year[first][0],
                self.year[first][1],
                worked,
                working,
            )
            for first, after in zip(self.months, self.after, strict=True)
            for job, worked, working in self.parts(
                held, first, after, timesheet.get((rating.person_id, first))
            )
        ]
        share = self.shares[rating.level]
        pay = pay_quarter(months, share, self.rounding, share_on_fixed=self.share_on_fixed)
        return SheetLine(
            rating=rating,
            level=rating.level,
            entitled=pay.total,
            inputs={
                "share": plain(share),
                "rounding": self.rounding.name,
                "confirmed": pay.confirmed,
                "months": [
                    {
                        "month": one.month.first.isoformat(),
                        "is_fixed": one.month.track.is_fixed,
                        "salary": str(one.month.track.salary),
                        "allowance": str(one.month.track.allowance),
                        "laws": [plain(law) for law in laws_of(one.month)],
                        "worked": None if one.month.worked is None else str(one.month.worked),
                        "working": None if one.month.working is None else str(one.month.working),
                        "part": str(one.part),
                        "exact": str(one.exact),
                    }
                    for one in pay.months
                ],
            },
        )


def plain(law: Law) -> dict[str, Any]:
    return {"value": str(law.value), "citation": law.citation, "confirmed": law.confirmed}
