"""Writing and changing posts."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.locks import lock
from foundation.refusal import Reason, Refused
from foundation.text import house_spelling, slug
from ledger.actor import Actor
from ledger.audit import record, snapshot
from news.actions.post_files import tie_files
from news.enums import PostState
from news.models import Autosave, OldAddress, Post, Revision
from news.page_cache import forget_pages
from news.permissions import right_to_edit
from news.rules.body import clean_body
from news.rules.updates import is_substance
from people.models import Unit
from people.permissions import acting, may

FIELDS = ("unit", "category", "title", "slug", "summary", "body", "author_line", "cover", "video")
# What stands under /tin-tuc/ beside the posts.
RESERVED = {
    "album",
    "chuyen-muc",
    "chuong-trinh",
    "the",
    "don-vi",
    "nam",
    "rss",
    "tim-kiem",
    "atom",
    "guong-tot",
}
LONGEST_BODY = 500_000


class ChangedMeanwhile(Refused):
    """Somebody else saved the post since this page was opened; `post` is as it stands now."""

    def __init__(self, post: Post) -> None:
        super().__init__(
            _(
                "Somebody else saved this post while it was open here. Nothing of either is lost: "
                "what was typed is below, what the other saved beside it. "
                "Bring both together, then save again."
            )
        )
        self.post = post


@transaction.atomic
def write_post(*, by: Actor, unit: Unit, values: Mapping[str, Any]) -> Post:
    """A new draft of the unit; returns it. `values` as in FIELDS, and tags; the slug may follow the title."""
    by = acting(by, "news.write", unit.pk)
    post = Post(unit=unit, since_at=timezone.now())
    _fill(post, {**values, "unit": unit})
    post.full_clean()
    post.save()
    tags = _set_tags(post, values)
    tie_files(by, post)
    keep_revision(by, post)
    Autosave.objects.filter(post=None, user=by.user).delete()
    record(by=by, act="news.write_post", subject=post, after=snapshot(post, FIELDS) | tags[1])
    return post


@transaction.atomic
def edit_post(
    *, by: Actor, post: Post, version: int, values: Mapping[str, Any], is_minor: bool = False
) -> Post:
    """The post with new values, one version on; returns it. ChangedMeanwhile if `version` is not the last.

    What is public, or was, only a publisher changes. A public address that changes leads on from the old one.
    An approval stands only while those who may approve change the text. Readers are told of a change in
    substance, unless it `is_minor`: a slip of the pen.
    """
    return change_post(
        by=by, post=post, version=version, values=values, act="news.edit_post", is_minor=is_minor
    )


def change_post(
    *,
    by: Actor,
    post: Post,
    version: int,
    values: Mapping[str, Any],
    act: str,
    restored: int | None = None,
    is_minor: bool = False,
) -> Post:
    """`edit_post` under the name of another act: a step below the actions, in their transaction."""
    post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    by = acting(by, right_to_edit(post), post.unit_id)
    unit = values.get("unit")
    if unit is not None and unit.pk != post.unit_id:
        acting(by, right_to_edit(post), unit.pk)
    if post.version != version:
        raise ChangedMeanwhile(post)
    before = snapshot(post, FIELDS)
    old_slug = post.slug
    _fill(post, values)
    tags_before, tags_after = _set_tags(post, values)
    before, after = before | tags_before, snapshot(post, FIELDS) | tags_after
    Autosave.objects.filter(post=post, user=by.user).delete()
    if after == before:
        return post
    post.version += 1
    if not is_minor and post.is_on_site(timezone.now()) and is_substance(before, after):
        post.updated_at = timezone.now()
    if post.state == PostState.APPROVED and not may(by, "news.review", post.unit_id):
        post.state, post.since_at = PostState.PROPOSED, timezone.now()
    post.full_clean()
    post.save()
    tie_files(by, post)
    keep_revision(by, post, restored)
    if post.slug != old_slug:
        OldAddress.objects.filter(slug=post.slug, post=post).delete()
        if post.publish_at is not None:
            OldAddress.objects.get_or_create(slug=old_slug, defaults={"post": post})
    record(by=by, act=act, subject=post, before=before, after=after)
    forget_pages()
    return post


def keep_revision(by: Actor, post: Post, restored: int | None = None) -> None:
    """The post's version as it stands, kept for ever."""
    values = snapshot(post, FIELDS) | {"tags": sorted(post.tags.values_list("pk", flat=True))}
    Revision.objects.create(post=post, version=post.version, user=by.user, values=values, restored=restored)


def _fill(post: Post, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in values and name not in {"body", "slug", "title"}:
            setattr(post, name, values[name])
    if post.cover is not None and post.cover.is_withdrawn:
        post.cover = None  # withdrawn while the page was open, or stands in an old revision
    if post.video is not None and post.video.withdrawn_at is not None:
        post.video = None
    if "title" in values:
        post.title = house_spelling(" ".join(values["title"].split()))
    if "body" in values:
        if len(values["body"]) > LONGEST_BODY:
            raise Refused(Reason(_("The text is too long for one post."), field="body"))
        post.body = clean_body(values["body"])
    if "slug" in values or not post.slug:
        post.slug = _address(post, values.get("slug", ""))


def _set_tags(post: Post, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The saved post's tags are those in the values, if they say any; returns the names before and after."""
    if "tags" not in values:
        return {}, {}
    before = sorted(post.tags.values_list("name", flat=True))
    after = sorted(tag.name for tag in values["tags"])
    if after != before:
        post.tags.set(values["tags"])
    return {"tags": before}, {"tags": after}


def _address(post: Post, wanted: str) -> str:
    """The wanted address, made plain; without one, the title's, numbered if another post has or had it."""
    lock("news.address")
    plain = slug(wanted, 200)
    if plain and _is_free(post, plain):
        return plain
    if plain and wanted:
        raise Refused(Reason(_("Another post has this address."), field="slug"))
    base = slug(post.title, 90) or "tin"
    if post.slug and (post.slug == base or post.slug.rpartition("-")[0] == base):
        return post.slug
    address, number = base, 2
    while not _is_free(post, address):
        address, number = f"{base}-{number}", number + 1
    return address


def _is_free(post: Post, address: str) -> bool:
    return not (
        address in RESERVED
        or Post.objects.filter(slug=address).exclude(pk=post.pk).exists()
        or OldAddress.objects.filter(slug=address).exclude(post_id=post.pk).exists()
    )
