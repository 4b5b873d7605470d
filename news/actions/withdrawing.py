"""Pictures and videos withdrawn: out of every post, album and page at once, their files deleted."""

import logging
from collections.abc import Collection
from functools import partial
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.locks import lock
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from news.enums import Format
from news.models import Album, AlbumPicture, ExamplePicture, Picture, Post, Video
from news.models.pictures import file_name
from news.page_cache import forget_pages
from news.queries.media import uses_of
from news.rules.pictures import WIDTHS, widths_for
from people.permissions import acting

log = logging.getLogger(__name__)


@transaction.atomic
def withdraw_picture(*, by: Actor, picture: Picture, reason: str, alike: Collection[int] = ()) -> Picture:
    """The picture, every row with the same file, and the look-alikes named are gone; returns the picture.

    Readers find it nowhere once this is committed: no post, album, feed or kept page shows it, its
    addresses answer 410, its files are deleted (news.sweep_withdrawn makes up what was killed).
    """
    said = _said(reason)
    chosen = Picture.objects.filter(pk__in={picture.pk, *alike})
    for digest in sorted(chosen.values_list("digest", flat=True)):
        lock(f"news.picture.{digest}")
    rows = list(
        Picture.objects.select_for_update(of=("self",))
        .filter(digest__in=chosen.values("digest"), withdrawn_at__isnull=True)
        .order_by("pk")
    )
    for unit_id in {row.unit_id for row in rows if row.pk in {picture.pk, *alike}} or {picture.unit_id}:
        by = acting(by, "news.publish", unit_id)
    ids = [row.pk for row in rows]
    for row in rows:
        used = _taken_out(row)
        row.withdrawn_at, row.withdrawn_reason, row.sources = timezone.now(), said, {}
        row.save(update_fields=["withdrawn_at", "withdrawn_reason", "sources"])
        row.renditions.all().delete()
        record(by=by, act="news.withdraw_picture", subject=row, after=used, reason=said)
    forget_pages()
    for pk in ids:
        transaction.on_commit(partial(_swept_now, by, pk))
    picture.refresh_from_db()
    return picture


def sweep_picture(*, by: Actor, pk: int) -> bool:
    """Delete every file of a withdrawn picture; False if none was left to do. Twice does no harm."""
    picture = Picture.objects.filter(pk=pk, withdrawn_at__isnull=False, is_swept=False).first()
    if picture is None:
        return False
    for name in files_of(picture):
        default_storage.delete(name)
    with transaction.atomic():
        Picture.objects.filter(pk=pk).update(is_swept=True)
        record(by=by, act="news.sweep_picture", subject=picture)
    return True


def files_of(picture: Picture) -> list[str]:
    """Storage names of all files a picture may have."""
    widths = {picture.width, *WIDTHS, *widths_for(picture.width)}
    return [file_name(picture.digest, width, kind) for kind in Format for width in sorted(widths)]


@transaction.atomic
def delete_picture(*, by: Actor, picture: Picture) -> None:
    """A picture that nothing shows is deleted, its files too. Refused while something shows it."""
    picture = Picture.objects.select_for_update(of=("self",)).get(pk=picture.pk)
    by = acting(by, "news.write", picture.unit_id)
    lock(f"news.picture.{picture.digest}")
    if picture.is_withdrawn or uses_of(picture):
        raise Refused(
            _("The picture is used, so it is not deleted. Take it out there first, or withdraw it.")
        )
    record(by=by, act="news.delete_picture", subject=picture, before={"digest": picture.digest})
    names = files_of(picture)
    picture.delete()
    if not Picture.objects.filter(digest=picture.digest).exists():
        for name in names:
            transaction.on_commit(partial(default_storage.delete, name))


@transaction.atomic
def withdraw_video(*, by: Actor, video: Video, reason: str) -> Video:
    """The video is out of every post; an own file is deleted once no other row needs it. Returns it."""
    video = Video.objects.select_for_update(of=("self",)).get(pk=video.pk)
    by = acting(by, "news.publish", video.unit_id)
    said = _said(reason)
    if video.withdrawn_at is not None:
        return video
    posts = list(Post.objects.filter(video=video).values_list("pk", flat=True))
    Post.objects.filter(pk__in=posts).update(video=None)
    video.withdrawn_at, video.withdrawn_reason = timezone.now(), said
    video.captions, video.captions_digest = "", ""
    video.save(update_fields=["withdrawn_at", "withdrawn_reason", "captions", "captions_digest"])
    record(by=by, act="news.withdraw_video", subject=video, after={"posts": posts}, reason=said)
    forget_pages()
    name = video.file_name
    if name and not Video.objects.standing().filter(file_name=name).exists():
        transaction.on_commit(lambda: default_storage.delete(name))
    return video


def _taken_out(picture: Picture) -> dict[str, Any]:
    """Take the picture out of what shows it; returns ids of posts, albums, videos, examples for the log."""
    posts = list(Post.objects.filter(cover=picture).values_list("pk", flat=True))
    albums = list(AlbumPicture.objects.filter(picture=picture).values_list("album_id", flat=True))
    videos = list(Video.objects.filter(poster=picture).values_list("pk", flat=True))
    Post.objects.filter(pk__in=posts).update(cover=None, changed_at=timezone.now())
    AlbumPicture.objects.filter(picture=picture).delete()
    Album.objects.filter(pk__in=albums).update(changed_at=timezone.now())
    examples = list(ExamplePicture.objects.filter(picture=picture).values_list("example_id", flat=True))
    Video.objects.filter(pk__in=videos).update(poster=None)
    ExamplePicture.objects.filter(picture=picture).delete()
    return {"posts": posts, "albums": albums, "videos": videos, "examples": examples}


def _swept_now(by: Actor, pk: int) -> None:
    try:
        sweep_picture(by=by, pk=pk)
    except OSError as error:  # the row remembers: the next sweep tries again
        log.warning("files of withdrawn picture %s stay for now: %s", pk, type(error).__name__)


def _said(reason: str) -> str:
    if not reason.strip():
        raise Refused(Reason(_("Say why, so that the next person understands."), field="reason"))
    return reason.strip()[:500]
