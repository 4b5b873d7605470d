"""What this app shows on pages of the roof."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.queue import Figure, QueueItem
from ledger.actor import Actor
from news import queries
from news.enums import ExampleState, PostState
from news.queries import examples, sendings
from news.rules.examples import APPROVE, PROPOSE
from people.permissions import may

MOST = 50


def queue(by: Actor) -> Iterable[QueueItem]:
    """Posts for this reviewer or publisher, those returned to this writer, comments to answer."""
    publishes = may(by, "news.publish")
    looks = _("Publish or return: %(title)s") if publishes else _("Approve or return: %(title)s")
    for right, state, title in (
        ("news.publish" if publishes else "news.review", PostState.PROPOSED, looks),
        ("news.publish", PostState.APPROVED, _("Approved, to be published: %(title)s")),
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
    talk: dict[int, QueueItem] = {}
    for first in queries.talk_waiting(by)[:MOST] if may(by, "news.write") else ():
        talk.setdefault(
            first.post_id,
            QueueItem(
                title=_("Answer a comment: %(title)s") % {"title": first.post.title},
                url=f"{reverse('post_edit', args=[first.post_id])}#y-kien",
                since=first.since,  # type: ignore[attr-defined]
                note=first.text[:120],
                icon="news",
            ),
        )
    yield from talk.values()


def documents(by: Actor) -> Iterable[QueueItem]:
    """Documents my unit has to read or to carry out, and those I sent that are not read in time."""
    for row in sendings.waiting(by)[:MOST] if may(by, sendings.ACK) else ():
        is_read = row.acknowledged_at is not None
        title = _("Tell what was done: %(title)s") if is_read else _("Read and acknowledge: %(title)s")
        yield QueueItem(
            title=title % {"title": f"{row.sending.document.name} {row.sending.document.title}"},
            url=reverse("received", args=[row.pk]),
            since=row.sending.sent_at,
            due_on=row.sending.carry_out_on if is_read else row.sending.due_on,
            note=row.unit.name,
            icon="document",
        )
    for sent in sendings.late_sendings(by)[:MOST] if may(by, sendings.SEND) else ():
        told = {"n": sent.missing, "title": sent.document.name}  # type: ignore[attr-defined]
        yield QueueItem(
            title=_("%(n)d units have not acknowledged: %(title)s") % told,
            url=reverse("sending", args=[sent.pk]),
            since=sent.sent_at,
            due_on=sent.due_on,
            note=sent.unit.name,
            icon="bell",
        )


def good_examples(by: Actor) -> Iterable[QueueItem]:
    """Examples that wait for this approver, and those returned to this unit."""
    for right, state, title in (
        (APPROVE, ExampleState.PROPOSED, _("Approve or return: %(title)s")),
        (PROPOSE, ExampleState.RETURNED, _("Change and propose again: %(title)s")),
    ):
        for one in examples.waiting_examples(by, right, state)[:MOST] if may(by, right) else ():
            yield QueueItem(
                title=title % {"title": one.title},
                url=reverse("example_edit", args=[one.pk]),
                since=one.since_at,
                note=one.reason or one.unit.name,
                icon="star",
            )


def figures(by: Actor) -> Iterable[Figure]:
    """Posts of this officer's units."""
    if not may(by, "news.write") and not may(by, "news.publish"):
        return
    url = reverse("post_register")
    counted = queries.counts(by, timezone.now())
    yield Figure(counted["on_site"], _("posts on the site"), f"{url}?trang-thai={PostState.PUBLISHED}")
    yield Figure(counted["drafts"], _("drafts"), f"{url}?trang-thai={PostState.DRAFT}")
