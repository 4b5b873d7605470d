"""Pictures, videos and documents inside a text: what readers may see, what an editor chooses from."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from django.db.models import Prefetch

from foundation.dates import today
from foundation.text import search_text
from ledger.actor import Actor
from news.models import Document, DocumentFile, Picture, Video
from news.queries.library import searched, with_force
from news.queries.newsroom import units_to_write_for

MOST = 24
LOOKED_AT = 400
Thing = TypeVar("Thing", Picture, Video)


def pictures_shown(ids: Sequence[int]) -> Mapping[int, Picture]:
    """Pictures readers may see, by id. 1 query."""
    return Picture.objects.standing().in_bulk(ids)


def pictures_to_choose(by: Actor, query: str) -> list[Picture]:
    """The newest pictures of the actor's units, those whose words hold the query. 1 query."""
    newest = Picture.objects.standing().filter(unit__in=units_to_write_for(by)).order_by("-pk")
    return _holding(newest, query, lambda one: f"{one.alt} {one.caption} {one.credit}")


def videos_shown(ids: Sequence[int]) -> Mapping[int, Video]:
    """Videos readers may see, by id. 1 query."""
    return Video.objects.standing().select_related("poster").in_bulk(ids)


def videos_to_choose(by: Actor, query: str) -> list[Video]:
    """The newest videos of the actor's units. 1 query."""
    newest = Video.objects.standing().filter(unit__in=units_to_write_for(by)).order_by("-pk")
    return _holding(newest, query, str)


def documents_shown(ids: Sequence[int]) -> Mapping[int, Document]:
    """Documents of the public library with `force` as of today and their files, by id. 2 queries."""
    files = DocumentFile.objects.shown().select_related("stored").defer("text", "folded")
    public = with_force(Document.objects.public().filter(pk__in=ids), today()).defer("words", "search")
    public = public.prefetch_related(Prefetch("files", files))
    return {one.pk: one for one in public}


def documents_to_choose(by: Actor, query: str) -> list[Document]:
    """Documents of the public library that hold the query, the best first. 1 query."""
    return list(searched(Document.objects.public().defer("words", "search"), query)[:MOST])


def _holding(newest: Iterable[Thing], query: str, words: Callable[[Thing], str]) -> list[Thing]:
    asked = search_text(query).split()
    looked_at: Iterable[Thing] = newest[:LOOKED_AT] if asked else newest[:MOST]  # type: ignore[index]
    fitting = (one for one in looked_at if all(f" {w}" in search_text(words(one)) for w in asked))
    return list(islice(fitting, MOST))
