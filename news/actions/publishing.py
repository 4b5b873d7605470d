"""From draft to the site, and down from it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from news import embeds
from news.actions.posts import ChangedMeanwhile
from news.enums import PostState
from news.models import Post
from news.page_cache import forget_pages
from news.rules.publishing import missing_for_publishing
from people.permissions import acting


@transaction.atomic
def propose_post(*, by: Actor, post: Post) -> Post:
    """The draft waits for a publisher; returns it. Refused while something is missing."""
    post, by = _locked(by, post, "news.write")
    _must_be(post, PostState.DRAFT, PostState.RETURNED)
    _refuse_incomplete(post)
    return _moved(by, post, act="news.propose_post", state=PostState.PROPOSED)


@transaction.atomic
def return_post(*, by: Actor, post: Post, reason: str) -> Post:
    """The proposed post goes back to its writer with a reason; returns it."""
    post, by = _locked(by, post, "news.publish")
    _must_be(post, PostState.PROPOSED)
    return _moved(by, post, act="news.return_post", state=PostState.RETURNED, reason=_said(reason))


@transaction.atomic
def publish_post(*, by: Actor, post: Post, version: int, at: datetime | None = None) -> Post:
    """The post is on the site from `at` on (None: now); returns it. A published one is scheduled anew.

    `version` is the one the publisher has read; ChangedMeanwhile if another was saved since.
    """
    post, by = _locked(by, post, "news.publish")
    if post.version != version:
        raise ChangedMeanwhile(post)
    _refuse_incomplete(post)
    return _moved(
        by, post, act="news.publish_post", state=PostState.PUBLISHED, publish_at=at or timezone.now()
    )


@transaction.atomic
def withdraw_post(*, by: Actor, post: Post, reason: str) -> Post:
    """The post is taken down, with the reason kept; returns it."""
    post, by = _locked(by, post, "news.publish")
    _must_be(post, PostState.PUBLISHED)
    return _moved(by, post, act="news.withdraw_post", state=PostState.WITHDRAWN, reason=_said(reason))


def _locked(by: Actor, post: Post, right: str) -> tuple[Post, Actor]:
    post = Post.objects.select_for_update(of=("self",)).select_related("cover").get(pk=post.pk)
    return post, acting(by, right, post.unit_id)


def _must_be(post: Post, *states: PostState) -> None:
    if post.state not in states:
        raise Refused(
            _("The post is in the state “%(state)s”, so this cannot be done.")
            % {"state": post.get_state_display()}
        )


def _refuse_incomplete(post: Post) -> None:
    reasons = missing_for_publishing(post.facts) + embeds.lacking(post.body)
    if reasons:
        raise Refused(reasons)


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
    post.save(update_fields=["state", "reason", "since_at", "publish_at", "search", "changed_at"])
    after = {"state": post.state, "publish_at": post.publish_at}
    record(by=by, act=act, subject=post, before=before, after=after, reason=reason)
    forget_pages()
    return post
