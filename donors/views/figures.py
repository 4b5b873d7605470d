"""Figures of a year: in full for the office, without small numbers for others; a table for each chart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe
from openpyxl import Workbook

from donors.enums import DRIVE_SEE
from donors.queries.figures import BANDS, YEARS, Year, year_figures
from donors.queries.settings import drive_settings
from donors.queries.targets import units_with_targets
from donors.rules.charts import Chart, bar_chart
from donors.rules.figures import Figures
from donors.rules.shown import hidden
from donors.views.targets import year_asked
from foundation.dates import format_date, today
from ledger.actor import Actor
from people.access import public, with_right
from people.actors import actor_of
from people.enums import Sex
from people.forms.unit_choice import unit_label, with_above
from people.models import Unit
from people.rules import offices_that_may

Key = TypeVar("Key")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Part:
    """One chart with its table: a title, its head, its rows as shown."""

    code: str
    title: str
    head: Sequence[str]
    rows: list[list[str | int]]
    chart: Chart | None = None


def shown(counts: Mapping[Key, int], least: int) -> dict[Key, int | None]:
    """The counts, None where fewer people than `least` stand behind one; all with 0."""
    small = hidden(counts, least)
    return {key: None if key in small else n for key, n in counts.items()}


def parts_of(found: Year, least: int, units: Mapping[int, Unit] | None = None) -> list[Part]:
    """The charts and tables of a year; `least` 0 shows everything."""
    few = _("under %(n)s") % {"n": least}

    def cell(n: int | None) -> str | int:
        return few if n is None else n

    turns = shown({month: row.turns for month, row in found.months.items()}, least)
    rows: list[list[str | int]] = []
    so_far = 0
    for month, row in found.months.items():
        so_far += row.turns
        is_small = turns[month] is None
        figures = [cell(turns[month]), *([few] * 3 if is_small else [row.bags, row.ml, units_of(row)])]
        rows.append([str(month), *figures, few if is_small else so_far])
    even = [found.target / 12] * 12 if found.target else []
    months = Part(
        "months",
        _("Turns by month against target"),
        [_("Month"), _("Turns"), _("Bags"), "ml", _("Units of 250 ml"), _("Since January")],
        rows,
        bar_chart([(str(month), n) for month, n in turns.items()], even),
    )
    mix = shown(dict(sorted(found.mix.items(), key=lambda one: int(one[0] or 0))), least)
    bands = {"": _("not known")} | {code: f"{code}–{int(code) + 9}" for code in BANDS if code}
    bands |= {"18": "18–24", "55": _("55 and over")}
    by_band: dict[str, int] = dict.fromkeys(BANDS, 0)
    for (band, _sex), n in found.ages.items():
        by_band[band] += n
    sexes = [Sex.FEMALE.value, Sex.MALE.value, ""]
    ages = shown({(band, sex): found.ages.get((band, sex), 0) for band in BANDS for sex in sexes}, least)
    repeat = {
        _("for the first time here"): found.repeat.get("first", 0),
        _("gave before this year"): found.repeat.get("again", 0),
    }
    people = pgettext("donors", "People")
    parts = [
        months,
        _simple(
            "mix",
            _("Bags by volume"),
            _("Volume"),
            {f"{k} ml" if k else "–": v for k, v in mix.items()},
            cell,
        ),
        _simple("repeat", _("First time and again"), people, shown(repeat, least), cell),
        _simple(
            "blood",
            _("People by blood group"),
            _("Group"),
            {
                (k or _("not known")).replace("-", "−"): v
                for k, v in shown(dict(sorted(found.blood.items())), least).items()
            },
            cell,
        ),
        Part(
            "ages",
            _("People by age and sex"),
            [_("Age"), *(capfirst(str(Sex(sex).label)) if sex else _("not known") for sex in sexes)],
            [[bands[band], *(cell(ages[band, sex]) for sex in sexes)] for band in BANDS],
            bar_chart([(bands[band], n) for band, n in shown(by_band, least).items()]),
        ),
    ]
    if units is not None:
        given = sorted(found.units.items(), key=lambda one: -one[1][0])
        counts = shown({pk: n for pk, (n, _ml) in given}, least)
        parts.append(
            Part(
                "units",
                _("Turns by unit"),
                [_("Unit"), _("Turns"), "ml"],
                [
                    [units[pk].name, cell(counts[pk]), few if counts[pk] is None else ml]
                    for pk, (_n, ml) in given
                ],
            )
        )
    return parts


def _simple(code: str, title: str, head: str, counts: Mapping[str, int | None], cell: object) -> Part:
    rows: list[list[str | int]] = [[key, cell(n)] for key, n in counts.items()]  # type: ignore[operator]
    return Part(code, title, [head, pgettext("donors", "Number")], rows, bar_chart(list(counts.items())))


def units_of(figures: Figures) -> str:
    """250-ml units as read: 1.234,6."""
    return f"{figures.units.normalize():,f}".translate({ord(","): ".", ord("."): ","})


def choosable(by: Actor) -> QuerySet[Unit]:
    """Units whose figures the actor may read."""
    units = Unit.objects.standing(by.on).order_by("code")
    return units if by.is_system else units.filter(pk__in=by.unit_ids(offices_that_may(DRIVE_SEE, by.on)))


def asked(request: HttpRequest, by: Actor, year: int) -> tuple[Unit, Year, dict[int, Unit]]:
    """?don-vi= (else the unit of the visitor's own office) with its year, and the units below it."""
    units = choosable(by)
    code = request.GET.get("don-vi", "")
    hold = by.holds_for(offices_that_may(DRIVE_SEE, by.on))
    unit = get_object_or_404(units, code=code) if code else units.get(pk=hold.unit_id if hold else 0)
    below = {one.pk: one for one in units_with_targets(by, by.on)}
    is_top = hold is not None and hold.is_top and unit.pk == hold.unit_id
    found = year_figures(year, by.on, None if is_top else unit, list(below), may_be_counted=True)
    return unit, found, below


@with_right(DRIVE_SEE)
@require_safe
def drive_figures(request: HttpRequest) -> HttpResponse:
    """The year of a unit, in full: this page is the office's."""
    by = actor_of(request)
    year = year_asked(request, by.on.year)
    unit, found, below = asked(request, by, year)
    context = {
        "unit": unit,
        "year": year,
        "years": range(by.on.year, by.on.year - YEARS, -1),
        "units": [(one.code, unit_label(one)) for one in with_above(choosable(by))[:400]],
        "found": found,
        "units_250": units_of(found.total),
        "parts": parts_of(found, 0, below),
        "least": drive_settings(by.on)["least_shown"],
    }
    return render(request, "donors/drive_figures.html", context)


@with_right(DRIVE_SEE)
@require_safe
def drive_figures_xlsx(request: HttpRequest) -> HttpResponse:
    """The same as a workbook, one sheet a table; small numbers are left out: a file leaves the office."""
    by = actor_of(request)
    year = year_asked(request, by.on.year)
    unit, found, below = asked(request, by, year)
    book = Workbook()
    book.remove(book.active)
    for part in parts_of(found, drive_settings(by.on)["least_shown"], below):
        sheet = book.create_sheet(part.title[:31])
        sheet.append([f"{part.title}, {unit.name}, {year}"])
        sheet.append([_("as of %(day)s") % {"day": format_date(found.until)}])
        sheet.append(list(part.head))
        for row in part.rows:
            sheet.append(row)
    out = BytesIO()
    book.save(out)
    response = HttpResponse(out.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="so-lieu-hien-mau-{year}.xlsx"'
    return response


@public
@require_safe
def public_figures(request: HttpRequest) -> HttpResponse:
    """The chapter's year for everybody: no unit, no number of fewer people than the table says. 3 queries."""
    on = today()
    found = year_figures(on.year, on, may_be_counted=True)
    least = drive_settings(on)["least_shown"]
    parts = [part for part in parts_of(found, least) if part.code != "ages"]
    is_few = found.people < least
    context = {
        "found": found,
        "parts": [] if is_few else parts,
        "units_250": units_of(found.total),
        "is_few": is_few,
    }
    return render(request, "donors/public_figures.html", context)
