"""Rounds from opening to the hand-over, and one nomination with its reasons."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.refusal import Refused
from ledger.actor import Actor
from people.access import with_right
from people.actors import actor_of
from people.permissions import may
from rewards.actions.ceremony import (
    close_ceremony,
    invite,
    receive_papers,
)
from rewards.actions.dossiers import enter_dossier_paper
from rewards.actions.files import attach_dossier_file
from rewards.actions.gifts import hand_out_at_ceremony
from rewards.actions.papers import draft_round_paper
from rewards.actions.reminding import Reminded, remind_units
from rewards.actions.rounds import (
    appraise_dossier,
    fill_round,
    grant_by_chapter,
    open_round,
    record_meeting,
    send_dossier,
    take_decision,
)
from rewards.actions.undoing import undo_decision, undo_meeting
from rewards.enums import APPROVE, GIFT, MANAGE, Step
from rewards.forms import (
    AppraisalForm,
    ApproveForm,
    CeremonyGiftForm,
    DayForm,
    DecisionForm,
    DossierForm,
    DossierPaperForm,
    FileForm,
    MeetingForm,
    PaperForm,
    ReasonForm,
    RoundForm,
    UndoDecisionForm,
)
from rewards.models import Dossier, Meeting, Round
from rewards.queries.dossiers import papers_sent, to_send
from rewards.queries.seen import (
    Standing,
    awards_of,
    council_list,
    dossier_list,
    late_units,
    rungs_of,
    standing_of,
    steps_of,
    wall_of,
)
from rewards.views.doing import Act, city_only, download, offered, perform
from rewards.views.nominations import BADGES


def voted(by: Actor, cycle: Round, data: dict[str, Any]) -> Any:
    """The minutes; numbers of the list of who waits for the council become people."""
    listed = {number: one.pk for number, one in enumerate(council_list(cycle), 1)}
    against = {listed.get(number, 0): votes for number, votes in data.pop("against").items()}
    failed = [listed.get(number, 0) for number in data.pop("failed")]
    return record_meeting(by=by, cycle=cycle, against=against, failed=failed, **data)


def waits(step: str) -> Callable[[Actor, Round], bool]:
    """Shown while the round has somebody for this step; looked up once a page."""

    def shown(by: Actor, cycle: Round) -> bool:
        found: Standing | None = cycle.__dict__.get("_standing")
        if found is None:
            found = cycle.__dict__["_standing"] = standing_of(cycle, by.on)
        return bool(getattr(found, step))

    return shown


def reminded(told: Reminded) -> str:
    """What is said after a reminder."""
    text = ngettext("%(n)s unit is reminded.", "%(n)s units are reminded.", told.units) % {"n": told.units}
    if told.without:
        more = ngettext(
            "%(n)s has nobody with an account: call them.",
            "%(n)s have nobody with an account: call them.",
            told.without,
        )
        text += " " + more % {"n": told.without}
    return text


def handed_out(count: int) -> str:
    """What is said after gifts were taken from the store."""
    text = ngettext("%(n)s gift taken from the store.", "%(n)s gifts taken from the store.", count)
    return text % {"n": count} if count else _("Everybody whose paper is in hand has this gift already.")


ROUND_ACTS = (
    Act(
        "nhac",
        gettext_lazy("Remind units that have not handed in"),
        gettext_lazy("Remind them"),
        reminded,
        lambda by, r, data: remind_units(by=by, cycle=r),
        shows=lambda by, r: by.on <= r.ceremony_on and late_units(r).exists(),
    ),
    Act(
        "nhan-them",
        gettext_lazy("Take in new proposals"),
        gettext_lazy("Take in"),
        gettext_lazy("Taken in."),
        lambda by, r, data: fill_round(by=by, cycle=r),
        shows=waits("to_take_in"),
    ),
    Act(
        "bien-ban",
        gettext_lazy("Minutes of the award council"),
        gettext_lazy("Enter the minutes"),
        gettext_lazy("The minutes stand; all who were cross-checked are agreed."),
        voted,
        MeetingForm,
        shows=waits("to_vote"),
    ),
    Act(
        "soan",
        gettext_lazy("Draft a paper"),
        gettext_lazy("Draft"),
        gettext_lazy("The draft stands among the papers; its issue takes effect by itself."),
        lambda by, r, data: draft_round_paper(by=by, cycle=r, **data),
        PaperForm,
    ),
    Act(
        "giay-to",
        gettext_lazy("Papers that go with a dossier"),
        gettext_lazy("Enter the paper"),
        gettext_lazy("Entered with the dossier."),
        lambda by, r, data: enter_dossier_paper(by=by, cycle=r, **data),
        DossierPaperForm,
        shows=waits("to_send"),
    ),
    Act(
        "ho-so",
        gettext_lazy("Enter a dossier sent outside the portal"),
        gettext_lazy("Enter the sending"),
        gettext_lazy("Sent; the expected day is set."),
        lambda by, r, data: send_dossier(by=by, cycle=r, **data),
        DossierForm,
        shows=waits("to_send"),
    ),
    Act(
        "tu-quyet",
        gettext_lazy("Enter the chapter's own decision made outside the portal"),
        gettext_lazy("Grant"),
        gettext_lazy("Granted."),
        lambda by, r, data: grant_by_chapter(by=by, cycle=r, **data),
        ApproveForm,
        shows=waits("to_grant"),
    ),
    Act(
        "nhan-bang",
        gettext_lazy("Papers received"),
        gettext_lazy("All have come"),
        gettext_lazy("Entered. Mark misspelt names on the person's page."),
        lambda by, r, data: receive_papers(by=by, cycle=r, **data),
        DayForm,
        shows=waits("to_receive"),
    ),
    Act(
        "moi",
        gettext_lazy("Invite to the ceremony"),
        gettext_lazy("Make the invitations"),
        gettext_lazy("Invited, with calling order and seats."),
        lambda by, r, data: invite(by=by, cycle=r),
        shows=waits("to_invite"),
    ),
    Act(
        "qua",
        gettext_lazy("Gifts of the ceremony"),
        gettext_lazy("Take them from the store"),
        handed_out,
        lambda by, r, data: hand_out_at_ceremony(by=by, cycle=r, **data),
        CeremonyGiftForm,
        lambda by, r: (
            may(by, GIFT) and awards_of(r).filter(revoked_on=None, handed_on__isnull=False).exists()
        ),
    ),
    Act(
        "ket-thuc-le",
        gettext_lazy("The ceremony is over"),
        gettext_lazy("Begin the late hand-over"),
        gettext_lazy("What was not handed over has a last day now."),
        lambda by, r, data: close_ceremony(by=by, cycle=r),
        shows=waits("to_close"),
    ),
    Act(
        "huy-bien-ban",
        gettext_lazy("Take the last minutes back"),
        gettext_lazy("Take the minutes back"),
        gettext_lazy("Taken back; everybody of theirs waits for the council again."),
        lambda by, r, data: undo_meeting(by=by, meeting=last_meeting(r) or Meeting(), **data),
        ReasonForm,
        lambda by, r: last_meeting(r) is not None,
        is_danger=True,
    ),
    Act(
        "huy-quyet-dinh",
        gettext_lazy("Take a decision entered wrong back"),
        gettext_lazy("Take the decision back"),
        gettext_lazy("Taken back; its people wait for a decision again."),
        lambda by, r, data: undo_decision(by=by, cycle=r, **data),
        UndoDecisionForm,
        lambda by, r: may(by, APPROVE) and awards_of(r).filter(revoked_on=None).exists(),
        is_danger=True,
    ),
)


def last_meeting(cycle: Round) -> Meeting | None:
    return cycle.meetings.filter(undone_on=None).order_by("-held_on", "-pk").first()


def decided(by: Actor, dossier: Dossier, data: dict[str, Any]) -> Dossier:
    """Their decision; numbers of the list become people."""
    listed = list(dossier_list(dossier))
    refused = {
        listed[number - 1].pk if 0 < number <= len(listed) else 0: reason
        for number, reason in data.pop("refused").items()
    }
    return take_decision(by=by, dossier=dossier, refused=refused, **data)


DOSSIER_ACTS = (
    Act(
        "tham-dinh",
        gettext_lazy("Appraised by their office"),
        gettext_lazy("Enter the appraisal"),
        gettext_lazy("Appraised; their decision is awaited."),
        lambda by, dossier, data: appraise_dossier(by=by, dossier=dossier, **data),
        AppraisalForm,
        lambda by, dossier: (
            not dossier.decision_number and dossier.nominations.filter(step=Step.SENT).exists()
        ),
    ),
    Act(
        "tep",
        gettext_lazy("File of the decision"),
        gettext_lazy("Keep the file"),
        gettext_lazy("The file is kept."),
        lambda by, dossier, data: attach_dossier_file(by=by, dossier=dossier, **data),
        FileForm,
        lambda by, dossier: bool(dossier.decision_number) and dossier.file_id is None,
    ),
    Act(
        "quyet-dinh",
        gettext_lazy("Their decision"),
        gettext_lazy("Enter the decision"),
        gettext_lazy("The decision stands; each person has a result."),
        decided,
        DecisionForm,
        lambda by, dossier: not dossier.decision_number,
    ),
)


@with_right(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def round_list(request: HttpRequest) -> HttpResponse:
    """Rounds, the latest first, and opening one."""
    city_only(request)
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = open_round(by=actor_of(request), **form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            return redirect("reward_round", made.pk)
    return render(
        request, "rewards/round_list.html", {"rounds": Round.objects.order_by("-cut_off"), "form": form}
    )


@with_right(MANAGE)
@require_safe
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """How a round stands, and its next steps."""
    return show_round(request, get_object_or_404(Round, pk=pk), {})


@with_right(MANAGE)
@require_POST
def round_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """One step of the round."""
    found = get_object_or_404(Round, pk=pk)
    failed = perform(request, ROUND_ACTS, act, found)
    return show_round(request, found, failed) if failed else redirect("reward_round", pk)


def show_round(request: HttpRequest, found: Round, failed: dict[str, forms.Form | None]) -> HttpResponse:
    city_only(request)
    by, counts = actor_of(request), steps_of(found)
    wall = wall_of(found, by.on)
    awards = awards_of(found).filter(revoked_on=None)
    context = {
        "round": found,
        "steps": [(code, label, counts[code]) for code, label in Step.choices if counts.get(code)],
        "rungs": rungs_of(found),
        "council": council_list(found)[:500],
        "wall": wall,
        "handed_in": [one for one in wall if one.on],
        "missing": [one for one in wall if not one.on],
        "may_remind": by.on <= found.ceremony_on,
        "dossiers": found.dossiers.order_by("sent_on"),
        "to_send": to_send(found, by.on),
        "papers": found.papers.select_related("paper").order_by("-pk"),
        "award_count": awards.count(),
        "handed": awards.filter(handed_on__isnull=False).count(),
        "open": awards.filter(handed_on=None, due_on__isnull=False),
        # The wall has the button of its own for reminding.
        "acts": offered(by, ROUND_ACTS[1:], found, failed),
    }
    return render(request, "rewards/round.html", context)


@with_right(MANAGE)
@require_safe
def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of a dossier, and their decision on it."""
    return show_dossier(request, get_object_or_404(Dossier, pk=pk), {})


@with_right(MANAGE)
@require_POST
def dossier_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Their decision."""
    found = get_object_or_404(Dossier, pk=pk)
    failed = perform(request, DOSSIER_ACTS, act, found)
    return show_dossier(request, found, failed) if failed else redirect("reward_dossier", pk)


@with_right(MANAGE)
@require_safe
def dossier_file(request: HttpRequest, pk: int) -> FileResponse:
    """Their decision, as a download."""
    city_only(request)
    return download(get_object_or_404(Dossier.objects.select_related("file"), pk=pk).file)


def show_dossier(request: HttpRequest, found: Dossier, failed: dict[str, forms.Form | None]) -> HttpResponse:
    city_only(request)
    context = {
        "dossier": found,
        "papers": papers_sent(found),
        "rows": [(one, BADGES.get(Step(one.step), "wait")) for one in dossier_list(found)],
        "acts": offered(actor_of(request), DOSSIER_ACTS, found, failed),
    }
    return render(request, "rewards/dossier.html", context)
