"""The register of donors, one donor, and a donor's own page."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from donors.actions import confirm_donation, record_donation, void_donation
from donors.enums import CONFIRM, ENTER, SEE, Component, Source
from donors.forms.self_check import DonationForm
from donors.models import Donation, Donor
from donors.queries.rules import giving_rules, stricter_rules
from donors.queries.verdicts import facts_of
from donors.queries.visible import visible_donors
from donors.rules.verdict import Verdict, assess
from foundation.refusal import Refused
from foundation.text import matching
from ledger.actor import Actor
from people.access import signed_in_only, with_right
from people.actors import actor_of, signed_in
from people.models import Unit
from people.permissions import may

PAGE = 50


def verdict_of(donor: Donor, by: Actor) -> Verdict:
    """Whole blood today, by what the portal keeps."""
    facts = facts_of(donor, Component.WHOLE_BLOOD)
    return assess(facts, giving_rules(by.on), on=by.on, stricter=stricter_rules(by.on))


@with_right(SEE)
@require_safe
def donor_list(request: HttpRequest) -> HttpResponse:
    """Donors of the units I cover by name; ?q= by name or code."""
    by = actor_of(request)
    query = request.GET.get("q", "").strip()
    donors = visible_donors(by).select_related("person").with_turns(by.on)
    if query.upper().startswith("HM"):
        donors = donors.filter(code=query.upper())
    else:
        donors = donors.filter(matching("person__search_name", query))
    page = Paginator(donors.order_by("person__sort_key", "pk"), PAGE).get_page(request.GET.get("trang"))
    return render(request, "donors/donor_list.html", {"page": page, "query": query})


@with_right(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def donor(request: HttpRequest, code: str) -> HttpResponse:
    """One donor: figures, the next day with its reasons, donations; a POST records one."""
    by = actor_of(request)
    found = get_object_or_404(visible_donors(by).select_related("person"), code=code)
    form = DonationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            hold = by.hold_that_may(ENTER)
            if hold is None:
                raise PermissionDenied
            unit = Unit.objects.get(pk=hold.unit_id)
            source = Source.CARRIED if form.cleaned_data["turns"] > 1 else Source.OFFICER
            record_donation(by=by, donor=found, unit=unit, source=source, values=form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The donation is recorded and waits to be confirmed."))
            return redirect("donor", code=code)
    counting = found.donations.counting(by.on)
    context = {
        "donor": found,
        "donations": found.donations.all(),
        "figures": counting.figures(),
        "verdict": verdict_of(found, by),
        "form": form,
        "may_enter": may(by, ENTER),
        "may_confirm": may(by, CONFIRM),
    }
    return render(request, "donors/donor.html", context)


@with_right(CONFIRM)
@require_POST
def donation_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm, or void with a reason."""
    by = actor_of(request)
    seen = Donation.objects.filter(donor__in=visible_donors(by)).select_related("donor")
    donation = get_object_or_404(seen, pk=pk)
    try:
        if request.POST.get("do") == "void":
            void_donation(by=by, donation=donation, reason=request.POST.get("reason", ""))
        else:
            confirm_donation(by=by, donation=donation)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("donor", code=donation.donor.code)


@signed_in_only
@require_safe
def mine_donations(request: HttpRequest) -> HttpResponse:
    """My donations, counts, and the next day with its reasons."""
    by = actor_of(request)
    found = Donor.objects.filter(person__user=signed_in(request)).select_related("person").first()
    context: dict[str, Any] = {"donor": found}
    if found is not None:
        context |= {
            "donations": found.donations.standing(),
            "figures": found.donations.counting(by.on).figures(),
            "verdict": verdict_of(found, by),
        }
    return render(request, "donors/mine_donations.html", context)
