"""Signs of life of an editor's page: text kept before it is saved, and who is editing.

None of this is in the audit log: it changes no post, and its rows are gone with the next save.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from foundation.refusal import Refused
from ledger.actor import Actor
from news.models import Autosave, Editing, Post
from news.models.editing import SILENT
from people.permissions import acting

LARGEST = 600_000


@transaction.atomic
def keep_typing(*, by: Actor, post: Post | None, version: int, values: Mapping[str, Any]) -> Autosave:
    """What the user has typed into the post (None: a new one) is kept in a row of its own; returns it.

    It never touches the post. The row is gone when the user saves the post, or drops it.
    """
    acting(by, "news.write", post.unit_id if post else None)
    if sum(len(value) for value in values.values() if isinstance(value, str)) > LARGEST:
        raise Refused("too large to keep")
    kept, _made = Autosave.objects.update_or_create(
        user=by.user,
        post=post,
        defaults={"version": version, "values": dict(values), "at": timezone.now()},
    )
    return kept


@transaction.atomic
def drop_typing(*, by: Actor, post: Post | None) -> None:
    """What the user typed into the post and did not save is thrown away."""
    acting(by, "news.write", post.unit_id if post else None)
    Autosave.objects.filter(user=by.user, post=post).delete()


@transaction.atomic
def hold_post(*, by: Actor, post: Post, take_over: bool = False) -> Editing:
    """The row that tells who is editing; ours if it was free, cold or taken over, else the other's."""
    acting(by, "news.write", post.unit_id)
    now = timezone.now()
    fresh = {"user": by.user, "since": now, "seen_at": now}
    held, is_new = Editing.objects.select_for_update().get_or_create(post=post, defaults=fresh)
    if is_new:
        return held
    is_mine = by.user is not None and held.user_id == by.user.pk
    if is_mine and held.seen_at > now - SILENT:
        held.seen_at = now
    elif is_mine or take_over or not held.is_warm(now):
        held.user, held.since, held.seen_at = by.user, now, now  # type: ignore[assignment]
    else:
        return held
    held.save()
    return held


@transaction.atomic
def let_go_of_post(*, by: Actor, post: Post) -> None:
    """The user's page is closed: the post is free at once."""
    acting(by, "news.write", post.unit_id)
    Editing.objects.filter(post=post, user=by.user).delete()
