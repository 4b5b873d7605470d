"""One approval: what is asked, its history and deadline, and the decision.

The roof sends kinds that have a page of their own there (redcross/registry.py); what has
none is decided here.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.dates import working_days_between
from foundation.refusal import Refused
from people.access import signed_in_only
from people.actions.approvals import decide, withdraw
from people.actors import actor_of
from people.enums import ApprovalState
from people.forms.approvals import DecisionForm
from people.queries.approvals import Step, asked_by, history, step_label, visible_approvals

GOOD = {ApprovalState.APPROVED}
BAD = {ApprovalState.REFUSED, ApprovalState.RETURNED}


@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked of an office of mine, or by me; decided with a reason."""
    by = actor_of(request)
    found = get_object_or_404(visible_approvals(by).select_related("unit", "person"), pk=pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer, reason = request.POST.get("decision", ""), form.cleaned_data["reason"]
        try:
            if answer == ApprovalState.WITHDRAWN:
                withdraw(by=by, approval=found, reason=reason)
            else:
                decide(by=by, approval=found, decision=decided(answer), reason=reason)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("The decision is kept."))
            return redirect("approval", pk=found.pk)
    found.refresh_from_db()
    asker = asked_by(found)
    left = working_days_between(by.on, found.due_on)
    context = {
        "approval": found,
        "form": form,
        "steps": steps_of(history(found)),
        "asker": asker,
        "is_mine": asker is not None and by.user is not None and asker.user_id == by.user.pk,
        "may_decide": by.holds_for({found.office}, found.unit_id) is not None,
        "is_waiting": found.state == ApprovalState.WAITING,
        "is_late": found.due_on < by.on,
        "days": abs(left),
    }
    return render(request, "people/approval.html", context)


def decided(answer: str) -> ApprovalState:
    """The decision a button stands for; WAITING, which no action accepts, for anything else."""
    return ApprovalState(answer) if answer in ApprovalState.values else ApprovalState.WAITING


def steps_of(steps: list[Step]) -> list[tuple[Step, str, str]]:
    """Each step with its label and its tone on the timeline."""
    return [
        (
            step,
            step_label(step.event.step),
            "ok" if step.event.step in GOOD else "bad" if step.event.step in BAD else "",
        )
        for step in steps
    ]
