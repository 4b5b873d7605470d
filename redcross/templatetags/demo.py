"""The demo's boxes on the pages of signing in; nothing anywhere else."""

from typing import Any

from django import template
from django.conf import settings

from letters.queries import demo_letters as latest_letters
from redcross.demo.shown import shown_accounts

register = template.Library()
LETTERS = 5


@register.inclusion_tag("parts/demo_accounts.html")
def demo_accounts() -> dict[str, Any]:
    """Every account with password and current code, and the latest letters; empty outside the demo."""
    return {"accounts": shown_accounts(), "letters": latest_letters(LETTERS)}


@register.inclusion_tag("parts/demo_letters.html")
def demo_letters() -> dict[str, Any]:
    """The latest letters, where a code or link is waited for; empty outside the demo."""
    return {"is_shown": settings.MODE in {"demo", "test"}, "letters": latest_letters(LETTERS)}
