"""Rounds from opening to the hand-over, and one nomination with its reasons."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.refusal import Refused
from ledger.actor import Actor
from people.access import with_right
from people.actors import actor_of
from people.permissions import may
from rewards.actions.ceremony import (
    close_ceremony,
    hand_over,
    invite,
    mark_misspelt,
    receive_papers,
    revoke_award,
)
from rewards.actions.papers import draft_round_paper
from rewards.actions.rounds import (
    check_nomination,
    cross_check,
    fill_round,
    grant_by_chapter,
    open_round,
    record_meeting,
    return_nomination,
    send_dossier,
    take_decision,
    withdraw_nomination,
)
from rewards.actions.undoing import step_back, undo_decision, undo_meeting
from rewards.enums import APPROVE, CHECK, MANAGE, SEE, Step
from rewards.forms import (
    ApproveForm,
    CrossForm,
    DayForm,
    DecisionForm,
    DossierForm,
    HandForm,
    MeetingForm,
    MisspeltForm,
    PaperForm,
    ProofForm,
    ReasonForm,
    RevokeForm,
    RoundForm,
    UndoDecisionForm,
)
from rewards.models import Award, Dossier, Meeting, Nomination, Round
from rewards.permissions import over_city
from rewards.queries.crosscheck import cross_facts
from rewards.queries.seen import (
    awards_of,
    council_list,
    dossier_list,
    late_units,
    register,
    rungs_of,
    steps_of,
    visible_nominations,
)
from rewards.rules import BACK, may_step
from rewards.views.doing import Act, city_only, offered, perform

BADGES = {Step.GRANTED: "ok", Step.REFUSED: "bad", Step.WITHDRAWN: "bad", Step.RETURNED: "bad"}
FILTERS = ("q", "buoc", "moc", "dot")
PAGE = 50


def award_of(nomination: Nomination) -> Award | None:
    return Award.objects.filter(nomination=nomination, revoked_on=None).first()


def can(then: Step, right: str) -> Any:
    """Shown where the step may follow and the actor has the right."""
    return lambda by, n: (
        may_step(n.step, then, n.rung.grantor) and may(by, right, n.unit_id if right == CHECK else None)
    )


def held(by: Actor, nomination: Nomination) -> bool:
    """A paper that is not in the person's hands yet."""
    award = award_of(nomination)
    return award is not None and award.handed_on is None


def voted(by: Actor, cycle: Round, data: dict[str, Any]) -> Any:
    """The minutes; numbers of the list of who waits for the council become people."""
    listed = {number: one.pk for number, one in enumerate(council_list(cycle), 1)}
    against = {listed.get(number, 0): votes for number, votes in data.pop("against").items()}
    failed = [listed.get(number, 0) for number in data.pop("failed")]
    return record_meeting(by=by, cycle=cycle, against=against, failed=failed, **data)


NOMINATION_ACTS = (
    Act(
        "kiem-tra",
        gettext_lazy("Check and name the proof"),
        gettext_lazy("Confirm"),
        gettext_lazy("Checked."),
        lambda by, n, data: check_nomination(by=by, nomination=n, **data),
        ProofForm,
        can(Step.CHECKED, CHECK),
    ),
    Act(
        "doi-chieu",
        gettext_lazy("Cross-check: not honoured yet, no discipline, alive or posthumous"),
        gettext_lazy("Confirm the cross-check"),
        gettext_lazy("Cross-checked."),
        lambda by, n, data: cross_check(by=by, nomination=n, **data),
        CrossForm,
        can(Step.CROSS_CHECKED, MANAGE),
    ),
    Act(
        "lui",
        gettext_lazy("Take the last step back"),
        gettext_lazy("Take this back"),
        gettext_lazy("Taken back; both steps stay in the record."),
        lambda by, n, data: step_back(by=by, nomination=n, **data),
        ReasonForm,
        lambda by, n: (
            n.step in BACK and may(by, *((CHECK, n.unit_id) if n.step == Step.CHECKED else (MANAGE, None)))
        ),
        is_danger=True,
    ),
    Act(
        "bo-sung",
        gettext_lazy("Returned for more"),
        gettext_lazy("Enter the return"),
        gettext_lazy("Returned; it goes again with the next dossier."),
        lambda by, n, data: return_nomination(by=by, nomination=n, **data),
        ReasonForm,
        can(Step.RETURNED, MANAGE),
    ),
    Act(
        "trao",
        pgettext_lazy("rewards", "Hand over"),
        gettext_lazy("Enter the hand-over"),
        gettext_lazy("Handed over."),
        lambda by, n, data: hand_over(by=by, award=award_of(n) or Award(), **data),
        HandForm,
        lambda by, n: held(by, n) and may(by, CHECK, n.unit_id),
    ),
    Act(
        "sai-ten",
        gettext_lazy("Name on the paper"),
        gettext_lazy("Save"),
        gettext_lazy("Saved."),
        lambda by, n, data: mark_misspelt(by=by, award=award_of(n) or Award(), **data),
        MisspeltForm,
        lambda by, n: held(by, n) and may(by, MANAGE),
    ),
    Act(
        "rut",
        pgettext_lazy("rewards", "Withdraw"),
        gettext_lazy("Withdraw the proposal"),
        gettext_lazy("Withdrawn."),
        lambda by, n, data: withdraw_nomination(by=by, nomination=n, **data),
        ReasonForm,
        can(Step.WITHDRAWN, MANAGE),
        is_danger=True,
    ),
    Act(
        "thu-hoi",
        gettext_lazy("Revoke the award"),
        gettext_lazy("Revoke"),
        gettext_lazy("Revoked; both decisions stay in the record."),
        lambda by, n, data: revoke_award(by=by, award=award_of(n) or Award(), **data),
        RevokeForm,
        lambda by, n: award_of(n) is not None and may(by, APPROVE),
        is_danger=True,
    ),
)
ROUND_ACTS = (
    Act(
        "nhan-them",
        gettext_lazy("Take in new proposals"),
        gettext_lazy("Take in"),
        gettext_lazy("Taken in."),
        lambda by, r, data: fill_round(by=by, cycle=r),
    ),
    Act(
        "bien-ban",
        gettext_lazy("Minutes of the award council"),
        gettext_lazy("Enter the minutes"),
        gettext_lazy("The minutes stand; all who were cross-checked are agreed."),
        voted,
        MeetingForm,
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
        "ho-so",
        gettext_lazy("Enter a dossier sent outside the portal"),
        gettext_lazy("Enter the sending"),
        gettext_lazy("Sent; the expected day is set."),
        lambda by, r, data: send_dossier(by=by, cycle=r, **data),
        DossierForm,
    ),
    Act(
        "tu-quyet",
        gettext_lazy("Enter the chapter's own decision made outside the portal"),
        gettext_lazy("Grant"),
        gettext_lazy("Granted."),
        lambda by, r, data: grant_by_chapter(by=by, cycle=r, **data),
        ApproveForm,
    ),
    Act(
        "nhan-bang",
        gettext_lazy("Papers received"),
        gettext_lazy("All have come"),
        gettext_lazy("Entered. Mark misspelt names on the person's page."),
        lambda by, r, data: receive_papers(by=by, cycle=r, **data),
        DayForm,
    ),
    Act(
        "moi",
        gettext_lazy("Invite to the ceremony"),
        gettext_lazy("Make the invitations"),
        gettext_lazy("Invited, with calling order and seats."),
        lambda by, r, data: invite(by=by, cycle=r),
    ),
    Act(
        "ket-thuc-le",
        gettext_lazy("The ceremony is over"),
        gettext_lazy("Begin the late hand-over"),
        gettext_lazy("What was not handed over has a last day now."),
        lambda by, r, data: close_ceremony(by=by, cycle=r),
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
        "quyet-dinh",
        gettext_lazy("Their decision"),
        gettext_lazy("Enter the decision"),
        gettext_lazy("The decision stands; each person has a result."),
        decided,
        DecisionForm,
        lambda by, dossier: not dossier.decision_number,
    ),
)


@with_right(SEE)
@require_safe
def nomination_list(request: HttpRequest) -> HttpResponse:
    """Nominations of my units; filters stay in the address."""
    by = actor_of(request)
    filters = {name: request.GET.get(name, "").replace("\x00", "") for name in FILTERS}
    page = Paginator(register(by, filters), PAGE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "rows": [(one, BADGES.get(Step(one.step), "wait")) for one in page],
        "steps": Step.choices,
        "q": filters["q"],
        "step": filters["buoc"],
        "is_filtered": any(filters.values()),
        "may_manage": may(by, MANAGE),
    }
    return render(request, "rewards/nomination_list.html", context)


@with_right(SEE)
@require_safe
def nomination(request: HttpRequest, key: Any) -> HttpResponse:
    """Why this person, how far, and what can be done."""
    return show_nomination(request, seen(request, key), {})


@with_right(SEE)
@require_POST
def nomination_act(request: HttpRequest, key: Any, act: str) -> HttpResponse:
    """One step; the action asks for its own right."""
    found = seen(request, key)
    failed = perform(request, NOMINATION_ACTS, act, found)
    return show_nomination(request, found, failed) if failed else redirect("reward_nomination", key)


def seen(request: HttpRequest, key: Any) -> Nomination:
    return get_object_or_404(visible_nominations(actor_of(request)), key=key)


def show_nomination(
    request: HttpRequest, found: Nomination, failed: dict[str, forms.Form | None]
) -> HttpResponse:
    context = {
        "nomination": found,
        "badge": BADGES.get(Step(found.step), "wait"),
        "award": found.awards.order_by("-pk").first(),
        "facts": cross_facts(found, actor_of(request).on).lines if found.step == Step.CHECKED else (),
        "may_manage": over_city(actor_of(request), MANAGE),
        "meeting": found.meeting,
        "dossier": found.dossier,
        "findings": found.findings.order_by("pk"),
        "acts": offered(actor_of(request), NOMINATION_ACTS, found, failed),
    }
    return render(request, "rewards/nomination.html", context)


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
    counts = steps_of(found)
    awards = awards_of(found).filter(revoked_on=None)
    context = {
        "round": found,
        "steps": [(label, counts.get(code, 0)) for code, label in Step.choices if counts.get(code)],
        "rungs": rungs_of(found),
        "council": council_list(found)[:500],
        "late": late_units(found)[:200],
        "dossiers": found.dossiers.order_by("sent_on"),
        "papers": found.papers.select_related("paper").order_by("-pk"),
        "award_count": awards.count(),
        "has_certificates": awards.filter(proof__isnull=False).exists(),
        "handed": awards.filter(handed_on__isnull=False).count(),
        "open": awards.filter(handed_on=None, due_on__isnull=False),
        "acts": offered(actor_of(request), ROUND_ACTS, found, failed),
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


def show_dossier(request: HttpRequest, found: Dossier, failed: dict[str, forms.Form | None]) -> HttpResponse:
    city_only(request)
    context = {
        "dossier": found,
        "rows": dossier_list(found),
        "acts": offered(actor_of(request), DOSSIER_ACTS, found, failed),
    }
    return render(request, "rewards/dossier.html", context)
