"""Additional income: sheets by quarter, one sheet with every figure opened, files for the accountant."""

import tempfile

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evaluations import actions
from evaluations.enums import PAY, CycleKind, SheetState
from evaluations.models import CsvLayout, Sheet
from evaluations.printing.csvfile import COLUMNS, csv_rows
from evaluations.printing.excel import write_pay_sheet
from evaluations.printing.pdf import pay_sheet_pdf
from evaluations.queries import cycles_to_pay, visible_sheets
from evaluations.queries.paysheet import digest_of, grounds_of, paid_of, title_of, totals
from evaluations.queries.summary import counted_by_cycle
from foundation.money import in_words
from foundation.refusal import Refused
from people.access import with_right
from people.actors import actor_of
from people.sheets import XLSX

PAGE = 20
PEOPLE = 200
MOST_ON_PAPER = 2_000


def sheet_of(request: HttpRequest, key: str) -> Sheet:
    """The sheet, if the visitor does the accounts there; else 404."""
    rows = visible_sheets(actor_of(request)).select_related("cycle__unit", "first")
    return get_object_or_404(rows, key=key)


@with_right(PAY)
@require_safe
def pay_sheets(request: HttpRequest) -> HttpResponse:
    """Quarters of my units with their sheets: how many are final, what is closed, what can be made."""
    by = actor_of(request)
    found = cycles_to_pay(by).filter(kind=CycleKind.QUARTER).select_related("unit").prefetch_related("sheets")
    page = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    counts = counted_by_cycle(page)
    context = {
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number)),
        "rows": [(cycle, counts[cycle.pk], list(cycle.sheets.all())) for cycle in page],
    }
    return render(request, "evaluations/pay_sheets.html", context)


@with_right(PAY)
@require_POST
def pay_sheet_make(request: HttpRequest, pk: int) -> HttpResponse:
    """Compute a sheet for those final; what is missing stands on it."""
    by = actor_of(request)
    cycle = get_object_or_404(cycles_to_pay(by), pk=pk)
    try:
        made = actions.make_sheet(by=by, cycle=cycle)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("pay_sheets")
    messages.success(request, _("The sheet is computed. Look at it, then close it."))
    return redirect("pay_sheet", made.key)


@with_right(PAY)
@require_safe
def pay_sheet(request: HttpRequest, key: str) -> HttpResponse:
    """One sheet: people by department, what is missing, sums, in words, the digest."""
    sheet = sheet_of(request, key)
    lines = sheet.lines.select_related("rating__person", "rating__employment__unit", "rating__cycle")
    order = (
        "rating__employment__unit__code",
        "rating__employment__department",
        "rating__person__sort_key",
        "pk",
    )
    page = Paginator(lines.order_by(*order), PEOPLE).get_page(request.GET.get("trang"))
    sums = totals(sheet)
    chosen = columns_of(sheet)
    context = {
        "sheet": sheet,
        "title": title_of(sheet),
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number)),
        "lines": [paid_of(line) for line in page],
        "sums": sums,
        "words": in_words(sums["total"]),
        "grounds": grounds_of(sheet),
        "is_draft": sheet.state == SheetState.DRAFT,
        "columns": [(name, label, name in chosen) for name, (label, _value) in COLUMNS.items()],
        "others": Sheet.objects.filter(cycle=sheet.cycle).exclude(pk=sheet.pk),
    }
    return render(request, "evaluations/pay_sheet.html", context)


@with_right(PAY)
@require_safe
def pay_line(request: HttpRequest, key: str, line: int) -> HttpResponse:
    """One person's figure opened: month by month, each input with its instrument."""
    sheet = sheet_of(request, key)
    rows = sheet.lines.select_related("rating__person", "rating__employment__unit", "rating__cycle")
    paid = paid_of(get_object_or_404(rows, pk=line))
    return render(
        request, "evaluations/pay_line.html", {"sheet": sheet, "paid": paid, "title": title_of(sheet)}
    )


@with_right(PAY)
@require_http_methods(["GET", "HEAD", "POST"])
def pay_sheet_close(request: HttpRequest, key: str) -> HttpResponse:
    """What closing does; then closing."""
    sheet = sheet_of(request, key)
    if request.method == "POST":
        try:
            actions.close_sheet(by=actor_of(request), sheet=sheet)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The sheet is closed and stands."))
        return redirect("pay_sheet", sheet.key)
    context = {
        "sheet": sheet,
        "title": title_of(sheet),
        "sums": totals(sheet),
        "count": sheet.lines.count(),
        "consequences": [
            _("It can no longer be changed; its digest proves what was closed."),
            _("Who becomes final later, and every difference, goes on a supplementary sheet."),
            _("Everybody on it reads the sum and how it was computed."),
        ],
    }
    return render(request, "evaluations/pay_sheet_close.html", context)


def _file(sheet: Sheet, ending: str) -> str:
    cycle = sheet.cycle
    return (
        f"thu-nhap-tang-them-{cycle.unit.code}-{cycle.year}-q{cycle.number}-b{sheet.number}.{ending}".lower()
    )


@with_right(PAY)
@require_safe
def pay_sheet_excel(request: HttpRequest, key: str) -> FileResponse:
    """The sheet as Excel with live formulas."""
    sheet = sheet_of(request, key)
    out = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it
    write_pay_sheet(out, sheet)
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=_file(sheet, "xlsx"), content_type=XLSX)


@with_right(PAY)
@require_safe
def pay_sheet_pdf_file(request: HttpRequest, key: str) -> HttpResponse:
    """The sheet on paper; above two thousand people paper is refused."""
    sheet = sheet_of(request, key)
    if sheet.lines.count() > MOST_ON_PAPER:
        messages.error(request, _("So many people do not go on one paper: print the Excel file by unit."))
        return redirect("pay_sheet", sheet.key)
    response = HttpResponse(pay_sheet_pdf(sheet), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{_file(sheet, "pdf")}"'
    return response


@with_right(PAY)
@require_safe
def pay_sheet_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """The sheet for the accounting software, with the columns chosen (?cot=), else the unit's own."""
    sheet = sheet_of(request, key)
    lines = csv_rows(sheet, request.GET.getlist("cot") or columns_of(sheet))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_file(sheet, "csv")}"'
    return response


def columns_of(sheet: Sheet) -> list[str]:
    """The columns the sheet's unit keeps for its accounting software; all where it keeps none. 1 query."""
    kept = CsvLayout.objects.filter(unit=sheet.cycle.unit_id).values_list("columns", flat=True).first()
    return [name for name in kept or COLUMNS if name in COLUMNS]


@with_right(PAY)
@require_POST
def pay_csv_columns(request: HttpRequest, key: str) -> HttpResponse:
    """Keep the columns chosen as the unit's own."""
    sheet = sheet_of(request, key)
    wanted = [name for name in request.POST.getlist("cot") if name in COLUMNS]
    try:
        actions.set_csv_columns(by=actor_of(request), unit=sheet.cycle.unit, columns=wanted)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The columns are kept for this unit."))
    return redirect("pay_sheet", sheet.key)


@with_right(PAY)
@require_POST
def pay_sheet_check(request: HttpRequest, key: str) -> HttpResponse:
    """Compute the digest anew and compare."""
    sheet = sheet_of(request, key)
    if sheet.digest and digest_of(sheet) == sheet.digest:
        messages.success(request, _("The sheet is as it was closed: the digest fits."))
    else:
        messages.error(request, _("The digest does not fit: the sheet is not as it was closed."))
    return redirect("pay_sheet", sheet.key)
