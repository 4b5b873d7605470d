"""A person's own pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from people.access import signed_in_only, signing_in
from people.actors import actor_of, signed_in
from people.rules import needs_second_step
from people.second_step import has_second_step


@signed_in_only
def mine_home(request: HttpRequest) -> HttpResponse:
    """The next thing to do, and what the portal holds for this person."""
    context = {
        "user_has_second_step": has_second_step(request),
        "offices": actor_of(request).holds,
    }
    return render(request, "redcross/mine_home.html", context)


@signing_in
def mine_security(request: HttpRequest) -> HttpResponse:
    """Password, second step, passkeys, sessions, e-mail: one page that leads to each."""
    actor = actor_of(request)
    context = {
        "user_has_second_step": has_second_step(request),
        "is_forced": needs_second_step([h.office for h in actor.holds], actor.on),
        "has_password": signed_in(request).has_usable_password(),
    }
    return render(request, "redcross/mine_security.html", context)
