"""Lists of people: sent, columns corrected, tried dry, written in the background, the result handed back."""

import io
from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.dates import parse_date
from foundation.refusal import Refused
from ledger.actor import Actor
from people.access import with_right
from people.actions.import_runs import work_import
from people.actions.imports import (
    ask_run,
    ask_try,
    cancel_import,
    choose_header,
    remind_units,
    take_in_list,
)
from people.actions.list_work import held_in, looked_at
from people.actors import actor_of
from people.enums import ImportState, RowVerdict
from people.forms.imports import ColumnsForm, HeaderForm, RunForm, SendForm, SinceForm
from people.models import ImportBatch
from people.permissions import may
from people.queries.imports import import_units, visible_batches, wall
from people.queries.register import people_with
from people.rules.findings import words_of
from people.rules.phones import shown_phone
from people.sheets import XLSX, template_file

PAGE = 50
WEEK = timedelta(days=7)  # proposed to units that are reminded
AT_ONCE = 300_000  # bytes: a list up to this is tried while the officer waits
TONES = {"new": "ok", "update": "info", "same": "", "doubtful": "wait", "wrong": "bad"}
UNDER_WAY = (ImportState.TRYING, ImportState.QUEUED, ImportState.RUNNING)


def _batch(request: HttpRequest, pk: int) -> tuple[Actor, ImportBatch]:
    by = actor_of(request)
    found: ImportBatch = get_object_or_404(visible_batches(by), pk=pk)
    return by, found


@with_right("people.import")
@require_safe
def import_list(request: HttpRequest) -> HttpResponse:
    """Lists that my units sent, latest first."""
    by = actor_of(request)
    page = Paginator(visible_batches(by).order_by("-created_at"), PAGE).get_page(request.GET.get("trang"))
    return render(request, "people/import_list.html", {"page": page, "may_remind": may(by, "people.remind")})


@with_right("people.import")
@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request: HttpRequest) -> HttpResponse:
    """Send a list: file, unit, source, ground."""
    by = actor_of(request)
    form = SendForm(request.POST or None, request.FILES or None, by=by)
    if request.method == "POST" and form.is_valid():
        try:
            batch = take_in_list(by=by, **form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return redirect("import_columns", pk=batch.pk)
    return render(request, "people/import_new.html", {"form": form})


@with_right("people.import")
@require_safe
def import_template(request: HttpRequest) -> HttpResponseBase:
    """An empty list with drop-downs and an example row."""
    out = io.BytesIO()
    template_file(out, list(import_units(actor_of(request)).values_list("name", flat=True)[:500]))
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename="mau-danh-sach.xlsx", content_type=XLSX)


@with_right("people.import")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def import_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Which column holds what: guessed, and put right by the officer; the first rows beside."""
    by, batch = _batch(request, pk)
    if batch.state not in (ImportState.READ, ImportState.TRIED, ImportState.FAILED):
        return redirect("import_try", pk=batch.pk)
    form = ColumnsForm(request.POST or None, batch=batch)
    if request.method == "POST" and form.is_valid():
        try:
            ask_try(by=by, batch=batch, columns=form.columns())
            if batch.file.size <= AT_ONCE:
                work_import(by=by, pk=batch.pk)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            return redirect("import_try", pk=batch.pk)
    sheets, rows = looked_at(batch)
    context = {
        "batch": batch,
        "form": form,
        "header_form": HeaderForm(sheets=sheets, initial={"sheet": batch.sheet, "row": batch.header_row}),
        "rows": rows,
    }
    return render(request, "people/import_columns.html", context)


@with_right("people.import")
@require_POST
def import_header(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the header from another row or sheet."""
    by, batch = _batch(request, pk)
    try:
        row = int(request.POST.get("row", ""))
        choose_header(by=by, batch=batch, sheet=request.POST.get("sheet", ""), row=row)
    except ValueError:
        messages.error(request, _("The sheet has no such row."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("import_columns", pk=batch.pk)


@with_right("people.import")
@require_safe
@never_cache
def import_try(request: HttpRequest, pk: int) -> HttpResponse:
    """How the list stands: progress, or each row's verdict with its reasons. htmx asks for progress alone."""
    by, batch = _batch(request, pk)
    if batch.state == ImportState.READ:
        return redirect("import_columns", pk=batch.pk)
    context: dict[str, Any] = {"batch": batch, "is_under_way": batch.state in UNDER_WAY}
    if request.headers.get("HX-Request") == "true":
        if batch.state in UNDER_WAY:
            return render(request, "people/import_progress.html", context)
        answer = HttpResponse(status=204)
        answer["HX-Refresh"] = "true"
        return answer
    chosen = request.GET.get("xep", "")
    rows = batch.rows.order_by("number")
    if chosen in RowVerdict.values:
        rows = rows.filter(verdict=chosen)
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    mine = set(
        people_with(by, "people.see")
        .filter(pk__in=[row.person_id for row in page if row.person_id])
        .values_list("pk", "key")
    )
    context |= {
        "page": page,
        "rows": [_shown(row, batch, dict(mine)) for row in page],
        "chips": _chips(batch, chosen, request.GET),
        "chosen": chosen,
        "run_form": RunForm(initial={"fixes_names": True, "takes_elsewhere": True}),
        "writable": sum(batch.counts.get(name, 0) for name in ("new", "update")),
        "elsewhere": batch.rows.filter(reasons__contains=[{"code": "elsewhere"}]).exists(),
        "strange_units": batch.rows.filter(reasons__contains=[{"code": "unit_unknown"}]).count(),
    }
    return render(request, "people/import_try.html", context)


def _chips(batch: ImportBatch, chosen: str, query: QueryDict) -> list[dict[str, Any]]:
    return [
        {"code": code, "label": label, "count": batch.counts.get(code, 0), "is_on": code == chosen}
        for code, label in RowVerdict.choices
        if batch.counts.get(code)
    ]


def _shown(row: Any, batch: ImportBatch, mine: dict[int, Any]) -> dict[str, Any]:
    held = held_in(row.sealed_values) or {}
    born = ""
    if held.get("birth"):
        born = f"{date.fromisoformat(held['birth']):%d/%m/%Y}"
    elif held.get("year"):
        born = str(held["year"])
    name = held.get("name", "")
    return {
        "number": row.number,
        "name": name,
        "given": held.get("given", "") if held.get("given") != name else "",
        "born": born,
        "phone": ", ".join(shown_phone(phone[0]).replace(" ", "\u00a0") for phone in held.get("phones", ())),
        "verdict": row.get_verdict_display(),
        "tone": TONES[row.verdict],
        "reasons": [words_of(reason) for reason in row.reasons],
        "key": mine.get(row.person_id),
    }


@with_right("people.import")
@require_POST
def import_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the list written, in the background."""
    by, batch = _batch(request, pk)
    form = RunForm(request.POST)
    try:
        if form.is_valid():
            ask_run(by=by, batch=batch, **form.cleaned_data)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("import_try", pk=batch.pk)


@with_right("people.import")
@require_POST
def import_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the list up."""
    by, batch = _batch(request, pk)
    try:
        cancel_import(by=by, batch=batch)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("import_try", pk=batch.pk)
    messages.success(request, _("The list was given up; nothing of it was written."))
    return redirect("import_list")


@with_right("people.import")
@require_safe
@never_cache
def import_result(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file that came, with a verdict and reasons beside each row."""
    _by, batch = _batch(request, pk)
    return result_of(batch)


def result_of(batch: Any) -> FileResponse:
    """The result file of a list, of this or an upper app; 404 without one."""
    stored = batch.result
    if stored is None or not stored.file:
        raise Http404
    return FileResponse(
        stored.file.open("rb"), as_attachment=True, filename=stored.name, content_type=stored.content_type
    )


@with_right("people.remind")
@require_safe
def import_wall(request: HttpRequest) -> HttpResponse:
    """Who has sent a list since a day, who not yet."""
    by = actor_of(request)
    since = _day(request.GET.get("tu", ""), by.on.replace(day=1))
    units = wall(by, since)
    tones = Counter(one.tone for one in units)
    context = {
        "units": units,
        "since": since,
        "missing": tones["bad"] + tones["wait"],
        "not_yet": tones["bad"],
        "under_way": tones["wait"],
        "sent": tones["ok"],
        "due_on": by.on + WEEK,
    }
    return render(request, "people/import_wall.html", context)


@with_right("people.remind")
@require_POST
def import_remind(request: HttpRequest) -> HttpResponse:
    """One letter to the officers of every unit that has not sent its list."""
    by = actor_of(request)
    form = SinceForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Enter the date as day/month/year, for example 05/06/2026."))
        return redirect("import_wall")
    try:
        reminded = remind_units(by=by, **form.cleaned_data)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        told = ngettext("%(units)s unit was reminded.", "%(units)s units were reminded.", reminded)
        messages.success(request, told % {"units": reminded})
    return redirect("import_wall")


def _day(text: str, otherwise: date) -> date:
    try:
        return parse_date(text)
    except ValidationError:
        return otherwise
