"""Making known, the units' side: what came, acknowledged by one press, what was done; and members' page."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.refusal import Refused
from ledger.actor import Actor
from news.actions.sendings import acknowledge, tell_done
from news.document_forms import DoneForm
from news.enums import SendingState
from news.models import DocumentFile, Receipt, Sending
from news.queries import sendings as queries
from news.queries.library import verdicts
from news.queries.sendings import ACK
from news.views.sendings import tone_of
from people.access import signed_in_only, with_right
from people.actors import actor_of, signed_in
from people.models import Person

PAGE = 50


@with_right(ACK)
@require_safe
def received_list(request: HttpRequest) -> HttpResponse:
    """Documents sent to my unit to be read; ?cho=1 those that wait for us."""
    by = actor_of(request)
    only_open = bool(request.GET.get("cho"))
    rows = queries.waiting(by) if only_open else queries.received(by)
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "rows": [(row, tone_of(row, row.sending, by.on)) for row in page],
        "only_open": only_open,
    }
    return render(request, "news/received_list.html", context)


@with_right(ACK)
@require_safe
def received(request: HttpRequest, pk: int) -> HttpResponse:
    """The document as it came: what is asked, its files, the one press."""
    by = actor_of(request)
    return _show(request, by, _mine(by, pk))


@with_right(ACK)
@require_POST
def received_ack(request: HttpRequest, pk: int) -> HttpResponse:
    """Read and acknowledged, with name and day."""
    by = actor_of(request)
    try:
        acknowledge(by=by, receipt=_mine(by, pk))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Acknowledged for the unit, with your name and today’s date."))
    return redirect("received", pk)


@with_right(ACK)
@require_POST
def received_done(request: HttpRequest, pk: int) -> HttpResponse:
    """What the unit did."""
    by = actor_of(request)
    row = _mine(by, pk)
    form = DoneForm(request.POST)
    if form.is_valid():
        try:
            tell_done(by=by, receipt=row, note=form.cleaned_data["note"])
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("Noted. The sender sees it."))
            return redirect("received", pk)
    return _show(request, by, row, form)


@with_right(ACK)
@require_safe
def received_file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """A file of a document that was sent to my unit, in the public library or not."""
    document = _mine(actor_of(request), pk).sending.document
    row = get_object_or_404(DocumentFile.objects.shown().select_related("stored"), document=document, pk=file)
    return FileResponse(
        row.stored.file.open("rb"),
        as_attachment=True,
        filename=row.stored.name,
        content_type=row.stored.content_type,
    )


@signed_in_only
@require_safe
def mine_documents(request: HttpRequest) -> HttpResponse:
    """Documents that my chapter shows to all its members and volunteers."""
    by = actor_of(request)
    person = Person.objects.filter(user=signed_in(request)).first()
    rows = queries.addressed_to_all(person, by.on) if person else Sending.objects.none()
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    found = verdicts([row.document for row in page], by.on)
    context = {
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "rows": [(row, found[row.document_id]) for row in page],
    }
    return render(request, "news/mine_documents.html", context)


def _mine(by: Actor, pk: int) -> Receipt:
    return get_object_or_404(queries.received(by), pk=pk)


def _show(request: HttpRequest, by: Actor, row: Receipt, form: DoneForm | None = None) -> HttpResponse:
    sending = row.sending
    context = {
        "row": row,
        "sending": sending,
        "document": sending.document,
        "tone": tone_of(row, sending, by.on),
        "is_open": sending.state == SendingState.SENT,
        "files": sending.document.files.shown().select_related("stored").defer("text", "folded"),
        "events": sending.events.exclude(step="reminded"),
        "form": form or DoneForm(initial={"note": row.done_note}),
        "verdict": verdicts([sending.document], by.on)[sending.document_id],
    }
    return render(request, "news/received.html", context, status=422 if form else 200)
