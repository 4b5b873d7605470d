"""Albums: pictures put in order, shown to the public, taken off it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.locks import lock
from foundation.refusal import Reason, Refused
from foundation.text import house_spelling, slug
from ledger.actor import Actor
from ledger.audit import record, snapshot
from news.models import Album, AlbumPicture, Picture
from news.page_cache import forget_pages
from news.permissions import right_to_edit_album
from news.queries.media import pictures_for
from news.rules.publishing import missing_for_album
from people.models import Unit
from people.permissions import acting

FIELDS = ("title", "slug", "summary")
MOST_PICTURES = 200


class AlbumChanged(Refused):
    """Somebody else saved the album since this page was opened."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody else saved this album while it was open here. "
                "Look at it as it is now, then save again."
            )
        )


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture's place in an album, with its caption there ("": the picture's own)."""

    picture: int
    caption: str = ""


@transaction.atomic
def make_album(*, by: Actor, unit: Unit, values: Mapping[str, Any], pictures: Sequence[Placed] = ()) -> Album:
    """A new album of the unit, not yet public; returns it. `values` as in FIELDS but for the address."""
    by = acting(by, "news.write", unit.pk)
    album = Album(unit=unit)
    _fill(album, values)
    album.full_clean()
    album.save()
    placed = _place(by, album, pictures)
    record(by=by, act="news.make_album", subject=album, after={**snapshot(album, FIELDS), "pictures": placed})
    return album


@transaction.atomic
def edit_album(
    *,
    by: Actor,
    album: Album,
    version: int,
    values: Mapping[str, Any],
    pictures: Sequence[Placed] | None = None,
) -> Album:
    """The album with new words and, unless None, exactly these pictures in this order; returns it.

    A public one only a publisher changes, and only so that it may still be shown.
    """
    album = Album.objects.select_for_update(of=("self",)).get(pk=album.pk)
    by = acting(by, right_to_edit_album(album), album.unit_id)
    if album.version != version:
        raise AlbumChanged
    before = {**snapshot(album, FIELDS), "pictures": _placed(album)}
    _fill(album, values)
    after = {**snapshot(album, FIELDS), "pictures": before["pictures"]}
    if pictures is not None:
        after["pictures"] = _place(by, album, pictures)
    if after == before:
        return album
    if album.is_on_site:
        _refuse_incomplete(album)
    album.version += 1
    album.full_clean()
    album.save()
    record(by=by, act="news.edit_album", subject=album, before=before, after=after)
    forget_pages()
    return album


@transaction.atomic
def publish_album(*, by: Actor, album: Album, at: datetime | None = None) -> Album:
    """The album is public from `at` on (None: now); returns it. One that is public already stays so.

    Refused while a picture's proof or description is missing.
    """
    album = Album.objects.select_for_update(of=("self",)).get(pk=album.pk)
    by = acting(by, "news.publish", album.unit_id)
    if album.is_on_site:
        return album
    _refuse_incomplete(album)
    album.published_at = at or timezone.now()
    album.save(update_fields=["published_at", "changed_at"])
    record(by=by, act="news.publish_album", subject=album, after={"published_at": album.published_at})
    forget_pages()
    return album


@transaction.atomic
def take_down_album(*, by: Actor, album: Album, reason: str) -> Album:
    """The album is no longer public, nor shown inside posts; returns it."""
    album = Album.objects.select_for_update(of=("self",)).get(pk=album.pk)
    by = acting(by, "news.publish", album.unit_id)
    if album.published_at is None:
        return album
    if not reason.strip():
        raise Refused(Reason(_("Say why, so that the next person understands."), field="reason"))
    before = {"published_at": album.published_at}
    album.published_at = None
    album.save(update_fields=["published_at", "changed_at"])
    record(
        by=by,
        act="news.take_down_album",
        subject=album,
        before=before,
        after={"published_at": None},
        reason=reason.strip(),
    )
    forget_pages()
    return album


def _fill(album: Album, values: Mapping[str, Any]) -> None:
    if "title" in values:
        album.title = house_spelling(" ".join(values["title"].split()))
    if "summary" in values:
        album.summary = values["summary"].strip()
    if not album.slug:
        lock("news.address")
        base = slug(album.title, 90) or "album"
        address, number = base, 2
        while Album.objects.filter(slug=address).exists():
            address, number = f"{base}-{number}", number + 1
        album.slug = address


def _placed(album: Album) -> list[list[Any]]:
    return [[item.picture_id, item.caption] for item in album.items.all()]


def _place(by: Actor, album: Album, pictures: Sequence[Placed]) -> list[list[Any]]:
    """Write the places anew; each picture once, and only one the actor may use."""
    wanted = {placed.picture: placed for placed in pictures}
    if len(wanted) > MOST_PICTURES:
        raise Refused(_("An album holds %(n)s pictures at most. Make two of it.") % {"n": MOST_PICTURES})
    standing = {item.picture_id for item in album.items.all()} if album.pk else set()
    usable = set(pictures_for(by).filter(pk__in=wanted).values_list("pk", flat=True))
    usable |= set(
        Picture.objects.standing().filter(pk__in=standing & wanted.keys()).values_list("pk", flat=True)
    )
    if wanted.keys() - usable:
        raise Refused(_("One of the pictures was withdrawn, or belongs to a unit that is not yours."))
    album.items.all().delete()
    AlbumPicture.objects.bulk_create(
        AlbumPicture(
            album=album, picture_id=placed.picture, order=number, caption=placed.caption.strip()[:300]
        )
        for number, placed in enumerate(wanted.values(), start=1)
    )
    return [[placed.picture, placed.caption.strip()[:300]] for placed in wanted.values()]


def _refuse_incomplete(album: Album) -> None:
    items = album.items.select_related("picture")
    reasons = missing_for_album(album.title, [item.picture.facts for item in items])
    if reasons:
        raise Refused(reasons)
