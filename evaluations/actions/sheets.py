"""Pay sheets: computed from what is final, closed with a digest, supplemented, never changed."""

import json
from collections import defaultdict

from django.db import connection, transaction
from django.utils.translation import gettext as _

from evaluations.enums import PAY, CycleKind, SheetState
from evaluations.models import Cycle, Sheet, SheetLine
from evaluations.queries.adjusted import before_of, changes
from evaluations.queries.pay import lines_of
from evaluations.queries.paysheet import digest_of
from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.audit import record
from people.permissions import acting

COPY_LINES = "COPY evaluations_sheetline (sheet_id, rating_id, level, inputs, entitled, amount) FROM STDIN"


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
    sheet.full_clean()
    sheet.save()
    paid: dict[int, int] = defaultdict(int)
    for rating_id, amount in SheetLine.objects.filter(sheet__in=closed).values_list("rating_id", "amount"):
        paid[rating_id] += amount
    people = 0
    for lines, missing in lines_of(cycle, paid):
        sheet.missing += missing
        due = [
            (line, line.entitled - paid.get(line.rating_id, 0))
            for line in lines
            if line.entitled != paid.get(line.rating_id)
        ]
        _say_why([line for line, _amount in due if line.rating_id in paid])
        _write_lines(sheet, due)
        people += len(due)
    if not people and not sheet.missing:
        raise Refused([_("Nobody is due anything that is not on a sheet yet.")])
    sheet.full_clean()
    sheet.save(update_fields=["missing"])
    record(by=by, act="evaluations.make_sheet", subject=sheet, after={"people": people})
    return sheet


def _say_why(lines: list[SheetLine]) -> None:
    """What differs from the last closed sheet is kept with each line."""
    before = before_of([line.rating_id for line in lines]) if lines else {}
    for line in lines:
        if "why" not in line.inputs:
            line.inputs["why"] = changes(before[line.rating_id], line)


def _write_lines(sheet: Sheet, due: list[tuple[SheetLine, int]]) -> None:
    """The lines, with what is due of each; by COPY, since the inputs are long."""
    if not due:
        return
    with connection.cursor() as cursor, cursor.copy(COPY_LINES) as copy:
        for line, amount in due:
            inputs = json.dumps(line.inputs, ensure_ascii=False)
            copy.write_row((sheet.pk, line.rating_id, line.level, inputs, line.entitled, amount))


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
