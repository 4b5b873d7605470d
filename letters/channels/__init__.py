"""The channels letters go out by: one interface, registered in settings.LETTERS_CHANNELS.

docs/letters.md tells how to write one (SMS and Zalo come this way).
"""

from django.conf import settings
from django.utils.module_loading import import_string

from letters.channels.base import Away, Channel, Message, NeverTaken, NoAnswer, NotNow

__all__ = ["Away", "Channel", "Message", "NeverTaken", "NoAnswer", "NotNow", "channel_for", "is_set_up"]


def is_set_up(code: str) -> bool:
    """Whether the portal has a channel of this code."""
    return code in settings.LETTERS_CHANNELS


def channel_for(code: str) -> Channel:
    """A new, unconnected channel; KeyError for one that is not set up."""
    channel: Channel = import_string(settings.LETTERS_CHANNELS[code])()
    return channel
