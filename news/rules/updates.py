"""Whether readers are told that a post was changed, and when it last was."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from news.rules.body import words_of
from news.rules.embeds import boxes_of

# What a reader would have to read again; another address, category, tag or cover is not.
TOLD = ("title", "summary", "video")


def is_substance(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """True if words, boxes or film of the post differ: bold letters and headings alone do not count."""
    if any(before[name] != after[name] for name in TOLD):
        return True
    old, new = before["body"], after["body"]
    return old != new and (words_of(old), boxes_of(old)) != (words_of(new), boxes_of(new))


def update_shown(publish_at: datetime | None, updated_at: datetime | None) -> datetime | None:
    """When the post was last changed in substance after it came out; None if it was not."""
    if publish_at is None or updated_at is None or updated_at <= publish_at:
        return None
    return updated_at
