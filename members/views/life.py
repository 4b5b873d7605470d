"""Acts on a membership: what will happen first, then the act; transfers; cards."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.dates import today
from foundation.refusal import Refused
from ledger.actor import Actor
from members.actions import (
    ask_transfer,
    cancel_transfer,
    change_life,
    give_card,
    hand_over_card,
    receive_transfer,
    refuse_transfer,
    rejoin,
    replace_card,
    report_lost,
    undo_life_act,
)
from members.enums import ACT, SEE, Ending, TransferState
from members.forms.joining import AssignForm, joinable_units, units_under
from members.forms.life import ACTS, ActForm, ReasonForm, RejoinForm, TransferForm
from members.models import Card, LifeAct, Membership, Transfer
from members.permissions import may_act_on
from members.printing import cards_pdf
from members.queries.memberships import place_of, visible_transfers
from members.queries.units import base_units
from members.rules import kind_rules, terms
from people.access import with_right
from people.actors import actor_of
from people.models import Unit
from people.permissions import may
from people.queries import visible_people

PAGE = 50


def find(by: Actor, pk: int) -> Membership:
    """A membership of somebody the actor sees and may act on; 404 otherwise."""
    rows = Membership.objects.filter(person__in=visible_people(by)).select_related("person")
    found = get_object_or_404(rows, pk=pk)
    if not may_act_on(by, found):
        raise Http404
    return found


def back(membership: Membership) -> HttpResponse:
    return redirect("person_panel", key=membership.person.key, panel="hoi-vien")


@with_right(ACT)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def life_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """What the act does, then the act."""
    by = actor_of(request)
    found = find(by, pk)
    if act not in ACTS:
        raise Http404
    form = ActForm(request.POST or None, act=act, on=by.on)
    if request.method == "POST" and form.is_valid():
        try:
            change_life(by=by, membership=found, wanted=form.wanted())
        except Refused as refused:
            refused.add_to_form(form)
        else:
            until = by.on + timedelta(days=terms(by.on).undo_calendar_days)
            told = {"act": ACTS[act], "day": f"{until:%d/%m/%Y}"}
            messages.success(request, _("%(act)s: entered. It can be taken back until %(day)s.") % told)
            return back(found)
    context = {
        "form": form,
        "membership": found,
        "title": ACTS[act],
        "rule": kind_rules(by.on)[found.kind],
        "place": place_of(found, by.on),
        "consequences": consequences(found, act),
        "is_danger": act in Ending.values,
    }
    return render(request, "members/life_act.html", context)


def consequences(membership: Membership, act: str) -> list[str]:
    """What the act does, sentence by sentence."""
    if act == "pause":
        return [_("The membership rests; the card and the place in the unit stay.")]
    if act == "resume":
        return [_("The membership is lived again from that day on.")]
    lines = [_("The membership ends with the day before; it stays in reports of earlier days.")]
    cards = membership.cards.filter(state__in=["made", "handed"])
    lines += [_("Card %(number)s no longer holds from now on.") % {"number": card.number} for card in cards]
    lines.append(_("The unit keeps the record; who checks the card reads that it has ended."))
    if act == Ending.DECEASED:
        others = membership.person.memberships.exclude(state="ended").exclude(pk=membership.pk)
        rules = kind_rules(today())
        lines += [_("Ends too: %(kind)s.") % {"kind": rules[other.kind].name} for other in others]
        lines.append(_("The account is closed; no reminder and no invitation goes to this person any more."))
    return lines


@with_right(ACT)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def life_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an act back within its window, with a reason."""
    by = actor_of(request)
    act = get_object_or_404(LifeAct.objects.select_related("membership__person"), pk=pk)
    found = find(by, act.membership_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            undo_life_act(by=by, act=act, reason=form.cleaned_data["reason"])
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("The act is taken back; both stay in the record."))
            return back(found)
    context = {"form": form, "act": act, "membership": found, "title": ACTS.get(act.act, act.act)}
    return render(request, "members/life_undo.html", context)


@with_right(ACT)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def membership_rejoin(request: HttpRequest, pk: int) -> HttpResponse:
    """Who left comes back."""
    by = actor_of(request)
    found = find(by, pk)
    form = RejoinForm(request.POST or None, units=joinable_units(by, ACT))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            rejoin(by=by, membership=found, unit=data["unit"], on=data["on"], decision=data["decision"])
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("The membership begins anew; the earlier one stays before it."))
            return back(found)
    context = {"form": form, "membership": found, "rule": kind_rules(by.on)[found.kind]}
    return render(request, "members/rejoin.html", context)


@with_right(ACT)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def transfer_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask another unit to receive a member."""
    by = actor_of(request)
    found = find(by, pk)
    form = TransferForm(request.POST or None, units=targets(by.on))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            ask_transfer(by=by, membership=found, target=data["target"], reason=data["reason"])
        except Refused as refused:
            refused.add_to_form(form)
        else:
            told = {"unit": data["target"].name}
            messages.success(request, _("%(unit)s is asked to receive. Until then nothing changes.") % told)
            return back(found)
    context = {
        "form": form,
        "membership": found,
        "rule": kind_rules(by.on)[found.kind],
        "place": place_of(found, by.on),
        "units": base_units(by.on),
        "terms": terms(by.on),
    }
    return render(request, "members/transfer_new.html", context)


def targets(on: Any) -> Any:
    """Units a member can go to: base units, and their branches."""
    return Unit.objects.standing(on).exclude(kind__in=["city", "district", "department"])


@with_right(SEE, ACT)
@require_safe
@never_cache
def transfer_list(request: HttpRequest) -> HttpResponse:
    """Transfers from and to the actor's units, those that wait first."""
    by = actor_of(request)
    rows = visible_transfers(by).order_by("-state", "due_on", "-pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "today": by.on,
    }
    return render(request, "members/transfer_list.html", context)


@with_right(SEE, ACT)
@require_safe
@never_cache
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """One transfer and what can be done with it."""
    return _transfer(request, get_object_or_404(visible_transfers(actor_of(request)), pk=pk))


@with_right(SEE, ACT)
@require_safe
def transfer_approval(request: HttpRequest, pk: int) -> HttpResponse:
    """From the queue to the transfer it is about."""
    found = get_object_or_404(visible_transfers(actor_of(request)), approval=pk)
    return redirect("transfer", pk=found.pk)


@with_right(ACT)
@require_POST
def transfer_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Receive, refuse, or take back."""
    by = actor_of(request)
    found = get_object_or_404(visible_transfers(by), pk=pk)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        if step == "tiep-nhan":
            assign = AssignForm(request.POST, units=units_under(found.target, by.on))
            unit = assign.cleaned_data["unit"] if assign.is_valid() else None
            receive_transfer(by=by, transfer=found, unit=unit)
            messages.success(request, _("The member is received from today on."))
        elif step == "khong-tiep-nhan":
            refuse_transfer(by=by, transfer=found, reason=reason)
            messages.success(request, _("The transfer is refused; the member stays where they are."))
        else:
            cancel_transfer(by=by, transfer=found, reason=reason)
            messages.success(request, _("The transfer is taken back."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("transfer", pk=pk)


def _transfer(request: HttpRequest, found: Transfer) -> HttpResponse:
    by = actor_of(request)
    waits = found.state == TransferState.WAITING
    context = {
        "transfer": found,
        "rule": kind_rules(by.on)[found.membership.kind],
        "may_receive": waits and may(by, ACT, found.target_id),
        "may_cancel": waits and may(by, ACT, found.source_id),
        "assign": AssignForm(units=units_under(found.target, by.on), initial={"unit": found.target_id}),
        "form": ReasonForm(),
        "sees_person": visible_people(by).filter(pk=found.membership.person_id).exists(),
        "today": by.on,
    }
    return render(request, "members/transfer.html", context)


@with_right(ACT)
@require_POST
def card_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Hand a card over, report it lost, replace it."""
    by = actor_of(request)
    card = get_object_or_404(Card.objects.select_related("membership__person"), pk=pk)
    found = find(by, card.membership_id)
    try:
        if step == "trao":
            hand_over_card(by=by, card=card, on=today())
            messages.success(request, _("Card %(number)s is handed over.") % {"number": card.number})
        elif step == "mat":
            report_lost(by=by, card=card, reason=_("Reported lost"))
            messages.success(request, _("Card %(number)s no longer holds.") % {"number": card.number})
        else:
            made = replace_card(by=by, card=card, reason=_("Lost or worn"))
            messages.success(request, _("Card %(number)s is made.") % {"number": made.number})
    except Refused as refused:
        messages.error(request, str(refused))
    return back(found)


@with_right(ACT)
@require_POST
def membership_card(request: HttpRequest, pk: int) -> HttpResponse:
    """A card for a membership that has none in use."""
    by = actor_of(request)
    found = find(by, pk)
    try:
        made = give_card(by=by, membership=found, on=by.on)
        messages.success(request, _("Card %(number)s is made.") % {"number": made.number})
    except Refused as refused:
        messages.error(request, str(refused))
    return back(found)


@with_right(ACT)
@require_safe
@never_cache
def card_print(request: HttpRequest, pk: int) -> HttpResponse:
    """One card as a sheet to print."""
    by = actor_of(request)
    card = get_object_or_404(Card.objects.select_related("membership__person", "unit", "proof"), pk=pk)
    find(by, card.membership_id)
    response = HttpResponse(cards_pdf([card]), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="the-{card.number}.pdf"'
    return response
