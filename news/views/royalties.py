"""For accounts: the monthly sheet of royalties, its rates; posts of units counted for emulation."""

from datetime import date, timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.money import in_words
from foundation.refusal import Refused
from ledger.actor import Actor
from news.actions.royalties import close_royalties, confirm_royalty_rate, set_royalty_rate
from news.enums import Piece
from news.media_forms import RateForm, SpanForm
from news.models import RoyaltyRate
from news.printing.royalties import Row, counts_excel, royalties_excel, royalties_pdf
from news.queries import royalties
from people.access import with_right
from people.actors import actor_of
from people.enums import UnitKind
from people.models import Unit
from people.permissions import may

PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@with_right("royalty.see")
@require_http_methods(["GET", "HEAD", "POST"])
def royalty_sheet(request: HttpRequest) -> HttpResponse:
    """A month of a unit: who made what, the amount, the sum; POST closes it."""
    by = actor_of(request)
    unit, month, units = _asked(request, by)
    here = f"{reverse('royalty_sheet')}?don-vi={unit.code}&thang={month:%Y-%m}"
    if request.method == "POST":
        try:
            close_royalties(by=by, unit=unit, month=month)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The month is closed; its lines stay as they are."))
        return redirect(here)
    rows, is_confirmed, _day = _rows(unit, month)
    sheet = royalties.sheet_of(unit, month)
    total = sum(row[4] or 0 for row in rows)
    context = {
        "rows": [
            (author, title, on, Piece(piece).label, amount) for author, title, on, piece, amount in rows
        ],
        "unit": unit,
        "units": units,
        "month": month,
        "closed": royalties.months_closed(unit),
        "sheet": sheet,
        "total": total,
        "words": in_words(total),
        "is_confirmed": is_confirmed,
        "lacks_rate": any(row[4] is None for row in rows),
        "may_close": sheet is None
        and bool(rows)
        and by.on >= royalties.month_after(month)
        and may(by, "news.publish", unit.pk),
        "query": f"don-vi={unit.code}&thang={month:%Y-%m}",
        "here": here,
    }
    return render(request, "news/royalty_sheet.html", context)


@with_right("royalty.see")
@require_safe
def royalty_excel(request: HttpRequest) -> HttpResponse:
    """The sheet as Excel."""
    unit, month, _units = _asked(request, actor_of(request))
    rows, is_confirmed, day = _rows(unit, month)
    data = royalties_excel(unit.name, month, rows, day=day, is_confirmed=is_confirmed)
    return _file(data, XLSX, f"nhuan-but-{month:%Y-%m}.xlsx")


@with_right("royalty.see")
@require_safe
def royalty_pdf(request: HttpRequest) -> HttpResponse:
    """The sheet as PDF."""
    unit, month, _units = _asked(request, actor_of(request))
    rows, is_confirmed, day = _rows(unit, month)
    data = royalties_pdf(unit.name, month, rows, day=day, is_confirmed=is_confirmed)
    return _file(data, "application/pdf", f"nhuan-but-{month:%Y-%m}.pdf")


@with_right("royalty.see")
@require_http_methods(["GET", "HEAD", "POST"])
def royalty_rates(request: HttpRequest) -> HttpResponse:
    """Rates by date; a new one, which the city's publisher enters, ends the one before."""
    by = actor_of(request)
    city = _city(by)
    form = RateForm(request.POST or None, initial={"from_on": by.on.replace(day=1)}) if city else None
    if request.method == "POST" and (form is None or city is None):
        raise PermissionDenied
    if form is not None and city is not None and form.is_valid():
        try:
            set_royalty_rate(by=by, unit=city, **form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("Saved."))
            return redirect("royalty_rates")
    context = {"form": form, "rates": royalties.rates_in_order(), "may_confirm": city is not None}
    return render(
        request, "news/royalty_rates.html", context, status=422 if form is not None and form.errors else 200
    )


@with_right("news.publish")
@require_POST
def royalty_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The decision behind a rate was seen."""
    by = actor_of(request)
    city = _city(by)
    if city is None:
        raise PermissionDenied
    confirm_royalty_rate(by=by, unit=city, rate=get_object_or_404(RoyaltyRate, pk=pk))
    messages.success(request, _("Saved."))
    return redirect("royalty_rates")


@with_right("news.publish")
@require_safe
def unit_counts(request: HttpRequest) -> HttpResponse:
    """Posts of each covered unit between two days; ?excel=1 as Excel."""
    by = actor_of(request)
    form = SpanForm(request.GET if "tu" in request.GET else None)
    first, last = by.on.replace(month=1, day=1), by.on
    if form.is_valid():
        first, last = form.cleaned_data["tu"], form.cleaned_data["den"]
    rows = royalties.counts_of_units(by, first, last)
    if request.GET.get("excel"):
        return _file(counts_excel(first, last, rows), XLSX, f"tin-bai-{first:%Y%m%d}-{last:%Y%m%d}.xlsx")
    if not form.is_bound:
        form = SpanForm(initial={"tu": first, "den": last})
    silent = [row for row in rows if not (row.posts or row.albums)]
    is_silent = request.GET.get("loai") == "chua"
    page = Paginator(silent if is_silent else [row for row in rows if row not in silent], PAGE)
    context = {
        "form": form,
        "page": page.get_page(request.GET.get("trang")),
        "first": first,
        "last": last,
        "total": sum(row.posts for row in rows),
        "active": len(rows) - len(silent),
        "silent": len(silent),
        "is_silent": is_silent,
    }
    return render(request, "news/unit_counts.html", context, status=422 if form.errors else 200)


def _city(by: Actor) -> Unit | None:
    """The city chapter, if the actor publishes for it."""
    return next(
        (unit for unit in royalties.units_for(by, "news.publish") if unit.kind == UnitKind.CITY), None
    )


def _asked(request: HttpRequest, by: Actor) -> tuple[Unit, date, list[Unit]]:
    """The unit and month in the address; the first unit and the last month without."""
    units = royalties.units_for(by)
    held = {hold.unit_id for hold in by.holds}
    code = request.GET.get("don-vi", "")
    first = next((one for one in units if one.pk in held), units[0] if units else None)
    unit = next((one for one in units if one.code == code), None) if code else first
    if unit is None:
        raise Http404
    text = request.GET.get("thang", "")
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError:
        month = (by.on.replace(day=1) - timedelta(days=1)).replace(day=1)
    if not 2000 <= month.year <= 2100:
        raise Http404
    return unit, month, units


def _rows(unit: Unit, month: date) -> tuple[list[Row], bool, date]:
    """Lines of the closed sheet, else as things stand; whether every rate is confirmed; the day below."""
    sheet = royalties.sheet_of(unit, month)
    if sheet is not None:
        kept: list[Row] = [(a, t, date.fromisoformat(on), p, n) for a, t, on, p, n in sheet.lines]
        return kept, sheet.is_confirmed, timezone.localdate(sheet.closed_at)
    lines = royalties.royalty_lines(unit, month)
    rows: list[Row] = [(one.author, one.title, one.on, one.piece, one.amount) for one in lines]
    return rows, all(one.confirmed for one in lines), timezone.localdate()


def _file(data: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
