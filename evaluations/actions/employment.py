"""Employment, timesheet, the year's decision."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from evaluations.enums import PAY, STAFF
from evaluations.models import Employment, MonthWorked, YearRate
from evaluations.rules import faults_of
from foundation.dated import NoRule, in_force, load_table
from foundation.dates import DAY
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record, record_many
from people.enums import BelongingKind
from people.models import Belonging, Person, Unit, UnitCover
from people.permissions import acting


def checked(row: models.Model) -> None:
    """full_clean() as a refusal."""
    try:
        row.full_clean()
    except ValidationError as error:
        raise Refused(
            [
                Reason(sentence, field="" if name == "__all__" else name)
                for name, sentences in error.message_dict.items()
                for sentence in sentences
            ]
        ) from error


@transaction.atomic
def employ(*, by: Actor, person: Person, unit: Unit, from_on: date, values: Mapping[str, Any]) -> Employment:
    """The person works for the unit from the day on; an employment that runs on ends the day before.

    A later row (a salary step, a transfer) is the same act. Refuses an overlap with what is entered ahead.
    """
    by = acting(by, STAFF, unit.pk)
    person = Person.objects.select_for_update().get(pk=person.pk)
    before = Employment.objects.filter(person=person, during__contains=from_on, during__endswith=None).first()
    if before is not None and before.during.lower < from_on:
        acting(by, STAFF, before.unit_id)
        before.during = DateRange(before.during.lower, from_on)
        before.save(update_fields=["during"])
    row = Employment(person=person, unit=unit, during=DateRange(from_on, None), **values)
    checked(row)
    row.save()
    belongs(person, unit, from_on, row)
    record(by=by, act="evaluations.employ", subject=row, after={"unit": unit.code, "from": from_on})
    return row


@transaction.atomic
def end_employment(*, by: Actor, employment: Employment, last_on: date, reason: str) -> Employment:
    """The last day of an employment; the reason is kept in the log."""
    by = acting(by, STAFF, employment.unit_id)
    row = Employment.objects.select_for_update().get(pk=employment.pk)
    if not reason.strip():
        raise Refused([Reason(pgettext("evaluations", "Say why."), field="reason")])
    if last_on < row.during.lower or (row.during.upper and last_on + DAY > row.during.upper):
        raise Refused([Reason(_("The day lies outside the employment."), field="last_on")])
    row.during = DateRange(row.during.lower, last_on + DAY)
    checked(row)
    row.save(update_fields=["during"])
    carried = Q(cause=cause(row))
    if not Employment.objects.filter(person=row.person_id, during__fully_gt=row.during).exists():
        carried |= Q(person=row.person_id, kind=BelongingKind.STAFF)  # also what a reorganisation moved
    for held in Belonging.objects.filter(carried, during__contains=last_on):
        held.during = DateRange(held.during.lower, last_on + DAY)
        held.save(update_fields=["during"])
    record(by=by, act="evaluations.end_employment", subject=row, after={"last_on": last_on}, reason=reason)
    return row


@transaction.atomic
def enter_timesheet(*, by: Actor, unit: Unit, month: date, rows: Sequence[Mapping[str, Any]]) -> int:
    """A month of the timesheet for people of the unit and below, all or nothing; returns how many.

    A row is the person's id, days worked, working days, absences; written twice it changes nothing.
    """
    by = acting(by, PAY, unit.pk)
    after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    below = UnitCover.objects.filter(ancestor=unit, during__contains=month).values("unit")
    here = dict(
        Employment.objects.filter(unit__in=below, during__overlap=DateRange(month, after))
        .filter(person__in=[row["person_id"] for row in rows])
        .values_list("person", "person__full_name")
    )
    entry = in_force(load_table("evaluations", "procedure"), month)
    reasons: list[Reason] = []
    for row in rows:
        worked, working = Decimal(row["worked"]), Decimal(row["working"])
        name = here.get(row["person_id"], "")
        if not name:
            reasons.append(Reason(_("%(name)s is not employed here.") % {"name": row["name"]}))
        reasons += [
            Reason(f"{name}: {fault}") for fault in faults_of(worked, working, row["absences"], entry)
        ]
    if reasons:
        raise Refused(reasons)
    kept = {
        one.person_id: one
        for one in MonthWorked.objects.select_for_update().filter(month=month, person__in=here)
    }
    changed = []
    for row in rows:
        one = kept.get(row["person_id"]) or MonthWorked(person_id=row["person_id"], month=month)
        before = None if one.pk is None else {"worked": str(one.worked), "working": str(one.working)}
        values = (Decimal(row["worked"]), Decimal(row["working"]), dict(row["absences"]))
        if before is not None and values == (one.worked, one.working, one.absences):
            continue
        one.worked, one.working, one.absences = values
        one.clean_fields(exclude=["person"])
        changed.append((one, before))
    MonthWorked.objects.bulk_create(
        [one for one, _before in changed],
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["person", "month"],
        update_fields=["worked", "working", "absences"],
    )
    record_many(
        by=by,
        act="evaluations.enter_month",
        model=MonthWorked,
        rows=(
            (one.pk, before, {"worked": str(one.worked), "working": str(one.working)})
            for one, before in changed
        ),
    )
    return len(changed)


@transaction.atomic
def set_year_rate(
    *,
    by: Actor,
    unit: Unit,
    first_on: date,
    last_on: date,
    coefficient: Decimal,
    fixed_sum: int,
    decision: str,
    is_confirmed: bool,
) -> YearRate:
    """What the city decided; refuses above the resolution's ceiling, and days the law's table names."""
    by = acting(by, PAY, unit.pk)
    ceiling = in_force(load_table("evaluations", "ceiling"), first_on)
    reasons = []
    if coefficient > Decimal(ceiling.values["coefficient"]):
        reasons.append(Reason(_("Above the ceiling."), ceiling.citation, "coefficient"))
    if fixed_sum > ceiling.values["fixed_sum"]:
        reasons.append(Reason(_("Above the ceiling."), ceiling.citation, "fixed_sum"))
    if last_on < first_on:
        reasons.append(
            Reason(pgettext("evaluations", "The last day lies before the first."), field="last_on")
        )
    try:
        known = in_force(load_table("evaluations", "income"), first_on)
        reasons.append(Reason(_("The law's table has these days already."), known.citation, "first_on"))
    except NoRule:
        pass
    if reasons:
        raise Refused(reasons)
    row = YearRate(
        during=DateRange(first_on, last_on + DAY),
        coefficient=coefficient,
        fixed_sum=fixed_sum,
        decision=decision,
        is_confirmed=is_confirmed,
    )
    checked(row)
    row.save()
    record(
        by=by,
        act="evaluations.set_year_rate",
        subject=row,
        after={"coefficient": coefficient, "fixed_sum": fixed_sum, "decision": decision},
    )
    return row


def belongs(person: Person, unit: Unit, from_on: date, row: Employment) -> None:
    """A dated belonging as staff; the one it follows ends the day before.

    In the same unit it runs on, and names the employment that carries it now.
    """
    is_here = False
    for held in Belonging.objects.filter(person=person, kind=BelongingKind.STAFF, during__contains=from_on):
        if held.unit_id == unit.pk:
            held.cause, is_here = cause(row), True
            held.save(update_fields=["cause"])
        elif held.during.lower < from_on:
            held.during = DateRange(held.during.lower, from_on)
            held.save(update_fields=["during"])
        else:
            held.delete()
    if not is_here:
        Belonging.objects.create(
            person=person,
            unit=unit,
            kind=BelongingKind.STAFF,
            during=DateRange(from_on, None),
            cause=cause(row),
        )


def cause(row: Employment) -> str:
    return f"employment:{row.pk}"
