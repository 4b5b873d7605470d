"""A person's own membership: what, since when, the card, a transfer."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.refusal import Refused
from members.actions import ask_transfer, cancel_transfer
from members.enums import CardState, MembershipState, TransferState
from members.forms.life import TransferForm
from members.models import Membership, Transfer
from members.queries.dues import dues_of, rates_in_force, with_receipts
from members.queries.memberships import memberships_of, place_among, places_of
from members.queries.units import base_units
from members.rules import kind_rules, terms
from members.views.life import targets
from papers.layout.codes import qr_svg
from papers.printing import address_of
from people.access import signed_in_only
from people.actors import actor_of
from people.models import Belonging
from people.views.my_data import own_record


@signed_in_only
@require_safe
@never_cache
def mine_membership(request: HttpRequest) -> HttpResponse:
    """Memberships, each with its card and what can be asked."""
    by, person = actor_of(request), own_record(request)
    places = places_of(person)
    rows = [_shown(row, places, by.on) for row in memberships_of(person)]
    context = {
        "open": [row for row in rows if row["is_open"]],
        "ended": [row for row in rows if not row["is_open"]],
        "chapter_name": settings.CHAPTER["name"],
    }
    return render(request, "members/mine_membership.html", context)


def _shown(row: Membership, places: list[Belonging], on: Any) -> dict[str, Any]:
    card = next((one for one in row.cards.all() if one.state in (CardState.MADE, CardState.HANDED)), None)
    return {
        "row": row,
        "rule": kind_rules(on)[row.kind],
        "place": place_among(places, row, on),
        "is_open": row.state != MembershipState.ENDED,
        "card": card,
        # An SVG we made ourselves from an address of ours.
        "qr": mark_safe(qr_svg(address_of(card.proof)).split("?>")[-1]) if card else "",  # noqa: S308
        "transfer": next((one for one in row.transfers.all() if one.state == TransferState.WAITING), None),
    }


@signed_in_only
@require_safe
@never_cache
def mine_dues(request: HttpRequest) -> HttpResponse:
    """What I owe and paid, year by year, with the receipts my name stands on."""
    by, person = actor_of(request), own_record(request)
    charges = list(with_receipts(dues_of(person)))
    context = {
        "charges": charges,
        "open": sum(charge.open_amount for charge in charges),
        "rates": rates_in_force(by.on),
    }
    return render(request, "members/mine_dues.html", context)


@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def mine_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to be received by another unit."""
    by, person = actor_of(request), own_record(request)
    found = get_object_or_404(Membership.objects.exclude(state=MembershipState.ENDED), pk=pk, person=person)
    form = TransferForm(request.POST or None, units=targets(by.on))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            ask_transfer(by=by, membership=found, target=data["target"], reason=data["reason"])
        except Refused as refused:
            refused.add_to_form(form)
        else:
            told = {"unit": data["target"].name}
            messages.success(
                request, _("%(unit)s has your wish. Until you are received nothing changes.") % told
            )
            return redirect("mine_membership")
    context = {"form": form, "membership": found, "units": base_units(by.on), "terms": terms(by.on)}
    return render(request, "members/mine_transfer.html", context)


@signed_in_only
@require_POST
def mine_transfer_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the own wish back."""
    by, person = actor_of(request), own_record(request)
    found = get_object_or_404(Transfer, pk=pk, membership__person=person)
    try:
        cancel_transfer(by=by, transfer=found, reason=_("Taken back by the member"))
        messages.success(request, _("Your wish is taken back."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("mine_membership")
