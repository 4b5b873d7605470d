"""What the public reads: posts on the site, as plain values ready for a page."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet, Value

from foundation.dates import ZONE, format_date
from foundation.text import matching
from news.models import Category, OldAddress, Post, Video
from news.queries.compiled import ask

_CARD = (
    "id",
    "slug",
    "title",
    "summary",
    "publish_at",
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
    *_CARD,
    "body",
    "author_line",
    "changed_at",
    "unit__name",
    "cover__caption",
    "cover__credit",
    "video__provider",
    "video__external_id",
    "video__file_name",
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
    """A post as lists show it; `day` is dd/mm/yyyy in Vietnam, "" before publishing."""

    pk: int
    slug: str
    title: str
    summary: str
    publish_at: datetime | None
    day: str
    has_video: bool
    category: Section
    cover: Cover | None

    @property
    def url(self) -> str:
        return f"/tin-tuc/{self.slug}/"


@dataclass(frozen=True, slots=True)
class Article:
    """A post as its page shows it."""

    card: Card
    body: str
    author_line: str
    changed_at: datetime
    unit_name: str
    video: Video | None


def on_site(now: datetime, query: str = "", category_id: int | None = None) -> QuerySet[Post]:
    """Posts the public may read, of a category or of all, holding every word of the query; newest first."""
    posts = Post.objects.on_site(now).filter(matching("search", query))
    if category_id is not None:
        posts = posts.filter(category_id=category_id)
    return posts.order_by("-publish_at", "-pk")


def cards(
    now: datetime, first: int, count: int, query: str = "", category_id: int | None = None
) -> list[Card]:
    """`count` cards from number `first` on, newest first. 1 query."""
    if query:
        rows = list(_cards("all", first, count, now=now, query=query, category_id=category_id))
    elif category_id is not None:
        rows = ask(_cards, "category", first, count, now=now, category_id=category_id)
    else:
        rows = ask(_cards, "all", first, count, now=now)
    return [_card(row) for row in rows]


def count_on_site(now: datetime, query: str = "", category_id: int | None = None) -> int:
    """How many cards there are. 1 query."""
    if query:
        return on_site(now, query, category_id).count()
    rows = ask(_count, now=now) if category_id is None else ask(_count, now=now, category_id=category_id)
    return int(rows[0][0]) if rows else 0


def article(slug: str, now: datetime) -> Article | None:
    """The post at this address, if it is on the site, with all that its page shows. 1 query."""
    rows = ask(_article_rows, now=now, slug=slug)
    return article_of(rows[0]) if rows else None


def related(post: Card, now: datetime) -> list[Card]:
    """Three other cards, those of the same category first, newest first. 1 query."""
    rows = ask(_related, now=now, category_id=post.category.pk, pk=post.pk)
    found = [_card(row) for row in rows]
    return sorted(found, key=lambda card: card.category.pk != post.category.pk)[:3]


def moved_to(slug: str, now: datetime) -> str | None:
    """The present address of a post that once had this one, if it is on the site."""
    old = (
        OldAddress.objects.filter(slug=slug, post__in=Post.objects.on_site(now))
        .select_related("post")
        .first()
    )
    return old.post.get_absolute_url() if old else None


def categories_on_site(now: datetime) -> Sequence[Section]:
    """Categories that hold something to read, in their order. 1 query."""
    return [Section(*row) for row in ask(_sections, now=now)]


def article_rows(posts: QuerySet[Post]) -> QuerySet[Post, tuple[Any, ...]]:
    """What `article_of` reads, of these posts."""
    return posts.values_list(*_ARTICLE)


def article_of(row: tuple[Any, ...]) -> Article:
    """The article in a row of `article_rows`."""
    body, author_line, changed_at, unit_name, caption, credit, provider, external_id, file_name = row[
        len(_CARD) :
    ]
    video = Video(provider=provider, external_id=external_id, file_name=file_name) if provider else None
    card = _card(row[: len(_CARD)], caption or "", credit or "")
    return Article(card, body, author_line, changed_at, unit_name, video)


def _cards(
    kind: str, first: int, count: int, *, now: datetime, query: str = "", category_id: int | None = None
) -> QuerySet[Post, tuple[Any, ...]]:
    return on_site(now, query, category_id).values_list(*_CARD)[first : first + count]


def _count(*, now: datetime, category_id: int | None = None) -> QuerySet[Post, tuple[Any, ...]]:
    posts = on_site(now, "", category_id).order_by().annotate(all=Value(1)).values("all")
    return posts.annotate(count=Count("pk")).values_list("count")


def _article_rows(*, now: datetime, slug: str) -> QuerySet[Post, tuple[Any, ...]]:
    return article_rows(Post.objects.on_site(now).filter(slug=slug))


def _related(*, now: datetime, category_id: int, pk: int) -> QuerySet[Post, tuple[Any, ...]]:
    others = Post.objects.on_site(now).exclude(pk=pk).order_by("-publish_at", "-pk").values_list(*_CARD)
    same = others.filter(category_id=category_id)[:3]
    return same.union(others.exclude(category_id=category_id)[:3], all=True)


def _sections(*, now: datetime) -> QuerySet[Category, tuple[Any, ...]]:
    found = Category.objects.filter(pk__in=Post.objects.on_site(now).values("category"))
    return found.values_list("pk", "name", "slug")


def _card(row: tuple[Any, ...], caption: str = "", credit: str = "") -> Card:
    (
        pk,
        slug,
        title,
        summary,
        at,
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
    return Card(pk, slug, title, summary, at, day, video_id is not None, section, cover)
