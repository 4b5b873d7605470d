"""The media library: pictures, videos and albums an officer may use; what the public sees of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from foundation.dates import ZONE
from foundation.text import matching
from ledger.actor import Actor
from news.models import Album, AlbumPicture, Picture
from news.queries.public import Cover
from people.rules import offices_that_may

MOST = 24


@dataclass(frozen=True, slots=True)
class AlbumItem:
    """A picture as an album shows it; `full` is the address of the largest file."""

    pk: int
    cover: Cover
    full: str
    caption: str


@dataclass(frozen=True, slots=True)
class AlbumShown:
    """A public album with its pictures in order."""

    pk: int
    title: str
    slug: str
    summary: str
    unit_name: str
    day: date | None
    items: tuple[AlbumItem, ...]

    @property
    def url(self) -> str:
        return f"/tin-tuc/album/{self.slug}/"

    @property
    def thumb(self) -> str:
        """The address of the first picture, "" without one."""
        return self.items[0].cover.sources["src"] if self.items else ""


def pictures_for(by: Actor) -> QuerySet[Picture]:
    """Pictures not withdrawn, of the units for which the actor may write or publish."""
    return library(by).filter(withdrawn_at__isnull=True)


def library(by: Actor) -> QuerySet[Picture]:
    """All pictures of those units, the withdrawn too."""
    if by.is_system:
        return Picture.objects.all()
    return Picture.objects.filter(unit__in=_units(by))


def albums_for(by: Actor) -> QuerySet[Album]:
    """Albums of the units for which the actor may write or publish."""
    return Album.objects.all() if by.is_system else Album.objects.filter(unit__in=_units(by))


def pictures_shown(ids: Collection[int]) -> dict[int, Cover]:
    """What a page shows of these pictures; a withdrawn one is not among them. 1 query for any number."""
    found = Picture.objects.standing().filter(pk__in=ids).defer("search")
    return {picture.pk: cover_of(picture) for picture in found}


def albums_shown(ids: Collection[int]) -> dict[int, AlbumShown]:
    """Public albums among these, for pages and for the inside of posts. 2 queries for any number."""
    return _shown(Album.objects.on_site().filter(pk__in=ids)) if ids else {}


def albums_to_choose(by: Actor, query: str) -> list[AlbumShown]:
    """Public albums that an editor may put into a text, newest first; at most MOST. 2 queries."""
    found = Album.objects.on_site().filter(matching("search", query)).order_by("-published_at", "-pk")
    return list(_shown(Album.objects.filter(pk__in=found.values("pk")[:MOST]), is_list=True).values())


def album_shown(slug: str) -> AlbumShown | None:
    """The public album at this address. 2 queries."""
    return next(iter(_shown(Album.objects.on_site().filter(slug=slug)).values()), None)


def album_previewed(by: Actor, pk: int) -> AlbumShown | None:
    """An album of the newsroom as readers will see it. 2 queries."""
    return _shown(albums_for(by).filter(pk=pk)).get(pk)


def albums_on_site(first: int, count: int) -> list[AlbumShown]:
    """Public albums, newest first, each with its first picture. 2 queries."""
    wanted = Album.objects.on_site().order_by("-published_at", "-pk")[first : first + count]
    return list(_shown(Album.objects.filter(pk__in=wanted.values("pk")), is_list=True).values())


def cover_of(picture: Picture, caption: str = "") -> Cover:
    """What a page shows of a picture."""
    return Cover(
        picture.sources,
        picture.width,
        picture.height,
        picture.alt,
        picture.focal_class,
        caption or picture.caption,
        picture.credit,
    )


def _shown(albums: QuerySet[Album], *, is_list: bool = False) -> dict[int, AlbumShown]:
    rows = list(albums.select_related("unit").order_by("-published_at", "-pk"))
    places = (
        AlbumPicture.objects.filter(album__in=[row.pk for row in rows], picture__withdrawn_at__isnull=True)
        .select_related("picture")
        .defer("picture__search")
        .order_by("album_id", "order", "pk")
    )
    if is_list:
        places = places.distinct("album_id")
    items: dict[int, list[AlbumItem]] = {}
    for place in places if rows else ():
        picture = place.picture
        item = AlbumItem(
            picture.pk, cover_of(picture, place.caption), f"/{picture.master_name}", place.caption
        )
        items.setdefault(place.album_id, []).append(item)
    return {
        row.pk: AlbumShown(
            row.pk,
            row.title,
            row.slug,
            row.summary,
            row.unit.name,
            _day(row.published_at),
            tuple(items.get(row.pk, ())),
        )
        for row in rows
    }


def _day(at: datetime | None) -> date | None:
    return at.astimezone(ZONE).date() if at else None


def _units(by: Actor) -> frozenset[int]:
    return by.unit_ids(offices_that_may("news.write", by.on) | offices_that_may("news.publish", by.on))
