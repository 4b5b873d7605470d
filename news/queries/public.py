"""What the public reads: posts on the site, as plain values ready for a page."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Count, OuterRef, QuerySet, Value
from django.db.models.functions import JSONObject

from foundation.dates import ZONE, format_date
from news.enums import PostState, TagKind
from news.models import Category, OldAddress, Picture, Post, Tag, Video
from news.queries.compiled import ask
from news.queries.places import Place, narrowed
from news.rules.updates import update_shown

_Rows = QuerySet[Post, tuple[Any, ...]]
CARD = (
    "id",
    "slug",
    "title",
    "summary",
    "publish_at",
    "updated_at",
    "video_id",
    "category__id",
    "category__name",
    "category__slug",
    "cover__alt",
    "cover__width",
    "cover__height",
    "cover__focal_x",
    "cover__focal_y",
    "cover__sources",
)
_ARTICLE = (
    *CARD,
    "body",
    "author_line",
    "corrections",
    "state",
    "unit__name",
    "cover__caption",
    "cover__credit",
    "video__provider",
    "video__external_id",
    "video__file_name",
    "video__captions_digest",
    "video__poster__sources",
    "unit__code",
    "label_list",
)


@dataclass(frozen=True, slots=True)
class Cover:
    """What a page shows of a picture."""

    sources: dict[str, str]
    width: int
    height: int
    alt: str
    focal_class: str
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A category as a page names it."""

    pk: int
    name: str
    slug: str

    @property
    def url(self) -> str:
        return f"/tin-tuc/chuyen-muc/{self.slug}/"


@dataclass(frozen=True, slots=True)
class Card:
    """A post as lists show it; `day` is dd/mm/yyyy in Vietnam, "" before publishing.

    `updated_at` is the last change in substance after it came out, None without one.
    """

    pk: int
    slug: str
    title: str
    summary: str
    publish_at: datetime | None
    updated_at: datetime | None
    day: str
    has_video: bool
    category: Section
    cover: Cover | None

    @property
    def url(self) -> str:
        return f"/tin-tuc/{self.slug}/"


@dataclass(frozen=True, slots=True)
class Label:
    """A tag or programme as a page names it."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What was wrong and what is right, as readers see it since that moment."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """A post as its page shows it."""

    card: Card
    body: str
    author_line: str
    unit_name: str
    video: Video | None
    unit_code: str = ""
    tags: tuple[Label, ...] = ()
    corrections: tuple[Correction, ...] = ()
    is_archived: bool = False

    @property
    def unit_url(self) -> str:
        return f"/tin-tuc/don-vi/{self.unit_code}/"


def cards(now: datetime, first: int, count: int, place: Place | None = None) -> list[Card]:
    """`count` cards from number `first` on, newest first, of a place or of all. 1 query."""
    kind, values = (place.kind, place.values) if place else ("all", {})
    return [card_of(row) for row in ask(_cards, kind, first, count, now=now, **values)]


def count_on_site(now: datetime, place: Place | None = None) -> int:
    """How many cards there are. 1 query."""
    kind, values = (place.kind, place.values) if place else ("all", {})
    rows = ask(_count, kind, now=now, **values)
    return int(rows[0][0]) if rows else 0


def article(slug: str, now: datetime) -> Article | None:
    """The post at this address, if it is on the site, with all that its page shows. 1 query."""
    rows = ask(_article_rows, now=now, slug=slug)
    return article_of(rows[0]) if rows else None


@dataclass(frozen=True, slots=True)
class Around:
    """What else stands near a post: three to read on, the one before it in time, the one after."""

    related: list[Card]
    older: Card | None = None
    newer: Card | None = None


def around(post: Card, now: datetime) -> Around:
    """Those that share a tag, of the same category, the newest; and both neighbours. 1 query."""
    rows = ask(_around, now=now, at=post.publish_at or now, category_id=post.category.pk, pk=post.pk)
    found: dict[str, dict[int, Card]] = {}
    for role, *row in rows:
        card = card_of(tuple(row))
        found.setdefault(role, {})[card.pk] = card
    near = {**found.get("1tag", {}), **found.get("2same", {}), **found.get("3new", {})}
    older, newer = (next(iter(found.get(role, {}).values()), None) for role in ("4older", "5newer"))
    return Around(list(near.values())[:3], older, newer)


def moved_to(slug: str, now: datetime) -> str | None:
    """The present address of a post that once had this one, if it is on the site."""
    old = (
        OldAddress.objects.filter(slug=slug, post__in=Post.objects.readable(now))
        .select_related("post")
        .first()
    )
    return old.post.get_absolute_url() if old else None


def categories_on_site(now: datetime) -> Sequence[Section]:
    """Categories that hold something to read, in their order. 1 query."""
    return [Section(*row) for row in ask(_sections, now=now)]


def article_rows(posts: QuerySet[Post]) -> QuerySet[Post, tuple[Any, ...]]:
    """What `article_of` reads, of these posts."""
    labels = Tag.objects.filter(posts=OuterRef("pk")).order_by("name")
    label_list = ArraySubquery(labels.values_list(JSONObject(name="name", slug="slug", kind="kind")))
    return posts.annotate(label_list=label_list).values_list(*_ARTICLE)


def article_of(row: tuple[Any, ...]) -> Article:
    """The article in a row of `article_rows`."""
    body, author_line, corrections, state, unit_name, caption, credit, *rest = row[len(CARD) :]
    *film, unit_code, labels = rest
    video = _video(*film) if film[0] else None
    return Article(
        card=card_of(row[: len(CARD)], caption or "", credit or ""),
        body=body,
        author_line=author_line,
        unit_name=unit_name,
        video=video,
        unit_code=unit_code,
        tags=tuple(label_of(one) for one in labels),
        corrections=corrections_of(json.loads(corrections) if isinstance(corrections, str) else corrections),
        is_archived=state == PostState.ARCHIVED,
    )


def corrections_of(stored: Sequence[dict[str, str]]) -> tuple[Correction, ...]:
    """A post's corrections as stored, the oldest first."""
    return tuple(Correction(datetime.fromisoformat(one["at"]), one["text"]) for one in stored)


def label_of(told: str | dict[str, str]) -> Label:
    """A tag out of the JSON of a row."""
    one = json.loads(told) if isinstance(told, str) else told
    folder = "chuong-trinh" if one["kind"] == TagKind.PROGRAMME else "the"
    return Label(one["name"], f"/tin-tuc/{folder}/{one['slug']}/")


def _video(provider: str, external_id: str, file_name: str, captions: str, poster: Any) -> Video:
    video = Video(
        provider=provider, external_id=external_id, file_name=file_name, captions_digest=captions or ""
    )
    if poster:
        video.poster = Picture(sources=json.loads(poster) if isinstance(poster, str) else poster)
    return video


def _cards(kind: str, first: int, count: int, *, now: datetime, **values: Any) -> _Rows:
    posts = narrowed(Post.objects.on_site(now), kind, values).order_by("-publish_at", "-pk")
    return posts.values_list(*CARD)[first : first + count]


def _count(kind: str, *, now: datetime, **values: Any) -> _Rows:
    posts = narrowed(Post.objects.on_site(now), kind, values).order_by()
    return posts.annotate(all=Value(1)).values("all").annotate(count=Count("pk")).values_list("count")


def _article_rows(*, now: datetime, slug: str) -> QuerySet[Post, tuple[Any, ...]]:
    return article_rows(Post.objects.readable(now).filter(slug=slug))


def _around(*, now: datetime, at: datetime, category_id: int, pk: int) -> _Rows:
    others = Post.objects.on_site(now).exclude(pk=pk)
    links = Post.tags.through.objects
    akin = links.filter(tag__in=links.filter(post=pk).values("tag")).values("post")
    parts = {
        "1tag": others.filter(pk__in=akin).order_by("-publish_at", "-pk")[:3],
        "2same": others.filter(category_id=category_id).order_by("-publish_at", "-pk")[:3],
        "3new": others.order_by("-publish_at", "-pk")[:3],
        "4older": others.filter(publish_at__lte=at).order_by("-publish_at", "-pk")[:1],
        "5newer": others.filter(publish_at__gt=at).order_by("publish_at", "pk")[:1],
    }
    rows = [
        part.annotate(role=Value(role, output_field=CharField())).values_list("role", *CARD)
        for role, part in parts.items()
    ]
    return rows[0].union(*rows[1:], all=True).order_by("role", "-publish_at", "-id")


def _sections(*, now: datetime) -> QuerySet[Category, tuple[Any, ...]]:
    found = Category.objects.filter(pk__in=Post.objects.on_site(now).values("category"))
    return found.values_list("pk", "name", "slug")


def card_of(row: tuple[Any, ...], caption: str = "", credit: str = "") -> Card:
    (
        pk,
        slug,
        title,
        summary,
        at,
        updated_at,
        video_id,
        category_id,
        name,
        category_slug,
        alt,
        width,
        height,
        x,
        y,
        sources,
    ) = row
    cover = None
    if alt is not None:
        ready = json.loads(sources) if isinstance(sources, str) else sources
        focal = f"rc-fx-{round(x / 10)} rc-fy-{round(y / 10)}"
        cover = Cover(ready, width, height, alt, focal, caption, credit)
    section = Section(category_id, name, category_slug)
    day = format_date(at.astimezone(ZONE).date()) if at else ""
    return Card(
        pk, slug, title, summary, at, update_shown(at, updated_at), day, video_id is not None, section, cover
    )
