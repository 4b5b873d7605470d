"""Sheets for everybody of a round: a few at once, many in the background, with their progress."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.refusal import Refused
from people.access import with_right
from people.actors import actor_of
from people.rules.rights import term
from rewards.actions.sheets import NAMES, ask_sheets, cancel_sheets
from rewards.enums import MANAGE, SheetKind, SheetState
from rewards.models import Award, Round
from rewards.printing import certificates_pdf, sheets_pdf
from rewards.queries.sheets import sheet_rows, visible_sheet_jobs
from rewards.tasks import wake_sheets
from rewards.views.doing import city_only, download

AT_ONCE = 20  # sheets: up to here they are made while the page waits, and no file is kept
SHOWN = 30
KINDS = {name: kind for kind, name in NAMES.items()}
BADGES = {
    SheetState.WAITING: "wait",
    SheetState.MAKING: "info",
    SheetState.DONE: "ok",
    SheetState.CANCELLED: "",
    SheetState.FAILED: "bad",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One kind of sheet: how many would be printed, and whether the PDF comes at once."""

    code: str
    title: str
    count: int
    is_at_once: bool


@with_right(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def round_sheets(request: HttpRequest, pk: int) -> HttpResponse:
    """What can be printed for everybody, what was asked for and how far it is; POST asks for one more."""
    city_only(request)
    by, cycle = actor_of(request), get_object_or_404(Round, pk=pk)
    if request.method == "POST":
        kind = KINDS.get(request.POST.get("loai", ""))
        if kind is None:
            raise Http404
        try:
            ask_sheets(by=by, cycle=cycle, kind=kind)
        except Refused as refused:
            for reason in refused.reasons:
                messages.error(request, str(reason))
        else:
            wake_sheets()
        return redirect("reward_sheets", pk)
    jobs = list(visible_sheet_jobs(by).filter(round=cycle)[:SHOWN])
    context = {
        "round": cycle,
        "rows": [(one, BADGES[SheetState(one.state)]) for one in jobs],
        "is_open": any(one.is_open for one in jobs),
        "days": term("export_file_days", by.on),
    }
    if request.headers.get("HX-Request") == "true":
        return render(request, "rewards/_sheet_jobs.html", context)
    under_way = {one.kind for one in jobs if one.is_open}
    counts = [(name, kind, sheet_rows(cycle, kind).count()) for name, kind in KINDS.items()]
    context["offers"] = [
        Offer(name, str(kind.label), count, count <= AT_ONCE)
        for name, kind, count in counts
        if count and kind not in under_way
    ]
    return render(request, "rewards/round_sheets.html", context)


@with_right(MANAGE)
@require_POST
def sheets_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop what is being made."""
    by = actor_of(request)
    job = get_object_or_404(visible_sheet_jobs(by), pk=pk)
    try:
        cancel_sheets(by=by, job=job)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, str(reason))
    else:
        messages.success(request, _("Stopped. Nothing else has changed; it can be asked for again."))
    return redirect("reward_sheets", job.round_id)


@with_right(MANAGE)
@require_safe
def sheets_file(request: HttpRequest, pk: int) -> FileResponse:
    """The PDF, to whoever manages honours of the whole chapter, until its time is over."""
    return download(get_object_or_404(visible_sheet_jobs(actor_of(request)), pk=pk).file)


@with_right(MANAGE)
@require_safe
def round_pdf(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """A few sheets as one PDF at once; more than a few are asked for on their page."""
    city_only(request)
    cycle, kind = get_object_or_404(Round, pk=pk), KINDS.get(what)
    if kind is None:
        raise Http404
    rows: list[Award] = list(sheet_rows(cycle, kind)[: AT_ONCE + 1])
    if len(rows) > AT_ONCE:
        return redirect("reward_sheets", pk)
    on = actor_of(request).on
    made = (
        certificates_pdf(rows) if kind == SheetKind.CERTIFICATE else sheets_pdf(kind.value, cycle, rows, on)
    )
    if not made:
        raise Http404
    return pdf(made, f"{what}-{cycle.pk}.pdf")


def pdf(made: bytes, name: str) -> HttpResponse:
    """A PDF shown in the browser and kept by nobody."""
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
