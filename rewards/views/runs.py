"""Runs with their progress, and what they found."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.refusal import Refused
from people.access import with_right
from people.actors import actor_of
from rewards.actions.runs import answer_finding, ask_run, cancel_run, pause_run, resume_run
from rewards.enums import MANAGE, RunState
from rewards.forms import AnswerForm, ReasonForm, RunForm
from rewards.models import Finding, RewardRun, holder_of
from rewards.queries.due import not_run_yet
from rewards.views.doing import Act, city_only, offered, perform

BADGES = {
    RunState.WAITING: "wait",
    RunState.RUNNING: "info",
    RunState.BRAKED: "bad",
    RunState.PAUSED: "wait",
    RunState.DONE: "ok",
    RunState.CANCELLED: "",
}
PAGE = 50
OPEN = (RunState.WAITING, RunState.RUNNING)
HELD = (RunState.PAUSED, RunState.BRAKED)
ACTS = (
    Act(
        "tam-dung",
        pgettext_lazy("rewards", "Pause"),
        gettext_lazy("Pause the run"),
        gettext_lazy("It stops after the people in hand."),
        lambda by, run, data: pause_run(by=by, run=run),
        shows=lambda by, run: run.state in OPEN,
    ),
    Act(
        "chay-tiep",
        pgettext_lazy("rewards", "Go on"),
        gettext_lazy("Let it run"),
        gettext_lazy("The run goes on by itself."),
        lambda by, run, data: resume_run(by=by, run=run),
        shows=lambda by, run: run.state in HELD,
    ),
    Act(
        "huy",
        gettext_lazy("Cancel"),
        gettext_lazy("Cancel the run"),
        gettext_lazy("Cancelled; its unchecked proposals are gone."),
        lambda by, run, data: cancel_run(by=by, run=run, **data),
        ReasonForm,
        lambda by, run: run.state in (*OPEN, *HELD),
        is_danger=True,
    ),
)
ANSWERS = (
    Act(
        "theo",
        gettext_lazy("Follow it"),
        gettext_lazy("Follow"),
        gettext_lazy("The nomination is changed as found."),
        lambda by, finding, data: answer_finding(by=by, finding=finding, accept=True, **data),
        AnswerForm,
    ),
    Act(
        "khong-theo",
        gettext_lazy("Leave it as it is"),
        gettext_lazy("Leave"),
        gettext_lazy("The nomination stays; the reason is kept."),
        lambda by, finding, data: answer_finding(by=by, finding=finding, accept=False, **data),
        AnswerForm,
    ),
)


@with_right(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def run_list(request: HttpRequest) -> HttpResponse:
    """The last runs, and asking for one."""
    city_only(request)
    form = RunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            run = ask_run(by=actor_of(request), **form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            return redirect("reward_run", run.pk)
    rows = [(run, BADGES[RunState(run.state)]) for run in RewardRun.objects.order_by("-pk")[:50]]
    findings = Finding.objects.filter(is_accepted=None).select_related(
        *holder_of("nomination__"), "nomination__rung"
    )
    return render(
        request,
        "rewards/run_list.html",
        {
            "rows": rows,
            "form": form,
            "findings": findings.order_by("pk")[:100],
            "not_run_yet": not_run_yet(),
        },
    )


@with_right(MANAGE)
@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One run: how far, what it proposed, what it found."""
    return show_run(request, get_object_or_404(RewardRun, pk=pk), {})


@with_right(MANAGE)
@require_POST
def run_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Pause, go on, cancel."""
    found = get_object_or_404(RewardRun, pk=pk)
    failed = perform(request, ACTS, act, found)
    return show_run(request, found, failed) if failed else redirect("reward_run", pk)


def show_run(request: HttpRequest, found: RewardRun, failed: dict[str, forms.Form | None]) -> HttpResponse:
    city_only(request)
    context = {
        "run": found,
        "badge": BADGES[RunState(found.state)],
        "acts": offered(actor_of(request), ACTS, found, failed),
        "is_open": found.state in OPEN,
        "is_braked": found.state == RunState.BRAKED,
        "nominations": found.nominations.select_related(*holder_of(), "unit", "rung").order_by("pk")[:100],
        "findings": found.findings.select_related(*holder_of("nomination__"), "nomination__rung").order_by(
            "pk"
        )[:100],
    }
    return render(request, "rewards/run.html", context)


@with_right(MANAGE)
@require_safe
def finding_list(request: HttpRequest) -> HttpResponse:
    """Findings without an answer, the oldest first."""
    city_only(request)
    rows = Finding.objects.filter(is_accepted=None).select_related(
        *holder_of("nomination__"), "nomination__rung"
    )
    page = Paginator(rows.order_by("found_at", "pk"), PAGE).get_page(request.GET.get("trang"))
    pages = list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
    return render(request, "rewards/finding_list.html", {"page": page, "page_range": pages})


@with_right(MANAGE)
@require_safe
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """What a run found, and the two answers."""
    return show_finding(request, one_finding(pk), {})


@with_right(MANAGE)
@require_POST
def finding_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Follow it, or leave it."""
    found = one_finding(pk)
    failed = perform(request, ANSWERS, act, found)
    return show_finding(request, found, failed) if failed else redirect("reward_runs")


def one_finding(pk: int) -> Finding:
    return get_object_or_404(
        Finding.objects.select_related(*holder_of("nomination__"), "nomination__rung", "run"), pk=pk
    )


def show_finding(request: HttpRequest, found: Finding, failed: dict[str, forms.Form | None]) -> HttpResponse:
    city_only(request)
    acts = offered(actor_of(request), ANSWERS, found, failed) if found.is_accepted is None else []
    return render(request, "rewards/finding.html", {"finding": found, "acts": acts})
