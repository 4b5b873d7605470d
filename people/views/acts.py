"""Acts on units: entered in steps, looked at before they are confirmed, cancelled while they wait."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.refusal import Refused
from foundation.text import matching
from people.access import with_right
from people.actions.acts import (
    Line,
    NewUnit,
    Rename,
    add_to_act,
    cancel_act,
    carry_out_act,
    confirm_act,
    drop_from_act,
    enter_act,
)
from people.actors import actor_of
from people.enums import ActKind, ActState, UnitKind
from people.forms.acts import (
    OUTSIDE,
    ActForm,
    CancelForm,
    ConfirmForm,
    NewUnitForm,
    PartForm,
    PeopleForm,
    RenameForm,
    SourceForm,
    WholeForm,
)
from people.models import Person, Unit, UnitAct
from people.permissions import may
from people.queries import visible_people, visible_units
from people.queries.act_problems import act_problems
from people.queries.acts import brake, brake_words, lines_of, preview_act, visible_acts
from people.queries.units import children_on

PAGE = 30
MOST_PEOPLE = 300
SMALL_KINDS = {UnitKind.BRANCH, UnitKind.TEAM, UnitKind.CLUB}
# What can be put into a draft; the first of each kind of act is offered first.
WHAT = ("moi", "nguyen", "phan", "nguoi", "ten")


@with_right("unit.see")
@require_safe
def act_list(request: HttpRequest) -> HttpResponse:
    """Acts on the units I cover, latest day first; ?trang-thai= by state."""
    by = actor_of(request)
    state = request.GET.get("trang-thai", "")
    acts = visible_acts(by).order_by("-effective_on", "-pk")
    if state in ActState.values:
        acts = acts.filter(state=state)
    context = {
        "page": Paginator(acts, PAGE).get_page(request.GET.get("trang")),
        "state": state,
        "states": ActState.choices,
        "may_reorganise": may(by, "unit.reorganise"),
    }
    return render(request, "people/act_list.html", context)


@with_right("unit.reorganise")
@require_http_methods(["GET", "HEAD", "POST"])
def act_new(request: HttpRequest) -> HttpResponse:
    """First step: what is done, by which decision, from which day."""
    by = actor_of(request)
    form = ActForm(request.POST or None, request.FILES or None, may_draft=may(by, "unit.decide"))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            act = enter_act(
                by=by,
                kind=ActKind(data["kind"]),
                effective_on=data["effective_on"],
                is_outside=data["decision"] == OUTSIDE,
                decision_number=data["decision_number"] or "",
                decided_on=data["decided_on"],
                issuer=data["issuer"] or "",
                decision_file=data["decision_file"],
                file_type=data.get("file_type", ""),
            )
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("The draft is saved. Now say what it does."))
            return redirect("act", pk=act.pk)
    return render(request, "people/act_new.html", {"form": form})


def show_act(request: HttpRequest, found: UnitAct, **paper: Any) -> HttpResponse:
    """One act: what it does, what stands against it, what it would move.

    `paper`: what the floor above says about its decision drafted here (papers.views.unit_acts).
    """
    by = actor_of(request)
    is_open = found.state in {ActState.DRAFT, ActState.AWAITING, ActState.WAITING}
    parents = dict(
        Unit.objects.filter(pk__in=[row["parent"] for row in found.details["new_units"]]).values_list(
            "pk", "name"
        )
    )
    renamed = dict(
        Unit.objects.filter(pk__in=[row["unit"] for row in found.details["renames"]]).values_list(
            "pk", "name"
        )
    )
    kinds = dict(UnitKind.choices)
    lines = lines_of(found)
    named = visible_people(by) if may(by, "people.see") else Person.objects.none()
    context = {
        "act": found,
        "lines": lines,
        "named": [
            (line, list(named.filter(pk__in=line.people.values("pk")).order_by("sort_key")[:MOST_PEOPLE]))
            for line in lines
            if not line.is_whole and line.part_id is None
        ],
        "new_units": [
            row | {"parent_name": parents.get(row["parent"], ""), "kind_name": kinds.get(row["kind"], "")}
            for row in found.details["new_units"]
        ],
        "new_names": {row["code"]: row["name"] for row in found.details["new_units"]},
        "renames": [row | {"old": renamed.get(row["unit"], "")} for row in found.details["renames"]],
        "preview": preview_act(found) if is_open else None,
        "summary": found.details.get("summary"),
        "problems": act_problems(found) if is_open else [],
        "is_draft": found.state == ActState.DRAFT,
        "is_waiting": found.state == ActState.WAITING,
        "is_due": found.state == ActState.WAITING and found.effective_on <= by.on,
        "may_reorganise": may(by, "unit.reorganise"),
        "is_awaiting": found.state == ActState.AWAITING,
        "cancelled": found.details.get("cancelled", ""),
        **paper,
    }
    return render(request, "people/act.html", context)


@with_right("unit.reorganise")
@require_http_methods(["GET", "HEAD", "POST"])
def act_add(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Put one thing into a draft: a new unit, a whole unit, branches, people, or a new name.

    Branches and people are chosen after the unit they come from (?tu=, people also ?q=).
    """
    by = actor_of(request)
    found = get_object_or_404(visible_acts(by), pk=pk, state=ActState.DRAFT)
    if what not in WHAT:
        raise Http404
    units = visible_units(by).filter(valid__contains=found.effective_on)
    source_form = SourceForm(request.GET or None, units=units) if what in {"phan", "nguoi"} else None
    source = source_form.cleaned_data["tu"] if source_form and source_form.is_valid() else None
    form = None if source_form and source is None else form_for(request, what, found, units, source)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            with transaction.atomic():
                for item in items_of(what, form.cleaned_data, source):
                    add_to_act(by=by, act=found, item=item)
        except Refused as refused:
            refused.add_to_form(form)
        except ValidationError as error:
            for field, told in error.message_dict.items():
                form.add_error(field if field in form.fields else None, told)
        else:
            return redirect("act", pk=found.pk)
    context = {
        "act": found,
        "what": what,
        "form": form,
        "source_form": source_form,
        "source": source,
        "query": request.GET.get("q", ""),
        "suggested": suggested(units),
        "new_units": found.details["new_units"],
    }
    return render(request, "people/act_add.html", context)


def form_for(
    request: HttpRequest, what: str, act: UnitAct, units: QuerySet[Unit], source: Unit | None
) -> Form:
    """The form that asks for one thing of an act."""
    data = request.POST or None
    if what == "moi":
        return NewUnitForm(data, units=units)
    if what == "ten":
        return RenameForm(data, units=units)
    if what == "nguyen" or source is None:
        return WholeForm(data, act=act, units=units)
    if what == "phan":
        parts = units.filter(pk__in=children_on(source, act.effective_on).values("pk")).order_by("code")
        return PartForm(data, act=act, units=units, parts=parts)
    here = Person.objects.filter(
        belongings__unit=source, belongings__during__contains=act.effective_on
    ).filter(matching("search_name", request.GET.get("q", "")))
    people = Person.objects.filter(pk__in=here.order_by("sort_key", "pk").values("pk")).order_by("sort_key")
    if data is None:
        people = people[:MOST_PEOPLE]
    return PeopleForm(data, act=act, units=units, people=people)


def items_of(what: str, data: dict[str, Any], source: Unit | None) -> list[Line | NewUnit | Rename]:
    """What a filled form puts into the act."""
    if what == "moi":
        return [
            NewUnit(
                data["code"],
                UnitKind(data["kind"]),
                data["name"],
                data["parent"],
                data["short_name"],
                data["official_code"],
            )
        ]
    if what == "ten":
        return [Rename(data["unit"], data["name"], data["short_name"])]
    target = data["target"] if isinstance(data["target"], Unit) else None
    code = data["target"] if isinstance(data["target"], str) else ""
    if what == "nguyen":
        return [Line(source=data["source"], target=target, target_code=code, is_whole=True)]
    if what == "phan":
        return [Line(source=source, part=part, target=target, target_code=code) for part in data["parts"]]
    return [Line(source=source, people=list(data["people"]), target=target, target_code=code)]


def suggested(units: QuerySet[Unit]) -> QuerySet[Unit]:
    """Units that a field offers while a code or name is typed: all but the smallest."""
    return units.exclude(kind__in=SMALL_KINDS).order_by("code")


@with_right("unit.reorganise")
@require_POST
def act_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take something out of a draft."""
    by = actor_of(request)
    found = get_object_or_404(visible_acts(by), pk=pk)
    try:
        drop_from_act(by=by, act=found, what=request.POST.get("what", ""), key=request.POST.get("key", ""))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("act", pk=found.pk)


@with_right("unit.reorganise")
@require_http_methods(["GET", "HEAD", "POST"])
def act_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Last step: who and what moves; an act larger than any before asks for its count."""
    by = actor_of(request)
    found = get_object_or_404(visible_acts(by), pk=pk, state=ActState.DRAFT, is_outside=True)
    preview = preview_act(found)
    is_large = preview.people_total > brake()
    data = request.POST if request.method == "POST" else None
    form = ConfirmForm(data) if is_large else Form(data)
    refused_because: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            done = confirm_act(by=by, act=found, people_count=form.cleaned_data.get("people_count"))
        except Refused as refused:
            refused_because = [str(reason) for reason in refused.reasons]
            if is_large:
                refused.add_to_form(form)
        else:
            words = (
                _("The act is in effect.")
                if done.state == ActState.DONE
                else _("The act is confirmed and waits for its day.")
            )
            messages.success(request, words)
            return redirect("act", pk=found.pk)
    context = {
        "act": found,
        "preview": preview,
        "problems": refused_because if not is_large and refused_because else act_problems(found),
        "form": form if is_large else None,
        "brake": brake_words(preview.people_total) if is_large else "",
        "takes_effect_now": found.effective_on <= by.on,
    }
    return render(request, "people/act_confirm.html", context)


@with_right("unit.reorganise")
@require_http_methods(["GET", "HEAD", "POST"])
def act_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel an act that is not in effect, with the reason."""
    by = actor_of(request)
    found = get_object_or_404(visible_acts(by), pk=pk)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_act(by=by, act=found, reason=form.cleaned_data["reason"])
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("The act is cancelled. Nothing was changed."))
            return redirect("act", pk=found.pk)
    return render(request, "people/act_cancel.html", {"act": found, "form": form})


@with_right("unit.reorganise")
@require_POST
def act_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Try once more to carry out an act whose day has come."""
    by = actor_of(request)
    found = get_object_or_404(visible_acts(by), pk=pk)
    try:
        carry_out_act(by=by, pk=found.pk)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The act is in effect."))
    return redirect("act", pk=found.pk)


@with_right("unit.see")
@require_safe
def act_file(request: HttpRequest, pk: int) -> FileResponse:
    """The decision behind an act, as a download."""
    found = get_object_or_404(visible_acts(actor_of(request)).select_related("decision_file"), pk=pk)
    if found.decision_file is None or not found.decision_file.file:
        raise Http404
    stored = found.decision_file
    return FileResponse(
        stored.file.open("rb"), as_attachment=True, filename=stored.name, content_type=stored.content_type
    )
