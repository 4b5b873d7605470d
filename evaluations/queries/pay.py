"""What each person is due, computed from the rows; nothing is written here."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from evaluations.enums import PayTrack, RatingState
from evaluations.models import Cycle, Employment, MonthWorked, Rating, SheetLine
from evaluations.queries.adjusted import (
    elsewhere,
    fallen_out,
    is_paid,
    other_ratings,
    paid_instead,
    stands,
    taken_back,
    waits_elsewhere,
)
from evaluations.queries.law import base_law, income_laws, no_value, share_law
from evaluations.rules import Law, Month, Track, paid_days, pay_quarter, rate, working_days
from evaluations.rules.pay import QuarterPay, laws_of
from foundation.dated import Entry, NoRule, in_force, load_table
from foundation.dates import DAY
from foundation.money import Rounding
from people.models import Person

NOTHING = Decimal()


CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Job:
    """What pay asks of an employment."""

    first: date
    after: date | None
    track: str
    salary: Decimal | None
    allowance: Decimal


@dataclass(frozen=True, slots=True)
class Sums:
    """What the ratings would cost as they stand; `missing` cannot be computed, `drawing` get something."""

    total: int = 0
    people: int = 0
    missing: int = 0
    confirmed: bool = True
    drawing: int = 0


Timesheet = dict[tuple[int, date], tuple[Decimal, Decimal, dict[str, str]]]  # worked, working, absences
Computed = tuple[Rating, QuarterPay | str]  # the pay, or what is missing


def lines_of(cycle: Cycle, paid: Mapping[int, int]) -> Iterator[tuple[list[SheetLine], list[str]]]:
    """Some thousand at a time: a line for everybody final who is paid; sentences for what is missing.

    `paid`: what closed sheets paid, by rating. Who was paid and falls out has a line of nothing with its
    cause, or a sentence why what was paid stands for now.
    """
    try:
        values = Values(cycle)
    except NoRule:
        yield [], [no_value(_("The scale of ratings"), cycle.last_on)]
        return
    yield [], list(values.missing)
    seen: set[int] = set()
    for chunk in computed(cycle, values, is_forecast=False):
        lines: list[SheetLine] = []
        problems: dict[int, str] = {}
        others = other_ratings(cycle, [rating.person_id for rating, _pay in chunk])
        for rating, pay in chunk:
            seen.add(rating.pk)
            other = paid_instead(rating, others.get(rating.person_id, []))
            if other is not None and is_paid(other):
                lines.append(values.nothing(rating, elsewhere(rating, other)))
            elif other is not None:
                problems[rating.person_id] = waits_elsewhere(other, paid.get(rating.pk, 0))
            elif isinstance(pay, str):
                problems[rating.person_id] = pay
            else:
                lines.append(values.line(rating, pay))
        names = Person.objects.filter(pk__in=problems).values_list("pk", "full_name") if problems else ()
        named = dict(names)
        yield lines, [f"{named[pk]}: {problem}" for pk, problem in problems.items()]
    lost, kept = [], []
    for rating in fallen_out(paid, seen):
        why = taken_back(rating)
        if why is None:
            kept.append(f"{rating.person.full_name}: {stands(rating, paid[rating.pk])}")
        else:
            lost.append(values.nothing(rating, why))
    yield lost, kept


def forecast(cycle: Cycle) -> Sums:
    """The cost for everybody who has a score, at the level it gives now."""
    values = Values(cycle)
    total = people = drawing = 0
    missing = len(values.missing)
    confirmed = True
    for chunk in computed(cycle, values, is_forecast=True):
        for _rating, pay in chunk:
            if isinstance(pay, str):
                missing += 1
            else:
                total, people, drawing = total + pay.total, people + 1, drawing + bool(pay.total)
                confirmed = confirmed and pay.confirmed
    return Sums(total, people, missing, confirmed, drawing)


def computed(cycle: Cycle, values: "Values", *, is_forecast: bool) -> Iterator[list[Computed]]:
    """Everybody who is paid, in order of ratings, CHUNK at a time: 3 queries for each."""
    rows = Rating.objects.filter(cycle=cycle)
    rows = rows.exclude(score=None) if is_forecast else rows.filter(state=RatingState.FINAL)
    rows = rows.select_related("employment").order_by("pk")
    rows = rows.only(
        *("person", "level", "score", "satisfaction", "is_disciplined"),
        *("employment__track", "employment__is_head"),
    )
    after = 0
    scale = in_force(load_table("evaluations", "quarter_scale"), cycle.last_on) if is_forecast else None
    while ratings := list(rows.filter(pk__gt=after)[:CHUNK]):
        after = ratings[-1].pk
        people = [rating.person_id for rating in ratings]
        jobs, timesheet = jobs_of(cycle, people), timesheet_of(cycle, people)
        found: list[Computed] = []
        for rating in ratings:
            if rating.employment.track == PayTrack.NONE:
                continue
            if scale is not None:
                rating.level = rating.level or level_now(rating, scale)
            held = jobs.get(rating.person_id, [])
            found.append((rating, values.problem(held) or values.pay(rating, held, timesheet)))
        yield found


def jobs_of(cycle: Cycle, people: list[int]) -> dict[int, list[Job]]:
    """Each person's employments within the cycle, in order. 1 query."""
    span = Employment.objects.filter(person__in=people, during__overlap=(cycle.first_on, cycle.last_on + DAY))
    jobs: dict[int, list[Job]] = defaultdict(list)
    fields = ("person_id", "during", "track", "salary", "allowance")
    for pk, during, track, salary, allowance in span.order_by("during").values_list(*fields):
        jobs[pk].append(Job(during.lower, during.upper, track, salary, allowance))
    return jobs


def timesheet_of(cycle: Cycle, people: list[int]) -> Timesheet:
    """Days worked, working days and absences by person and month. 1 query."""
    rows = MonthWorked.objects.filter(person__in=people, month__range=(cycle.first_on, cycle.last_on))
    fields = ("person_id", "month", "worked", "working", "absences")
    return {
        (pk, month): (worked, working, away) for pk, month, worked, working, away in rows.values_list(*fields)
    }


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
        self.unrated = share_law("unrated", cycle.last_on)
        first = cycle.first_on
        self.months = [date(first.year, first.month + number, 1) for number in range(3)]
        self.after = [*self.months[1:], cycle.last_on + DAY]
        self.base = {month: base_law(month) for month in self.months}
        self.year = {month: income_laws(month) for month in self.months}
        self.missing = [no_value(_("The base salary"), m) for m, law in self.base.items() if law is None]
        self.missing += [
            no_value(_("The year's coefficient"), m) for m, laws in self.year.items() if laws[0] is None
        ]

    def problem(self, held: list[Job]) -> str:
        """What keeps one person from being computed, else an empty string."""
        if any(job.track == PayTrack.COEFFICIENT and job.salary is None for job in held):
            return str(_("the salary coefficient is missing."))
        return str(_("a value of the year is missing.")) if self.missing else ""

    def parts(
        self, held: list[Job], first: date, after: date, row: tuple[Decimal, Decimal, dict[str, str]] | None
    ) -> Iterator[tuple[Job, Decimal | None, Decimal | None]]:
        """(employment, days paid, working days) for each employment within a month; None: the whole month.

        Who comes, goes or changes inside a month has the working days of the part; a timesheet's days are
        shared out over the parts.
        """
        parts = []
        for job in held:
            begins, ends = max(job.first, first), min(job.after or after, after)
            if begins < ends and job.track != PayTrack.NONE:
                parts.append((job, begins, ends))
        paid = None if row is None else paid_days(*row, self.procedure)
        if len(parts) == 1 and parts[0][1:] == (first, after):
            yield parts[0][0], paid, row[1] if row else None
            return
        days = [working_days(begins, ends) for _job, begins, ends in parts]
        for (job, _begins, _ends), number in zip(parts, days, strict=True):
            if row is None or paid is None:
                yield job, Decimal(number), Decimal(working_days(first, after))
            else:
                yield job, paid * number / max(sum(days), 1), row[1]

    def pay(self, rating: Rating, held: list[Job], timesheet: Timesheet) -> QuarterPay:
        """The months of one person and their sum, rounded once."""
        months = [
            Month(
                first,
                Track(job.track == PayTrack.FIXED, job.salary or NOTHING, job.allowance),
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
        return pay_quarter(months, share, self.rounding, share_on_fixed=self.share_on_fixed)

    def nothing(self, rating: Rating, why: str) -> SheetLine:
        """Nothing is due for the quarter any more, with the cause."""
        law = plain(self.unrated)
        inputs = {"share": law, "rounding": self.rounding.name, "confirmed": law["confirmed"], "months": []}
        level = rating.level or RatingState.EXEMPT
        return SheetLine(rating=rating, level=level, entitled=0, inputs={**inputs, "why": [why]})

    def line(self, rating: Rating, pay: QuarterPay) -> SheetLine:
        """The sum with every input it rests on."""
        share = self.shares[rating.level]
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
