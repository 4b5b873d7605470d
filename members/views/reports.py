"""A branch's report about a member, and the unit's answer."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from foundation.refusal import Refused
from members.actions.reports import answer_report, report_life
from members.enums import REPORT, ReportKind, ReportState
from members.forms.life import AnswerForm, ReportForm
from members.models import LifeReport, Membership
from members.queries.memberships import place_of
from members.rules import kind_rules
from people.access import signed_in_only, with_right
from people.actors import actor_of
from people.permissions import may
from people.queries import visible_people
from people.queries.approvals import visible_approvals, waiting_for

TITLES = {"tu-tran": ReportKind.DEATH, "chuyen-di": ReportKind.MOVE}


@with_right(REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def life_report_new(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """One tap: today unless another day is typed; the unit answers."""
    by = actor_of(request)
    rows = Membership.objects.filter(person__in=visible_people(by)).select_related("person")
    found = get_object_or_404(rows, pk=pk)
    place = place_of(found, by.on)
    if what not in TITLES or not may(by, REPORT, place.pk if place else None):
        raise Http404
    kind = TITLES[what]
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            report_life(by=by, membership=found, what=kind, on=data["on"], words=data["words"])
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("The unit has your report. Nothing changes before it has answered."))
            return redirect("person_panel", key=found.person.key, panel="hoi-vien")
    context = {
        "form": form,
        "membership": found,
        "rule": kind_rules(by.on)[found.kind],
        "place": place,
        "is_death": kind == ReportKind.DEATH,
    }
    return render(request, "members/report_new.html", context)


@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def life_report(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit confirms the report or refuses it. `pk` is the approval's."""
    by = actor_of(request)
    approval = get_object_or_404(visible_approvals(by), pk=pk)
    rows = LifeReport.objects.select_related("membership__person", "approval")
    report = get_object_or_404(rows, approval=approval)
    membership = report.membership
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        is_true = "refuse" not in request.POST
        try:
            answer_report(by=by, report=report, is_true=is_true, reason=form.cleaned_data["reason"])
        except Refused as refused:
            refused.add_to_form(form)
        else:
            if is_true and report.what == ReportKind.MOVE:
                messages.success(request, _("Confirmed. Now ask the other unit to receive the member."))
                return redirect("transfer_new", pk=membership.pk)
            messages.success(request, _("Answered. The branch sees it at once."))
            return redirect("person_panel", key=membership.person.key, panel="hoi-vien")
    others = membership.person.memberships.exclude(state="ended").exclude(pk=membership.pk)
    context = {
        "form": form,
        "report": report,
        "membership": membership,
        "place": place_of(membership, by.on),
        "rules": [kind_rules(by.on)[one.kind].name for one in (membership, *others)],
        "is_death": report.what == ReportKind.DEATH,
        "is_waiting": report.state == ReportState.WAITING and waiting_for(by).filter(pk=pk).exists(),
    }
    return render(request, "members/report.html", context)
