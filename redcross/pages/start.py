"""Where a person lands after signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from people.access import signed_in_only
from people.actors import actor_of


@signed_in_only
def start(request: HttpRequest) -> HttpResponse:
    """Officers to their queue, everybody else to their own pages."""
    return redirect("work_home" if actor_of(request).holds else "mine_home")
