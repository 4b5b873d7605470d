"""Lists of posts: all, of a category, tag, programme, unit, year; each with feeds of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from foundation.dates import ZONE
from foundation.text import sort_key
from news.enums import TagKind
from news.models import Category, Post, Tag
from news.queries.compiled import Value
from people.enums import UnitKind
from people.models import Unit, UnitCover

FIRST_YEAR = 1946  # the year the Red Cross of Viet Nam was founded: nothing of ours is older


@dataclass(frozen=True, slots=True)
class Place:
    """A list of posts as pages and feeds name it; `values` fill its condition."""

    kind: str
    name: str
    url: str
    values: Mapping[str, Value] = field(default_factory=dict)

    @property
    def rss_url(self) -> str:
        return f"{self.url}rss/"

    @property
    def atom_url(self) -> str:
        return f"{self.url}atom/"


def everything() -> Place:
    """The list of all posts."""
    return Place("all", _("News"), "/tin-tuc/")


def tags_on_site(now: datetime) -> list[Any]:
    """Tags of what is on the site in the order of the alphabet, each with `n`, how many posts. 1 query."""
    tags = Tag.objects.filter(posts__in=Post.objects.on_site(now)).annotate(n=Count("posts"))
    return sorted(tags.order_by(), key=lambda one: sort_key(one.name))


def place_of(kind: str, key: str) -> Place | None:
    """The place of that kind and key (slug, code of a unit, year); None if there is none. 1 query."""
    if kind == "category":
        category = Category.objects.filter(slug=key).first()
        return (
            Place(kind, category.name, category.get_absolute_url(), {"key": category.pk})
            if category
            else None
        )
    if kind in {"tag", "programme"}:
        wanted = TagKind.PROGRAMME if kind == "programme" else TagKind.WORD
        tag = Tag.objects.filter(slug=key, kind=wanted).first()
        return Place(kind, tag.name, tag.get_absolute_url(), {"key": tag.pk}) if tag else None
    if kind == "unit":
        unit = Unit.objects.filter(code=key).only("pk", "kind", "name", "code").first()
        if unit is None:
            return None
        shape = "unit" if unit.kind == UnitKind.CITY else "subtree"
        return Place(shape, unit.name, f"/tin-tuc/don-vi/{unit.code}/", {"key": unit.pk})
    if kind == "year" and key.isascii() and key.isdigit() and FIRST_YEAR <= int(key[:5]) < 2200:
        start, end = (datetime(year, 1, 1, tzinfo=ZONE) for year in (int(key), int(key) + 1))
        name = _("News of %(year)s") % {"year": key}
        return Place("year", name, f"/tin-tuc/nam/{key}/", {"start": start, "end": end})
    return everything() if kind == "all" else None


def narrowed(posts: QuerySet[Post], kind: str, values: Mapping[str, Any]) -> QuerySet[Post]:
    """The posts of a place; a unit's with those below it, but for the city."""
    if kind == "category":
        return posts.filter(category_id=values["key"])
    if kind in {"tag", "programme"}:
        return posts.filter(tags=values["key"])
    if kind == "unit":
        return posts.filter(unit_id=values["key"])
    if kind == "subtree":
        below = UnitCover.objects.filter(ancestor_id=values["key"]).values("unit")
        return posts.filter(unit__in=below)
    if kind == "year":
        return posts.filter(publish_at__gte=values["start"], publish_at__lt=values["end"])
    return posts
