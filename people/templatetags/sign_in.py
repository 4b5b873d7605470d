"""What the pages of signing in write out."""

from django import template
from django.utils.translation import gettext as _

from letters.channels import is_set_up
from letters.enums import Channel

register = template.Library()

# The first that fits: browsers name each other.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "coc_coc": "Cốc Cốc",
    "SamsungBrowser": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


@register.simple_tag
def sends_messages() -> bool:
    """Whether codes can go to phones: a channel for messages is set up."""
    return is_set_up(Channel.SMS)


@register.filter
def device(user_agent: str) -> str:
    """Browser and system out of what a browser says of itself: "Chrome, Android"."""
    found = [
        next((name for sign, name in names.items() if sign in user_agent), "")
        for names in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(name for name in found if name) or _("Unknown device")
