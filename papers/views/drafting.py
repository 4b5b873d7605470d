"""A new draft, and changing it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.refusal import Refused
from ledger.actor import Actor
from papers.actions import draft_paper, edit_draft
from papers.enums import DRAFT, Capacity
from papers.forms import PaperForm, initial_from, initial_of
from papers.models import Paper
from papers.permissions import may_edit
from papers.queries import head_of, signing_fields, units_for, visible_to
from papers.rules import paper_kinds, skeletons
from people.access import with_right
from people.actors import actor_of
from people.enums import BodyKind


@with_right(DRAFT)
@require_http_methods(["GET", "HEAD", "POST"])
def paper_new(request: HttpRequest) -> HttpResponse:
    """Choose what it begins with (?mau=), then type."""
    by = actor_of(request)
    offered = skeletons(by.on)
    code = request.GET.get("mau", "")
    if code not in offered:
        return render(request, "papers/paper_new.html", {"skeletons": list(offered.values())})
    unit = units_for(by, DRAFT).filter(pk__in=[hold.unit_id for hold in by.holds]).order_by("pk").first()
    issuer = head_of(unit, by.on).issuer if unit else ""
    initial = {**initial_from(offered[code], {"issuer": issuer}), "unit": unit.pk if unit else None}
    if unit is not None and not offered[code].second_post:
        in_its_name = offered[code].capacity == Capacity.FOR_BODY
        initial |= signing_fields(unit, by.on, as_kind=BodyKind.STANDING if in_its_name else None)
    form = PaperForm(request.POST or None, by=by, initial=initial)
    if code == "other":
        offer_kinds(form, by)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            paper = draft_paper(
                by=by,
                unit=data["unit"],
                kind=offered[code].kind if code != "other" else data["kind"],
                series=data["series"],
                values=form.values(),
            )
        except (Refused, ValidationError) as error:
            tell(form, error)
        else:
            messages.success(request, _("The draft is saved."))
            return redirect("paper", paper.key)
    return editor(request, form, offered[code].name, None)


@with_right(DRAFT)
@require_http_methods(["GET", "HEAD", "POST"])
def paper_edit(request: HttpRequest, key: Any) -> HttpResponse:
    """Change a draft or a returned paper."""
    by = actor_of(request)
    paper = get_object_or_404(visible_to(by), key=key)
    if not may_edit(by, paper):
        return redirect("paper", paper.key)
    form = PaperForm(request.POST or None, by=by, paper=paper, initial=initial_of(paper))
    if request.method == "POST" and form.is_valid():
        try:
            edit_draft(by=by, paper=paper, version=form.cleaned_data["version"] or 0, values=form.values())
        except (Refused, ValidationError) as error:
            tell(form, error)
        else:
            messages.success(request, _("The draft is saved."))
            return redirect("paper", paper.key)
    return editor(request, form, paper_kinds(by.on)[paper.kind].name, paper)


def offer_kinds(form: PaperForm, by: Actor) -> None:
    """A select of every kind in place of the skeleton's own."""
    kinds = [(kind.code, kind.name) for kind in paper_kinds(by.on).values()]
    form.fields = {
        "kind": forms.ChoiceField(label=_("Kind"), choices=kinds),
        **{name: field for name, field in form.fields.items() if name != "kind"},
    }


def tell(form: PaperForm, error: Refused | ValidationError) -> None:
    """Put what stands against it on the form."""
    if isinstance(error, Refused):
        error.add_to_form(form)
    else:
        form.add_error(None, error)


def editor(request: HttpRequest, form: PaperForm, name: str, paper: Paper | None) -> HttpResponse:
    context = {"form": form, "sections": form.sections(), "kind_name": name, "paper": paper}
    return render(request, "papers/paper_edit.html", context)
