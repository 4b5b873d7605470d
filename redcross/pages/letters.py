"""The outbox on the work pages, and a person's own letters."""

from collections.abc import Callable, Iterable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from foundation.refusal import Refused
from foundation.text import mask_name
from ledger.actor import Actor
from letters.actions import cancel_letter, mark_arrived, mark_told, retry_letter
from letters.actions.writing import reachable
from letters.enums import MANAGE, Channel, LetterState
from letters.models import Letter
from letters.permissions import may_read
from letters.queries import found, letters_to, masked_address, template_choices, visible_to
from letters.rules import sending_rule_on
from people.access import signed_in_only, with_right
from people.actors import actor_of, signed_in
from people.models import Person

PAGE = 50
BADGES = {
    LetterState.SENT: "ok",
    LetterState.TOLD: "ok",
    LetterState.WAITING: "info",
    LetterState.SENDING: "info",
    LetterState.UNSURE: "wait",
    LetterState.TO_CALL: "bad",
}


def shown(by: Actor, letters: Iterable[Letter]) -> list[Letter]:
    """The letters with what the page may say of each: readers who do not manage see masked recipients."""
    rows = list(letters)
    for letter in rows:
        letter.badge = BADGES.get(LetterState(letter.state), "")  # type: ignore[attr-defined]
        if not may_read(by, letter):
            letter.address = masked_address(letter.address)
            letter.recipient_name = mask_name(letter.recipient_name)
    return rows


@with_right("letters.see")
@require_safe
@never_cache
def letter_register(request: HttpRequest) -> HttpResponse:
    """Letters of the units I cover, latest first; ?q= ?trang_thai= ?kenh= ?mau= filter."""
    by = actor_of(request)
    chosen = {name: request.GET.get(name, "") for name in ("q", "trang_thai", "kenh", "mau")}
    letters = found(
        visible_to(by),
        # Words would find what a masked reader may not read.
        query=chosen["q"] if by.may(MANAGE) else "",
        state=chosen["trang_thai"],
        channel=chosen["kenh"],
        template=chosen["mau"],
    )
    pages = Paginator(letters.select_related("template").order_by("-created_at", "-pk"), PAGE)
    page = pages.get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "page_range": pages.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        "letters": shown(by, page),
        "chosen": chosen,
        "is_filtered": any(chosen.values()),
        "may_search": by.may(MANAGE),
        "states": LetterState.choices,
        "channels": Channel.choices,
        "templates": template_choices(),
        "to_call": visible_to(by).filter(state=LetterState.TO_CALL).count() if by.may(MANAGE) else 0,
    }
    return render(request, "letters/letter_register.html", context)


@with_right("letters.see")
@require_safe
@never_cache
def letter_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter: what became of it, what it says unless that is not for staff, what can be done."""
    by = actor_of(request)
    letter = get_object_or_404(visible_to(by).select_related("template", "told_by"), pk=pk)
    reads, state = may_read(by, letter), letter.state
    is_reachable = not reachable(letter.channel, letter.address)[1]
    teller = Person.objects.filter(user=letter.told_by).first() if letter.told_by else None
    context = {
        "letter": shown(by, [letter])[0],
        "may_read": reads,
        "may_manage": reads,
        "teller": teller.full_name if teller else (letter.told_by.username if letter.told_by else ""),
        "is_open": state in {LetterState.WAITING, LetterState.TO_CALL, LetterState.UNSURE},
        "may_retry": state in {LetterState.WAITING, LetterState.TO_CALL}
        and is_reachable
        and not letter.is_secret_gone,
        "may_cancel": state in {LetterState.WAITING, LetterState.TO_CALL},
        "is_to_call": state == LetterState.TO_CALL,
        "is_unsure": state == LetterState.UNSURE,
        "rule": sending_rule_on(timezone.localdate()),
    }
    return render(request, "letters/letter_detail.html", context)


@with_right("letters.manage")
@require_safe
@never_cache
def letter_call_list(request: HttpRequest) -> HttpResponse:
    """The letters somebody must tell by voice or on paper, oldest first, on a sheet to sign."""
    by = actor_of(request)
    letters = visible_to(by).filter(state=LetterState.TO_CALL).select_related("template")
    rows = [letter for letter in letters.order_by("created_at", "pk")[:500] if may_read(by, letter)]
    context = {"letters": rows, "now": timezone.localtime(), "has_more": letters.count() > len(rows)}
    return render(request, "letters/letter_call_list.html", context)


def settle(
    request: HttpRequest, pk: int, act: Callable[..., Letter], done: Callable[[], str]
) -> HttpResponse:
    """Run one action on one letter and go back to it, with what happened or why not."""
    by = actor_of(request)
    letter = get_object_or_404(visible_to(by), pk=pk)
    try:
        act(by=by, letter=letter)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, str(reason))
    else:
        messages.success(request, done())
    return redirect("letter_detail", pk=pk)


@with_right("letters.manage")
@require_POST
def letter_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Send again, or sooner."""
    return settle(request, pk, retry_letter, lambda: _("The letter goes out again within a minute."))


@with_right("letters.manage")
@require_POST
def letter_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Never send it."""
    return settle(request, pk, cancel_letter, lambda: _("The letter is cancelled and will not be sent."))


@with_right("letters.manage")
@require_POST
def letter_told(request: HttpRequest, pk: int) -> HttpResponse:
    """The recipient was told by voice or on paper."""
    return settle(request, pk, mark_told, lambda: _("Noted: the recipient was told."))


@with_right("letters.manage")
@require_POST
def letter_arrived(request: HttpRequest, pk: int) -> HttpResponse:
    """An unsure letter has arrived."""
    return settle(request, pk, mark_arrived, lambda: _("Noted: the letter has arrived."))


@signed_in_only
@require_safe
@never_cache
def mine_letters(request: HttpRequest) -> HttpResponse:
    """Letters I was sent, latest first."""
    pages = Paginator(letters_to(signed_in(request)), 20)
    page = pages.get_page(request.GET.get("trang"))
    context = {"page": page, "page_range": pages.get_elided_page_range(page.number)}
    return render(request, "letters/mine_letters.html", context)


@signed_in_only
@require_safe
@never_cache
def mine_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One of my letters; a letter that held a code says that its text is gone."""
    letter = get_object_or_404(letters_to(signed_in(request)), pk=pk)
    return render(request, "letters/mine_letter.html", {"letter": letter})
