"""From draft through review to the site, and down from it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.refusal import Reason, Refused
from ledger.actor import Actor, NotAllowed
from ledger.audit import record, record_many
from news import embeds
from news.actions.posts import ChangedMeanwhile
from news.enums import READABLE, PostState
from news.models import Post
from news.page_cache import forget_pages
from news.rules.publishing import missing_for_publishing
from people.permissions import acting

A_LOT = 1000
LONGEST_CORRECTION = 1000


@transaction.atomic
def propose_post(*, by: Actor, post: Post) -> Post:
    """The draft waits for review; returns it. Refused while something is missing."""
    post, by = _locked(by, post, "news.write")
    _must_be(post, PostState.DRAFT, PostState.RETURNED)
    _refuse_incomplete(by, post)
    return _moved(by, post, act="news.propose_post", state=PostState.PROPOSED)


@transaction.atomic
def return_post(*, by: Actor, post: Post, reason: str) -> Post:
    """The proposed or approved post goes back to its writer with a reason; returns it."""
    post, by = _locked(by, post, "news.review")
    _must_be(post, PostState.PROPOSED, PostState.APPROVED)
    return _moved(by, post, act="news.return_post", state=PostState.RETURNED, reason=_said(reason))


@transaction.atomic
def approve_post(*, by: Actor, post: Post, version: int) -> Post:
    """The proposed post is good as read; returns it. ChangedMeanwhile if another was saved since.

    A publisher gives it its time. A change by somebody who may not approve takes the approval back.
    """
    post, by = _locked(by, post, "news.review")
    _must_be(post, PostState.PROPOSED)
    _refuse_changed(post, version)
    _refuse_incomplete(by, post)
    return _moved(by, post, act="news.approve_post", state=PostState.APPROVED)


@transaction.atomic
def publish_post(*, by: Actor, post: Post, version: int, at: datetime | None = None) -> Post:
    """The post is on the site from `at` on (None: now); returns it. A published one is scheduled anew.

    Albums in its text that are not public yet come out with it.

    `version` is the one the publisher has read; ChangedMeanwhile if another was saved since.
    """
    post, by = _locked(by, post, "news.publish")
    _refuse_changed(post, version)
    things = _refuse_incomplete(by, post)
    now = timezone.now()
    when = at or now
    embeds.release(by, things, when)
    out = now if when <= now else None
    state = PostState.PUBLISHED
    return _moved(by, post, act="news.publish_post", state=state, publish_at=when, went_out_at=out)


@transaction.atomic
def withdraw_post(*, by: Actor, post: Post, reason: str) -> Post:
    """The post is taken down, with the reason kept; returns it."""
    post, by = _locked(by, post, "news.publish")
    _must_be(post, *READABLE)
    return _moved(by, post, act="news.withdraw_post", state=PostState.WITHDRAWN, reason=_said(reason))


@transaction.atomic
def archive_post(*, by: Actor, post: Post, reason: str = "") -> Post:
    """The post leaves the lists and stays at its address, marked as of the archive; returns it."""
    post, by = _locked(by, post, "news.publish")
    _must_be(post, PostState.PUBLISHED)
    if not post.is_on_site(timezone.now()):
        raise Refused(_("The post is not on the site yet, so it cannot be archived."))
    return _moved(by, post, act="news.archive_post", state=PostState.ARCHIVED, reason=reason.strip())


@transaction.atomic
def unarchive_post(*, by: Actor, post: Post) -> Post:
    """The archived post stands in the lists again, on the day it was published; returns it."""
    post, by = _locked(by, post, "news.publish")
    _must_be(post, PostState.ARCHIVED)
    return _moved(by, post, act="news.unarchive_post", state=PostState.PUBLISHED)


@transaction.atomic
def correct_post(*, by: Actor, post: Post, text: str) -> Post:
    """A dated correction that readers see on the post; returns it. Corrections are only added."""
    post, by = _locked(by, post, "news.publish")
    _must_be(post, *READABLE)
    said = " ".join(text.split())
    if not said:
        raise Refused(Reason(_("Say what was wrong and what is right."), field="text"))
    if len(said) > LONGEST_CORRECTION:
        raise Refused(Reason(_("The correction is too long: a few sentences are enough."), field="text"))
    post.updated_at = timezone.now()
    at = post.updated_at.isoformat(timespec="seconds")
    post.corrections = [*post.corrections, {"at": at, "text": said}]
    post.save(update_fields=["corrections", "updated_at", "changed_at"])
    record(by=by, act="news.correct_post", subject=post, after={"correction": said})
    forget_pages()
    return post


@transaction.atomic
def send_out_posts(*, by: Actor, now: datetime) -> int:
    """Posts whose time has come are told of, once: page cache and audit log; returns how many.

    Readers see a post from its time on by the clock alone, so a late run only tells late. Two at
    once share the work: each takes rows nobody holds. 4 queries for any number up to A_LOT.
    """
    if not by.is_system:
        raise NotAllowed([_("Only the portal itself does this.")])
    due = Post.objects.to_go_out(now).order_by("publish_at", "pk").select_for_update(skip_locked=True)
    taken = list(due.values_list("pk", "publish_at")[:A_LOT])
    if not taken:
        return 0
    Post.objects.filter(pk__in=[pk for pk, _at in taken]).update(went_out_at=now)
    rows = ((pk, {"went_out_at": None}, {"went_out_at": now, "publish_at": at}) for pk, at in taken)
    record_many(by=by, act="news.send_out_post", model=Post, rows=rows)
    forget_pages()
    return len(taken)


def _locked(by: Actor, post: Post, right: str) -> tuple[Post, Actor]:
    post = Post.objects.select_for_update(of=("self",)).select_related("cover").get(pk=post.pk)
    return post, acting(by, right, post.unit_id)


def _must_be(post: Post, *states: PostState) -> None:
    if post.state not in states:
        raise Refused(
            _("The post is in the state “%(state)s”, so this cannot be done.")
            % {"state": post.get_state_display()}
        )


def _refuse_changed(post: Post, version: int) -> None:
    if post.version != version:
        raise ChangedMeanwhile(post)


def _refuse_incomplete(by: Actor, post: Post) -> dict[str, Mapping[int, Any]]:
    """Refuses while something is missing; gives what stands in the text as boxes."""
    things = embeds.things_in(by, post.body)
    reasons = missing_for_publishing(post.facts) + embeds.lacking(things)
    if reasons:
        raise Refused(reasons)
    return things


def _said(reason: str) -> str:
    if not reason.strip():
        raise Refused(Reason(_("Say why, so that the next person understands."), field="reason"))
    return reason.strip()


def _moved(by: Actor, post: Post, *, act: str, state: PostState, reason: str = "", **values: Any) -> Post:
    before = {"state": post.state, "publish_at": post.publish_at}
    if state != post.state:
        post.since_at = timezone.now()
    post.state, post.reason = state, reason
    for name, value in values.items():
        setattr(post, name, value)
    post.full_clean()
    post.save(
        update_fields=["state", "reason", "since_at", "publish_at", "went_out_at", "search", "changed_at"]
    )
    after = {"state": post.state, "publish_at": post.publish_at}
    record(by=by, act=act, subject=post, before=before, after=after, reason=reason)
    forget_pages()
    return post
