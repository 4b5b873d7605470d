"""The guard of every page, and the length of a session."""

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from people.access import access_of
from people.actors import actor_of, signed_in
from people.rules import needs_second_step, offices_that_may, session_minutes
from people.second_step import has_second_step, session_has_second_step

Respond = Callable[[HttpRequest], HttpResponse]


class AccessMiddleware:
    """Default deny. Public views are left alone without looking at the user."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        access = access_of(view)
        if access is None:
            raise PermissionDenied
        if access.is_public:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        actor = actor_of(request)
        offices = [hold.office for hold in actor.holds]
        if needs_second_step(offices, actor.on) and not access.before_second_step:
            if not has_second_step(request):
                return redirect("second_step_needed")
            if not session_has_second_step(request):
                return redirect("mfa_reauthenticate")
        limit = session_minutes(offices, actor.on)
        if limit is not None and session_age_minutes(request) >= limit:
            logout(request)
            return redirect_to_login(request.get_full_path())
        if access.rights and not any(
            actor.holds_for(offices_that_may(right, actor.on)) for right in access.rights
        ):
            raise PermissionDenied
        return None


def session_age_minutes(request: HttpRequest) -> float:
    """Minutes since this session signed in, as allauth recorded it; 0 when unknown."""
    moments = [record["at"] for record in get_authentication_records(request, signed_in(request))]
    return (timezone.now().timestamp() - max(moments)) / 60 if moments else 0.0
