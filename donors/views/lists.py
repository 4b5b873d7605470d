"""Lists of donations: sent, columns put right, tried dry, written; the doubtful rows in a queue."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from donors.actions.list_runs import work_list
from donors.actions.lists import (
    ask_list_run,
    ask_list_try,
    cancel_list,
    choose_list_header,
    confirm_list,
    decide_row,
    take_in_gifts,
)
from donors.enums import CONFIRM, ENTER
from donors.forms.lists import COLUMN_NAMES, SendGiftsForm
from donors.models import DonationList, DonationRow
from donors.queries.finding import Giver, givers_of_rows
from donors.queries.lists import visible_lists, waiting_rows
from donors.rules.gifts import row_speaker
from foundation.dates import format_date
from foundation.refusal import Refused
from ledger.actor import Actor
from people.access import with_right
from people.actions.list_work import held_in, looked_at
from people.actors import actor_of
from people.enums import ImportState, RowVerdict
from people.forms.imports import ColumnsForm, HeaderForm
from people.permissions import may
from people.views.imports import AT_ONCE, UNDER_WAY, result_of

PAGE = 50
QUEUE = 20
TONES = {"new": "ok", "same": "", "doubtful": "wait", "wrong": "bad"}


def _batch(request: HttpRequest, pk: int) -> tuple[Actor, DonationList]:
    by = actor_of(request)
    return by, get_object_or_404(visible_lists(by), pk=pk)


@with_right(ENTER)
@require_safe
def donation_lists(request: HttpRequest) -> HttpResponse:
    """Lists of my units, the latest first."""
    by = actor_of(request)
    page = Paginator(visible_lists(by).order_by("-created_at"), PAGE).get_page(request.GET.get("trang"))
    return render(request, "donors/donation_lists.html", {"page": page})


@with_right(ENTER)
@require_http_methods(["GET", "HEAD", "POST"])
def donation_list_new(request: HttpRequest) -> HttpResponse:
    """Send a list: file, unit, source."""
    by = actor_of(request)
    form = SendGiftsForm(request.POST or None, request.FILES or None, by=by)
    if request.method == "POST" and form.is_valid():
        try:
            batch = take_in_gifts(by=by, **form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return redirect("donation_list_columns", pk=batch.pk)
    return render(request, "donors/donation_list_new.html", {"form": form})


@with_right(ENTER)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def donation_list_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Which column holds what: guessed, and put right by the officer."""
    by, batch = _batch(request, pk)
    if batch.state not in (ImportState.READ, ImportState.TRIED, ImportState.FAILED):
        return redirect("donation_list", pk=batch.pk)
    form = ColumnsForm(request.POST or None, batch=batch, columns=COLUMN_NAMES)
    if request.method == "POST" and form.is_valid():
        try:
            ask_list_try(by=by, batch=batch, columns=form.columns())
            if batch.file.size <= AT_ONCE:
                work_list(by=by, pk=batch.pk)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            return redirect("donation_list", pk=batch.pk)
    sheets, rows = looked_at(batch)
    header_form = HeaderForm(sheets=sheets, initial={"sheet": batch.sheet, "row": batch.header_row})
    context = {"batch": batch, "form": form, "header_form": header_form, "rows": rows}
    return render(request, "donors/donation_list_columns.html", context)


@with_right(ENTER)
@require_POST
def donation_list_header(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the header from another row or sheet."""
    by, batch = _batch(request, pk)
    row = request.POST.get("row", "").strip()
    try:
        sheet = request.POST.get("sheet", "")
        choose_list_header(by=by, batch=batch, sheet=sheet, row=int(row) if row.isdecimal() else 0)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("donation_list_columns", pk=batch.pk)


@with_right(ENTER)
@require_safe
@never_cache
def donation_list_result(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file that came, with a verdict and reasons beside each row."""
    _by, batch = _batch(request, pk)
    return result_of(batch)


@with_right(ENTER)
@require_safe
@never_cache
def donation_list(request: HttpRequest, pk: int) -> HttpResponse:
    """How the list stands: progress, or each row's verdict with its reasons. htmx asks for progress alone."""
    by, batch = _batch(request, pk)
    if batch.state == ImportState.READ:
        return redirect("donation_list_columns", pk=batch.pk)
    context: dict[str, Any] = {"batch": batch, "is_under_way": batch.state in UNDER_WAY}
    if request.headers.get("HX-Request") == "true":
        if batch.state in UNDER_WAY:
            return render(request, "donors/_list_progress.html", context)
        answer = HttpResponse(status=204)
        answer["HX-Refresh"] = "true"
        return answer
    chosen = request.GET.get("xep", "")
    rows = batch.rows.order_by("number")
    if chosen in RowVerdict.values:
        rows = rows.filter(verdict=chosen)
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    context |= {
        "page": page,
        "rows": _shown(page),
        "chips": [
            {"code": code, "label": label, "count": batch.counts.get(code, 0)}
            for code, label in RowVerdict.choices
            if batch.counts.get(code)
        ],
        "chosen": chosen,
        "waiting": waiting_rows(batch).count() if batch.state == ImportState.DONE else 0,
        "may_confirm": may(by, CONFIRM, batch.unit_id),
        "unconfirmed": batch.rows.filter(donation__state="recorded", donation__source="import").count()
        if batch.state == ImportState.DONE
        else 0,
    }
    return render(request, "donors/donation_list.html", context)


def _shown(rows: Iterable[DonationRow]) -> list[dict[str, Any]]:
    """Rows for a template: what each said, its verdict, its reasons in words."""
    say = row_speaker()
    return [_one(row) | {"reasons": [say(reason) for reason in row.reasons]} for row in rows]


def _one(row: DonationRow) -> dict[str, Any]:
    held = held_in(row.sealed_values) or {"person": {}, "gift": {}}
    person, gift = held["person"], held["gift"]
    return {
        "row": row,
        "name": person.get("name", "…"),
        "born": _day(person.get("birth")) or person.get("year") or "",
        "on": _day(gift.get("on")),
        "ml": gift.get("ml") or "",
        "serial": gift.get("serial", ""),
        "tone": TONES.get(row.verdict, "info"),
    }


def _day(iso: str | None) -> str:
    return format_date(date.fromisoformat(iso)) if iso else ""


@with_right(ENTER)
@require_POST
def donation_list_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Write it, give it up, confirm what it wrote."""
    by, batch = _batch(request, pk)
    try:
        if act == "ghi":
            ask_list_run(by=by, batch=batch)
            if batch.file.size <= AT_ONCE:
                work_list(by=by, pk=batch.pk)
        elif act == "xac-nhan":
            count = confirm_list(by=by, batch=batch)
            messages.success(request, _("%(n)s donations are confirmed.") % {"n": count})
        else:
            cancel_list(by=by, batch=batch)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("donation_list", pk=batch.pk)


@with_right(ENTER)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def donation_queue(request: HttpRequest, pk: int) -> HttpResponse:
    """Doubtful rows of a written list, each with who may be meant; a POST decides one."""
    by, batch = _batch(request, pk)
    if request.method == "POST":
        key = request.POST.get("row", "")
        row = get_object_or_404(batch.rows, pk=key if key.isdecimal() else 0)
        decision, person = request.POST.get("decision", ""), None
        if decision not in ("new", "skip"):
            meant = candidates(by, [row])[row.pk]
            person = next((one.person for one in meant if str(one.person.key) == decision), None)
            decision = "person"
        try:
            decide_row(by=by, row=row, decision=decision, person=person)
        except Refused as refused:
            messages.error(request, str(refused))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Row %(n)s is decided.") % {"n": row.number})
        return redirect("donation_queue", pk=batch.pk)
    waiting = waiting_rows(batch)
    first = list(waiting[:QUEUE])
    givers = candidates(by, first)
    rows = [one | {"givers": givers[one["row"].pk]} for one in _shown(first)]
    context = {"batch": batch, "rows": rows, "count": waiting.count()}
    return render(request, "donors/donation_queue.html", context)


def candidates(by: Actor, rows: Sequence[DonationRow]) -> dict[int, list[Giver]]:
    """Who may be meant by each row, by its key."""
    held = {row.pk: held_in(row.sealed_values) for row in rows}
    said = {key: one["person"] for key, one in held.items() if one is not None}
    found = givers_of_rows(by, said, {row.pk: row.person_id for row in rows})
    return {row.pk: found.get(row.pk, []) for row in rows}
