"""The ceremony: replies, seats, check-in, hand-over, and what is printed for it."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from foundation.dates import paper_date
from foundation.money import paper_vnd
from ledger.actor import Actor
from people.access import with_right
from people.actors import actor_of
from people.permissions import may
from rewards.actions.ceremony import check_in, hand_over, set_reply
from rewards.enums import CHECK, MANAGE, SEE, Reply
from rewards.forms import HandForm, ReplyForm
from rewards.models import Award, Invitation, Round, holder_of
from rewards.printing import certificates_pdf
from rewards.queries.ceremony import counts_of, found_in, groups_of
from rewards.queries.seen import over_units
from rewards.queries.telling import open_late
from rewards.rules import dossier_values
from rewards.views.doing import Act, city_only, offered, perform
from rewards.views.sheets import pdf

PAGE = 50
BADGES = {Reply.COMING: "ok", Reply.OTHER: "info", Reply.NOT_COMING: "bad", Reply.NONE: "wait"}


def may_take_part(by: Actor, one: Invitation) -> bool:
    return may(by, CHECK, one.award.nomination.unit_id)


INVITATION_ACTS = (
    Act(
        "diem-danh",
        gettext_lazy("Check in"),
        pgettext_lazy("rewards", "Has come"),
        gettext_lazy("Checked in."),
        lambda by, one, data: check_in(by=by, invitation=one),
        shows=lambda by, one: one.checked_in_at is None and may(by, MANAGE),
    ),
    Act(
        "trao",
        pgettext_lazy("rewards", "Hand over"),
        gettext_lazy("Enter the hand-over"),
        gettext_lazy("Handed over."),
        lambda by, one, data: hand_over(by=by, award=one.award, **data),
        HandForm,
        lambda by, one: one.award.handed_on is None and may_take_part(by, one),
    ),
    Act(
        "tra-loi",
        gettext_lazy("Reply of the invited"),
        gettext_lazy("Save the reply"),
        gettext_lazy("The reply is saved."),
        lambda by, one, data: set_reply(by=by, invitation=one, **data),
        ReplyForm,
        lambda by, one: one.award.handed_on is None and may_take_part(by, one),
    ),
)


@with_right(MANAGE)
@require_safe
def ceremony(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is invited, in the calling order, with the reply, the seat and the hand-over."""
    city_only(request)
    cycle = get_object_or_404(Round, pk=pk)
    words, reply = request.GET.get("q", "").replace("\x00", ""), request.GET.get("tra-loi", "")
    page = Paginator(found_in(cycle, words, reply), PAGE).get_page(request.GET.get("trang"))
    context = {
        "round": cycle,
        "figures": counts_of(cycle),
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "rows": [(one, BADGES[Reply(one.reply)]) for one in page],
        "q": words,
        "reply": reply,
        "printed": [(code, title) for code, (title, _template) in PRINTED.items()],
    }
    return render(request, "rewards/ceremony.html", context)


@with_right(SEE)
@require_safe
def invitation(request: HttpRequest, key: Any) -> HttpResponse:
    """One invited person at the door: this is where the code of an invitation leads an officer."""
    return show_invitation(request, seen(request, key), {})


@with_right(SEE)
@require_POST
def invitation_act(request: HttpRequest, key: Any, act: str) -> HttpResponse:
    """Check in, hand over, enter a reply."""
    found = seen(request, key)
    failed = perform(request, INVITATION_ACTS, act, found)
    return show_invitation(request, found, failed) if failed else redirect("reward_invitation", key)


def seen(request: HttpRequest, key: Any) -> Invitation:
    """The invitation, of somebody of the actor's units; else 404."""
    rows = Invitation.objects.select_related(
        "round", *holder_of("award__nomination__"), "award__nomination__unit", "award__nomination__rung"
    )
    return get_object_or_404(over_units(actor_of(request), rows, "award__nomination__unit"), key=key)


def show_invitation(
    request: HttpRequest, found: Invitation, failed: dict[str, forms.Form | None]
) -> HttpResponse:
    context = {
        "invitation": found,
        "award": found.award,
        "badge": BADGES[Reply(found.reply)],
        "may_manage": may(actor_of(request), MANAGE),
        "acts": offered(actor_of(request), INVITATION_ACTS, found, failed),
    }
    return render(request, "rewards/invitation.html", context)


PRINTED: dict[str, tuple[Any, str]] = {
    "xuong-danh": (gettext_lazy("Calling list for the MC"), "rewards/print_calling.html"),
    "chup-anh": (gettext_lazy("List for the photographers"), "rewards/print_photos.html"),
    "ghe": (gettext_lazy("Plan of seats"), "rewards/print_seats.html"),
    "ky-nhan": (gettext_lazy("List to sign for what was received"), "rewards/print_bonus.html"),
    "the-ban": (gettext_lazy("Place cards"), "rewards/print_cards.html"),
    "nhan-tui": (gettext_lazy("Labels for bags"), "rewards/print_labels.html"),
}


@with_right(MANAGE)
@require_safe
def ceremony_print(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """A list or cards of a ceremony, to print."""
    city_only(request)
    cycle = get_object_or_404(Round, pk=pk)
    if what not in PRINTED:
        raise Http404
    title, template = PRINTED[what]
    by = actor_of(request)
    groups = groups_of(cycle, dossier_values(by.on)["stage_group"])
    total = sum(one.award.bonus_vnd for group in groups for one in group)
    context = {
        "round": cycle,
        "title": title,
        "groups": groups,
        "count": sum(len(group) for group in groups),
        "total": total,
        "total_words": paper_vnd(total) if total else "",
        "paper_day": paper_date(by.on),
        "as_of": by.on,
    }
    return render(request, template, context)


@with_right(SEE)
@require_safe
def late_list(request: HttpRequest) -> HttpResponse:
    """Papers not in their owners' hands yet, tracked to zero, the longest waiting first."""
    by = actor_of(request)
    rows = over_units(by, open_late(by.on), "nomination__unit")
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "rows": [(one, "bad" if one.due_on and one.due_on < by.on else "wait") for one in page],
    }
    return render(request, "rewards/late_list.html", context)


@with_right(MANAGE)
@require_safe
def award_certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """One certificate of the chapter's own."""
    city_only(request)
    rows = Award.objects.select_related(
        "proof", "nomination__rung", "nomination__unit", *holder_of("nomination__")
    )
    found = get_object_or_404(rows, pk=pk, proof__isnull=False, revoked_on=None)
    return pdf(certificates_pdf([found]), f"giay-chung-nhan-{pk}.pdf")
