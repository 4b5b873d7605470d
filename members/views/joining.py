"""Joining, on the public side: short steps, kept as they go; followed by a code. A session, no cache."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from foundation.refusal import Refused
from members.actions import (
    answer_more,
    begin_application,
    save_application,
    submit_application,
    withdraw_application,
)
from members.enums import ApplicationState, Kind
from members.forms.joining import (
    PUBLIC_KINDS,
    FollowForm,
    GuardianForm,
    SendForm,
    WhereForm,
    WhoForm,
    WordsForm,
)
from members.models import Application
from members.queries.units import base_of, base_units
from members.rules import kind_rules, may_join, terms
from members.rules.joining import needs_guardian
from people.access import entrance
from people.actors import actor_of

HELD = "application"
WHO, WHERE, GUARDIAN, SEND = "ban-than", "noi-sinh-hoat", "nguoi-giam-ho", "gui-don"
ANSWERABLE = (ApplicationState.RETURNED,)
OPEN = (
    ApplicationState.SUBMITTED,
    ApplicationState.MEETING,
    ApplicationState.RETURNED,
    ApplicationState.AGREED,
)


def held(request: HttpRequest) -> Application | None:
    """The draft this browser is filling in."""
    key = request.session.get(HELD)
    if not key:
        return None
    return Application.objects.select_related("unit").filter(key=key, state=ApplicationState.DRAFT).first()


def steps_of(application: Application, on: Any) -> list[tuple[str, str]]:
    """The steps this applicant goes through, with their names."""
    steps = [(WHO, _("About you")), (WHERE, _("Where"))]
    if application.birth_date and needs_guardian(application.birth_date, on):
        steps.append((GUARDIAN, _("Guardian")))
    return [*steps, (SEND, _("Look over and send"))]


@entrance
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def join(request: HttpRequest) -> HttpResponse:
    """What joining means, and where it begins: as member, volunteer or youth."""
    by = actor_of(request)
    if request.method == "POST":
        kind = request.POST.get("kind", "")
        if kind in PUBLIC_KINDS:
            request.session[HELD] = str(begin_application(by=by, kind=Kind(kind)).key)
            return redirect("join_step", step=WHO)
    rules = [kind_rules(by.on)[code] for code in PUBLIC_KINDS]
    return render(request, "members/join.html", {"kinds": rules, "draft": held(request)})


@entrance
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def join_step(request: HttpRequest, step: str) -> HttpResponse:
    """One step; what was filled in is kept, the next step follows."""
    by = actor_of(request)
    application = held(request)
    if application is None:
        messages.info(request, _("Choose first what you would like to join as."))
        return redirect("join")
    steps = steps_of(application, by.on)
    names = [name for name, _label in steps]
    if step not in names:
        return redirect("join_step", step=names[0])
    form = _form(step, application, request, by.on)
    if request.method == "POST" and form.is_valid():
        try:
            _keep(by, step, application, form)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            application.refresh_from_db()
            if application.state != ApplicationState.DRAFT:
                del request.session[HELD]
                return render(request, "members/join_done.html", {"application": application})
            names = [name for name, _label in steps_of(application, by.on)]
            return redirect("join_step", step=names[names.index(step) + 1])
    context = {
        "form": form,
        "steps": steps,
        "step": step,
        "title": dict(steps)[step],
        "application": application,
        "kind": kind_rules(by.on)[application.kind],
        "before": names[names.index(step) - 1] if names.index(step) else "",
        "units": base_units(by.on) if step == WHERE else (),
        "doubts": may_join(application.kind, application.birth_date, by.on) if application.birth_date else [],
    }
    return render(request, "members/join_step.html", context)


def _form(step: str, application: Application, request: HttpRequest, on: Any) -> Any:
    data = request.POST if request.method == "POST" else None
    given = {name: getattr(application, name) for name in WhoForm.base_fields}
    if step == WHO:
        return WhoForm(data, initial=given)
    if step == WHERE:
        unit = application.unit
        base = base_of(unit, on) if unit else None
        initial = {"base": base.code if base else "", "branch": unit.pk if unit and unit != base else None}
        return WhereForm(data, initial=initial, on=on)
    if step == GUARDIAN:
        names = ("guardian_name", "guardian_phone")
        return GuardianForm(data, initial={name: getattr(application, name) for name in names})
    return SendForm(data, initial={"words": application.words}, on=on)


def _keep(by: Any, step: str, application: Application, form: Any) -> None:
    if step == WHERE:
        save_application(by=by, application=application, values={"unit": form.unit()})
    elif step == SEND:
        save_application(by=by, application=application, values={"words": form.cleaned_data["words"]})
        submit_application(by=by, application=application, consents=form.consents())
    else:
        values = {name: value for name, value in form.cleaned_data.items() if name != "agrees"}
        save_application(by=by, application=application, values=values)


@entrance
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def join_follow(request: HttpRequest) -> HttpResponse:
    """How an application stands, by its code, which is never in the address."""
    form = FollowForm(request.POST or None)
    application = form.cleaned_data["code"] if request.method == "POST" and form.is_valid() else None
    return _followed(request, form, application)


@entrance
@require_POST
@never_cache
def join_answer(request: HttpRequest) -> HttpResponse:
    """The applicant answers what was asked, or takes the application back."""
    by = actor_of(request)
    form = FollowForm(request.POST)
    words = WordsForm(request.POST)
    if not form.is_valid():
        return _followed(request, form, None)
    application: Application = form.cleaned_data["code"]
    try:
        if request.POST.get("do") == "withdraw":
            withdraw_application(by=by, application=application)
        elif words.is_valid():
            answer_more(by=by, application=application, words=words.cleaned_data["words"])
    except Refused as refused:
        refused.add_to_form(words)
        return _followed(request, form, application, words)
    application.refresh_from_db()
    return _followed(request, form, application)


def _followed(
    request: HttpRequest, form: FollowForm, application: Application | None, words: WordsForm | None = None
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "application": application}
    if application is not None:
        admission = application.admission
        context |= {
            "history": application.steps.exclude(step__in=["opinion", "answered"]),
            "words": words or WordsForm(),
            "may_answer": application.state in ANSWERABLE,
            "may_withdraw": application.state in OPEN,
            "ceremony": admission if admission and admission.ceremony_on else None,
            "terms": terms(actor_of(request).on),
        }
    return render(request, "members/join_follow.html", context)
