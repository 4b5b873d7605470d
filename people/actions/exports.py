"""Excel lists: asked with a reason where they hold protected columns, made in the background, logged."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from foundation.dates import format_date
from foundation.money import dotted
from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.audit import record
from ledger.enums import Via
from people.actions.files import store_file
from people.actions.sightings import EXPORT, said, sight_all
from people.actors import actor_for
from people.enums import OfficeCode
from people.models import Export, Unit
from people.permissions import acting
from people.queries import name_of
from people.queries.exports import CHUNK, SOURCES, Column, Value, due_exports
from people.queries.register import Wanted, at_most
from people.rules.rights import term

MOST_ROWS = 100_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RIGHT = "people.export"


@transaction.atomic
def ask_export(*, by: Actor, wanted: Wanted, columns: Sequence[str], reason: str) -> Export:
    """The row of an Excel list of the register; as `ask_list`."""
    return ask_list(
        by=by, what="people", asked=wanted.stored(), unit=wanted.unit, columns=columns, reason=reason
    )


@transaction.atomic
def ask_list(
    *,
    by: Actor,
    what: str,
    asked: Mapping[str, Any],
    unit: Unit | None,
    columns: Sequence[str],
    reason: str,
) -> Export:
    """The row of an Excel list of one of SOURCES, to be made by `make_export`. Returns it with its number
    of rows.

    Protected columns need a reason; the identity number needs the right to reveal it.
    """
    source = SOURCES[what]
    known = source.columns(asked)
    columns = ["full_name", *(code for code in known if code in columns and code != "full_name")]
    protected = [code for code in columns if known[code].is_protected]
    by = acting(by, RIGHT, unit.pk if unit else None)
    reason = said(reason) if protected else " ".join(reason.split())[:300]
    if "identity" in protected:
        acting(by, "people.reveal")
    rows = at_most(source.rows(by, asked, columns), MOST_ROWS + 1)
    if not rows:
        raise Refused([_("The list is empty: there is nothing to export.")])
    if rows > MOST_ROWS:
        most = dotted(MOST_ROWS)
        raise Refused([_("More than %(most)s people: choose a unit or narrow the list.") % {"most": most}])
    export = Export(
        by_user=by.user,
        office=by.acting.office if by.acting else "",
        unit_code=by.acting.unit_code if by.acting else "",
        what=what,
        filters={**asked, "columns": columns},
        reason=reason,
        with_protected=bool(protected),
        rows=rows,
    )
    export.full_clean()
    export.save()
    after = {"what": what, "rows": rows, "columns": columns, "filters": dict(asked)}
    record(by=by, act="people.ask_export", subject=export, after=after, reason=reason)
    return export


def make_export(*, by: Actor, pk: int) -> bool:
    """Write the file of a due export, with the rights its maker has now; False if another makes it.

    Memory stays flat. Killed anywhere it is due again; the file, the sightings and the end
    are one transaction.
    """
    with transaction.atomic():
        if pk not in due_exports() or not Export.objects.select_for_update(skip_locked=True).filter(pk=pk):
            return False
        Export.objects.filter(pk=pk).update(claimed_at=timezone.now(), rows_done=0)
    export = Export.objects.select_related("by_user").get(pk=pk)
    maker = actor_for(export.by_user, Via.JOB)
    try:
        maker = acting(maker, RIGHT)
        source = SOURCES[export.what]
        known = source.columns(export.filters)
        columns = [known[code] for code in export.filters["columns"]]
        found = source.rows(maker, export.filters, export.filters["columns"])
        if any(column.code == "identity" for column in columns):
            acting(maker, "people.reveal")
    except (Refused, Unit.DoesNotExist) as problem:
        _finish(export, problem=str(problem))
        return True
    seen: list[int] = []
    with tempfile.TemporaryFile() as file:
        rows = _counted(export, seen, found.iterator(chunk_size=CHUNK))
        _write(file, _head(export, maker), columns, rows)
        file.seek(0)
        with transaction.atomic():
            name = f"danh-sach-{timezone.localdate():%Y-%m-%d}-{export.pk}.xlsx"
            days = term("export_file_days", maker.on)
            stored = store_file(by=maker, name=name, content_type=XLSX, file=File(file), days=days)
            if export.with_protected:
                sight_all(maker, list(dict.fromkeys(seen)), EXPORT, export.reason)
            export.file, export.rows = stored, len(seen)
            _finish(export)
            record(by=maker, act="people.make_export", subject=export, after={"rows": len(seen)})
    return True


def _finish(export: Export, problem: str = "") -> None:
    export.finished_at, export.problem, export.rows_done = timezone.now(), problem[:300], export.rows
    export.save(update_fields=["file", "rows", "rows_done", "finished_at", "problem"])


def _counted(export: Export, seen: list[int], rows: Iterable[Any]) -> Iterator[Any]:
    """The rows, noting whom the file holds and how far it is."""
    person_id = SOURCES[export.what].person_id
    for row in rows:
        seen.append(person_id(row))
        yield row
        if len(seen) % CHUNK == 0:
            Export.objects.filter(pk=export.pk).update(claimed_at=timezone.now(), rows_done=len(seen))


def _head(export: Export, maker: Actor) -> list[str]:
    """Who made the list, when, why: the lines above the table."""
    office = str(OfficeCode(export.office).label) if export.office in OfficeCode.values else ""
    unit = maker.acting.unit_name if maker.acting else ""
    who = ", ".join(part for part in (name_of(export.by_user), office, unit) if part)
    made = timezone.localtime()
    source = SOURCES[export.what]
    lines = [
        source.title(export.filters),
        pgettext("people", "As of %(day)s") % {"day": format_date(source.day(maker, export.filters))},
        _("Exported by: %(who)s, %(at)s") % {"who": who, "at": f"{made:%H:%M %d/%m/%Y}"},
    ]
    if export.reason:
        lines.append(_("Reason: %(reason)s") % {"reason": export.reason})
    return [*lines, _("Personal data: delete this file once it is no longer needed.")]


def _write(file: Any, head: list[str], columns: list[Column], rows: Iterable[Any]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("People"))
    sheet.freeze_panes = f"A{len(head) + 3}"
    sheet.print_title_rows = f"{len(head) + 2}:{len(head) + 2}"
    sheet.column_dimensions["A"].width = 6
    for number, column in enumerate(columns, 2):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    bold, wrapped = Font(bold=True), Alignment(wrap_text=True, vertical="center")
    for number, line in enumerate(head):
        cell = WriteOnlyCell(sheet, line)
        cell.data_type = "s"
        cell.font = Font(bold=number == 0, italic=number > 0, size=14 if number == 0 else 11)
        sheet.append([cell])
    sheet.append([])
    titles = [WriteOnlyCell(sheet, str(label)) for label in (_("No."), *(column.label for column in columns))]
    for title in titles:
        title.font, title.alignment = bold, wrapped
    sheet.append(titles)
    for number, row in enumerate(rows, 1):
        sheet.append([number, *(_plain(sheet, column.value(row)) for column in columns)])
    book.save(file)


def _plain(sheet: Any, value: Value) -> Any:
    """The value as a cell that is never a formula: text stays text, whatever it begins with."""
    if not isinstance(value, str):
        if value is None or isinstance(value, int):
            return value
        day = WriteOnlyCell(sheet, value)
        day.number_format = "dd/mm/yyyy"
        return day
    if not value.startswith("="):
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    return cell
