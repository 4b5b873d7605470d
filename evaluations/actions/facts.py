"""Dated facts of a working life; the unit's own regulation; columns for the accounting software."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from evaluations.actions.employment import checked
from evaluations.enums import MANAGE, PAY, STAFF, FactKind
from evaluations.models import CsvLayout, Employment, Regulation, StaffFact
from foundation.dates import DAY
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from people.models import Unit
from people.permissions import acting


@transaction.atomic
def enter_fact(
    *,
    by: Actor,
    employment: Employment,
    kind: str,
    first_on: date,
    last_on: date | None = None,
    penalty: str = "",
    decision: str = "",
    words: str = "",
) -> StaffFact:
    """A discipline, leave, secondment … of somebody employed. Its facts count where the law says so."""
    by = acting(by, STAFF, employment.unit_id)
    reasons = []
    if last_on is not None and last_on < first_on:
        reasons.append(
            Reason(pgettext("evaluations", "The last day lies before the first."), field="last_on")
        )
    if kind == FactKind.DISCIPLINE and not decision.strip():
        reasons.append(Reason(_("Enter the number of the decision."), field="decision"))
    if kind == FactKind.DISCIPLINE and first_on > by.on:
        reasons.append(Reason(pgettext("evaluations", "The day lies in the future."), field="first_on"))
    if reasons:
        raise Refused(reasons)
    row = StaffFact(
        person=employment.person,
        unit=employment.unit,
        kind=kind,
        penalty=penalty if kind == FactKind.DISCIPLINE else "",
        during=DateRange(first_on, last_on + DAY if last_on else None),
        decision=decision.strip(),
        words=words.strip(),
    )
    checked(row)
    row.save()
    record(by=by, act="evaluations.enter_fact", subject=row, after={"kind": kind, "from": first_on})
    return row


@transaction.atomic
def end_fact(*, by: Actor, fact: StaffFact, last_on: date) -> StaffFact:
    """The last day of what runs on."""
    by = acting(by, STAFF, fact.unit_id)
    row = StaffFact.objects.select_for_update().get(pk=fact.pk)
    if last_on < row.during.lower:
        raise Refused([Reason(_("The day lies before its first day."), field="last_on")])
    row.during = DateRange(row.during.lower, last_on + DAY)
    checked(row)
    row.save(update_fields=["during"])
    record(by=by, act="evaluations.end_fact", subject=row, after={"last_on": last_on})
    return row


@transaction.atomic
def remove_fact(*, by: Actor, fact: StaffFact, reason: str) -> None:
    """Take a fact entered by mistake away, with the reason; the log keeps that it was there."""
    by = acting(by, STAFF, fact.unit_id)
    row = StaffFact.objects.select_for_update().get(pk=fact.pk)
    if not reason.strip():
        raise Refused([Reason(pgettext("evaluations", "Say why."), field="reason")])
    record(
        by=by,
        act="evaluations.remove_fact",
        subject=row,
        before={"kind": row.kind, "from": row.during.lower},
        reason=reason,
    )
    row.delete()


@transaction.atomic
def issue_regulation(
    *, by: Actor, unit: Unit, from_on: date, decision: str, values: Mapping[str, Any]
) -> Regulation:
    """What the unit's own regulation chose, from the day on; the one before ends the day before."""
    by = acting(by, MANAGE, unit.pk)
    if not decision.strip():
        raise Refused([Reason(_("Enter the number of the decision."), field="decision")])
    before = Regulation.objects.select_for_update().filter(
        unit=unit, during__contains=from_on, during__startswith__lt=from_on
    )
    for one in before:
        one.during = DateRange(one.during.lower, from_on)
        one.save(update_fields=["during"])
    row = Regulation(unit=unit, during=DateRange(from_on, None), decision=decision.strip(), **values)
    checked(row)
    row.save()
    record(by=by, act="evaluations.issue_regulation", subject=row, after={"decision": decision})
    return row


@transaction.atomic
def set_csv_columns(*, by: Actor, unit: Unit, columns: Sequence[str]) -> CsvLayout:
    """The columns of the unit's CSV, in their order."""
    by = acting(by, PAY, unit.pk)
    if not columns:
        raise Refused([_("Choose at least one column.")])
    row, _made = CsvLayout.objects.select_for_update().get_or_create(unit=unit)
    before = list(row.columns)
    row.columns = list(columns)
    checked(row)
    row.save()
    record(
        by=by,
        act="evaluations.set_csv_columns",
        subject=row,
        before={"columns": before},
        after={"columns": row.columns},
    )
    return row


@transaction.atomic
def export_staff(*, by: Actor, unit: Unit, count: int) -> None:
    """Somebody takes the register of employments of the unit and below out of the portal: that is noted."""
    by = acting(by, STAFF, unit.pk)
    record(by=by, act="evaluations.export_staff", subject=unit, after={"rows": count})
