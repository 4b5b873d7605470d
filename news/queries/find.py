"""One search over posts, documents and albums: words by their beginnings, accents aside, best first.

What a title says weighs most, then a summary, then the text; the words in their very order in title or
summary count as one more, and half as much again if the last is a whole word there ("lần thứ 17" is not
"lần thứ 170"); of about equal ones the newer stands first.

A common word stands in every post, and reading the words of every post takes long. So only those are ranked
that can stand on the page: posts with every word in title or summary, the newest thousand with some of them
there, and, since all others rank nothing, the newest. Counting ends at a thousand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    F,
    FloatField,
    IntegerField,
    QuerySet,
    TextField,
    When,
)
from django.db.models import Value as Constant
from django.db.models.functions import Cast, Coalesce, Concat, ExtractYear, Replace, Round, StrIndex
from django.db.models.lookups import GreaterThan

from foundation.dates import ZONE, format_date
from foundation.text import excerpt, highlight, search_text
from news.models import Album, Category, Document, Post
from news.queries.compiled import Sql, Value, ask, ask_anew
from news.queries.library import lexemes
from news.queries.places import FIRST_YEAR
from news.queries.public import CARD, Card, card_of
from news.rules.body import words_of
from people.models import Unit

KINDS = ("bai", "van-ban", "album")
MOST_COUNTED = 1000
UNKNOWN = datetime(1900, 1, 1, tzinfo=ZONE)  # a document without a day stands behind those with one
WEIGHTS = [0.1, 0.2, 0.4, 1.0]
# When a thing of the kind appeared: of about equal ones the newer stands first.
MOMENTS: dict[str, Any] = {
    "bai": F("publish_at"),
    "van-ban": Cast("issued_on", DateTimeField()),
    "album": F("published_at"),
}
Pieces = list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: its title and the best lines of it in pieces, those that matched marked.

    `kind` is one of KINDS.
    """

    url: str
    title: Pieces
    text: Pieces
    day: str
    note: str
    kind: str
    card: Card | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """How much was found of each kind, MOST_COUNTED at most, and the hits of one page."""

    posts: int
    documents: int
    albums: int
    hits: list[Hit]

    @property
    def total(self) -> int:
        return self.posts + self.documents + self.albums

    @property
    def is_more(self) -> bool:
        """True if there is more than was counted."""
        return MOST_COUNTED in (self.posts, self.documents, self.albums)


@dataclass(frozen=True, slots=True)
class Choices:
    """What a search may be narrowed to: slug or code, and name; the year of the oldest thing to read."""

    categories: list[tuple[str, str]]
    units: list[tuple[str, str]]
    first_year: int


def find(query: str, filters: Mapping[str, str], now: datetime, page: int, size: int) -> Found:
    """What holds every word of the query, under the filters. 1 query, and 1 a kind on the page."""
    if not lexemes(query) or not any(_shape(filters)[: len(KINDS)]):
        return Found(0, 0, 0, [])  # no words, or a kind that has no category under one
    values = _values(query, filters, now)
    shape = ((page - 1) * size, size, *_shape(filters))
    chosen = ask_anew(_best, *shape, **values, phrase=search_text(query))
    if not chosen:
        before = find(query, filters, now, 1, size) if page > 1 else Found(0, 0, 0, [])
        return Found(before.posts, before.documents, before.albums, [])
    posts, documents, albums = chosen[0][-len(KINDS) :]
    keys = {kind: [pk for of, pk, *_rest in chosen if of == kind] for kind in KINDS}
    shown = _post_hits(keys["bai"], query) | _document_hits(keys["van-ban"], query)
    shown |= _album_hits(keys["album"], query)
    hits = [shown[kind, pk] for kind, pk, *_rest in chosen if (kind, pk) in shown]
    return Found(posts, documents, albums, hits)


def choices(now: datetime) -> Choices:
    """Categories in their order, units by name that have something to read, and the first year. 1 query."""
    found: dict[str, list[tuple[str, str]]] = {"muc": [], "don-vi": [], "nam": []}
    for role, _order, name, key in ask(_choices, now=now):
        found[role].append((key, name))
    years = [int(year) for year, _name in found["nam"] if year]
    return Choices(found["muc"], found["don-vi"], min(years, default=now.year))


def year_of(text: str) -> int | None:
    """The year a filter names, if it is one."""
    is_year = text.isascii() and text.isdigit() and len(text) == 4 and FIRST_YEAR <= int(text) < 2200
    return int(text) if is_year else None


def _shape(filters: Mapping[str, str]) -> tuple[int, ...]:
    """Which parts the search has: posts, documents, albums, and which filters narrow it."""
    kind, category = filters.get("loai"), bool(filters.get("muc"))
    year = year_of(filters.get("nam", "")) is not None
    return (
        int(kind not in {"van-ban", "album"}),
        int(kind not in {"bai", "album"} and not category),
        int(kind not in {"bai", "van-ban"} and not category),
        int(category and kind not in {"van-ban", "album"}),
        int(bool(filters.get("don-vi"))),
        int(year),
    )


def _values(query: str, filters: Mapping[str, str], now: datetime) -> dict[str, Value]:
    """What fills the parts: only what the shape has a place for."""
    posts, documents, albums, category, unit, year = _shape(filters)
    values: dict[str, Value] = {"lexemes": lexemes(query)}
    if posts or albums:
        values["now"] = now
    if category:
        values["category"] = filters["muc"]
    if unit:
        values["unit"] = filters["don-vi"]
    if year and (wanted := year_of(filters["nam"])):
        if posts or albums:
            values |= {
                "start": datetime(wanted, 1, 1, tzinfo=ZONE),
                "end": datetime(wanted + 1, 1, 1, tzinfo=ZONE),
            }
        if documents:
            values["year"] = wanted
    return values


def _all_words(lexemes: str) -> SearchQuery:
    return SearchQuery(lexemes, config="simple", search_type="raw")


def _any_word(lexemes: str) -> SearchQuery:
    """Given as a value of the statement: the same words, any of them enough."""
    either = Replace(Constant(lexemes), Constant(" & "), Constant(" | "))
    return SearchQuery(either, config="simple", search_type="raw")


def _parts(shape: tuple[int, ...], given: Mapping[str, Any]) -> dict[str, QuerySet[Any]]:
    """Posts, documents and albums under the filters, unordered; no part at all where the shape has none."""
    has_posts, has_documents, has_albums, category, unit, year = shape
    parts: dict[str, QuerySet[Any]] = {}
    if has_posts:
        posts = Post.objects.on_site(given["now"])
        posts = posts.filter(category__slug=given["category"]) if category else posts
        posts = posts.filter(publish_at__gte=given["start"], publish_at__lt=given["end"]) if year else posts
        parts["bai"] = posts
    if has_documents:
        documents = Document.objects.public()
        if year:
            dated = documents.annotate(year=Cast(ExtractYear("issued_on"), IntegerField()))
            documents = dated.filter(year=given["year"])
        parts["van-ban"] = documents
    if has_albums:
        albums = Album.objects.filter(published_at__lte=given["now"])
        if year:
            albums = albums.filter(published_at__gte=given["start"], published_at__lt=given["end"])
        parts["album"] = albums
    return {
        kind: (part.filter(unit__code=given["unit"]) if unit else part).order_by()
        for kind, part in parts.items()
    }


def _best(first: int, size: int, *shape: int, **given: Any) -> Sql:
    """(kind, id, score, moment) of one page, and on each row how many there are of each kind."""
    words = _all_words(given["lexemes"])
    parts = _parts(shape, given)
    ranked: list[QuerySet[Any, Any]] = []
    if "bai" in parts:
        posts = parts["bai"]
        named = posts.filter(heading=words)
        # The short column before the long one: PostgreSQL asks in this order.
        partly = posts.filter(heading=_any_word(given["lexemes"])).exclude(heading=words).filter(words=words)
        newest = posts.filter(words=words).order_by("-publish_at", "-pk")[: first + size]
        partly = partly.order_by("-publish_at", "-pk")[:MOST_COUNTED]
        ranked += [_scored("bai", one, given) for one in (named, partly, newest)]
    if "van-ban" in parts:
        ranked.append(_scored("van-ban", parts["van-ban"].filter(words=words), given))
    if "album" in parts:
        ranked.append(_scored("album", parts["album"].filter(words=words), given))
    best = Sql.of(_union(ranked).order_by("-score", "-at", "found_in", "-id")[first : first + size])
    text, params = [], best.params
    for kind in KINDS:
        if kind not in parts:
            text.append("0")
            continue
        counted = Sql.of(parts[kind].filter(words=words).values("pk")[:MOST_COUNTED])
        text.append(f"(SELECT count(*) FROM ({counted.text}) AS counted)")  # noqa: S608  Django's own SQL
        params += counted.params
    rows = f"SELECT best.*, {', '.join(text)} FROM best"  # noqa: S608  Django's own SQL
    return Sql(f"WITH best AS ({best.text}) {rows} ORDER BY score DESC, at DESC, found_in, id DESC", params)


def _union(parts: list[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    return parts[0].union(*parts[1:]) if parts[1:] else parts[0]


def _scored(kind: str, part: QuerySet[Any, Any], given: Mapping[str, Any]) -> QuerySet[Any, Any]:
    """(kind, id, score, moment): the rank in tenths, 1 for the words in their order, and a half if whole."""
    words = F("heading" if kind == "bai" else "words")
    rank = SearchRank(words, _all_words(given["lexemes"]), weights=WEIGHTS)
    phrase, end = Constant(given["phrase"]), Constant(" ")
    whole = StrIndex(Concat(F("search"), end), Concat(phrase, end, output_field=TextField()))
    together = Case(
        When(GreaterThan(whole, Constant(0)), then=Constant(1.5)),
        When(GreaterThan(StrIndex(F("search"), phrase), Constant(0)), then=Constant(1.0)),
        default=Constant(0.0),
        output_field=FloatField(),
    )
    at = MOMENTS[kind]
    scored: QuerySet[Any, Any] = part.annotate(
        found_in=Constant(kind, output_field=CharField()),
        score=Round(Cast(rank, FloatField()) * 10, output_field=FloatField()) / 10.0 + together,
        at=Coalesce(at, Constant(UNKNOWN), output_field=DateTimeField()),
    ).values_list("found_in", "id", "score", "at")
    return scored


def _post_hits(keys: list[int], query: str) -> dict[tuple[str, int], Hit]:
    if not keys:
        return {}
    found = {}
    for row in ask(_post_rows, len(keys), **{f"key{number}": key for number, key in enumerate(keys)}):
        card = card_of(row[:-2])
        text = highlight(card.summary, query)
        if not any(is_match for _piece, is_match in text):
            text = highlight(excerpt(words_of(row[-2]), query), query)
        found["bai", card.pk] = Hit(
            card.url, highlight(card.title, query), text, card.day, row[-1], "bai", card
        )
    return found


def _document_hits(keys: list[int], query: str) -> dict[tuple[str, int], Hit]:
    if not keys:
        return {}
    found = {}
    documents = Document.objects.filter(pk__in=keys).defer("words", "search")
    for one in documents:
        day = format_date(one.issued_on) if one.issued_on else ""
        title = f"{one.name}: {one.title}" if one.number else one.name
        found["van-ban", one.pk] = Hit(
            one.get_absolute_url(),
            highlight(title, query),
            highlight(excerpt(one.summary, query), query),
            day,
            one.issuer,
            "van-ban",
        )
    return found


def _album_hits(keys: list[int], query: str) -> dict[tuple[str, int], Hit]:
    if not keys:
        return {}
    albums = Album.objects.filter(pk__in=keys).select_related("unit").defer("search")
    return {
        ("album", one.pk): Hit(
            one.get_absolute_url(),
            highlight(one.title, query),
            highlight(excerpt(one.summary, query), query),
            format_date(one.published_at.astimezone(ZONE).date()) if one.published_at else "",
            one.unit.name,
            "album",
        )
        for one in albums
    }


def _post_rows(_count: int, **keys: int) -> QuerySet[Post, tuple[Any, ...]]:
    return Post.objects.filter(pk__in=list(keys.values())).values_list(*CARD, "body", "unit__name")


def _choices(*, now: datetime) -> QuerySet[Any, tuple[Any, ...]]:
    """(role, order, name, key) of categories, units, and of the two oldest things."""

    def told(rows: QuerySet[Any], role: str, order: Any, name: Any, key: Any) -> QuerySet[Any, Any]:
        named: QuerySet[Any, Any] = rows.annotate(
            role=Constant(role, output_field=CharField()),
            place=Cast(order, IntegerField()),
            label=Cast(name, CharField()),
            key=Cast(key, CharField()),
        ).values_list("role", "place", "label", "key")
        return named

    posts, none = Post.objects.on_site(now), Constant("")
    categories = Category.objects.filter(pk__in=posts.values("category")).order_by()
    units = Unit.objects.filter(pk__in=posts.values("unit")).order_by()
    oldest_post = posts.order_by("publish_at")[:1]
    oldest_document = Document.objects.public().exclude(issued_on=None).order_by("issued_on")[:1]
    return (
        told(categories, "muc", F("order"), F("name"), F("slug"))
        .union(
            told(units, "don-vi", Constant(0), F("name"), F("code")),
            told(oldest_post, "nam", Constant(0), none, ExtractYear("publish_at", tzinfo=ZONE)),
            told(oldest_document, "nam", Constant(0), none, ExtractYear("issued_on")),
            all=True,
        )
        .order_by("role", "place", "label", "key")
    )
