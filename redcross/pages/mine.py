"""A person's own pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from people.access import signed_in_only, signing_in
from people.actors import actor_of, signed_in
from people.enums import OfficeCode
from people.rules import needs_second_step
from people.second_step import means_of


@signed_in_only
def mine_home(request: HttpRequest) -> HttpResponse:
    """The next thing to do, and what the portal holds for this person."""
    offices = [(OfficeCode(hold.office).label, hold.unit_name) for hold in actor_of(request).holds]
    context = {"means": means_of(signed_in(request)), "offices": offices}
    return render(request, "redcross/mine_home.html", context)


@signing_in
def mine_security(request: HttpRequest) -> HttpResponse:
    """Password, second step, passkeys, sessions, e-mail: one page that leads to each."""
    actor = actor_of(request)
    context = {
        "means": means_of(signed_in(request)),
        "is_forced": needs_second_step([h.office for h in actor.holds], actor.on),
        "username": signed_in(request).username,
    }
    return render(request, "redcross/mine_security.html", context)
