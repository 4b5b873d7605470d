"""The gift store: catalogue, movements, a drive's gifts beside its donations and the law of its day."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from donors.models import Drive
from foundation.refusal import Refused
from people.access import with_right
from people.actors import actor_of
from people.models import Unit
from people.rules import offices_that_may
from rewards.actions.gifts import add_gift, count_gift, hand_out_at_drive, move_gift
from rewards.enums import GIFT
from rewards.forms import CountForm, DriveGiftForm, GiftForm, MoveForm
from rewards.models import Gift
from rewards.queries.gifts import (
    allowances_at,
    donations_of,
    handed_at,
    owed_at,
    recent_drives,
    visible_gifts,
)
from rewards.views.doing import Act, offered, perform

PAGE = 30
ACTS = (
    Act(
        "nhap-xuat",
        gettext_lazy("Receive, hand out, write off"),
        pgettext_lazy("rewards", "Enter"),
        gettext_lazy("The store is up to date."),
        lambda by, gift, data: move_gift(by=by, gift=gift, **data),
        MoveForm,
    ),
    Act(
        "kiem-ke",
        gettext_lazy("Count by hand"),
        gettext_lazy("Enter the count"),
        gettext_lazy("Counted; a difference stands as a movement with its reason."),
        lambda by, gift, data: count_gift(by=by, gift=gift, **data),
        CountForm,
    ),
)


@with_right(GIFT)
@require_http_methods(["GET", "HEAD", "POST"])
def gift_list(request: HttpRequest) -> HttpResponse:
    """The catalogue with stock and value, funds apart; and a new gift in the store of my unit."""
    by = actor_of(request)
    form = GiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        unit = Unit.objects.filter(pk__in=by.unit_ids(offices_that_may(GIFT, by.on))).order_by("kind", "pk")
        try:
            made = add_gift(by=by, unit=store_of(by, unit), **form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            return redirect("gift", made.pk)
    gifts = list(visible_gifts(by))
    context = {
        "rows": [(gift, gift.stock * gift.value_vnd) for gift in gifts],
        "total": sum(gift.stock * gift.value_vnd for gift in gifts),
        "drives": recent_drives(by)[:10],
        "form": form,
    }
    return render(request, "rewards/gift_list.html", context)


def store_of(by: Any, units: Any) -> Unit:
    """The unit on which the actor holds the office itself: its store takes the new gift."""
    held = [hold.unit_id for hold in by.holds if GIFT in hold.may]
    found: Unit = units.filter(pk__in=held).first() or units.first()
    return found


@with_right(GIFT)
@require_safe
def gift(request: HttpRequest, pk: int) -> HttpResponse:
    """One gift: stock, movements, what can be done."""
    return show_gift(request, get_object_or_404(visible_gifts(actor_of(request)), pk=pk), {})


@with_right(GIFT)
@require_POST
def gift_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """A movement or a count."""
    found = get_object_or_404(visible_gifts(actor_of(request)), pk=pk)
    failed = perform(request, ACTS, act, found)
    return show_gift(request, found, failed) if failed else redirect("gift", pk)


def show_gift(request: HttpRequest, found: Gift, failed: dict[str, forms.Form | None]) -> HttpResponse:
    page = Paginator(found.moves.order_by("-on", "-pk"), PAGE).get_page(request.GET.get("trang"))
    context = {
        "gift": found,
        "worth": found.stock * found.value_vnd,
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "acts": offered(actor_of(request), ACTS, found, failed),
    }
    return render(request, "rewards/gift.html", context)


@with_right(GIFT)
@require_http_methods(["GET", "HEAD", "POST"])
def gift_drive(request: HttpRequest, pk: int) -> HttpResponse:
    """At the end of a drive: donations beside what was given for them and what the law asks at least."""
    by = actor_of(request)
    drive = get_object_or_404(recent_drives(by), pk=pk)
    form = DriveGiftForm(request.POST or None, gifts=visible_gifts(by))
    if request.method == "POST" and form.is_valid():
        try:
            hand_out_at_drive(by=by, gift=form.cleaned_data["gift"], drive=drive)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            return redirect("gift_drive", pk)
    return render(request, "rewards/gift_drive.html", {"form": form, **reconciled(drive)})


def reconciled(drive: Drive) -> dict[str, Any]:
    """A drive's gifts beside its donations, in sums."""
    lines, handed = owed_at(drive), handed_at(drive)
    count = donations_of(drive).count()
    return {
        "drive": drive,
        "lines": lines,
        "handed": [(one, n, vnd, count - n) for one, n, vnd in handed],
        "count": count,
        "allowances": allowances_at(drive, count),
        "least": sum(line.least_vnd for line in lines),
        "given": sum(line.given_vnd for line in lines),
        "under": sum(line.under for line in lines),
        "unknown": any(line.least is None for line in lines),
    }
