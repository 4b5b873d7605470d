"""Bodies with a term: the register, one body, its members, its recognition."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.refusal import Refused
from foundation.text import matching
from ledger.actor import Actor
from people.access import with_right
from people.actions.approvals import decide
from people.actions.bodies import (
    ask_recognition,
    elect_in_addition,
    end_body,
    found_body,
    put_in_charge,
    recognise_body,
    seat_member,
    step_down,
    strike_off,
)
from people.actors import actor_of
from people.enums import ApprovalState, BodyKind, SeatEnd
from people.forms.approvals import DecisionForm
from people.forms.bodies import BodyForm, ChargeForm, EndBodyForm, LeaveForm, MemberForm, RecogniseForm
from people.models import Approval, Body, Person, Seat
from people.permissions import may
from people.queries import visible_people, visible_units
from people.queries.approvals import history
from people.queries.bodies import recogniser_of, seats_on, signature_block, visible_bodies
from people.rules.bodies import body_rules, is_deputy
from people.views.acts import suggested
from people.views.approvals import decided, steps_of

PAGE = 50
MOST_FOUND = 20


@with_right("unit.see")
@require_safe
def body_list(request: HttpRequest) -> HttpResponse:
    """Bodies of the units I cover; ?q= by unit, ?loai= by kind, ?tat-ca=1 with ended, ?cho=1 unrecognised."""
    by = actor_of(request)
    query, kind = request.GET.get("q", ""), request.GET.get("loai", "")
    with_ended, only_waiting = bool(request.GET.get("tat-ca")), bool(request.GET.get("cho"))
    bodies = visible_bodies(by).filter(matching("unit__search_name", query))
    if kind in BodyKind.values:
        bodies = bodies.filter(kind=kind)
    if not with_ended:
        bodies = bodies.filter(term__contains=by.on)
    if only_waiting:
        bodies = bodies.filter(recognised_number="")
    context = {
        "page": Paginator(bodies.order_by("unit__code", "pk"), PAGE).get_page(request.GET.get("trang")),
        "query": query,
        "kind": kind,
        "kinds": BodyKind.choices,
        "with_ended": with_ended,
        "only_waiting": only_waiting,
        "may_manage": may(by, "body.manage"),
    }
    return render(request, "people/body_list.html", context)


@with_right("body.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def body_new(request: HttpRequest) -> HttpResponse:
    """Enter a body; ?don-vi= chooses the unit beforehand."""
    by = actor_of(request)
    units = visible_units(by).filter(valid__contains=by.on)
    form = BodyForm(request.POST or None, units=units, initial={"unit": request.GET.get("don-vi", "")})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = found_body(by=by, **data | {"kind": BodyKind(data["kind"])})
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("The body is entered. Now enter its members."))
            return redirect("body", pk=made.pk)
    context = {"form": form, "suggested": suggested(units), "title": _("Enter a body")}
    return render(request, "people/body_form.html", context)


@with_right("unit.see")
@require_safe
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """One body: its term, its recognition, who sits in it and who has left."""
    by = actor_of(request)
    found = get_object_or_404(visible_bodies(by).select_related("approval"), pk=pk)
    on = min(max(by.on, found.term.lower), found.term.upper or by.on)
    seats = list(found.seats.select_related("person").order_by("rank", "person__sort_key", "pk"))
    waiting = found.approval if found.approval and found.approval.state == ApprovalState.WAITING else None
    above = recogniser_of(found.unit, by.on)
    manages = may(by, "body.manage", found.unit_id)
    context = {
        "body": found,
        "sitting": [seat for seat in seats if on in seat.during],
        "left": [seat for seat in seats if seat.ended_how],
        "coming": [seat for seat in seats if seat.during.lower > on],
        "waiting": waiting,
        "above": above,
        "is_over": found.term.upper is not None and found.term.upper <= by.on,
        "may_manage": manages,
        "may_ask": manages and not found.recognised_number and waiting is None and above != found.unit,
        "may_recognise": not found.recognised_number and may(by, "body.manage", above.pk),
        "signing": signature_block(found.unit, by.on, as_kind=BodyKind(found.kind)),
        "deputies": {seat.pk for seat in seats if is_deputy(seat.post)},
    }
    return render(request, "people/body.html", context)


@with_right("body.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def body_member(request: HttpRequest, pk: int) -> HttpResponse:
    """A member comes in: found by ?q= among the people I see, then post and day."""
    by = actor_of(request)
    found = get_object_or_404(visible_bodies(by), pk=pk)
    is_by_election = bool(found.recognised_number)
    query = request.GET.get("q", "").strip()
    people = found_people(by, query) if query else Person.objects.none()
    form = MemberForm(
        request.POST or None,
        people=people,
        is_by_election=is_by_election,
        initial={"first_on": by.on if is_by_election else found.term.lower},
    )
    if request.method == "POST" and form.is_valid():
        data: dict[str, Any] = form.cleaned_data
        try:
            if is_by_election:
                elect_in_addition(by=by, body=found, **data)
            else:
                seat_member(by=by, body=found, **data)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("%(person)s is entered.") % {"person": data["person"].full_name})
            return redirect("body", pk=found.pk)
    context = {
        "body": found,
        "form": form,
        "query": query,
        "found": people.exists(),
        "is_by_election": is_by_election,
        "posts": body_rules(found.term.lower)[found.kind].posts,
    }
    return render(request, "people/body_member.html", context)


def found_people(by: Actor, query: str) -> QuerySet[Person]:
    """The first people the actor sees by a name, accents optional."""
    named = visible_people(by).filter(matching("search_name", query)).order_by("sort_key", "pk")[:MOST_FOUND]
    return Person.objects.filter(pk__in=[person.pk for person in named]).order_by("sort_key", "pk")


@with_right("body.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def seat_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """A member steps down or is struck off."""
    by = actor_of(request)
    seat = seat_of(by, pk)
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        leave = strike_off if data.pop("how") == SeatEnd.STRUCK_OFF else step_down
        if act_on(form, lambda: leave(by=by, seat=seat, **data)):
            messages.success(request, _("%(person)s leaves the body.") % {"person": seat.person.full_name})
            return redirect("body", pk=seat.body_id)
    title = _("%(person)s leaves") % {"person": seat.person.full_name}
    return render(request, "people/body_form.html", {"form": form, "body": seat.body, "title": title})


@with_right("body.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def seat_charge(request: HttpRequest, pk: int) -> HttpResponse:
    """A deputy is put in charge."""
    by = actor_of(request)
    seat = seat_of(by, pk)
    form = ChargeForm(request.POST or None, initial={"first_on": by.on})
    if (
        request.method == "POST"
        and form.is_valid()
        and act_on(form, lambda: put_in_charge(by=by, seat=seat, **form.cleaned_data))
    ):
        messages.success(request, _("%(person)s is in charge.") % {"person": seat.person.full_name})
        return redirect("body", pk=seat.body_id)
    title = _("Put %(person)s in charge") % {"person": seat.person.full_name}
    return render(request, "people/body_form.html", {"form": form, "body": seat.body, "title": title})


@with_right("body.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def body_end(request: HttpRequest, pk: int) -> HttpResponse:
    """The term ends."""
    by = actor_of(request)
    found = get_object_or_404(visible_bodies(by), pk=pk)
    form = EndBodyForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and act_on(form, lambda: end_body(by=by, body=found, **form.cleaned_data))
    ):
        messages.success(request, _("The term ends with the day that was given."))
        return redirect("body", pk=found.pk)
    return render(request, "people/body_form.html", {"form": form, "body": found, "title": _("End the term")})


@with_right("body.manage")
@require_POST
def body_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the level above to recognise the body."""
    by = actor_of(request)
    found = get_object_or_404(visible_bodies(by), pk=pk)
    try:
        approval = ask_recognition(by=by, body=found)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%(unit)s is asked to recognise it.") % {"unit": approval.unit.name})
    return redirect("body", pk=found.pk)


@with_right("body.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def body_recognise(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the decision that recognises a body."""
    by = actor_of(request)
    found = get_object_or_404(visible_bodies(by), pk=pk)
    form = RecogniseForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and act_on(form, lambda: recognise_body(by=by, body=found, **form.cleaned_data))
    ):
        messages.success(request, _("The body is recognised."))
        return redirect("body", pk=found.pk)
    context = {"form": form, "body": found, "title": _("Recognise the body")}
    return render(request, "people/body_form.html", context)


def show_recognition(request: HttpRequest, approval: Approval, found: Body, **paper: Any) -> HttpResponse:
    """What was asked of the level above: the body and its members; recognised by a decision, or not.

    `paper`: what the floor above says of the decision drafted here (papers.views.recognitions).
    """
    by, pk = actor_of(request), approval.pk
    form: Form = RecogniseForm(request.POST or None, prefix="qd")
    reason_form: Form = DecisionForm(request.POST or None)
    answer = request.POST.get("decision", "")
    if request.method == "POST" and answer == ApprovalState.APPROVED:
        reason_form = DecisionForm()
        if form.is_valid() and act_on(form, lambda: recognise_body(by=by, body=found, **form.cleaned_data)):
            messages.success(request, _("The body is recognised."))
            return redirect("body_recognition", pk=pk)
    elif request.method == "POST":
        form = RecogniseForm(prefix="qd")
        if reason_form.is_valid() and act_on(
            reason_form,
            lambda: decide(
                by=by,
                approval=approval,
                decision=decided(answer),
                reason=reason_form.cleaned_data["reason"],
            ),
        ):
            messages.success(request, _("The decision is kept."))
            return redirect("body_recognition", pk=pk)
    approval.refresh_from_db()
    context = {
        "approval": approval,
        "steps": steps_of(history(approval)),
        "body": found,
        "sitting": seats_on(found, max(by.on, found.term.lower)),
        "form": form,
        "reason_form": reason_form,
        "may_decide": by.holds_for({approval.office}, approval.unit_id) is not None,
        "is_late": approval.due_on < by.on,
        **paper,
    }
    return render(request, "people/body_recognition.html", context)


def seat_of(by: Actor, pk: int) -> Seat:
    """A seat in a body I see; 404 otherwise."""
    seats = Seat.objects.filter(body__in=visible_bodies(by).values("pk")).select_related(
        "person", "body__unit"
    )
    return get_object_or_404(seats, pk=pk)


def act_on(form: Form, action: Any) -> bool:
    """True if the action went through; otherwise its reasons stand on the form."""
    try:
        action()
    except Refused as refused:
        refused.add_to_form(form)
        return False
    return True
