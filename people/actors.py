"""From a request, a job or a command to the actor that actions are told."""

from typing import cast

from allauth.core.internal.httpkit import get_client_ip
from django.http import HttpRequest

from foundation.dates import today
from ledger.actor import Actor
from ledger.enums import Via
from ledger.models import User
from people.queries import holds_of

NAME = "_rc_actor"


def signed_in(request: HttpRequest) -> User:
    """The user of a guarded view; never anonymous there."""
    return cast(User, request.user)


def actor_of(request: HttpRequest) -> Actor:
    """The request's actor with the offices in force today; computed once a request."""
    actor = getattr(request, NAME, None)
    if actor is None:
        day = today()
        user = request.user if request.user.is_authenticated else None
        actor = Actor(
            user=user,
            via=Via.WEB,
            on=day,
            holds=holds_of(user, day) if user else (),
            address=get_client_ip(request),
        )
        setattr(request, NAME, actor)
    return actor


def system_actor(via: Via = Via.COMMAND) -> Actor:
    """The system itself: commands and jobs. May do everything an action allows the system."""
    return Actor(user=None, via=via, on=today(), is_system=True)


def actor_for(user: User, via: Via = Via.WEB) -> Actor:
    """A given user's actor outside a request (sign-in flows, tests)."""
    day = today()
    return Actor(user=user, via=via, on=day, holds=holds_of(user, day))
