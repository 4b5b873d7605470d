"""The meeting's batch: agreed, decided, ceremony, cards."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.refusal import Refused
from members.actions import close_ceremony, draft_decision, hold_meeting, plan_ceremony
from members.enums import ADMIT, SEE, AdmissionState
from members.forms.joining import CeremonyForm, MeetingForm
from members.models import Admission, Card
from members.printing import cards_pdf
from members.queries.applications import visible_admissions, waiting_for_meeting
from members.queries.units import base_of
from members.rules import kind_rules
from papers.enums import PaperState
from people.access import with_right
from people.actors import actor_of
from people.permissions import may


@with_right(ADMIT)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def meeting(request: HttpRequest) -> HttpResponse:
    """Tick whom the meeting agreed to; one batch for one unit and kind."""
    by = actor_of(request)
    waiting = waiting_for_meeting(by)
    form = MeetingForm(request.POST or None, waiting=waiting)
    if request.method == "POST" and form.is_valid():
        agreed = list(form.cleaned_data["agreed"])
        try:
            made = hold_meeting(
                by=by,
                unit=base_of(agreed[0].unit, by.on),
                met_on=form.cleaned_data["met_on"],
                minutes=form.cleaned_data["minutes"],
                agreed=agreed,
            )
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("The batch stands. Draft the decision now."))
            return redirect("admission", pk=made.pk)
    ticked = set(request.POST.getlist("agreed"))
    rows = [(one, kind_rules(by.on)[one.kind].name, str(one.pk) in ticked) for one in waiting]
    return render(request, "members/meeting.html", {"form": form, "rows": rows})


@with_right(SEE, ADMIT)
@require_safe
@never_cache
def admission(request: HttpRequest, pk: int) -> HttpResponse:
    """One batch and its next step."""
    return _shown(request, pk)


@with_right(ADMIT)
@require_POST
def admission_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft the decision with its annexed list; it goes on in papers."""
    by = actor_of(request)
    found = get_object_or_404(visible_admissions(by), pk=pk)
    try:
        paper = draft_decision(by=by, admission=found)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("admission", pk=pk)
    messages.success(
        request, _("The decision is drafted. Look over its words, then submit it for signature.")
    )
    return redirect("paper", key=paper.key)


@with_right(ADMIT)
@require_POST
def admission_ceremony(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan the ceremony, or enter who was present."""
    by = actor_of(request)
    found = get_object_or_404(visible_admissions(by), pk=pk)
    form = CeremonyForm(request.POST)
    try:
        if request.POST.get("do") == "close":
            present = {int(one) for one in request.POST.getlist("present") if one.isdecimal()}
            close_ceremony(by=by, admission=found, present=present)
            messages.success(request, _("The ceremony is entered; cards of those present are handed over."))
        elif form.is_valid():
            plan_ceremony(
                by=by, admission=found, on=form.cleaned_data["on"], place=form.cleaned_data["place"]
            )
            messages.success(request, _("Day and place of the ceremony are kept."))
        else:
            return _shown(request, pk, form)
    except Refused as refused:
        refused.add_to_form(form)
        return _shown(request, pk, form)
    return redirect("admission", pk=pk)


@with_right(SEE, ADMIT)
@require_safe
@never_cache
def admission_cards(request: HttpRequest, pk: int) -> HttpResponse:
    """The batch's cards as sheets to print and cut."""
    found = get_object_or_404(visible_admissions(actor_of(request)), pk=pk)
    return _pdf(list(_cards(found)), f"the-dot-{found.pk}.pdf")


def _cards(found: Admission) -> QuerySet[Card]:
    people = found.applications.exclude(person=None).values("person")
    rows = Card.objects.filter(membership__person__in=people, membership__kind=found.kind)
    rows = rows.filter(state__in=["made", "handed"]).select_related("membership__person", "unit", "proof")
    return rows.order_by("number")


def _pdf(cards: list[Card], name: str) -> HttpResponse:
    response = HttpResponse(cards_pdf(cards), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _shown(request: HttpRequest, pk: int, form: CeremonyForm | None = None) -> HttpResponse:
    by = actor_of(request)
    found = get_object_or_404(visible_admissions(by).select_related("unit", "paper"), pk=pk)
    may_admit = may(by, ADMIT, found.unit_id)
    cards = {card.membership.person_id: card for card in _cards(found)}
    people = found.applications.select_related("unit", "person").order_by("pk")
    initial = {"on": found.ceremony_on, "place": found.ceremony_place}
    is_drafted = found.paper is not None and found.paper.state != PaperState.CANCELLED
    is_decided = found.state == AdmissionState.DECIDED
    context = {
        "admission": found,
        "rule": kind_rules(by.on)[found.kind],
        "rows": [(one, cards.get(one.person_id or 0)) for one in people],
        "form": form or CeremonyForm(initial=initial),
        "may_draft": may_admit and found.state == AdmissionState.OPEN and not is_drafted,
        "is_drafted": is_drafted and found.state == AdmissionState.OPEN,
        "may_plan": may_admit and is_decided,
        "may_close": may_admit
        and is_decided
        and found.ceremony_on is not None
        and found.ceremony_on <= by.on,
        "has_cards": bool(cards),
        "sees_papers": may(by, "paper.see", found.unit_id),
    }
    return render(request, "members/admission.html", context, status=200 if form is None else 422)
