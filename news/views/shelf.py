"""The library at work: the register, a document with its files and relations, in and out of the public."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.refusal import Refused
from ledger.actor import Actor
from news.actions.document_files import add_file, relate_documents, take_off_file, unrelate_documents
from news.actions.documents import change_document, enter_document, publish_document, withdraw_document
from news.actions.paper_documents import take_in_paper
from news.document_forms import DocumentForm, FileForm, RelationForm
from news.enums import DocumentKind, DocumentState
from news.forms import ReasonForm, tell_oversize
from news.models import Document, DocumentFile, DocumentRelation
from news.queries import shelf as queries
from news.queries.library import verdicts
from news.queries.sendings import SEND, visible_sendings, with_counts
from news.queries.shelf import MANAGE, SEE
from papers.rules import paper_kinds
from people.access import with_right
from people.actors import actor_of
from people.permissions import may

PAGE = 50
FILTERS = ("q", "trang-thai", "loai", "linh-vuc", "thieu")
TONES = {DocumentState.DRAFT: "wait", DocumentState.PUBLISHED: "ok", DocumentState.WITHDRAWN: "bad"}


@with_right(MANAGE, SEE)
@require_safe
def document_register(request: HttpRequest) -> HttpResponse:
    """Documents of the officer's units, by filters."""
    by = actor_of(request)
    filters = {name: request.GET.get(name, "")[:100].replace("\x00", "").strip() for name in FILTERS}
    page = Paginator(queries.shelf(by, filters), PAGE).get_page(request.GET.get("trang"))
    found = verdicts(page, by.on)
    context = {
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "rows": [(one, found[one.pk], TONES[DocumentState(one.state)]) for one in page],
        "shows_units": len({one.unit_id for one in page}) > 1,
        "filters": filters,
        "is_filtered": any(filters.values()),
        "states": DocumentState.choices,
        "kinds": DocumentKind.choices,
        "topics": queries.topics(),
        "chosen_state": filters["trang-thai"],
        "chosen_topic": filters["linh-vuc"],
        "missing": (
            ("tep", _("without a file")),
            ("chu", _("a scan without text")),
            ("hong", _("a file nobody is shown")),
            ("doi-chieu", _("not checked against the original")),
        ),
        "may_manage": may(by, MANAGE),
    }
    return render(request, "news/document_register.html", context)


@with_right(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def document_new(request: HttpRequest) -> HttpResponse:
    """A document entered by hand."""
    by = actor_of(request)
    form = DocumentForm(by, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = enter_document(by=by, unit=form.cleaned_data["unit"], values=form.values())
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("Entered as a draft. Add the file, then put it into the library."))
            return redirect("document_edit", made.pk)
    units = form.fields["unit"].queryset  # type: ignore[attr-defined]
    if not form.is_bound and units.count() > 1:
        form.initial["unit"] = next((h.unit_id for h in by.holds if MANAGE in h.may), None)
    return render(request, "news/document_new.html", {"form": form}, status=422 if form.errors else 200)


@with_right(MANAGE, SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def document_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: its facts, files, relations, where it stands."""
    by = actor_of(request)
    document = _seen(by, pk)
    form = None
    if request.method == "POST":
        form = DocumentForm(by, request.POST, document=document)
        if form.is_valid():
            version = form.cleaned_data["version"] or 0
            try:
                change_document(by=by, document=document, version=version, values=form.values())
            except Refused as refused:
                refused.add_to_form(form)
            else:
                messages.success(request, _("Saved."))
                return redirect("document_edit", pk)
    return _show(request, by, document, form=form)


@with_right(MANAGE)
@require_POST
def document_file_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A file more; what is not taken in is told with its reason."""
    by = actor_of(request)
    document = _seen(by, pk)
    form = FileForm(request.POST, request.FILES)
    tell_oversize(request, form, "file")
    if form.is_valid():
        given = form.cleaned_data
        try:
            add_file(by=by, document=document, file=given["file"], title=given["title"])
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("The file is kept; its text is read in the background."))
            return redirect("document_edit", pk)
    return _show(request, by, document, file_form=form)


@with_right(MANAGE)
@require_POST
def document_file_drop(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """Take a file off."""
    by = actor_of(request)
    row = get_object_or_404(DocumentFile.objects.select_related("stored"), document=_seen(by, pk), pk=file)
    return _done(request, pk, lambda: take_off_file(by=by, row=row), _("The file was taken off."))


@with_right(MANAGE, SEE)
@require_safe
def document_file_open(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """A file of a document the officer sees, drafts included; what is not safe is never opened."""
    row = get_object_or_404(
        DocumentFile.objects.shown().select_related("stored"), document=_seen(actor_of(request), pk), pk=file
    )
    return FileResponse(
        row.stored.file.open("rb"),
        as_attachment=True,
        filename=row.stored.name,
        content_type=row.stored.content_type,
    )


@with_right(MANAGE)
@require_POST
def document_relate(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what this document does to an older one."""
    by = actor_of(request)
    document = _seen(by, pk)
    form = RelationForm(by, request.POST)
    if form.is_valid():
        try:
            relate_documents(by=by, newer=document, **form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("Noted. Both documents show it."))
            return redirect("document_edit", pk)
    return _show(request, by, document, relation_form=form)


@with_right(MANAGE)
@require_POST
def document_unrelate(request: HttpRequest, pk: int, relation: int) -> HttpResponse:
    """Take a relation away."""
    by = actor_of(request)
    row = get_object_or_404(
        DocumentRelation.objects.select_related("newer", "older"), newer=_seen(by, pk), pk=relation
    )
    return _done(
        request, pk, lambda: unrelate_documents(by=by, relation=row), _("The relation was taken away.")
    )


@with_right(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def document_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Into the public library."""
    document = _seen(actor_of(request), pk)
    context = {
        "sentence": _("Put this document into the public library?"),
        "consequences": [
            _("Everybody can read it at %(address)s.") % {"address": document.get_absolute_url()},
            _("Its files can be opened once they have been looked at."),
            _("Citations of its number on other pages lead to it."),
        ],
        "button_label": _("Put into the library"),
    }
    form = forms.Form(request.POST if request.method == "POST" else None)
    return _ask(
        request,
        document,
        form,
        context,
        lambda by: publish_document(by=by, document=document),
        _("Published."),
    )


@with_right(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def document_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of the public library, with a reason."""
    document = _seen(actor_of(request), pk)
    context = {
        "sentence": _("Withdraw this document from the public library?"),
        "consequences": [
            _("Readers get “page not found” at once; lists and the search drop it."),
            _("A document that is no longer in force need not be withdrawn: enter what replaced it instead."),
        ],
        "button_label": _("Withdraw from the library"),
        "is_danger": True,
    }
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def act(by: Actor) -> Any:
        return withdraw_document(by=by, document=document, reason=form.cleaned_data["reason"])

    return _ask(request, document, form, context, act, _("Withdrawn."))


@with_right(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def document_papers(request: HttpRequest) -> HttpResponse:
    """Issued papers that the library does not hold yet; each goes in by one press."""
    by = actor_of(request)
    papers = queries.papers_to_take_in(by)
    if request.method == "POST":
        found = get_object_or_404(papers, key=request.POST.get("van-ban", "")[:36] or None)
        try:
            made = take_in_paper(by=by, paper=found)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("document_papers")
        messages.success(request, _("%(name)s stands in the public library now.") % {"name": made.name})
        return redirect("document_edit", made.pk)
    page = Paginator(papers, PAGE).get_page(request.GET.get("trang"))
    kinds = paper_kinds(by.on)
    context = {
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "rows": [(one, kinds[one.kind].name) for one in page],
    }
    return render(request, "news/document_papers.html", context)


def _seen(by: Actor, pk: int) -> Document:
    return get_object_or_404(queries.visible_documents(by), pk=pk)


def _done(request: HttpRequest, pk: int, act: Callable[[], Any], words: str) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, words)
    return redirect("document_edit", pk)


def _ask(
    request: HttpRequest,
    document: Document,
    form: forms.Form,
    context: dict[str, Any],
    act: Callable[[Actor], Any],
    done: str,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            act(actor_of(request))
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, done)
            return redirect("document_edit", document.pk)
    context |= {
        "document": document,
        "form": form,
        "back_url": reverse("document_edit", args=[document.pk]),
    }
    return render(request, "news/document_confirm.html", context, status=422 if form.errors else 200)


def _show(
    request: HttpRequest,
    by: Actor,
    document: Document,
    *,
    form: DocumentForm | None = None,
    file_form: FileForm | None = None,
    relation_form: RelationForm | None = None,
) -> HttpResponse:
    may_manage = may(by, MANAGE, document.unit_id)
    if form is None and may_manage:
        names = [name for name in DocumentForm.base_fields if name not in {"unit", "version"}]
        initial = {name: getattr(document, name) for name in names} | {"version": document.version}
        form = DocumentForm(by, document=document, initial=initial)
    does = document.does_to.select_related("older").order_by("kind", "pk")
    done = document.done_by.select_related("newer").order_by("kind", "pk")
    is_refused = any(one is not None and one.is_bound for one in (form, file_form, relation_form))
    context = {
        "document": document,
        "tone": TONES[DocumentState(document.state)],
        "verdict": verdicts([document], by.on)[document.pk],
        "may_manage": may_manage,
        "form": form if may_manage else None,
        "file_form": file_form or FileForm(),
        "relation_form": relation_form or RelationForm(by),
        "files": document.files.select_related("stored").defer("text", "folded"),
        "may_send": may(by, SEND),
        "sendings": with_counts(visible_sendings(by).filter(document=document)),
        "does": does,
        "done": done,
    }
    return render(request, "news/document_edit.html", context, status=422 if is_refused else 200)
