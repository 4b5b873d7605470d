"""What every template knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from people.actors import NAME
from people.queries import name_of
from redcross.navigation import FOOTER, MINE, PUBLIC, WORK, account_menu, menu


def chapter(request: HttpRequest) -> dict[str, Any]:
    """The chapter and the public menu. Touches neither user nor session."""
    return {
        "chapter": settings.CHAPTER,
        "site_url": settings.SITE_URL,
        "is_demo": settings.DEMO,
        "nav_public": menu(PUBLIC, request.path),
        "nav_footer": menu(FOOTER, request.path),
    }


def signed_in_pages(request: HttpRequest) -> dict[str, Any]:
    """The menus of a guarded page; nothing on a public one, which never asks who reads."""
    actor = getattr(request, NAME, None)
    if actor is None or actor.user is None:
        return {}
    return {
        "actor": actor,
        "nav_work": menu(WORK, request.path, actor) if actor.holds else [],
        "nav_mine": menu(MINE, request.path, actor),
        "person_name": name_of(actor.user),
        "nav_account": account_menu(bool(actor.holds)),
        "work_unit": actor.holds[0].unit_name if actor.holds else "",
    }
