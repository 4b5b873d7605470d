"""Cycles at the desk: the list and opening one; one cycle with everybody in it, its steps, publication."""

import io
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from evaluations import actions
from evaluations.enums import DECIDE, MANAGE, PAY, SCORE, CycleKind, Level, RatingState, Step
from evaluations.forms.cycles import FundForm, MoveForm, OpenForm, PublishForm, StepForm
from evaluations.models import Cycle, Rating
from evaluations.printing.summary import write_summary
from evaluations.queries import covered, cycles_to_pay, visible_cycles, visible_to
from evaluations.queries.board import board, calendar, caps, cost, limit_by_law, procedure
from evaluations.queries.summary import counted_by_cycle, course, summary, year_before
from evaluations.queries.twice import rated_elsewhere
from foundation.refusal import Refused
from people.access import with_right
from people.actors import actor_of
from people.models import Unit
from people.permissions import may
from people.sheets import XLSX

PAGE = 20
PEOPLE = 300
FILTERS = {
    "cho-bao-cao": RatingState.OPEN,
    "cho-cham": RatingState.REPORTED,
    "cho-quyet-dinh": RatingState.SCORED,
    "da-quyet-dinh": RatingState.DECIDED,
    "cong-bo": RatingState.PUBLISHED,
    "kien-nghi": RatingState.PETITIONED,
    "da-chot": RatingState.FINAL,
    "khong-xep-loai": RatingState.EXEMPT,
}


def cycle_of(request: HttpRequest, pk: int) -> Cycle:
    """The cycle, if the visitor manages, scores or decides there; else 404."""
    return get_object_or_404(visible_cycles(actor_of(request)).select_related("unit"), pk=pk)


@with_right(MANAGE, SCORE, DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def rating_cycles(request: HttpRequest) -> HttpResponse:
    """Cycles of my units, the latest first; opening one."""
    by = actor_of(request)
    units = Unit.objects.filter(pk__in=covered(by, MANAGE), valid__contains=by.on).order_by("code")
    may_open = may(by, MANAGE)
    form = OpenForm(request.POST or None, units=units) if may_open else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            made = actions.open_cycle(by=by, **form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("The period is open: everybody employed has a form."))
            if others := len(rated_elsewhere(made)):
                messages.warning(
                    request,
                    ngettext(
                        "%(n)s person has a form of this period in another unit's list: see below.",
                        "%(n)s people have a form of this period in another unit's list: see below.",
                        others,
                    )
                    % {"n": others},
                )
            return redirect("rating_cycle", made.pk)
    page = Paginator(visible_cycles(by).select_related("unit"), PAGE).get_page(request.GET.get("trang"))
    counts = counted_by_cycle(page)
    context = {
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number)),
        "rows": [(cycle, counts[cycle.pk]) for cycle in page],
        "form": form,
    }
    return render(request, "evaluations/rating_cycles.html", context)


@with_right(MANAGE, SCORE, DECIDE)
@require_safe
def rating_cycle(request: HttpRequest, pk: int) -> HttpResponse:
    """One cycle: its days counted backwards, who is late, everybody with state and level, caps, fund."""
    by = actor_of(request)
    cycle = cycle_of(request, pk)
    everybody = board(by, cycle, visible_to(by).filter(cycle=cycle))
    chosen = request.GET.get("xem", "")
    shown = [
        row
        for row in everybody
        if (chosen not in FILTERS and (chosen != "tre" or row.is_late))
        or row.rating.state == FILTERS.get(chosen)
    ]
    page = Paginator(shown, PEOPLE).get_page(request.GET.get("trang"))
    decides = may(by, DECIDE, cycle.unit_id)
    sees_all = decides or may(by, MANAGE, cycle.unit_id)
    context = {
        "cycle": cycle,
        "days": calendar(cycle),
        "by_law": limit_by_law(cycle),
        "today": by.on,
        "steps": steps_of(cycle),
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number)),
        "total": len(everybody),
        "late": sum(row.is_late for row in everybody),
        "counts": counts_of(everybody),
        "chosen": chosen,
        "caps": caps(cycle, everybody) if sees_all else None,
        "cost": cost(cycle, with_pay=may(by, PAY, cycle.unit_id)) if decides else None,
        "elsewhere": rated_elsewhere(cycle) if sees_all else [],
        "may_manage": may(by, MANAGE, cycle.unit_id),
        "may_decide": decides,
        "may_score": may(by, SCORE),
        "is_late": by.on >= cycle.limit_on and cycle.published_on is None,
        "is_year": cycle.kind == CycleKind.YEAR,
    }
    return render(request, "evaluations/rating_cycle.html", context)


def counts_of(rows: list[Any]) -> list[tuple[str, str, int]]:
    """(filter, words, how many) for each state that somebody is in."""
    found = []
    for slug, state in FILTERS.items():
        number = sum(row.rating.state == state for row in rows)
        if number:
            found.append((slug, str(state.label), number))
    return found


def steps_of(cycle: Cycle) -> list[dict[str, Any]]:
    """The steps of the unit's regulation with day and minutes. 1 query."""
    held: dict[str, list[Any]] = {}
    for minutes in cycle.minutes.select_related("file"):
        held.setdefault(minutes.step, []).append(minutes)
    return [
        {"code": step, "name": Step(step).label, "day": day, "minutes": held.get(step, [])}
        for step, day in calendar(cycle).steps
    ]


@with_right(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def rating_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the minutes of a step, or the Party committee's opinion as a document."""
    cycle = cycle_of(request, pk)
    first = request.GET.get("buoc", "")
    initial = {"step": first} if first in cycle.steps else {}
    form = StepForm(request.POST or None, request.FILES or None, cycle=cycle, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.hold_step(by=actor_of(request), cycle=cycle, **form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("The minutes are entered."))
            return redirect("rating_cycle", pk)
    return render(request, "evaluations/rating_step.html", {"cycle": cycle, "form": form})


@with_right(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def rating_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move the limit of a cycle under way, with the reason; the days before it follow."""
    by = actor_of(request)
    mine = visible_cycles(by).filter(unit__in=covered(by, MANAGE)).select_related("unit")
    cycle = get_object_or_404(mine, pk=pk)
    form = MoveForm(request.POST or None, initial={"limit_on": cycle.limit_on})
    if request.method == "POST" and form.is_valid():
        try:
            actions.move_calendar(by=by, cycle=cycle, **form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(
                request, _("The calendar is moved: all days are counted back from the new limit.")
            )
            return redirect("rating_cycle", pk)
    context = {"cycle": cycle, "form": form, "by_law": limit_by_law(cycle), "entry": procedure(cycle)}
    return render(request, "evaluations/rating_move.html", context)


@with_right(MANAGE, SCORE, DECIDE)
@require_safe
def rating_minutes(request: HttpRequest, pk: int, minutes: int) -> FileResponse:
    """The document behind a step, as a download."""
    found = get_object_or_404(cycle_of(request, pk).minutes.select_related("file"), pk=minutes)
    if found.file is None or not found.file.file:
        raise Http404
    stored = found.file
    return FileResponse(
        stored.file.open("rb"), as_attachment=True, filename=stored.name, content_type=stored.content_type
    )


@with_right(DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def rating_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """What publishing does, to how many; then publishing inside the unit."""
    by = actor_of(request)
    cycle = cycle_of(request, pk)
    is_late = by.on >= cycle.limit_on
    form = PublishForm(request.POST or None, is_late=is_late)
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish_cycle(by=by, cycle=cycle, **form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("Published: everybody decided can read the result and petition."))
            return redirect("rating_cycle", pk)
    rows = board(by, cycle, Rating.objects.filter(cycle=cycle))
    ready = sum(row.rating.state == RatingState.DECIDED for row in rows)
    later = sum(
        row.rating.state in {RatingState.OPEN, RatingState.REPORTED, RatingState.SCORED} for row in rows
    )
    context = {
        "cycle": cycle,
        "form": form,
        "ready": ready,
        "later": later,
        "caps": caps(cycle, rows),
        "cost": cost(cycle, with_pay=may(by, PAY, cycle.unit_id)),
    }
    return render(request, "evaluations/rating_publish.html", context)


@with_right(MANAGE, DECIDE)
@require_safe
def rating_summary(request: HttpRequest, pk: int) -> HttpResponse:
    """Results counted for the Department of Home Affairs, by unit and legal status, beside last year's."""
    by = actor_of(request)
    cycle = get_object_or_404(
        visible_cycles(by).filter(unit__in=covered(by, MANAGE, DECIDE)).select_related("unit"), pk=pk
    )
    if "excel" in request.GET:
        out = io.BytesIO()
        write_summary(out, cycle)
        name = f"tong-hop-xep-loai-{cycle.unit.code}-{cycle.year}-{cycle.number}.xlsx".lower()
        return HttpResponse(
            out.getvalue(),
            content_type=XLSX,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
    levels = [(level.value, level.label) for level in Level]
    last = year_before(cycle)
    context = {
        "cycle": cycle,
        "levels": levels,
        "as_of": by.on,
        "course": course(cycle),
        "course_then": course(last) if last else None,
        "last": last,
        **summary(cycle),
    }
    return render(request, "evaluations/rating_summary.html", context)


@with_right(PAY)
@require_http_methods(["GET", "HEAD", "POST"])
def rating_fund(request: HttpRequest, pk: int) -> HttpResponse:
    """The fund of a period, entered with its ground."""
    by = actor_of(request)
    cycle = get_object_or_404(cycles_to_pay(by).select_related("unit"), pk=pk)
    initial = {"amount": cycle.fund, "decision": cycle.fund_decision}
    form = FundForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_fund(by=by, cycle=cycle, **form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("The fund is entered."))
            return redirect("pay_sheets")
    context = {"cycle": cycle, "form": form, "cost": cost(cycle, with_pay=True)}
    return render(request, "evaluations/rating_fund.html", context)
