"""What waits to be recognised, with the decision that does it: people shows it, papers knows the paper."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from foundation.refusal import Refused
from papers.actions import draft_recognition
from papers.enums import DRAFT, PaperState
from papers.queries import readable, recognition_paper
from papers.views.register import BADGES
from people.access import with_right
from people.actors import actor_of
from people.models import Body
from people.permissions import may
from people.queries.approvals import visible_approvals
from people.views.bodies import show_recognition


@with_right("unit.see")
@require_http_methods(["GET", "HEAD", "POST"])
def body_recognition(request: HttpRequest, pk: int) -> HttpResponse:
    """A body that asks to be recognised: by a decision drafted here, by one from outside, or not yet."""
    by = actor_of(request)
    approval = get_object_or_404(visible_approvals(by).select_related("unit"), pk=pk)
    found = get_object_or_404(Body.objects.select_related("unit"), approval=approval)
    paper = recognition_paper(found)
    return show_recognition(
        request,
        approval,
        found,
        paper=paper,
        may_read_paper=paper is not None and readable(by).filter(pk=paper.pk).exists(),
        paper_badge=BADGES.get(PaperState(paper.state), "") if paper else "",
        may_draft=paper is None and may(by, DRAFT, approval.unit_id),
    )


@with_right(DRAFT)
@require_POST
def recognition_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft the decision from what was asked; its issue recognises."""
    by = actor_of(request)
    approval = get_object_or_404(visible_approvals(by), pk=pk, kind="body.recognise")
    try:
        paper = draft_recognition(by=by, approval=approval)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("body_recognition", pk=pk)
    messages.success(
        request, _("The decision is drafted. Fill in what stands in [brackets], then submit it.")
    )
    return redirect("paper", paper.key)
