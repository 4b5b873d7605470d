"""The address of every approval: kinds with a page of their own go there, the rest is decided in people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from people.access import signed_in_only
from people.actors import actor_of
from people.queries.approvals import visible_approvals
from people.views import approvals
from redcross.registry import APPROVAL_PAGES


@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """The page on which this approval is decided."""
    found = get_object_or_404(visible_approvals(actor_of(request)), pk=pk)
    page = APPROVAL_PAGES.get(found.kind)
    return redirect(page, pk=pk) if page else approvals.approval(request, pk)
