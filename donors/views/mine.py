"""A donor's own pages: history, next day, card, confirmation, share code, earlier donations declared."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from donors.actions import confirm_turns, declare_donation, issue_card, renew_share_code, set_willing
from donors.forms.donors import DeclareForm, WillingForm
from donors.models import Confirmation, Donor
from donors.printing import confirmation_pdf
from donors.queries.rules import booking
from donors.views.donors import verdict_of
from foundation.refusal import Refused
from ledger.actor import Actor
from papers.layout.codes import qr_svg
from papers.printing import address_of
from people.access import signed_in_only
from people.actors import actor_of, signed_in
from people.models import Person, Unit, UnitCover
from people.queries import units_of


def own(request: HttpRequest) -> Donor | None:
    """The donor record of who is signed in."""
    rows = Donor.objects.filter(person__user=signed_in(request))
    return rows.select_related("person", "card").first()


@signed_in_only
@require_safe
@never_cache
def mine_donations(request: HttpRequest) -> HttpResponse:
    """My donations, counts, the next day with its reasons; card, papers, what I am willing to do."""
    by = actor_of(request)
    found = own(request)
    context: dict[str, Any] = {"donor": found, "booking": booking(by.on)}
    if found is not None:
        willing = {name: getattr(found, name) for name in WillingForm.base_fields}
        context |= {
            "donations": found.donations.standing().select_related("drive"),
            "figures": found.donations.counting(by.on).figures(),
            "verdict": verdict_of(found, by),
            "papers": found.confirmations.select_related("proof")[:10],
            # An SVG we made ourselves from an address of ours.
            "qr": mark_safe(qr_svg(address_of(found.card)).split("?>")[-1]) if found.card else "",  # noqa: S308
            "willing_form": WillingForm(initial=willing),
        }
    return render(request, "donors/mine_donations.html", context)


@signed_in_only
@require_POST
def mine_donor_act(request: HttpRequest, act: str) -> HttpResponse:
    """Card, share code, confirmation, willingness: of one's own record alone."""
    by = actor_of(request)
    found = own(request)
    if found is None:
        raise Http404
    try:
        told = _act(by, found, act, request)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, told)
    return redirect("mine_donations")


def _act(by: Actor, found: Donor, act: str, request: HttpRequest) -> str:
    if act == "the":
        issue_card(by=by, donor=found)
        return _("Your card is issued; an earlier one holds no longer.")
    if act == "ma-chia-se":
        renew_share_code(by=by, donor=found)
        return _("Your share code is new; the one before opens nothing more.")
    if act == "giay-xac-nhan":
        confirm_turns(by=by, donor=found)
        return _("Your confirmation is made: download it below.")
    if act == "san-sang":
        form = WillingForm(request.POST)
        form.is_valid()
        set_willing(by=by, donor=found, **form.cleaned_data)
        return _("It is noted. You can change it at any time.")
    raise Http404


@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
def mine_declare(request: HttpRequest) -> HttpResponse:
    """An earlier donation with a photo of its certificate."""
    by = actor_of(request)
    person = get_object_or_404(Person, user=signed_in(request))
    form = DeclareForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        photo = values.pop("photo")
        try:
            unit = _decider(person, by)
            declare_donation(by=by, person=person, unit=unit, values=values, photo=photo)
        except Refused as refused:
            refused.add_to_form(form)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Thank you. Your unit looks at it; the photo is deleted then."))
            return redirect("mine_donations")
    return render(request, "donors/mine_declare.html", {"form": form})


def _decider(person: Person, by: Actor) -> Unit:
    """The unit that decides on what the person declares: the own one, else the chapter's top."""
    unit = units_of(person, by.on).first() or tops().first()
    if unit is None:
        raise Refused([_("No unit can look at it yet. Ask the chapter.")])
    return unit


def tops() -> QuerySet[Unit]:
    """Units with nothing above them."""
    return Unit.objects.exclude(pk__in=UnitCover.objects.filter(depth__gt=0).values("unit")).order_by("code")


@signed_in_only
@require_safe
@never_cache
def mine_confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    """My confirmation as PDF."""
    found = own(request)
    papers = Confirmation.objects.select_related("donor__person", "proof").filter(proof__ended_on=None)
    return pdf(get_object_or_404(papers, pk=pk, donor=found))


def pdf(paper: Confirmation) -> HttpResponse:
    """The paper, for the browser to show."""
    response = HttpResponse(confirmation_pdf(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="xac-nhan-hien-mau-{paper.donor.code}.pdf"'
    return response
