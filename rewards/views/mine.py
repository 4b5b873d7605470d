"""A donor's own honours, the answer to an invitation, and who agreed to be named in public."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from foundation.dates import today
from foundation.refusal import Refused
from foundation.text import mask_name
from papers.layout.codes import qr_svg
from people.access import public, signed_in_only
from people.actors import actor_of
from people.views.my_data import own_record
from rewards.actions.ceremony import reply_invitation
from rewards.forms import ReplyForm
from rewards.models import Award, Invitation, Nomination, holder_of
from rewards.printing import certificates_pdf
from rewards.queries.mine import honours_of, next_rung, roll, turns_of
from rewards.queries.titles import titles_of
from rewards.views.sheets import pdf

PAGE = 100


@signed_in_only
@require_safe
@never_cache
def mine_honours(request: HttpRequest) -> HttpResponse:
    """What I was given, what is under way, and the next rung, without a word that hurries."""
    on, person = actor_of(request).on, own_record(request)
    turns = turns_of(person, on)
    given, waiting = honours_of(person)
    context = {
        "turns": turns,
        "given": given,
        "waiting": waiting,
        "next": next_rung(turns, on),
        "titles": titles_of(person) if person else [],
    }
    return render(request, "rewards/mine_honours.html", context)


@signed_in_only
@require_safe
@never_cache
def mine_certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """My certificate of the chapter as PDF."""
    rows = Award.objects.select_related(
        "proof", "nomination__rung", "nomination__unit", *holder_of("nomination__")
    )
    found = get_object_or_404(rows, pk=pk, person=own_record(request), proof__isnull=False, revoked_on=None)
    return pdf(certificates_pdf([found]), f"giay-chung-nhan-{pk}.pdf")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_public(request: HttpRequest, key: Any) -> HttpResponse:
    """The invited answer here, without an account: the address itself is the key. The name is masked."""
    rows = Invitation.objects.select_related(
        "round", *holder_of("award__nomination__"), "award__nomination__rung"
    )
    found = rows.filter(key=key, award__revoked_on=None).first()
    if found is None:
        raise Http404
    form = ReplyForm(request.POST or None, initial={"reply": found.reply, "receiver": found.receiver})
    if request.method == "POST" and form.is_valid():
        try:
            reply_invitation(by=actor_of(request), invitation=found, **form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            return guarded(redirect("reward_invitation_public", key))
    door = request.build_absolute_uri(reverse("reward_invitation", args=[key]))
    context = {
        "invitation": found,
        "round": found.round,
        "masked": masked(found.award.nomination),
        "is_over": today() > found.round.ceremony_on,
        "form": form,
        # An SVG we made ourselves from an address of ours.
        "qr": mark_safe(qr_svg(door).split("?>")[-1]),  # noqa: S308
    }
    return guarded(render(request, "rewards/invitation_public.html", context))


def masked(nomination: Nomination) -> str:
    """A person's or family's name masked; a unit's is public."""
    return nomination.holder if nomination.collective else mask_name(nomination.holder)


def guarded(response: HttpResponse) -> HttpResponse:
    """Kept by nobody, found by no search machine, its address told to no other site."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"  # none at all would hide the form's own origin too
    return response


@public
@require_safe
def honours_roll(request: HttpRequest) -> HttpResponse:
    """Those honoured who agreed to be named: name, unit, honour, year. Nobody else, no list whole."""
    page = Paginator(roll(), PAGE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
    }
    return render(request, "rewards/honours_roll.html", context)
