"""One search over posts and documents: words by their beginnings, accents aside, best first.

What a title says weighs most, then a summary, then the text; the words in their very order in title or
summary count as one more; of about equal ones the newer stands first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    F,
    FloatField,
    IntegerField,
    Min,
    QuerySet,
    When,
)
from django.db.models import Value as Constant
from django.db.models.functions import Cast, Coalesce, ExtractYear, Round, StrIndex, TruncDate
from django.db.models.lookups import GreaterThan

from foundation.dates import ZONE, format_date
from foundation.text import excerpt, highlight, search_text
from news.models import Document, Post
from news.queries.compiled import Value, ask
from news.queries.library import lexemes, words_query
from news.queries.places import FIRST_YEAR
from news.queries.public import CARD, Card, card_of
from news.rules.body import words_of
from people.models import Unit

KINDS = ("bai", "van-ban")
UNKNOWN = date(1900, 1, 1)  # a document without a day stands behind those with one
WEIGHTS = [0.1, 0.2, 0.4, 1.0]
Pieces = list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: its title and the best lines of it in pieces, those that matched marked."""

    url: str
    title: Pieces
    text: Pieces
    day: str
    note: str
    is_document: bool
    card: Card | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """How much was found of each kind, and the hits of one page."""

    posts: int
    documents: int
    hits: list[Hit]

    @property
    def total(self) -> int:
        return self.posts + self.documents


def find(query: str, filters: Mapping[str, str], now: datetime, page: int, size: int) -> Found:
    """What holds every word of the query, under kind, category, unit and year. At most 4 queries."""
    words = words_query(query)
    if words is None:
        return Found(0, 0, [])
    values = _values(query, filters, now)
    counted = dict(ask(_counts, *_shape(filters), **values))
    posts, documents = counted.get("bai", 0), counted.get("van-ban", 0)
    first = (page - 1) * size
    if first >= posts + documents:
        return Found(posts, documents, [])
    phrase = search_text(query)
    chosen = ask(_ranked, first, size, *_shape(filters), phrase=phrase, **values)
    keys = {kind: [pk for of, pk, *_rest in chosen if of == kind] for kind in KINDS}
    shown = _post_hits(keys["bai"], query) | _document_hits(keys["van-ban"], query)
    hits = [shown[kind, pk] for kind, pk, *_rest in chosen if (kind, pk) in shown]
    return Found(posts, documents, hits)


def units_on_site(now: datetime) -> list[tuple[str, str]]:
    """Code and name of the units that have something to read, by name. 1 query."""
    return [(code, name) for code, name in ask(_units, now=now)]


def first_year(now: datetime) -> int:
    """The year of the oldest thing to read; this year if there is nothing. 1 query."""
    rows = ask(_first_days, now=now)
    return min((day.year for (day,) in rows if day), default=now.year)


def year_of(text: str) -> int | None:
    """The year a filter names, if it is one."""
    is_year = text.isascii() and text.isdigit() and len(text) == 4 and FIRST_YEAR <= int(text) < 2200
    return int(text) if is_year else None


def _shape(filters: Mapping[str, str]) -> tuple[int, ...]:
    """Which parts the search has: posts, documents, and which filters narrow it."""
    kind, category = filters.get("loai"), bool(filters.get("muc"))
    year = year_of(filters.get("nam", "")) is not None
    return (
        int(kind != "van-ban"),
        int(kind != "bai" and not category),
        int(category and kind != "van-ban"),
        int(bool(filters.get("don-vi"))),
        int(year),
    )


def _values(query: str, filters: Mapping[str, str], now: datetime) -> dict[str, Value]:
    """What fills the parts: only what the shape has a place for."""
    posts, documents, category, unit, year = _shape(filters)
    values: dict[str, Value] = {"lexemes": lexemes(query)}
    if posts:
        values["now"] = now
    if category:
        values["category"] = filters["muc"]
    if unit:
        values["unit"] = filters["don-vi"]
    if year and (wanted := year_of(filters["nam"])):
        if posts:
            values |= {
                "start": datetime(wanted, 1, 1, tzinfo=ZONE),
                "end": datetime(wanted + 1, 1, 1, tzinfo=ZONE),
            }
        if documents:
            values["year"] = wanted
    return values


def _parts(shape: tuple[int, ...], given: Mapping[str, Any]) -> list[tuple[str, QuerySet[Any]]]:
    """The posts and the documents that fit, unordered; no part at all where the shape has none."""
    words = SearchQuery(given["lexemes"], config="simple", search_type="raw")
    has_posts, has_documents, category, unit, year = shape
    parts: list[tuple[str, QuerySet[Any]]] = []
    if has_posts:
        posts = Post.objects.on_site(given["now"]).filter(words=words)
        posts = posts.filter(category__slug=given["category"]) if category else posts
        posts = posts.filter(publish_at__gte=given["start"], publish_at__lt=given["end"]) if year else posts
        parts.append(("bai", posts))
    if has_documents:
        documents = Document.objects.public().filter(words=words)
        parts.append(
            (
                "van-ban",
                documents.annotate(year=Cast(ExtractYear("issued_on"), IntegerField())).filter(
                    year=given["year"]
                )
                if year
                else documents,
            )
        )
    return [
        (kind, (part.filter(unit__code=given["unit"]) if unit else part).order_by()) for kind, part in parts
    ]


def _union(parts: list[QuerySet[Any]]) -> QuerySet[Any]:
    return parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]


def _counts(*shape: int, **given: Any) -> QuerySet[Any]:
    """(kind, how many) of each."""
    return _union(
        [
            part.annotate(found_in=Constant(kind, output_field=CharField()))
            .values("found_in")
            .annotate(n=Count("pk"))
            .values_list("found_in", "n")
            for kind, part in _parts(shape, given)
        ]
    )


def _ranked(first: int, size: int, *shape: int, phrase: str, **given: Any) -> QuerySet[Any]:
    """(kind, id, score, day) of one page: the rank in tenths, and 1 for the words in their order."""
    words = SearchQuery(given["lexemes"], config="simple", search_type="raw")
    parts = []
    for kind, part in _parts(shape, given):
        is_post = kind == "bai"
        rank = SearchRank(F("heading" if is_post else "words"), words, weights=WEIGHTS)
        together = Case(
            When(GreaterThan(StrIndex(F("search"), Constant(phrase)), Constant(0)), then=Constant(1.0)),
            default=Constant(0.0),
            output_field=FloatField(),
        )
        at = TruncDate("publish_at", tzinfo=ZONE) if is_post else Cast("issued_on", DateField())
        parts.append(
            part.annotate(
                found_in=Constant(kind, output_field=CharField()),
                score=Round(Cast(rank, FloatField()) * 10, output_field=FloatField()) / 10.0 + together,
                at=Coalesce(at, Constant(UNKNOWN), output_field=DateField()),
            ).values_list("found_in", "id", "score", "at")
        )
    return _union(parts).order_by("-score", "-at", "found_in", "-id")[first : first + size]


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
            card.url, highlight(card.title, query), text, card.day, row[-1], False, card
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
            True,
        )
    return found


def _post_rows(_count: int, **keys: int) -> QuerySet[Post, tuple[Any, ...]]:
    return Post.objects.filter(pk__in=list(keys.values())).values_list(*CARD, "body", "unit__name")


def _units(*, now: datetime) -> QuerySet[Unit, tuple[Any, ...]]:
    found = Unit.objects.filter(pk__in=Post.objects.on_site(now).values("unit"))
    return found.order_by("name", "pk").values_list("code", "name")


def _first_days(*, now: datetime) -> QuerySet[Any, tuple[Any, ...]]:
    posts = Post.objects.on_site(now).order_by().annotate(all=Constant(1)).values("all")
    documents = Document.objects.public().order_by().annotate(all=Constant(1)).values("all")
    oldest = posts.annotate(day=Min(TruncDate("publish_at", tzinfo=ZONE))).values_list("day")
    return oldest.union(documents.annotate(day=Min("issued_on")).values_list("day"), all=True)
