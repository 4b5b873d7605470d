"""One search over posts and documents: words by their beginnings, accents aside, best first.

What a title says weighs most, then a summary, then the text; the words in their very order in title or
summary count as one more; of about equal ones the newer stands first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, CharField, DateField, F, FloatField, Min, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Round, TruncDate

from foundation.dates import ZONE, format_date
from foundation.text import excerpt, highlight, search_text
from news.models import Document, Post
from news.queries.compiled import ask
from news.queries.library import words_query
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
    """What holds every word of the query, under kind, category, unit and year. At most 5 queries."""
    words = words_query(query)
    if words is None:
        return Found(0, 0, [])
    posts, documents = _posts(words, filters, now), _documents(words, filters)
    counted = [0, 0]
    if filters.get("loai") != "van-ban":
        counted[0] = posts.count()
    if filters.get("loai") != "bai" and not filters.get("muc"):
        counted[1] = documents.count()
    phrase = search_text(query)
    parts = [
        part
        for part, count in (
            (_ranked(posts, "bai", SearchRank(F("heading"), words, weights=WEIGHTS), phrase), counted[0]),
            (
                _ranked(documents, "van-ban", SearchRank(F("words"), words, weights=WEIGHTS), phrase),
                counted[1],
            ),
        )
        if count
    ]
    if not parts or (page - 1) * size >= sum(counted):
        return Found(counted[0], counted[1], [])
    rows = parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]
    first = (page - 1) * size
    chosen = list(rows.order_by("-score", "-at", "found_in", "-id")[first : first + size])
    keys = {kind: [pk for of, pk, *_rest in chosen if of == kind] for kind in KINDS}
    shown = _post_hits(keys["bai"], query) | _document_hits(keys["van-ban"], query)
    hits = [shown[kind, pk] for kind, pk, *_rest in chosen if (kind, pk) in shown]
    return Found(counted[0], counted[1], hits)


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


def _posts(words: SearchQuery, filters: Mapping[str, str], now: datetime) -> QuerySet[Post]:
    posts = Post.objects.on_site(now).filter(words=words)
    if filters.get("muc"):
        posts = posts.filter(category__slug=filters["muc"])
    if filters.get("don-vi"):
        posts = posts.filter(unit__code=filters["don-vi"])
    if year := year_of(filters.get("nam", "")):
        start, end = (datetime(one, 1, 1, tzinfo=ZONE) for one in (year, year + 1))
        posts = posts.filter(publish_at__gte=start, publish_at__lt=end)
    return posts.order_by()


def _documents(words: SearchQuery, filters: Mapping[str, str]) -> QuerySet[Document]:
    documents = Document.objects.public().filter(words=words)
    if filters.get("don-vi"):
        documents = documents.filter(unit__code=filters["don-vi"])
    if year := year_of(filters.get("nam", "")):
        documents = documents.filter(issued_on__year=year)
    return documents.order_by()


def _ranked(rows: QuerySet[Any], kind: str, rank: SearchRank, phrase: str) -> QuerySet[Any]:
    """(kind, id, score, day) of each: the rank in tenths, and 1 for the words in their order."""
    at = TruncDate("publish_at", tzinfo=ZONE) if kind == "bai" else F("issued_on")
    together = Case(
        When(search__contains=phrase, then=Value(1.0)), default=Value(0.0), output_field=FloatField()
    )
    ranked: QuerySet[Any] = rows.annotate(
        found_in=Value(kind, output_field=CharField()),
        score=Round(Cast(rank, FloatField()) * 10, output_field=FloatField()) / 10.0 + together,
        at=Coalesce(Cast(at, DateField()), Value(UNKNOWN), output_field=DateField()),
    ).values_list("found_in", "id", "score", "at")
    return ranked


def _post_hits(keys: list[int], query: str) -> dict[tuple[str, int], Hit]:
    if not keys:
        return {}
    found = {}
    for row in Post.objects.filter(pk__in=keys).values_list(*CARD, "body", "unit__name"):
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


def _units(*, now: datetime) -> QuerySet[Unit, tuple[Any, ...]]:
    found = Unit.objects.filter(pk__in=Post.objects.on_site(now).values("unit"))
    return found.order_by("name", "pk").values_list("code", "name")


def _first_days(*, now: datetime) -> QuerySet[Any, tuple[Any, ...]]:
    posts = Post.objects.on_site(now).order_by().annotate(all=Value(1)).values("all")
    documents = Document.objects.public().order_by().annotate(all=Value(1)).values("all")
    oldest = posts.annotate(day=Min(TruncDate("publish_at", tzinfo=ZONE))).values_list("day")
    return oldest.union(documents.annotate(day=Min("issued_on")).values_list("day"), all=True)
