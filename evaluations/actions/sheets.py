"""Pay sheets: computed from what is final, closed with a digest, supplemented, never changed."""

import hashlib
import json
from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from evaluations.enums import PAY, CycleKind, PayTrack, RatingState, SheetState
from evaluations.models import Cycle, Employment, MonthWorked, Rating, Sheet, SheetLine
from evaluations.queries import base_law, income_laws, no_value, share_law
from evaluations.rules import Law, Month, Track, pay_quarter
from evaluations.rules.pay import laws_of
from foundation.dated import in_force, load_table
from foundation.dates import DAY
from foundation.money import Rounding
from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.audit import record
from people.permissions import acting


@transaction.atomic
def make_sheet(*, by: Actor, cycle: Cycle) -> Sheet:
    """A sheet for those final; a second one holds what was not paid yet, differences with their sign.

    An open draft is computed anew. What is missing stands on the sheet, by person; the rest is computed.
    """
    by = acting(by, PAY, cycle.unit_id)
    cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
    if cycle.kind != CycleKind.QUARTER:
        raise Refused([_("Additional income is paid by quarter.")])
    Sheet.objects.filter(cycle=cycle, state=SheetState.DRAFT).delete()
    closed = list(Sheet.objects.filter(cycle=cycle).order_by("number"))
    sheet = Sheet(cycle=cycle, number=len(closed) + 1, first=closed[0] if closed else None, made_on=by.on)
    lines, missing = lines_of(cycle)
    paid: dict[int, int] = defaultdict(int)
    for rating_id, amount in SheetLine.objects.filter(sheet__in=closed).values_list("rating_id", "amount"):
        paid[rating_id] += amount
    seen = set(paid)
    due = [
        (line, line.entitled - paid[line.rating_id])
        for line in lines
        if line.rating_id not in seen or line.entitled != paid[line.rating_id]
    ]
    if not due and not missing:
        raise Refused([_("Nobody is due anything that is not on a sheet yet.")])
    sheet.missing = missing
    sheet.full_clean()
    sheet.save()
    for line, amount in due:
        line.sheet, line.amount = sheet, amount
    SheetLine.objects.bulk_create([line for line, _amount in due], batch_size=2000)
    record(by=by, act="evaluations.make_sheet", subject=sheet, after={"people": len(due)})
    return sheet


@transaction.atomic
def close_sheet(*, by: Actor, sheet: Sheet) -> Sheet:
    """Closed: from now on it stands, proven by its digest. Refuses an empty sheet."""
    by = acting(by, PAY, sheet.cycle.unit_id)
    sheet = Sheet.objects.select_for_update().get(pk=sheet.pk)
    if sheet.state == SheetState.CLOSED:
        raise Refused([_("The sheet is closed already.")])
    if not sheet.lines.exists():
        raise Refused([_("The sheet is empty.")])
    sheet.digest = digest_of(sheet)
    sheet.state, sheet.closed_on = SheetState.CLOSED, by.on
    sheet.full_clean()
    sheet.save()
    record(by=by, act="evaluations.close_sheet", subject=sheet, after={"digest": sheet.digest})
    return sheet


def digest_of(sheet: Sheet) -> str:
    """SHA-256 of the lines with their inputs, in the order of people."""
    rows = list(
        sheet.lines.order_by("rating_id").values_list("rating_id", "level", "inputs", "entitled", "amount")
    )
    plain = json.dumps([sheet.cycle_id, sheet.number, rows], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


def lines_of(cycle: Cycle) -> tuple[list[SheetLine], list[str]]:
    """A line for everybody final who is paid; and sentences for what is missing."""
    ratings = list(
        Rating.objects.filter(cycle=cycle, state=RatingState.FINAL)
        .select_related("person", "employment")
        .order_by("pk")
    )
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


class Values:
    """The values of a cycle's months, read once for all its people."""

    def __init__(self, cycle: Cycle) -> None:
        procedure = in_force(load_table("evaluations", "procedure"), cycle.last_on).values
        scale = in_force(load_table("evaluations", "quarter_scale"), cycle.last_on)
        self.rounding = Rounding[procedure["rounding"]]
        self.share_on_fixed = bool(scale.values["share_on_fixed"])
        self.shares = {
            level: share_law(level, cycle.last_on) for level in ("excellent", "good", "fair", "poor")
        }
        first = cycle.first_on
        self.months = [date(first.year, first.month + number, 1) for number in range(3)]
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

    def line(
        self, rating: Rating, held: list[Employment], timesheet: dict[tuple[int, date], MonthWorked]
    ) -> SheetLine:
        """The sum with every input it rests on."""
        months = []
        for first in self.months:
            job = next((one for one in held if first in one.during), None)
            if job is None:
                continue
            row = timesheet.get((rating.person_id, first))
            months.append(
                Month(
                    first,
                    Track(job.track == PayTrack.FIXED, job.salary or Decimal(), job.allowance),
                    self.base[first],
                    self.year[first][0],
                    self.year[first][1],
                    row.worked if row else None,
                    row.working if row else None,
                )
            )
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
                        "exact": str(one.exact),
                    }
                    for one in pay.months
                ],
            },
        )


def plain(law: Law) -> dict[str, Any]:
    return {"value": str(law.value), "citation": law.citation, "confirmed": law.confirmed}
