"""What this app shows on pages of the roof."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.queue import Figure, QueueItem
from ledger.actor import Actor
from news import queries
from news.enums import PostState
from people.permissions import may


def queue(by: Actor) -> Iterable[QueueItem]:
    """Posts that wait for this publisher, and those returned to this writer, in any order."""
    for right, state, title in (
        ("news.publish", PostState.PROPOSED, _("Publish or return: %(title)s")),
        ("news.write", PostState.RETURNED, _("Change and send again: %(title)s")),
    ):
        for post in queries.waiting(by, right, state) if may(by, right) else ():
            yield QueueItem(
                title=title % {"title": post.title},
                url=reverse("post_edit", args=[post.pk]),
                since=post.since_at,
                note=post.reason or post.unit.name,
                icon="news",
            )


def figures(by: Actor) -> Iterable[Figure]:
    """Posts of this officer's units."""
    if not may(by, "news.write") and not may(by, "news.publish"):
        return
    url = reverse("post_register")
    counted = queries.counts(by, timezone.now())
    yield Figure(counted["on_site"], _("posts on the site"), f"{url}?trang-thai={PostState.PUBLISHED}")
    yield Figure(counted["drafts"], _("drafts"), f"{url}?trang-thai={PostState.DRAFT}")
