"""Calls to give blood: planned, seen as a count, begun, watched, stopped."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from donors.actions.calls import plan_call, start_call, stop_call
from donors.enums import CALL, CallState
from donors.forms.calls import CallForm, StopForm
from donors.models import CallUp
from donors.queries.calls import callable_donors, visible_calls
from donors.queries.settings import drive_settings
from foundation.refusal import Refused
from people.access import with_right
from people.actors import actor_of
from people.models import Unit

PAGE = 30
BADGES = {CallState.SENDING: "wait", CallState.DONE: "ok", CallState.STOPPED: "bad"}


@with_right(CALL)
@require_http_methods(["GET", "HEAD", "POST"])
def call_list(request: HttpRequest) -> HttpResponse:
    """Calls of my units, the latest first; a POST plans one and shows its count."""
    by = actor_of(request)
    form = CallForm(request.POST or None, by=by)
    if request.method == "POST" and form.is_valid():
        hold = by.hold_that_may(CALL, form.cleaned_data["area"].code)
        if hold is None:
            raise PermissionDenied
        unit = Unit.objects.get(pk=hold.unit_id)
        try:
            call = plan_call(by=by, unit=unit, **form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("call", call.pk)
    page = Paginator(visible_calls(by), PAGE).get_page(request.GET.get("trang"))
    context = {
        "form": form,
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "rows": [(one, BADGES.get(CallState(one.state), "")) for one in page],
    }
    return render(request, "donors/call_list.html", context)


@with_right(CALL)
@require_safe
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """One call: whom it reaches as a count, its words, how far it is."""
    return show(request, seen(request, pk), StopForm())


def seen(request: HttpRequest, pk: int) -> CallUp:
    """The call, if the visitor's offices cover its unit; else 404."""
    return get_object_or_404(visible_calls(actor_of(request)), pk=pk)


def show(request: HttpRequest, found: CallUp, form: StopForm) -> HttpResponse:
    now = callable_donors(found).count() if found.state == CallState.DRAFT else found.found
    context = {
        "call": found,
        "badge": BADGES.get(CallState(found.state), ""),
        "now": now,
        "reaches": min(now, found.cap),
        "whole": min(found.found, found.cap) or 1,
        "a_minute": drive_settings(found.on)["call_a_minute"],
        "rest_days": drive_settings(found.on)["call_rest_days"],
        "may_start": found.state == CallState.DRAFT and now > 0,
        "may_stop": found.state in {CallState.DRAFT, CallState.SENDING},
        "form": form,
    }
    return render(request, "donors/call.html", context)


@with_right(CALL)
@require_POST
def call_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin, with the count that was shown."""
    found = seen(request, pk)
    count = request.POST.get("seen", "")
    try:
        start_call(by=actor_of(request), call=found, seen=int(count) if count.isdecimal() else -1)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The call has begun. You can leave this page."))
    return redirect("call", pk)


@with_right(CALL)
@require_POST
def call_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop: who was not called yet is not called."""
    found, form = seen(request, pk), StopForm(request.POST)
    if form.is_valid():
        try:
            stop_call(by=actor_of(request), call=found, reason=form.cleaned_data["reason"])
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("Stopped."))
            return redirect("call", pk)
    return show(request, found, form)
