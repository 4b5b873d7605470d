"""Policies: versions, rungs, a draft simulated beside what is in force."""

from collections import Counter
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from donors.models import Drive
from foundation.dates import today
from foundation.refusal import Refused
from people.access import public, with_right
from people.actors import actor_of
from people.models import Person, Unit
from people.permissions import may
from rewards.actions.files import attach_policy_file
from rewards.actions.policies import approve_policy, draft_policy, drop_policy, set_rung
from rewards.actions.undoing import undo_policy
from rewards.enums import APPROVE, POLICY, SEE, PolicyState
from rewards.forms import ApproveForm, FileForm, PolicyForm, ReasonForm, RungForm, SimulateForm
from rewards.models import Policy
from rewards.queries.due import Span, by_unit_and_month, compared, spans_in_force
from rewards.queries.figures import in_order, name_of
from rewards.queries.seen import ladder_of, policy_in_force
from rewards.queries.turns import donation_turns, signed_up, with_planned
from rewards.views.doing import Act, download, offered, perform

BADGES = {
    PolicyState.DRAFT: "wait",
    PolicyState.APPROVED: "ok",
    PolicyState.DROPPED: "",
    PolicyState.REVERSED: "bad",
}
MOST = 100


def is_draft(policy: Policy) -> bool:
    return policy.state == PolicyState.DRAFT


ACTS = (
    Act(
        "moc",
        gettext_lazy("Enter or change a rung"),
        gettext_lazy("Save the rung"),
        gettext_lazy("The rung is saved."),
        lambda by, policy, data: set_rung(
            by=by,
            policy=policy,
            kind=data.pop("kind"),
            threshold=data.pop("threshold"),
            values=data,
        ),
        RungForm,
        lambda by, policy: is_draft(policy) and may(by, POLICY),
    ),
    Act(
        "ban-hanh",
        gettext_lazy("Put in force by a decision"),
        gettext_lazy("Put in force"),
        gettext_lazy("The policy is in force; the one before it ends the day before."),
        lambda by, policy, data: approve_policy(by=by, policy=policy, **data),
        ApproveForm,
        lambda by, policy: is_draft(policy) and may(by, APPROVE),
    ),
    Act(
        "tep",
        gettext_lazy("File of the decision"),
        gettext_lazy("Keep the file"),
        gettext_lazy("The file is kept."),
        lambda by, policy, data: attach_policy_file(by=by, policy=policy, **data),
        FileForm,
        lambda by, policy: (
            may(by, POLICY)
            and (is_draft(policy) or (policy.state == PolicyState.APPROVED and policy.file_id is None))
        ),
    ),
    Act(
        "huy-ban-hanh",
        gettext_lazy("Take the putting in force back"),
        gettext_lazy("Take this back"),
        gettext_lazy("Taken back; the policy before it has its days again. Both acts stay in the record."),
        lambda by, policy, data: undo_policy(by=by, policy=policy, **data),
        ReasonForm,
        lambda by, policy: policy.state == PolicyState.APPROVED and may(by, APPROVE),
        is_danger=True,
    ),
    Act(
        "bo",
        pgettext_lazy("rewards", "Give up the draft"),
        gettext_lazy("Give up"),
        pgettext_lazy("rewards", "The draft is given up."),
        lambda by, policy, data: drop_policy(by=by, policy=policy, **data),
        ReasonForm,
        lambda by, policy: is_draft(policy) and may(by, POLICY),
        is_danger=True,
    ),
)


@with_right(SEE)
@require_safe
def policy_list(request: HttpRequest) -> HttpResponse:
    """All versions, the latest first."""
    by = actor_of(request)
    rows = [
        (policy, BADGES[PolicyState(policy.state)])
        for policy in Policy.objects.order_by("-effective_from", "-pk")
    ]
    context = {"rows": rows, "present": policy_in_force(by.on), "may_draft": may(by, POLICY)}
    return render(request, "rewards/policy_list.html", context)


@with_right(POLICY)
@require_http_methods(["GET", "HEAD", "POST"])
def policy_new(request: HttpRequest) -> HttpResponse:
    """A new draft, from the table or from another version."""
    form = PolicyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            policy = draft_policy(by=actor_of(request), **form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("The draft stands. Check each rung, then simulate."))
            return redirect("reward_policy", policy.pk)
    return render(request, "rewards/policy_new.html", {"form": form})


@with_right(SEE)
@require_safe
def policy(request: HttpRequest, pk: int) -> HttpResponse:
    """One version with its rungs."""
    return show(request, get_object_or_404(Policy, pk=pk), {})


@with_right(SEE)
@require_POST
def policy_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """A rung, the decision, or giving up."""
    found = get_object_or_404(Policy, pk=pk)
    failed = perform(request, ACTS, act, found)
    return show(request, found, failed) if failed else redirect("reward_policy", pk)


@with_right(SEE)
@require_safe
def policy_file(request: HttpRequest, pk: int) -> FileResponse:
    """The decision behind a policy, as a download."""
    return download(get_object_or_404(Policy.objects.select_related("file"), pk=pk).file)


def show(request: HttpRequest, found: Policy, failed: dict[str, forms.Form | None]) -> HttpResponse:
    by = actor_of(request)
    context = {
        "policy": found,
        "badge": BADGES[PolicyState(found.state)],
        "groups": ladder_of(found),
        "with_money": True,
        "acts": offered(by, ACTS, found, failed),
        "may_simulate": may(by, POLICY),
    }
    return render(request, "rewards/policy.html", context)


@with_right(POLICY)
@require_safe
def policy_simulate(request: HttpRequest, pk: int) -> HttpResponse:
    """The version over a period beside what is in force there; reads only."""
    by = actor_of(request)
    found = get_object_or_404(Policy, pk=pk)
    form = SimulateForm(request.GET or {"tu": by.on - timedelta(days=365), "den": by.on})
    context: dict[str, Any] = {"policy": found, "form": form}
    if form.is_valid():
        try:
            context |= simulated(found, **form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
    return render(request, "rewards/policy_simulate.html", context)


def simulated(found: Policy, tu: Any, den: Any, dot: Drive | None) -> dict[str, Any]:
    """Sums of the version and of what is in force, by rung, unit and month; who gains, who loses.

    With a drive to come, everybody with a seat there is counted as giving on its day.
    """
    turns, first, last = donation_turns(), tu, den
    if dot is not None:
        turns, last = with_planned(turns, signed_up(dot.pk), dot.on), max(den, dot.on)
    draft = [Span(found.pk, first, last)]
    present = [
        Span(s.policy_id, max(s.first, first), min(s.last, last))
        for s in spans_in_force(last)
        if max(s.first, first) <= min(s.last, last)
    ]
    lines, before = (by_unit_and_month(turns, spans, last) for spans in (draft, present))
    gains, losses = compared(turns, draft, present, last)
    names = dict(
        Unit.objects.filter(pk__in={line.unit_id for line in lines if line.unit_id}).values_list("pk", "name")
    )
    shown = {pk for pk, _h in [*gains[:MOST], *losses[:MOST]]}
    people = dict(Person.objects.filter(pk__in=shown).values_list("pk", "full_name"))
    groups = Unit.objects.filter(pk__in=[-pk for pk in shown if pk < 0]).values_list("pk", "name")
    people |= {-pk: name for pk, name in groups}
    sums = [Counter[str](), Counter[str]()]
    for part, rows in zip(sums, (lines, before), strict=True):
        for line in rows:
            part[line.honour] += line.people
    money = sum(line.bonus_vnd + line.gifts_vnd for line in lines)
    return {
        "is_done": True,
        "rows": [
            (name_of(honour), sums[0][honour], sums[1][honour])
            for honour in sorted({*sums[0], *sums[1]}, key=in_order)
        ],
        "lines": [(names.get(line.unit_id or 0, ""), name_of(line.honour), line) for line in lines[:500]],
        "gifts": sum(line.gifts for line in lines),
        "gifts_vnd": sum(line.gifts_vnd for line in lines),
        "gifts_before": sum(line.gifts_vnd for line in before),
        "drive": dot,
        "money": money,
        "money_before": sum(line.bonus_vnd + line.gifts_vnd for line in before),
        "over": max(0, money - found.budget_vnd) if found.budget_vnd is not None else None,
        "gains": [(people.get(pk, ""), honour) for pk, honour in gains[:MOST]],
        "losses": [(people.get(pk, ""), honour) for pk, honour in losses[:MOST]],
        "gain_count": len(gains),
        "loss_count": len(losses),
    }


@public
@require_safe
def ladder(request: HttpRequest) -> HttpResponse:
    """The ladder in force with its sources; what is unconfirmed says so."""
    present = policy_in_force(today())
    return render(
        request, "rewards/ladder.html", {"policy": present, "groups": ladder_of(present) if present else ()}
    )
