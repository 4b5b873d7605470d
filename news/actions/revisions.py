"""An earlier version of a post comes back as its newest."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.refusal import Refused
from ledger.actor import Actor
from news.actions.posts import change_post
from news.models import Category, Picture, Post, Revision, Tag, Video

WORDS = ("title", "summary", "body", "author_line")


@transaction.atomic
def restore_revision(*, by: Actor, post: Post, version: int, restore: int) -> Post:
    """The post with the words, category, tags, cover and video it had in version `restore`; returns it.

    A new version on top: nothing is lost. Address and unit stay. What is no more (a picture
    withdrawn since) is left out. ChangedMeanwhile if `version` is not the last.
    """
    revision = Revision.objects.filter(post=post, version=restore).first()
    if revision is None:
        raise Refused(_("There is no such version of this post."))
    kept: dict[str, Any] = revision.values
    values: dict[str, Any] = {name: kept[name] for name in WORDS}
    values["cover"] = Picture.objects.standing().filter(pk=kept.get("cover") or 0).first()
    values["video"] = Video.objects.standing().filter(pk=kept.get("video") or 0).first()
    values["tags"] = list(Tag.objects.filter(pk__in=kept.get("tags", ())))
    category = Category.objects.filter(pk=kept.get("category") or 0).first()
    if category is not None:
        values["category"] = category
    return change_post(
        by=by, post=post, version=version, values=values, act="news.restore_post", restored=restore
    )
