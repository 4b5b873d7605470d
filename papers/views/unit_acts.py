"""An act on units with the paper that decides it: people shows the act, this floor knows the paper."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.refusal import Refused
from papers.actions import draft_act_decision
from papers.enums import DECIDE, PaperState
from papers.forms import ActDecisionForm
from papers.models import Paper
from papers.queries import decides, readable
from papers.views.register import BADGES
from people.access import with_right
from people.actors import actor_of
from people.enums import ActState
from people.permissions import may
from people.queries.act_problems import act_problems
from people.queries.acts import brake, brake_words, preview_act, visible_acts
from people.views.acts import show_act


@with_right("unit.see")
@require_safe
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """One act: what it does, and its decision: from outside, drafted here, or still to be drafted."""
    by = actor_of(request)
    found = get_object_or_404(visible_acts(by).select_related("decision_file"), pk=pk)
    paper = Paper.objects.filter(unit_act=found).first()
    return show_act(
        request,
        found,
        paper=paper,
        may_read_paper=paper is not None and readable(by).filter(pk=paper.pk).exists(),
        paper_badge=BADGES.get(PaperState(paper.state), "") if paper else "",
        may_decide=may(by, DECIDE),
    )


@with_right(DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def act_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Who and what moves, then its decision as a draft; an act larger than any before asks for its count."""
    by = actor_of(request)
    found = get_object_or_404(visible_acts(by), pk=pk, state=ActState.DRAFT, is_outside=False)
    preview = preview_act(found)
    is_large = preview.people_total > brake()
    form = ActDecisionForm(request.POST or None, units=decides(by), is_large=is_large)
    refused_because: list[str] = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            paper = draft_act_decision(
                by=by, act=found, unit=data["unit"], people_count=data.get("people_count")
            )
        except Refused as refused:
            refused_because = [str(reason) for reason in refused.reasons]
            refused.add_to_form(form)
        else:
            messages.success(
                request,
                _("The decision is drafted. Fill in what stands in [brackets], then submit it."),
            )
            return redirect("paper", paper.key)
    context = {
        "act": found,
        "preview": preview,
        "problems": refused_because or act_problems(found),
        "form": form,
        "brake": brake_words(preview.people_total) if is_large else "",
        "takes_effect_now": found.effective_on <= by.on,
    }
    return render(request, "papers/act_decide.html", context)
