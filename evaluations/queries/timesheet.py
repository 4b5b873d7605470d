"""A timesheet as a file: the template of a unit's month, and what a filled one says row by row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import IO, Any

import openpyxl
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from openpyxl.styles import Alignment, Font

from evaluations.enums import Absence
from evaluations.models import Employment, MonthWorked
from evaluations.rules import faults_of, working_days
from foundation.dated import in_force, load_table
from foundation.refusal import Refused
from foundation.text import fold
from people.models import Unit, UnitCover
from people.sheets import open_book

HEADS = ("Mã", "Họ và tên", "Phòng, ban", "Ngày công trong tháng", "Ngày làm việc thực tế")
HEAD_ROWS = 12


@dataclass(slots=True)
class SheetRow:
    """One row of a filled timesheet: whose, the days, what is wrong with it (nothing: it can be written)."""

    number: int
    name: str
    employment_id: int | None = None
    person_id: int | None = None
    worked: str = ""
    working: str = ""
    absences: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    is_new: bool = True

    @property
    def away(self) -> list[tuple[str, str]]:
        return [(str(Absence(code).label), days) for code, days in self.absences.items()]


def staff_of(unit: Unit, month: date) -> QuerySet[Employment]:
    """Everybody employed in the unit and below at some time of the month."""
    after = next_month(month)
    below = UnitCover.objects.filter(ancestor=unit, during__contains=month).values("unit")
    rows = Employment.objects.filter(unit__in=below, during__overlap=(month, after))
    return rows.select_related("person", "unit").order_by("unit__code", "person__sort_key", "pk")


def next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def write_template(out: IO[bytes], unit: Unit, month: date) -> None:
    """An .xlsx with everybody of the month, their working days, a column for each reason of absence."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = f"{month.month:02}-{month.year}"
    sheet.append([*HEADS, *(str(label)[:1].upper() + str(label)[1:] for label in Absence.labels)])
    number = working_days(month, next_month(month))
    entered = {
        row.person_id: row
        for row in MonthWorked.objects.filter(month=month, person__in=staff_of(unit, month).values("person"))
    }
    for job in staff_of(unit, month):
        row = entered.get(job.person_id)
        absences = (
            [row.absences.get(code) for code in Absence.values] if row else [None] * len(Absence.values)
        )
        name, department = plain(job.person.full_name), plain(job.department or job.unit.name)
        days = (row.working, row.worked) if row else (number, number)
        sheet.append([job.pk, name, department, *days, *(Decimal(one) if one else None for one in absences)])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    for place, width in enumerate((8, 28, 24), 1):
        sheet.column_dimensions[sheet.cell(1, place).column_letter].width = width
    sheet.freeze_panes = "D2"
    book.save(out)


def plain(text: str) -> str:
    """A text that no program takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def read_timesheet(path: Path, name: str, unit: Unit, month: date) -> list[SheetRow]:
    """Each row of the file with whose it is and what is wrong; Refused for a file that is none."""
    jobs = list(staff_of(unit, month))
    by_code = {job.pk: job for job in jobs}
    by_name: dict[str, list[Employment]] = {}
    for job in jobs:
        by_name.setdefault(fold(job.person.full_name), []).append(job)
    entered = set(MonthWorked.objects.filter(month=month).values_list("person_id", flat=True))
    entry = in_force(load_table("evaluations", "procedure"), month)
    seen: set[int] = set()
    rows = []
    for number, cells in rows_of(path, name):
        text = str(cells.get("name") or "").strip()
        row = SheetRow(number, text)
        whose = found_job(cells, by_code, by_name, row)
        if whose is not None:
            row.employment_id, row.person_id, row.name = whose.pk, whose.person_id, whose.person.full_name
            row.is_new = whose.person_id not in entered
            if whose.person_id in seen:
                row.faults.append(_("This person stands in the file twice."))
            seen.add(whose.person_id)
        days = {}
        for key in ("working", "worked"):
            days[key] = number_of(cells.get(key))
            if days[key] is None:
                row.faults.append(_("Days worked and working days of the month are numbers."))
        absences = {code: cells[code] for code in Absence.values if cells.get(code) not in (None, "", 0)}
        row.absences = {code: str(value).replace(",", ".") for code, value in absences.items()}
        worked, working = days["worked"], days["working"]
        if worked is not None and working is not None:
            row.worked, row.working = f"{worked:f}", f"{working:f}"
            row.faults += [str(fault) for fault in faults_of(worked, working, row.absences, entry)]
        rows.append(row)
    return rows


def found_job(
    cells: Mapping[str, Any],
    by_code: Mapping[int, Employment],
    by_name: Mapping[str, list[Employment]],
    row: SheetRow,
) -> Employment | None:
    """Whose row it is: by the code of the template, else by a name that only one person has."""
    code = number_of(cells.get("code"))
    job = by_code.get(int(code)) if code is not None else None
    if job is not None:
        if row.name and fold(job.person.full_name) != fold(row.name.lstrip("'")):
            row.faults.append(_("The code belongs to %(name)s.") % {"name": job.person.full_name})
        return job
    named = by_name.get(fold(row.name), [])
    people = {one.person_id for one in named}
    if len(people) == 1:
        return named[-1]
    row.faults.append(
        _("Several people have this name: use the code of the template.")
        if people
        else _("Nobody of this name is employed here in that month.")
    )
    return None


def rows_of(path: Path, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows below the head as a mapping by meaning; Refused when no head is found."""
    names = {
        fold(head): key
        for head, key in zip(HEADS, ("code", "name", "unit", "working", "worked"), strict=True)
    }
    names |= {fold(str(label)): code for code, label in Absence.choices}
    places: dict[int, str] = {}
    for number, cells in open_book(path, name).rows():
        if not places:
            found = {
                place: names[fold(str(v))] for place, v in enumerate(cells) if v and fold(str(v)) in names
            }
            if {"working", "worked"} <= set(found.values()):
                places = found
            elif number > HEAD_ROWS:
                break
            continue
        row = {key: cells[place] for place, key in places.items() if place < len(cells)}
        if any(value not in (None, "") for value in row.values()):
            yield number, row
    if not places:
        raise Refused(
            [_("The heads of the template were not found. Download it from this page and fill it in.")]
        )


def number_of(value: Any) -> Decimal | None:
    """A cell as a number, comma or point; None for anything else."""
    try:
        found = Decimal(str(value).strip().replace(",", ".")) if value not in (None, "") else None
    except InvalidOperation:
        return None
    return found.normalize() if found is not None and found.is_finite() else None
