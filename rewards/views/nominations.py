"""The register of proposals, and one of them with its reasons and what can be done."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from ledger.actor import Actor
from people.access import with_right
from people.actors import actor_of
from people.permissions import may
from rewards.actions.ceremony import hand_over, mark_misspelt, revoke_award
from rewards.actions.heirs import pass_on
from rewards.actions.rounds import check_nomination, cross_check, return_nomination, withdraw_nomination
from rewards.actions.undoing import step_back
from rewards.enums import APPROVE, CHECK, MANAGE, SEE, Step
from rewards.forms import CrossForm, HandForm, MisspeltForm, ProofForm, ReasonForm, RevokeForm
from rewards.models import Award, Nomination
from rewards.permissions import over_city
from rewards.queries.crosscheck import cross_facts
from rewards.queries.heirs import heir_of, left_open
from rewards.queries.seen import register, visible_nominations
from rewards.rules import BACK, may_step
from rewards.views.doing import Act, offered, perform

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


def left_behind(by: Actor, nomination: Nomination) -> bool:
    """Open, of a unit that has ended and has an heir."""
    unit = nomination.unit
    if unit is None or by.on in unit.valid or not over_city(by, MANAGE):
        return False
    return left_open(by.on).filter(pk=nomination.pk).exists() and heir_of(unit, by.on) is not None


def passed_on(count: int) -> str:
    """What is said after an ended unit's proposals went on."""
    return ngettext("%(n)s passed on.", "%(n)s passed on.", count) % {"n": count}


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
        "ke-thua",
        gettext_lazy("The unit has ended: pass on what it left open"),
        gettext_lazy("Pass on to its heir"),
        passed_on,
        lambda by, n, data: pass_on(by=by, unit=n.unit, **data),
        ReasonForm,
        left_behind,
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
