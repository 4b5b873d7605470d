"""Pay sheets: computed from what is final, closed with a digest, supplemented, never changed."""

from collections import defaultdict

from django.db import transaction
from django.utils.translation import gettext as _

from evaluations.enums import PAY, CycleKind, SheetState
from evaluations.models import Cycle, Sheet, SheetLine
from evaluations.queries.pay import lines_of
from evaluations.queries.paysheet import digest_of
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
