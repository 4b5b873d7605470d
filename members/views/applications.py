"""Applications at the unit's desk: register, one application, a branch's opinion, an application on paper."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.refusal import Refused
from ledger.actor import Actor
from members.actions import (
    ask_more,
    enter_application,
    give_opinion,
    receive_volunteer,
    refuse_application,
)
from members.enums import ADMIT, ENTER, OPINE, SEE, ApplicationState, Kind
from members.forms.joining import AssignForm, PaperForm, WordsForm, kind_choices, units_under
from members.models import Application
from members.queries.applications import (
    open_admissions,
    searched,
    unit_of,
    visible_applications,
    waiting_for_meeting,
    waiting_for_opinion,
)
from members.queries.units import base_of
from members.rules import kind_rules
from people.access import with_right
from people.actors import actor_of
from people.permissions import may
from people.queries.approvals import waiting_for

PAGE = 50


@with_right(SEE, OPINE, ADMIT)
@require_safe
@never_cache
def application_list(request: HttpRequest) -> HttpResponse:
    """What waits first, then the register of applications."""
    by = actor_of(request)
    query, state, kind = (request.GET.get(name, "") for name in ("q", "trang-thai", "loai"))
    rows = searched(visible_applications(by), query, state, kind)
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "query": query,
        "state": state,
        "kind": kind,
        "states": [one for one in ApplicationState.choices if one[0] != ApplicationState.DRAFT],
        "kinds": kind_choices(Kind.values, by.on),
        "opinions": waiting_for_opinion(by).count() if may(by, OPINE) else 0,
        "meeting": waiting_for_meeting(by).count() if may(by, ADMIT) else 0,
        "admissions": open_admissions(by)[:20],
        "may_enter": may(by, ENTER),
        "may_admit": may(by, ADMIT),
    }
    return render(request, "members/application_list.html", context)


@with_right(SEE, OPINE, ADMIT)
@require_safe
@never_cache
def application(request: HttpRequest, key: UUID) -> HttpResponse:
    """One application: what was written, how it went, what can be done now."""
    by = actor_of(request)
    return _shown(request, get_object_or_404(_rows(by), key=key))


@with_right(SEE, OPINE, ADMIT)
@require_safe
def application_approval(request: HttpRequest, pk: int) -> HttpResponse:
    """From the queue to the application it is about."""
    found = get_object_or_404(visible_applications(actor_of(request)), approval=pk)
    return redirect("application", key=found.key)


@with_right(ENTER)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def application_new(request: HttpRequest) -> HttpResponse:
    """An application on paper, typed."""
    by = actor_of(request)
    form = PaperForm(request.POST or None, by=by, initial={"kind": Kind.MEMBER})
    if request.method == "POST" and form.is_valid():
        try:
            made = enter_application(
                by=by, values=form.values(), guardian_agreed=form.cleaned_data["guardian_agreed"]
            )
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("The application of %(name)s is entered.") % {"name": made.full_name})
            return redirect("application_list")
    return render(request, "members/application_new.html", {"form": form})


@with_right(OPINE, ADMIT)
@require_POST
def application_opinion(request: HttpRequest, key: UUID) -> HttpResponse:
    """One tap: the branch agrees, or says what stands against it."""
    by = actor_of(request)
    found = get_object_or_404(_rows(by), key=key)
    form = WordsForm(request.POST)
    agrees = request.POST.get("agrees") == "yes"
    words = form.cleaned_data["words"] if form.is_valid() else ""
    try:
        give_opinion(by=by, application=found, agrees=agrees, words=words)
    except Refused as refused:
        refused.add_to_form(form)
        return _shown(request, found, form)
    messages.success(request, _("The opinion on %(name)s is kept.") % {"name": found.full_name})
    return redirect("application", key=found.key)


@with_right(ADMIT)
@require_POST
def application_step(request: HttpRequest, key: UUID, step: str) -> HttpResponse:
    """Ask for more, refuse, or receive without a decision (volunteers)."""
    by = actor_of(request)
    found = get_object_or_404(_rows(by), key=key)
    form = WordsForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    try:
        if step == "hoi-them":
            ask_more(by=by, application=found, words=words)
            messages.success(request, _("The applicant reads with the code what is missing."))
        elif step == "tu-choi":
            refuse_application(by=by, application=found, reason=words)
            messages.success(request, _("The application is refused; the reason can be read with the code."))
        else:
            assign = AssignForm(request.POST, units=units_under(base_of(unit_of(found), by.on), by.on))
            if assign.is_valid():
                receive_volunteer(by=by, application=found, unit=assign.cleaned_data["unit"])
                messages.success(request, _("%(name)s is received.") % {"name": found.full_name})
    except Refused as refused:
        refused.add_to_form(form)
        return _shown(request, found, form)
    return redirect("application", key=found.key)


def _rows(by: Actor) -> QuerySet[Application]:
    return visible_applications(by).select_related("unit", "approval", "admission", "person")


def _shown(request: HttpRequest, found: Application, form: WordsForm | None = None) -> HttpResponse:
    by = actor_of(request)
    rule = kind_rules(by.on)[found.kind]
    under_way = found.state in (ApplicationState.SUBMITTED, ApplicationState.MEETING)
    may_admit = may(by, ADMIT, found.unit_id)
    asked = found.approval is not None and waiting_for(by).filter(pk=found.approval.pk).exists()
    may_receive = under_way and may_admit and not rule.has_admission
    units = units_under(base_of(unit_of(found), by.on), by.on) if may_receive else ()
    context = {
        "application": found,
        "rule": rule,
        "events": found.steps.select_related("user"),
        "form": form or WordsForm(),
        "may_opine": asked and found.state == ApplicationState.SUBMITTED,
        "may_admit": may_admit and under_way,
        "may_meet": may_admit and found.state == ApplicationState.MEETING and rule.has_admission,
        "assign": AssignForm(units=units, initial={"unit": found.unit_id}) if may_receive else None,
        "reads_contacts": may(by, "people.contacts", found.unit_id),
    }
    return render(request, "members/application.html", context, status=200 if form is None else 422)
