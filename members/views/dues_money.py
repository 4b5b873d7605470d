"""A branch's list, ticked on a phone or printed to sign; receipts; passing up and its confirmation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.dates import paper_date
from foundation.money import in_words
from foundation.refusal import Refused
from members.actions.dues_campaigns import set_rate, set_shares
from members.actions.dues_money import (
    cancel_receipt,
    confirm_remittance,
    remit_dues,
    take_back_remittance,
    take_receipt,
    tick_dues,
)
from members.enums import (
    DUES_COLLECT,
    DUES_MANAGE,
    DUES_RULES,
    DUES_SEE,
    CampaignState,
    Kind,
    PayWay,
    ReceiptState,
    RemittanceState,
)
from members.forms.dues import ConfirmForm, RateForm, ReasonForm, ReceiptForm, RemitForm, SharesForm
from members.models import DuesCampaign, DuesCharge, DuesRate, DuesRemittance, DuesShares
from members.queries.dues import (
    charges_of,
    keeper_of,
    not_remitted,
    totals,
    visible_campaigns,
    visible_charges,
    visible_receipts,
    visible_remittances,
)
from members.views.dues import campaign_of
from people.access import signed_in_only, with_right
from people.actors import actor_of
from people.models import Unit
from people.permissions import may
from people.queries.approvals import visible_approvals


def branch_of(request: HttpRequest, campaign: DuesCampaign, code: str) -> Unit:
    """A branch of the campaign that the visitor covers; else 404."""
    charges = visible_charges(actor_of(request), campaign)
    return get_object_or_404(Unit.objects.filter(pk__in=charges.values("branch")), code=code)


@with_right(DUES_SEE)
@require_safe
def dues_branch(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The collection list of a branch: who owes, who has paid; tick, and write the receipt."""
    campaign = campaign_of(request, pk)
    return show_branch(request, campaign, branch_of(request, campaign, code))


def show_branch(
    request: HttpRequest, campaign: DuesCampaign, branch: Unit, form: ReceiptForm | None = None
) -> HttpResponse:
    by = actor_of(request)
    charges = visible_charges(by, campaign)
    listed = list(charges_of(charges, branch))
    context = {
        "campaign": campaign,
        "branch": branch,
        "owing": [charge for charge in listed if charge.open_amount],
        "settled": [charge for charge in listed if not charge.open_amount],
        "totals": totals(charges.filter(branch=branch)),
        "ticked_sum": sum(charge.open_amount for charge in listed if charge.ticked_on),
        "is_open": campaign.state == CampaignState.OPEN,
        "may_tick": may(by, DUES_COLLECT, branch.pk),
        "may_manage": may(by, DUES_MANAGE, keeper_of(campaign.unit).pk),
        "form": form or ReceiptForm(),
    }
    return render(request, "members/dues_branch.html", context)


def _chosen(request: HttpRequest, name: str) -> list[int]:
    """Ids posted under a name; what is no number is left out."""
    return [int(text) for text in request.POST.getlist(name) if text.isdecimal() and len(text) < 19]


@with_right(DUES_COLLECT)
@require_POST
def dues_tick(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The branch head says who has paid."""
    campaign = campaign_of(request, pk)
    branch = branch_of(request, campaign, code)
    try:
        changed = tick_dues(
            by=actor_of(request),
            campaign=campaign,
            branch=branch,
            ticked=_chosen(request, "co" if "tat-ca" in request.POST else "thu"),
            shown=_chosen(request, "co"),
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Saved: %(count)s ticks changed.") % {"count": changed})
    return redirect("dues_branch", pk, code)


@with_right(DUES_MANAGE)
@require_POST
def dues_receipt_new(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """One receipt for everybody ticked."""
    by = actor_of(request)
    campaign = campaign_of(request, pk)
    branch = branch_of(request, campaign, code)
    form = ReceiptForm(request.POST)
    if form.is_valid():
        ticked = DuesCharge.objects.filter(campaign=campaign, branch=branch, ticked_on__isnull=False)
        amounts = {charge.pk: charge.open_amount for charge in ticked if charge.open_amount}
        data = form.cleaned_data
        try:
            receipt = take_receipt(
                by=by,
                campaign=campaign,
                branch=branch,
                amounts=amounts,
                payer=data["payer"],
                received_on=data["received_on"],
                how=PayWay(data["how"]),
            )
        except Refused as refused:
            refused.add_to_form(form)
        else:
            told = _("Receipt %(number)s is written.") % {"number": receipt.number_text}
            messages.success(request, told)
            return redirect("dues_receipt", receipt.pk)
    return show_branch(request, campaign, branch, form)


@with_right(DUES_SEE)
@require_safe
@never_cache
def dues_sheet(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The collection list on paper, with a column to sign in."""
    by = actor_of(request)
    campaign = campaign_of(request, pk)
    branch = branch_of(request, campaign, code)
    charges = [c for c in charges_of(visible_charges(by, campaign), branch) if c.months or c.paid]
    context = {
        "campaign": campaign,
        "branch": branch,
        "charges": charges,
        "total": sum(charge.open_amount for charge in charges),
        "words": in_words(sum(charge.open_amount for charge in charges)),
        "paper_day": paper_date(by.on),
        "as_of": by.on,
    }
    return render(request, "members/dues_sheet.html", context)


@with_right(DUES_SEE)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def dues_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """A receipt with its names and shares, to print; cancelling it with a reason (POST)."""
    by = actor_of(request)
    receipts = visible_receipts(by).select_related("unit", "branch", "shares", "remittance")
    receipt = get_object_or_404(receipts, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_receipt(by=by, receipt=receipt, reason=form.cleaned_data["reason"])
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("Cancelled. Its number stays; its names owe again."))
            return redirect("dues_receipt", pk)
    lines = receipt.lines.select_related("charge__person", "charge__campaign").order_by(
        "charge__person__sort_key", "pk"
    )
    campaign_id = next((line.charge.campaign_id for line in lines), None)
    context = {
        "receipt": receipt,
        "lines": lines,
        "words": in_words(receipt.amount),
        "paper_day": paper_date(receipt.received_on),
        "campaign_id": campaign_id,
        "is_valid": receipt.state == ReceiptState.VALID,
        "may_cancel": receipt.state == ReceiptState.VALID
        and receipt.remittance_id is None
        and may(by, DUES_MANAGE, receipt.unit_id),
        "form": form,
    }
    return render(request, "members/dues_receipt.html", context)


@with_right(DUES_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def dues_remit(request: HttpRequest, pk: int) -> HttpResponse:
    """What waits to be passed up; passing it up."""
    by = actor_of(request)
    campaign = campaign_of(request, pk)
    form = RemitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = remit_dues(
                by=by,
                unit=keeper_of(campaign.unit),
                made_on=data["made_on"],
                how=PayWay(data["how"]),
                document=data["document"],
            )
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("Passed up. It counts as paid once the level above confirms."))
            return redirect("dues_remittance", made.pk)
    receipts = list(not_remitted(keeper_of(campaign.unit)).select_related("branch"))
    context = {
        "campaign": campaign,
        "form": form,
        "receipts": receipts,
        "total": sum(receipt.upper_part for receipt in receipts),
    }
    return render(request, "members/dues_remit.html", context)


@with_right(DUES_SEE)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def dues_remittance(request: HttpRequest, pk: int) -> HttpResponse:
    """The list passed up (bảng kê trích nộp), to print; taking it back (POST)."""
    by = actor_of(request)
    remittance = get_object_or_404(visible_remittances(by).select_related("unit", "approval__unit"), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            take_back_remittance(by=by, remittance=remittance, reason=form.cleaned_data["reason"])
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("Taken back; its receipts wait to be passed up again."))
            return redirect("dues_remittance", pk)
    is_sent = remittance.state == RemittanceState.SENT
    context = remittance_context(remittance) | {
        "form": form if is_sent and may(by, DUES_MANAGE, remittance.unit_id) else None,
    }
    return render(request, "members/dues_remittance.html", context)


def remittance_context(remittance: DuesRemittance) -> dict[str, object]:
    """What the list shows: its receipts with every share."""
    return {
        "remittance": remittance,
        "receipts": remittance.receipts.select_related("branch").order_by("year", "number"),
        "words": in_words(remittance.amount),
        "paper_day": paper_date(remittance.made_on),
        "badge": {
            RemittanceState.SENT: "wait",
            RemittanceState.CONFIRMED: "ok",
            RemittanceState.RETURNED: "bad",
        }[RemittanceState(remittance.state)],
    }


@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
def dues_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The level above says it has the money, or returns the list. `pk` is the approval's."""
    by = actor_of(request)
    approval = get_object_or_404(visible_approvals(by), pk=pk)
    remittance = get_object_or_404(DuesRemittance.objects.select_related("unit"), approval=approval)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            confirm_remittance(
                by=by,
                remittance=remittance,
                is_received="received" in request.POST,
                reason=form.cleaned_data["reason"],
            )
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("Answered. The unit sees it at once."))
            return redirect("work_home")
    is_waiting = remittance.state == RemittanceState.SENT
    context = remittance_context(remittance) | {"form": form, "is_waiting": is_waiting}
    return render(request, "members/dues_confirm.html", context)


@with_right(DUES_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def dues_terms_page(request: HttpRequest) -> HttpResponse:
    """Rates and shares by date; entering new ones."""
    by = actor_of(request)
    what = request.POST.get("what", "")
    rate = RateForm(request.POST if what == "rate" else None)
    shares = SharesForm(request.POST if what == "shares" else None, prefix="share")
    form = shares if what == "shares" else rate
    if request.method == "POST" and form.is_valid():
        hold = by.hold_that_may(DUES_RULES, "")
        top = get_object_or_404(Unit, pk=hold.unit_id if hold else None)
        data = form.cleaned_data
        try:
            if what == "shares":
                set_shares(by=by, top=top, **data)
            else:
                set_rate(by=by, top=top, **{**data, "kind": Kind(data["kind"])})
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("Entered. Open campaigns follow when they are reconciled."))
            return redirect("dues_terms")
    context = {
        "rates": DuesRate.objects.order_by("kind", "-during"),
        "shares_rows": DuesShares.objects.order_by("-during"),
        "rate": rate,
        "shares": shares,
    }
    return render(request, "members/dues_terms.html", context)


@with_right(DUES_SEE)
@require_safe
@never_cache
def dues_unpaid(request: HttpRequest, pk: int) -> HttpResponse:
    """Who still owes in a campaign, branch by branch, to print."""
    by = actor_of(request)
    campaign = get_object_or_404(visible_campaigns(by).select_related("unit"), pk=pk)
    owing = (
        visible_charges(by, campaign)
        .filter(amount__gt=0)
        .select_related("person", "branch")
        .order_by("branch__code", "person__sort_key", "pk")
    )
    rows = [charge for charge in owing if charge.open_amount]
    context = {
        "campaign": campaign,
        "rows": rows,
        "total": sum(charge.open_amount for charge in rows),
        "as_of": by.on,
        "paper_day": paper_date(by.on),
    }
    return render(request, "members/dues_unpaid.html", context)
