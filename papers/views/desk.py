"""One paper: as it will stand on the page, its history, what can be done with it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from foundation.refusal import Refused
from foundation.text import fold
from papers import actions
from papers import permissions as asks
from papers.enums import DRAFT, NUMBER, SEE, SIGN, PaperState, ProofState, Step
from papers.forms import CommentsForm, EndForm, ExternalForm, NumberForm, ScanForm, WordsForm
from papers.layout import write_docx, write_pdf
from papers.models import Paper, Proof
from papers.printing import address_of, flow_of
from papers.queries import own_units, readable, visible_to
from papers.rules import paper_kinds
from papers.views.preview import pages_of
from papers.views.register import BADGES
from people.access import with_right
from people.actors import actor_of
from people.permissions import may
from people.queries import name_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
GOOD = {Step.SIGNED, Step.ISSUED, Step.TAKEN}
BAD = {Step.RETURNED, Step.ENDED, Step.CANCELLED}


def seen(request: HttpRequest, key: Any) -> Paper:
    """The paper, if it is of a unit of the visitor's or was issued to one; else 404."""
    return get_object_or_404(readable(actor_of(request)), key=key)


@with_right(SEE)
@require_safe
def paper(request: HttpRequest, key: Any) -> HttpResponse:
    """The paper with its preview, history and steps."""
    return show(request, seen(request, key))


def show(request: HttpRequest, found: Paper, failed: dict[str, forms.Form] | None = None) -> HttpResponse:
    by = actor_of(request)
    is_ours = visible_to(by).filter(pk=found.pk).exists()
    mine = own_units(by, DRAFT)
    recipients = list(found.recipients.select_related("unit").order_by("pk"))
    proof = Proof.objects.filter(paper=found).first()
    steps = {
        "submit": asks.may_edit(by, found),
        "sign": asks.may_sign(by, found),
        "number": asks.may_number(by, found),
        "external": asks.may_take_number(by, found),
        "scan": asks.may_scan(by, found),
        "end": asks.may_end(by, found),
        "cancel": asks.may_edit(by, found),
    }
    forms_shown: dict[str, forms.Form] = {
        "return": CommentsForm(prefix="tra"),
        "number": NumberForm(prefix="so"),
        "external": ExternalForm(prefix="ngoai"),
        "scan": ScanForm(prefix="tep"),
        "end": EndForm(prefix="het"),
        "cancel": WordsForm(prefix="huy"),
    }
    context = {
        "paper": found,
        "kind_name": paper_kinds(by.on)[found.kind].name,
        "badge": BADGES.get(PaperState(found.state), ""),
        "pages": pages_of(flow_of(found)),
        "may": steps,
        "forms": {**forms_shown, **(failed or {})},
        "events": [
            (event, name_of(event.user) if event.user else "", kind_of(event.step))
            for event in found.events.select_related("user")
        ]
        if is_ours
        else [],
        "is_ours": is_ours,
        "act": found.unit_act if found.unit_act_id and may(by, "unit.see") else None,
        "recipients": [row for row in recipients if row.unit_id is None],
        "to_units": [row for row in recipients if row.unit_id is not None],
        "received_count": sum(row.received_at is not None for row in recipients),
        "to_receive": [
            row
            for row in recipients
            if row.unit_id in mine and row.received_at is None and found.issued_on is not None
        ],
        "proof": proof,
        "proof_url": address_of(proof) if proof else "",
        "proof_is_valid": proof is not None and proof.state == ProofState.VALID,
    }
    return render(request, "papers/paper.html", context)


def kind_of(step: str) -> str:
    return "ok" if step in GOOD else "bad" if step in BAD else ""


@with_right(SEE)
@require_safe
@never_cache
def paper_pdf(request: HttpRequest, key: Any) -> HttpResponse:
    """The PDF, shown by the browser's own viewer."""
    found = seen(request, key)
    response = HttpResponse(write_pdf(flow_of(found)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{file_name(found)}.pdf"'
    return response


@with_right(SEE)
@require_safe
@never_cache
def paper_docx(request: HttpRequest, key: Any) -> HttpResponse:
    """The same as .docx."""
    found = seen(request, key)
    response = HttpResponse(write_docx(flow_of(found)), content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="{file_name(found)}.docx"'
    return response


@with_right(SEE)
@require_safe
@never_cache
def paper_scan(request: HttpRequest, key: Any) -> FileResponse:
    """The scan or signed file."""
    found = seen(request, key)
    if found.scan is None or not found.scan.file:
        raise Http404
    return FileResponse(
        found.scan.file.open("rb"),
        as_attachment=True,
        filename=found.scan.name,
        content_type=found.scan.content_type,
    )


def file_name(found: Paper) -> str:
    return slugify(fold(f"{found.number_text or 'du-thao'} {found.abstract}".replace("/", "-")))[:80]


def step(
    request: HttpRequest,
    key: Any,
    name: str,
    form: forms.Form | None,
    act: Callable[[Paper, Any], Any],
    said: str,
) -> HttpResponse:
    """Run one act on a paper; what stands against it is told beside its form."""
    found = get_object_or_404(visible_to(actor_of(request)), key=key)
    if form is not None and not form.is_valid():
        return show(request, found, {name: form})
    try:
        act(found, form.cleaned_data if form is not None else {})
    except Refused as refused:
        if form is None:
            for reason in refused.reasons:
                messages.error(request, str(reason))
            return redirect("paper", found.key)
        refused.add_to_form(form)
        return show(request, found, {name: form})
    messages.success(request, said)
    return redirect("paper", found.key)


@with_right(DRAFT)
@require_POST
def paper_submit(request: HttpRequest, key: Any) -> HttpResponse:
    by = actor_of(request)
    said = _("Submitted for signature.")
    return step(request, key, "submit", None, lambda p, _d: actions.submit_paper(by=by, paper=p), said)


@with_right(DRAFT)
@require_POST
def paper_cancel(request: HttpRequest, key: Any) -> HttpResponse:
    by, form = actor_of(request), WordsForm(request.POST, prefix="huy")

    def act(p: Paper, data: Any) -> None:
        actions.cancel_draft(by=by, paper=p, reason=data["words"])

    return step(request, key, "cancel", form, act, _("The draft is given up."))


@with_right(SIGN)
@require_POST
def paper_sign(request: HttpRequest, key: Any) -> HttpResponse:
    by = actor_of(request)
    said = _("Signed. The clerk gives the number.")
    return step(request, key, "sign", None, lambda p, _d: actions.sign_paper(by=by, paper=p), said)


@with_right(SIGN)
@require_POST
def paper_return(request: HttpRequest, key: Any) -> HttpResponse:
    by, form = actor_of(request), CommentsForm(request.POST, prefix="tra")

    def act(p: Paper, data: Any) -> None:
        actions.return_paper(by=by, paper=p, comments=data["words"])

    return step(request, key, "return", form, act, _("Returned to the drafter."))


@with_right(NUMBER)
@require_POST
def paper_number(request: HttpRequest, key: Any) -> HttpResponse:
    by, form = actor_of(request), NumberForm(request.POST, prefix="so")

    def act(p: Paper, data: Any) -> None:
        actions.issue_paper(by=by, paper=p, on=data["on"])

    return step(request, key, "number", form, act, _("Numbered and issued; what it decides holds now."))


@with_right(NUMBER)
@require_POST
def paper_external(request: HttpRequest, key: Any) -> HttpResponse:
    by, form = actor_of(request), ExternalForm(request.POST, prefix="ngoai")

    def act(p: Paper, data: Any) -> None:
        actions.take_external_number(by=by, paper=p, **data)

    return step(request, key, "external", form, act, _("Taken in with its number from outside."))


@with_right(NUMBER)
@require_POST
def paper_scan_add(request: HttpRequest, key: Any) -> HttpResponse:
    by, form = actor_of(request), ScanForm(request.POST, request.FILES, prefix="tep")

    def act(p: Paper, data: Any) -> None:
        file = data["file"]
        actions.attach_scan(by=by, paper=p, file=file, name=file.name, content_type=file.content_type)

    return step(request, key, "scan", form, act, _("The scan is kept."))


@with_right(NUMBER)
@require_POST
def paper_end(request: HttpRequest, key: Any) -> HttpResponse:
    by, form = actor_of(request), EndForm(request.POST, prefix="het")

    def act(p: Paper, data: Any) -> None:
        actions.end_paper(by=by, paper=p, on=data["on"], reason=data["words"])

    return step(request, key, "end", form, act, _("The paper has ended; its proof says so."))
