"""The work page: what waits for me, oldest first; then the figures of my units."""

from itertools import chain

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from people.access import signed_in_only
from people.actors import actor_of
from redcross.registry import FIGURES, QUEUES


@signed_in_only
def work_home(request: HttpRequest) -> HttpResponse:
    """The queue of everything that waits for the officer, oldest first."""
    actor = actor_of(request)
    if not actor.holds:
        raise PermissionDenied
    items = sorted(chain.from_iterable(q(actor) for q in QUEUES), key=lambda item: item.since)
    figures = list(chain.from_iterable(f(actor) for f in FIGURES))
    return render(request, "redcross/work_home.html", {"items": items, "figures": figures})
