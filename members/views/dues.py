"""Dues of units by year: the campaigns, one campaign with its branches, reliefs, passing up."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.refusal import Refused
from members.actions.dues_campaigns import (
    close_campaign,
    end_relief,
    grant_reliefs,
    open_campaign,
    reconcile_campaign,
)
from members.enums import DUES_MANAGE, DUES_SEE, CampaignState
from members.forms.dues import OpenForm, ReliefForm
from members.models import DuesCampaign, DuesRelief
from members.queries.dues import (
    branch_rows,
    covered,
    keeper_of,
    not_remitted,
    rates_in_force,
    receipts_of,
    shares_on,
    totals,
    totals_by_campaign,
    visible_campaigns,
    visible_charges,
    visible_remittances,
)
from members.queries.dues_removals import visible_proposals
from members.queries.units import base_units
from members.rules.dues import dues_terms, exemptions, relief_reasons
from people.access import with_right
from people.actors import actor_of
from people.models import Person
from people.permissions import may

PAGE = 50


def campaign_of(request: HttpRequest, pk: int) -> DuesCampaign:
    """The campaign, if the visitor may see it; else 404."""
    return get_object_or_404(visible_campaigns(actor_of(request)).select_related("unit"), pk=pk)


@with_right(DUES_SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def dues_list(request: HttpRequest) -> HttpResponse:
    """Campaigns of the units I cover, latest year first; opening one."""
    by = actor_of(request)
    found = visible_campaigns(by).select_related("unit").order_by("-year", "unit__code")
    if year := request.GET.get("nam", ""):
        found = found.filter(year=year if year.isdecimal() and len(year) < 5 else 0)
    if request.GET.get("q", "").strip():
        found = found.filter(unit__name__icontains=request.GET["q"].strip())
    units = base_units(by.on).filter(pk__in=covered(by, DUES_MANAGE))
    may_manage = may(by, DUES_MANAGE)
    form = OpenForm(request.POST or None, units=units) if may_manage else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            made = open_campaign(by=by, **form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        except ValidationError as invalid:
            form.add_error(None, invalid)
        else:
            messages.success(request, _("The year is open, and what each member owes is computed."))
            return redirect("dues_campaign", made.pk)
    page = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    sums = totals_by_campaign(by, page)
    context = {
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number)),
        "rows": [(campaign, sums.get(campaign.pk)) for campaign in page],
        "form": form,
        "year": year,
        "query": request.GET.get("q", ""),
        "rates": rates_in_force(by.on),
        "shares": shares_on(by.on),
        "may_set": may(by, "dues.rules"),
    }
    return render(request, "members/dues_list.html", context)


@with_right(DUES_SEE)
@require_safe
def dues_campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """One campaign: how far it is, branch by branch; its receipts and what was passed up."""
    by = actor_of(request)
    campaign = campaign_of(request, pk)
    charges = visible_charges(by, campaign)
    found = totals(charges)
    keeper = keeper_of(campaign.unit)
    sees_whole = by.is_system or not covered(by).isdisjoint({campaign.unit_id, keeper.pk})
    may_manage = may(by, DUES_MANAGE, keeper.pk)
    receipts = receipts_of(campaign).select_related("branch")
    if not sees_whole:
        receipts = receipts.filter(branch__in=covered(by))
    context = {
        "campaign": campaign,
        "totals": found,
        "rows": branch_rows(charges),
        "warned": exemptions(found.exempt, found.members, dues_terms(by.on)),
        "receipts": receipts[:100],
        "remittances": visible_remittances(by).filter(unit__in=[campaign.unit_id, keeper.pk])[:20],
        "waiting": sum(receipt.upper_part for receipt in not_remitted(keeper)) if sees_whole else 0,
        "is_open": campaign.state == CampaignState.OPEN,
        "paid_since": found.paid - (campaign.closing_paid or 0) if campaign.closing_paid is not None else 0,
        "keeper": keeper if keeper != campaign.unit else None,
        "may_hand_over": may_manage and any(h.is_top and DUES_MANAGE in h.may for h in by.holds),
        "sees_all": sees_whole,
        "may_manage": may_manage,
        "proposals": visible_proposals(by).filter(campaign=campaign).order_by("-pk") if may_manage else [],
    }
    return render(request, "members/dues_campaign.html", context)


def _step(request: HttpRequest, pk: int, act: Callable[[DuesCampaign], str]) -> HttpResponse:
    """Run one act on a campaign and say what came of it."""
    campaign = campaign_of(request, pk)
    try:
        messages.success(request, act(campaign))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("dues_campaign", pk)


@with_right(DUES_MANAGE)
@require_POST
def dues_reconcile(request: HttpRequest, pk: int) -> HttpResponse:
    """Compute anew, compare, correct."""

    def act(campaign: DuesCampaign) -> str:
        changed = reconcile_campaign(by=actor_of(request), campaign=campaign)
        return (
            _("Reconciled: %(count)s rows corrected or added.") % {"count": changed}
            if changed
            else _("Reconciled: everything was right already.")
        )

    return _step(request, pk, act)


@with_right(DUES_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def dues_close(request: HttpRequest, pk: int) -> HttpResponse:
    """What closing does, then closing."""
    campaign = campaign_of(request, pk)
    if request.method == "POST":

        def act(found: DuesCampaign) -> str:
            close_campaign(by=actor_of(request), campaign=found)
            return _("The campaign is closed. No membership was ended by it.")

        return _step(request, pk, act)
    context = {
        "campaign": campaign,
        "totals": totals(visible_charges(actor_of(request), campaign)),
        "consequences": [
            _("What each member owes is reconciled a last time."),
            _("Nobody's membership ends. Arrears stay owed and stand in the list of the unpaid."),
            _("Reliefs can no longer be changed; who pays late is ticked and receipted as before."),
        ],
    }
    return render(request, "members/dues_close.html", context)


@with_right(DUES_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def dues_reliefs(request: HttpRequest, pk: int) -> HttpResponse:
    """Who pays less or nothing, by which decision; one more."""
    by = actor_of(request)
    campaign = campaign_of(request, pk)
    charges = visible_charges(by, campaign)
    rows = branch_rows(charges)
    code = request.GET.get("chi-hoi", rows[0].unit.code if len(rows) == 1 else "")
    without = charges.filter(branch__code=code, months__gt=0).exclude(person__dues_reliefs__campaign=campaign)
    people = Person.objects.filter(pk__in=without.values("person")).order_by("sort_key")
    names = relief_reasons(by.on)
    form = ReliefForm(request.POST or None, people=people, reasons=list(names.items()))
    if request.method == "POST" and form.is_valid():
        try:
            grant_reliefs(by=by, campaign=campaign, **form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        except ValidationError as invalid:
            form.add_error(None, invalid)
        else:
            messages.success(request, _("Entered; what is owed follows."))
            return redirect("dues_reliefs", pk)
    found = totals(charges)
    reliefs = campaign.reliefs.select_related("person").order_by("person__sort_key")
    context = {
        "campaign": campaign,
        "form": form,
        "rows": [(relief, names.get(relief.reason, relief.reason)) for relief in reliefs],
        "branches": [row.unit for row in rows],
        "chosen": code,
        "warned": exemptions(found.exempt, found.members, dues_terms(by.on)),
        "is_open": campaign.state == CampaignState.OPEN,
    }
    return render(request, "members/dues_reliefs.html", context)


@with_right(DUES_MANAGE)
@require_POST
def dues_relief_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a relief back, with a reason."""
    by = actor_of(request)
    reliefs = DuesRelief.objects.filter(campaign__in=visible_campaigns(by)).select_related("campaign")
    relief = get_object_or_404(reliefs, pk=pk)
    try:
        end_relief(by=by, relief=relief, reason=request.POST.get("reason", ""))
        messages.success(request, _("Taken back; what is owed follows."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("dues_reliefs", relief.campaign_id)
