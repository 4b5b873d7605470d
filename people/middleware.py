"""The guard of every page, and the length of a session."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from people.access import Access, access_of
from people.actors import actor_of
from people.rules import needs_second_step, offices_that_may, session_minutes
from people.second_step import (
    confirm_page,
    has_second_step,
    session_age_minutes,
    session_has_second_step,
)

Respond = Callable[[HttpRequest], HttpResponse]
GUARDED = "_rc_guarded"


class AccessMiddleware:
    """Default deny. Public views are left alone without looking at the user."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, GUARDED, False) and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        access = access_of(view)
        if access is None:
            raise PermissionDenied
        setattr(request, GUARDED, access.is_entrance or not access.is_public)
        if not access.is_public and "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest  # nobody types it, and PostgreSQL takes it nowhere
        return None if access.is_public else guard(request, access)


def guard(request: HttpRequest, access: Access) -> HttpResponse | None:
    """None if the visitor may pass; otherwise where to go first. Raises PermissionDenied for a missing right.

    In this order: signed in, session not ended, second step given in this session, right held.
    """
    if not request.user.is_authenticated:
        return go_to("account_login", request)
    actor = actor_of(request)
    offices = [hold.office for hold in actor.holds]
    limit = session_minutes(offices, actor.on)
    if limit is not None and session_age_minutes(request) >= limit:
        logout(request)
        messages.info(
            request, _("The session has ended. After signing in again this page opens where it was.")
        )
        return go_to("account_login", request)
    asked = access.before_second_step or needs_second_step(offices, actor.on)
    if asked and not access.gives_second_step and not session_has_second_step(request):
        if has_second_step(request):
            return go_to(confirm_page(request), request)
        if not access.before_second_step:
            return go_to("second_step_needed", request)
    if access.rights and not any(
        actor.holds_for(offices_that_may(right, actor.on)) for right in access.rights
    ):
        raise PermissionDenied
    return None


def go_to(name: str, request: HttpRequest) -> HttpResponse:
    """To a page of signing in, which leads back here; told to htmx in its own way."""
    url = f"{reverse(name)}?{urlencode({'next': page_of(request)})}"
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)


def page_of(request: HttpRequest) -> str:
    """The path of the page the visitor looks at: of a form or a fragment, the page it stands on."""
    if request.method in {"GET", "HEAD"} and request.headers.get("HX-Request") != "true":
        return request.get_full_path()
    page = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    parts = urlsplit(page)
    if not parts.path or not url_has_allowed_host_and_scheme(page, {request.get_host()}):
        return reverse("start")
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
