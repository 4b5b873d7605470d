"""The list of proposed removals after a closed year: looked through, approved, carried out."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.refusal import Refused
from ledger.actor import Actor
from members.actions.dues_removals import (
    ask_removals,
    decide_removals,
    drop_removals,
    keep_on,
    propose_removals,
    start_removals,
)
from members.enums import DUES_MANAGE, ProposalState
from members.forms.dues import AskRemovalsForm, DecideForm, ReasonForm, StartRemovalsForm
from members.models import DuesProposal
from members.queries.dues import keeper_of
from members.queries.dues_removals import stop_of, visible_proposals
from members.tasks import wake_removals
from members.views.dues import campaign_of
from people.access import signed_in_only, with_right
from people.actors import actor_of
from people.enums import ApprovalState
from people.permissions import may
from people.queries.approvals import visible_approvals, waiting_for

PAGE = 100


@with_right(DUES_MANAGE)
@require_POST
def dues_removals_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the list of who left the dues of a closed year, and before, unpaid."""
    try:
        made = propose_removals(by=actor_of(request), campaign=campaign_of(request, pk))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("dues_campaign", pk)
    messages.success(request, _("The list is made. No membership is touched by it."))
    return redirect("dues_removals", made.pk)


@with_right(DUES_MANAGE)
@require_safe
@never_cache
def dues_removals(request: HttpRequest, pk: int) -> HttpResponse:
    """The list with its next step, or how far it is carried out."""
    by = actor_of(request)
    return _shown(request, by, get_object_or_404(visible_proposals(by), pk=pk))


@with_right(DUES_MANAGE)
@require_POST
def dues_removals_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Take somebody off, hand the list on, give it up, or carry it out with the decision."""
    by = actor_of(request)
    found = get_object_or_404(visible_proposals(by), pk=pk)
    form: AskRemovalsForm | ReasonForm | StartRemovalsForm
    if step == "trinh":
        form = AskRemovalsForm(request.POST)
    elif step == "thuc-hien":
        form = StartRemovalsForm(request.POST, on=by.on)
    elif step == "giu-lai":
        form = AskRemovalsForm(request.POST)
    else:
        form = ReasonForm(request.POST)
    if not form.is_valid():
        return _shown(request, by, found, form)
    data = form.cleaned_data
    try:
        if step == "giu-lai":
            line = get_object_or_404(found.lines, pk=request.POST.get("dong", ""))
            keep_on(by=by, line=line, reason=data["reason"])
            if data["reason"]:
                messages.success(request, _("Taken off the list: the member stays."))
            else:
                messages.success(request, _("Put back on the list."))
        elif step == "trinh":
            ask_removals(by=by, proposal=found, reason=data["reason"])
            messages.success(request, _("The list is handed on. Nobody is removed before it is approved."))
        elif step == "thuc-hien":
            start_removals(by=by, proposal=found, decision=data["decision"], ends_on=data["ends_on"])
            wake_removals()
            messages.success(request, _("It is being carried out; each removal can be taken back by itself."))
        else:
            drop_removals(by=by, proposal=found, reason=data["reason"])
            messages.success(request, _("The list is given up; everybody on it stays."))
    except Refused as refused:
        refused.add_to_form(form)
        return _shown(request, by, found, form)
    return redirect("dues_removals", pk)


@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def dues_removals_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The head of the unit, or the level above, answers. `pk` is the approval's."""
    by = actor_of(request)
    approval = get_object_or_404(visible_approvals(by), pk=pk)
    found = get_object_or_404(visible_proposals(by), approval=approval)
    form = DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        decision = ApprovalState(form.cleaned_data["decision"])
        try:
            decide_removals(by=by, proposal=found, decision=decision, reason=form.cleaned_data["reason"])
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("Answered. The unit sees it at once."))
            return redirect("work_home")
    is_waiting = found.state == ProposalState.ASKED and waiting_for(by).filter(pk=pk).exists()
    context = _context(request, by, found) | {"decide_form": form if is_waiting else None}
    return render(request, "members/dues_removals_decide.html", context)


def _context(request: HttpRequest, by: Actor, found: DuesProposal) -> dict[str, object]:
    lines = found.lines.select_related("person", "branch").order_by("branch__code", "person__sort_key", "pk")
    counts = found.lines.aggregate(
        names=Count("pk", filter=Q(kept_reason="")),
        kept=Count("pk", filter=~Q(kept_reason="")),
        done=Count("pk", filter=Q(kept_reason="") & ~Q(outcome="")),
        removed=Count("pk", filter=Q(act__isnull=False)),
    )
    page = Paginator(lines, PAGE).get_page(request.GET.get("trang"))
    return {
        "proposal": found,
        "campaign": found.campaign,
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "counts": counts,
        "remaining": counts["names"] - counts["done"],
        "stop": stop_of(found, by.on),
        "badge": {"done": "ok", "approved": "ok", "dropped": "", "draft": "info"}.get(found.state, "wait"),
    }


def _shown(request: HttpRequest, by: Actor, found: DuesProposal, form: object | None = None) -> HttpResponse:
    is_mine = may(by, DUES_MANAGE, keeper_of(found.campaign.unit).pk)
    state = ProposalState(found.state)
    ask_form = form if isinstance(form, AskRemovalsForm) else AskRemovalsForm()
    ask_form.fields["reason"].required = stop_of(found, by.on).is_beyond
    may_drop = state in {ProposalState.DRAFT, ProposalState.ASKED, ProposalState.APPROVED}
    context = _context(request, by, found) | {
        "may_sift": is_mine and state == ProposalState.DRAFT,
        "ask_form": ask_form if is_mine and state == ProposalState.DRAFT else None,
        "start_form": _form(form, StartRemovalsForm, on=by.on)
        if is_mine and state == ProposalState.APPROVED
        else None,
        "drop_form": _form(form, ReasonForm) if is_mine and may_drop else None,
        "is_running": state == ProposalState.RUNNING,
        "is_over": state == ProposalState.DONE,
    }
    return render(request, "members/dues_removals.html", context, status=200 if form is None else 422)


def _form(given: object | None, kind: type, **kwargs: object) -> object:
    return given if isinstance(given, kind) else kind(**kwargs)
