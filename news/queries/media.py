"""The media library: pictures, videos and albums an officer may use; what the public sees of them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import (
    BigIntegerField,
    Exists,
    F,
    Func,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from foundation.dates import ZONE
from foundation.refusal import Reason
from foundation.text import matching
from ledger.actor import Actor
from news.enums import Ground
from news.models import Album, AlbumPicture, Picture, Post, Video
from news.queries.public import Cover
from news.rules.likeness import ALIKE
from news.rules.publishing import CoverFacts, missing_for_album
from people.rules import offices_that_may

MOST = 24
_INSIDE = r'<figure data-kind="picture" data-id="([0-9]+)"'


class Use(NamedTuple):
    """A place that shows a picture: "post", "album", "video" or "example", its id, title, and how."""

    kind: str
    pk: int
    title: str
    how: str


@dataclass(frozen=True, slots=True)
class AlbumItem:
    """A picture as an album shows it; `full` is the address of the largest file."""

    pk: int
    cover: Cover
    full: str
    caption: str


@dataclass(frozen=True, slots=True)
class AlbumShown:
    """An album with its pictures in order; `lacking` is what keeps one that is not public from being so."""

    pk: int
    title: str
    slug: str
    summary: str
    unit_name: str
    day: date | None
    items: tuple[AlbumItem, ...]
    is_on_site: bool = True
    lacking: tuple[Reason, ...] = ()

    @property
    def note(self) -> str:
        return self.unit_name if self.is_on_site else _("Not public yet: comes out with the post")

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


def filtered(by: Actor, filters: dict[str, str]) -> QuerySet[Picture]:
    """The library under its filters (q, the, don-vi, su-kien, giay-phep, can-cu, tinh-trang). 1 query."""
    pictures = library(by).select_related("unit")
    pictures = pictures.filter(matching("search", filters.get("q", "")))
    for name, field in (
        ("the", "tags__slug"),
        ("don-vi", "unit__code"),
        ("su-kien", "event"),
        ("giay-phep", "licence"),
        ("can-cu", "ground"),
    ):
        if filters.get(name):
            pictures = pictures.filter(**{field: filters[name]})
    state = filters.get("tinh-trang", "")
    if state == "da-go":
        return pictures.filter(withdrawn_at__isnull=False).order_by("-withdrawn_at", "-pk")
    pictures = pictures.filter(withdrawn_at__isnull=True)
    if state == "thieu":
        pictures = pictures.filter(lacks_proof())
    elif state == "chua-dung":
        inside = RawSQL("SELECT (regexp_matches(body, %s, 'g'))[1]::bigint FROM news_post", [_INSIDE])
        pictures = pictures.filter(posts=None, album_items=None, videos=None, in_examples=None)
        pictures = pictures.exclude(pk__in=inside)
    elif state == "giong-nhau":
        same = (
            Picture.objects.standing().exclude(pk=OuterRef("pk")).filter(unit__in=library(by).values("unit"))
        )
        near = same.annotate(d=_distance(OuterRef("likeness"))).filter(d__lte=ALIKE)
        pictures = pictures.exclude(likeness=0).filter(Exists(near.exclude(likeness=0)))
        return pictures.order_by("likeness", "-pk")
    return pictures.order_by("-pk")


def pictures_to_publish(by: Actor) -> QuerySet[Picture]:
    """Pictures the actor may use whose description and proof are there, newest first."""
    return pictures_for(by).exclude(lacks_proof()).order_by("-pk")


def pictures_to_look_at(pictures: QuerySet[Picture], query: str, chosen: Collection[int]) -> list[Picture]:
    """Those chosen among them, then the newest MOST that fit the search. At most 2 queries."""
    plain = pictures.defer("search").order_by("-pk")
    first = list(plain.filter(pk__in=chosen)) if chosen else []
    return first + list(plain.filter(matching("search", query)).exclude(pk__in=chosen)[:MOST])


def lacks_proof() -> Q:
    """Pictures that may not be published yet: the set-based twin of rules.publishing.missing_of_picture."""
    blank = Q(proof__regex=r"^\s*$")
    needs = [Ground.PUBLIC_ACTIVITY, Ground.CONSENT, Ground.CHILD, Ground.OTHER]
    return (
        Q(alt__regex=r"^\s*$")
        | Q(ground="")
        | Q(ground__in=needs) & blank
        | Q(ground=Ground.CHILD, representative_proof__regex=r"^\s*$")
    )


def alike(by: Actor, picture: Picture) -> QuerySet[Picture]:
    """Other pictures of the actor's that look the same, or are the same file; the nearest first. 1 query."""
    others = pictures_for(by).exclude(pk=picture.pk).select_related("unit")
    if not picture.likeness:
        return others.filter(digest=picture.digest).annotate(d=Value(0))
    near = others.exclude(likeness=0).annotate(d=_distance(Value(picture.likeness, BigIntegerField())))
    return near.filter(Q(d__lte=ALIKE) | Q(digest=picture.digest)).order_by("d", "pk")


def twin_withdrawn(picture: Picture) -> Picture | None:
    """A withdrawn picture that looks like this one. 1 query."""
    if not picture.likeness:
        return None
    gone = Picture.objects.filter(withdrawn_at__isnull=False).exclude(likeness=0).exclude(pk=picture.pk)
    return gone.annotate(d=_distance(Value(picture.likeness, BigIntegerField()))).filter(d__lte=ALIKE).first()


def uses_of(picture: Picture) -> list[Use]:
    """Where the picture is shown: covers, texts, albums, posters, good examples. 5 queries."""
    named = f'<figure data-kind="picture" data-id="{picture.pk}"'
    inside = Post.objects.filter(body__contains=named)
    uses = [Use("post", post.pk, post.title, _("cover")) for post in picture.posts.only("title")]
    uses += [Use("post", post.pk, post.title, _("in the text")) for post in inside.only("title")]
    uses += [
        Use("album", item.album_id, item.album.title, _("album"))
        for item in picture.album_items.select_related("album")
    ]
    uses += [Use("video", video.pk, str(video), _("poster")) for video in picture.videos.all()]
    uses += [
        Use("example", row.example_id, row.example.title, _("good example"))
        for row in picture.in_examples.select_related("example")
    ]
    return uses


def events_of(by: Actor) -> list[str]:
    """Events named on pictures, the latest first. 1 query."""
    named = library(by).exclude(event="").values("event").annotate(last=Max("pk")).order_by("-last")
    return [row["event"] for row in named[:100]]


def pictures_to_sweep() -> Iterator[int]:
    """Ids of withdrawn pictures whose files may still be there."""
    found = Picture.objects.filter(withdrawn_at__isnull=False, is_swept=False)
    return found.order_by("pk").values_list("pk", flat=True).iterator(200)


def videos_for(by: Actor) -> QuerySet[Video]:
    """Videos of the units for which the actor may write or publish, the withdrawn too."""
    videos = Video.objects.select_related("unit", "poster")
    return videos if by.is_system else videos.filter(unit__in=_units(by))


def _distance(other: Any) -> Func:
    """In how many bits the row's likeness differs from another."""
    return Func(
        F("likeness"),
        other,
        template="bit_count((%(expressions)s)::bit(64))",
        arg_joiner=" # ",
        output_field=IntegerField(),
    )


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


def albums_held(by: Actor, ids: Collection[int]) -> dict[int, AlbumShown]:
    """Albums among these that are public, or of the actor's own units. 2 queries for any number."""
    return _shown((Album.objects.on_site() | albums_for(by)).filter(pk__in=ids)) if ids else {}


def albums_to_choose(by: Actor, query: str) -> list[AlbumShown]:
    """Albums that an editor may put into a text: public ones and those of the own units, the latest first.

    At most MOST. 2 queries.
    """
    found = Album.objects.on_site() | albums_for(by)
    found = found.filter(matching("search", query)).order_by("-changed_at", "-pk")
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
    facts: dict[int, list[CoverFacts]] = {}
    for place in places if rows else ():
        picture = place.picture
        item = AlbumItem(
            picture.pk, cover_of(picture, place.caption), f"/{picture.master_name}", place.caption
        )
        items.setdefault(place.album_id, []).append(item)
        facts.setdefault(place.album_id, []).append(picture.facts)
    return {
        row.pk: AlbumShown(
            row.pk,
            row.title,
            row.slug,
            row.summary,
            row.unit.name,
            _day(row.published_at),
            tuple(items.get(row.pk, ())),
            row.is_on_site,
            () if row.is_on_site else tuple(missing_for_album(row.title, facts.get(row.pk, ()))),
        )
        for row in rows
    }


def _day(at: datetime | None) -> date | None:
    return at.astimezone(ZONE).date() if at else None


def _units(by: Actor) -> frozenset[int]:
    return by.unit_ids(offices_that_may("news.write", by.on) | offices_that_may("news.publish", by.on))
