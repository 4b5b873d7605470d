"""One donor with all that can be done, the decision on a donation."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from donors.actions import (
    confirm_donation,
    confirm_turns,
    defer_donor,
    drop_deferral,
    issue_card,
    record_donation,
    set_group,
    set_willing,
    use_certificate,
    void_donation,
)
from donors.enums import CONFIRM, ENTER, SEE, Component, Source
from donors.forms.donors import CarriedForm, DeferralForm, DonationForm, GroupForm, WillingForm
from donors.models import Deferral, Donation, Donor
from donors.queries.finding import find_givers
from donors.queries.rules import giving_rules, stricter_rules
from donors.queries.verdicts import facts_of
from donors.queries.visible import visible_donors
from donors.rules.verdict import Verdict, assess
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from people.access import with_right
from people.actors import actor_of
from people.models import Person, Unit
from people.permissions import hold_over, may, may_with


def verdict_of(donor: Donor, by: Actor) -> Verdict:
    """Whole blood today, by what the portal keeps."""
    facts = facts_of(donor, Component.WHOLE_BLOOD)
    return assess(facts, giving_rules(by.on), on=by.on, stricter=stricter_rules(by.on))


@with_right(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def donor(request: HttpRequest, code: str) -> HttpResponse:
    """One donor: figures, the next day with its reasons, donations; a POST records one."""
    by, found = _found(request, code)
    form = DonationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)

        def act() -> None:
            data["mobilised_by"] = _mobiliser(by, data.pop("mobiliser"))
            _recorded(by, found, Source.OFFICER, data)

        if _done(request, form, act):
            messages.success(request, _("The donation is recorded and waits to be confirmed."))
            return redirect("donor", code=code)
    return page(request, by, found, form=form)


def _recorded(by: Actor, found: Donor, source: Source, values: Mapping[str, Any]) -> None:
    hold = hold_over(by, ENTER, found.person) or by.hold_that_may(ENTER)
    if hold is None:
        raise PermissionDenied
    unit = Unit.objects.get(pk=hold.unit_id)
    record_donation(by=by, donor=found, unit=unit, source=source, values=values)


def _mobiliser(by: Actor, typed: str) -> Person | None:
    if not typed:
        return None
    said = find_givers(by, typed)
    if not said.is_sure:
        words = _("Nobody is known by this donor code or phone.")
        raise Refused(Reason(words, field="mobiliser"))
    return said.givers[0].person


def page(request: HttpRequest, by: Actor, found: Donor, **forms_: forms.Form) -> HttpResponse:
    """The donor's page, with what was typed where it was refused."""
    counting = found.donations.counting(by.on)
    willing = {name: getattr(found, name) for name in WillingForm.base_fields}
    group = {name: getattr(found, name) for name in GroupForm.base_fields}
    may_enter = may_with(by, ENTER, found.person)
    context = {
        "donor": found,
        "donations": found.donations.select_related("mobilised_by", "drive"),
        "figures": counting.figures(),
        "verdict": verdict_of(found, by),
        "deferrals": found.deferrals.order_by("-until_on"),
        "family": found.families.filter(during__contains=by.on).select_related("family").first(),
        "papers": found.confirmations.select_related("proof")[:10],
        "may_enter": may_enter,
        "may_confirm": may(by, CONFIRM),
        "may_act": may_enter or may(by, CONFIRM),
        "form": DonationForm(),
        "carried_form": CarriedForm(auto_id="carried_%s"),
        "willing_form": WillingForm(initial=willing),
        "group_form": GroupForm(initial=group),
        "deferral_form": DeferralForm(),
        **forms_,
    }
    return render(request, "donors/donor.html", context)


@with_right(ENTER)
@require_POST
def donor_act(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """One thing done with the donor; refused, the page comes back with what was typed."""
    by, found = _found(request, code)
    if act not in ACTS:
        raise Http404
    name, form_class, run, told = ACTS[act]
    form = form_class(request.POST, auto_id="carried_%s") if act == "mang-sang" else form_class(request.POST)
    if form.is_valid() and _done(request, form, lambda: run(by, found, form.cleaned_data, request)):
        messages.success(request, str(told))
        return redirect("donor", code=code)
    return page(request, by, found, **({name: form} if name else {}))


Run = Callable[[Actor, Donor, dict[str, Any], HttpRequest], Any]


def _lifted(by: Actor, found: Donor, _data: dict[str, Any], request: HttpRequest) -> None:
    key = request.POST.get("deferral", "")
    drop_deferral(by=by, deferral=get_object_or_404(Deferral, donor=found, pk=key if key.isdecimal() else 0))


class _Nothing(forms.Form):
    """A button alone."""


def _carried(by: Actor, found: Donor, data: dict[str, Any], _request: HttpRequest) -> None:
    _recorded(by, found, Source.CARRIED, {**data, "volume_ml": None})


# Of each act: the form's name on the page, the form, what is done, what is told then.
ACTS: dict[str, tuple[str, type[forms.Form], Run, Any]] = {
    "mang-sang": (
        "carried_form",
        CarriedForm,
        _carried,
        gettext_lazy("The donations carried over are recorded and wait to be confirmed."),
    ),
    "san-sang": (
        "willing_form",
        WillingForm,
        lambda by, found, data, _request: set_willing(by=by, donor=found, **data),
        gettext_lazy("What the donor said is noted."),
    ),
    "nhom-mau": (
        "group_form",
        GroupForm,
        lambda by, found, data, _request: set_group(
            by=by, donor=found, group=data["group"], rhesus=data["rhesus"], known=data["group_known"]
        ),
        gettext_lazy("The blood group is noted."),
    ),
    "tam-hoan": (
        "deferral_form",
        DeferralForm,
        lambda by, found, data, _request: defer_donor(by=by, donor=found, **data),
        gettext_lazy("The day is noted."),
    ),
    "bo-hoan": ("", _Nothing, _lifted, gettext_lazy("The deferral is taken away.")),
    "the": (
        "",
        _Nothing,
        lambda by, found, _data, _request: issue_card(by=by, donor=found),
        gettext_lazy("The card is issued; an earlier one holds no longer."),
    ),
    "giay-xac-nhan": (
        "",
        _Nothing,
        lambda by, found, _data, _request: confirm_turns(by=by, donor=found),
        gettext_lazy("The confirmation is made: it can be printed."),
    ),
}


def _found(request: HttpRequest, code: str) -> tuple[Actor, Donor]:
    by = actor_of(request)
    donors = visible_donors(by).select_related("person", "card")
    return by, get_object_or_404(donors, code=code)


def _done(request: HttpRequest, form: forms.Form, act: Callable[[], Any]) -> bool:
    """True if the action was done; otherwise its reasons stand on the form."""
    try:
        act()
    except Refused as refused:
        refused.add_to_form(form)
    except ValidationError as error:
        form.add_error(None, error.messages)
    else:
        return True
    for said in form.non_field_errors():
        messages.error(request, str(said))
    return False


@with_right(SEE)
@require_POST
def donation_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm, void with a reason, or note what was used of the certificate."""
    by = actor_of(request)
    seen = Donation.objects.filter(donor__in=visible_donors(by)).select_related("donor")
    donation = get_object_or_404(seen, pk=pk)
    do = request.POST.get("do")
    try:
        if do == "void":
            void_donation(by=by, donation=donation, reason=request.POST.get("reason", ""))
            messages.success(request, _("The donation is voided; counts, flags and papers follow."))
        elif do == "use":
            typed = request.POST.get("ml", "").strip()
            use_certificate(by=by, donation=donation, ml=int(typed) if typed.isdecimal() else 0)
        else:
            confirm_donation(by=by, donation=donation)
    except Refused as refused:
        messages.error(request, str(refused))
    if request.POST.get("next") == "declared":
        return redirect("declared_list")
    return redirect("donor", code=donation.donor.code)
