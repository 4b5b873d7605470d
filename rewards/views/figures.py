"""Honours in figures; calls in emergencies; what a unit still has to hand in."""

from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe
from openpyxl import Workbook

from foundation.dates import format_date
from foundation.refusal import Refused
from ledger.actor import Actor
from people.access import with_right
from people.actors import actor_of
from people.permissions import may
from people.sheets.writing import DANGEROUS, XLSX
from rewards.actions.emergencies import declare_emergency
from rewards.actions.rounds import report_unit
from rewards.enums import APPROVE, CHECK, GIFT, MANAGE, SEE
from rewards.forms import EmergencyForm, PeriodForm
from rewards.models import Emergency, Round
from rewards.permissions import over_city
from rewards.queries.figures import backlog, by_rung, by_unit, gifts, money, silent
from rewards.queries.gifts import value_report
from rewards.queries.seen import to_hand_in


@with_right(SEE)
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """My units' honours in a period, this year at first."""
    by = actor_of(request)
    form = PeriodForm(request.GET or {"tu": date(by.on.year, 1, 1), "den": by.on})
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        first, last = form.cleaned_data["tu"], form.cleaned_data["den"]
        rungs = by_rung(by, first, last)
        heads, units = by_unit(by, first, last)
        most = max((n for _h, _t, n, _v in rungs), default=1)
        context |= {
            "rungs": [(*row, row[2] * 100 // most) for row in rungs],
            "total": sum(n for _h, _t, n, _v in rungs),
            "heads": heads,
            "units": units,
            "backlog": backlog(by),
            "money": money(by, first, last),
            "gifts": gifts(by, first, last),
            "store": value_report(by, first, last) if may(by, GIFT) else (),
            "opens_rounds": may(by, MANAGE),
            "rounds": silent(by) if over_city(by, SEE) else (),
            "is_asked": True,
        }
    return render(request, "rewards/figures.html", context)


@with_right(SEE)
@require_safe
def figures_xlsx(request: HttpRequest) -> HttpResponse:
    """The same figures as a workbook, a sheet for each table."""
    by = actor_of(request)
    form = PeriodForm(request.GET or {"tu": date(by.on.year, 1, 1), "den": by.on})
    if not form.is_valid():
        raise Http404
    first, last = form.cleaned_data["tu"], form.cleaned_data["den"]
    book = Workbook()
    book.remove(book.active)
    for title, head, rows in parts_of(by, first, last):
        sheet = book.create_sheet(title[:31])
        days = {"first": format_date(first), "last": format_date(last)}
        sheet.append([title])
        sheet.append([_("from %(first)s to %(last)s") % days])
        sheet.append(head)
        for row in rows:
            sheet.append([_plain(cell) for cell in row])
        sheet.column_dimensions["A"].width = 40
    out = BytesIO()
    book.save(out)
    response = HttpResponse(out.getvalue(), content_type=XLSX)
    name = f"khen-thuong-{first:%Y%m%d}-{last:%Y%m%d}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def parts_of(by: Actor, first: date, last: date) -> Iterator[tuple[str, list[str], list[Sequence[object]]]]:
    """Title, head and rows of each table."""
    rungs = by_rung(by, first, last)
    head = [_("Form of honour"), _("Rung (times)"), pgettext("rewards", "Honours"), _("Money (đồng)")]
    yield _("By rung"), head, [(honour, n, m, vnd) for honour, n, m, vnd in rungs]
    heads, units = by_unit(by, first, last)
    yield (
        _("By unit and rung"),
        [_("Unit"), *heads, _("Total")],
        [(name, *numbers, total) for name, numbers, total in units],
    )
    spent = money(by, first, last)
    yield (
        _("Cost against the budget"),
        [_("Money (đồng)"), _("Gifts, their worth (đồng)"), _("Budget of a year (đồng)"), "%"],
        [(spent.bonus_vnd, spent.chapter_gifts_vnd, spent.budget_vnd, spent.percent)],
    )
    ages = [_("up to 7 days"), _("8–30 days"), _("31–90 days"), _("over 90 days")]
    yield (
        _("What waits, by step and age"),
        [_("Step"), *ages, _("Total")],
        [(label, *numbers, total) for label, numbers, total in backlog(by)],
    )
    told = gifts(by, first, last)
    yield (
        _("Gifts against donations"),
        [pgettext("rewards", "Donations"), _("With a gift"), _("Worth of the facility's gifts:")],
        [(told.donations, told.with_gift, told.facility_vnd)],
    )
    if may(by, GIFT):
        head = [pgettext("rewards", "Gift"), _("Fund"), pgettext("rewards", "Received")]
        head += [pgettext("rewards", "Handed out"), _("Lost or corrected"), _("Worth handed out")]
        store = value_report(by, first, last)
        yield _("Gift store"), head, [(gift.name, gift.get_fund_display(), *rest) for gift, *rest in store]
    if over_city(by, SEE):
        rows: list[Sequence[object]] = [(one.name, n, late) for one, n, late in silent(by)]
        yield _("Who has not handed in"), [_("Round"), _("Handed in"), _("Not handed in")], rows


def _plain(value: object) -> object:
    """Text that a spreadsheet would take for a formula is kept as text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(DANGEROUS) else value


@with_right(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def emergencies(request: HttpRequest) -> HttpResponse:
    """Drives that answered a call; who approves policies declares another."""
    by = actor_of(request)
    may_declare = over_city(by, APPROVE)
    form = EmergencyForm(request.POST or None) if may_declare else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            declare_emergency(by=by, **form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            return redirect("reward_emergencies")
    rows = Emergency.objects.select_related("drive").order_by("-decided_on", "-pk")
    return render(request, "rewards/emergencies.html", {"rows": rows, "form": form})


@with_right(CHECK)
@require_http_methods(["GET", "HEAD", "POST"])
def unit_rounds(request: HttpRequest) -> HttpResponse:
    """What my units still have to check and hand in, round by round."""
    by = actor_of(request)
    refusal = None
    if request.method == "POST":
        cycle = get_object_or_404(Round, pk=_number(request.POST.get("dot", "")))
        units = {unit.pk: unit for _cycle, unit, _n, _on in to_hand_in(by) if _cycle.pk == cycle.pk}
        unit = units.get(_number(request.POST.get("don-vi", "")))
        if unit is None:
            return redirect("reward_unit_rounds")
        try:
            report_unit(by=by, cycle=cycle, unit=unit, on=by.on)
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect("reward_unit_rounds")
    rows = [(*row, row[3] is None and row[0].deadline < by.on) for row in to_hand_in(by)]
    return render(request, "rewards/unit_rounds.html", {"rows": rows, "refusal": refusal})


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
