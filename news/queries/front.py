"""The front page: the story that leads, the sections, what was read most in the week."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import CharField, F, QuerySet, Sum, Value

from foundation.dates import ZONE
from news.models import LeadStory, Post, Reading
from news.queries.compiled import ask
from news.queries.public import CARD, Card, Section, card_of

WEEK = timedelta(days=7)


def lead_story(now: datetime) -> Card | None:
    """The post an editor put first, while it leads and is on the site; the last of several. 1 query."""
    rows = ask(_lead, now=now)
    return card_of(rows[0]) if rows else None


def sections(categories: Sequence[Section], count: int, now: datetime) -> list[tuple[Section, list[Card]]]:
    """The newest posts of each category, in the categories' order. 1 query, none without categories."""
    if not categories:
        return []
    found: dict[int, list[Card]] = {}
    for _role, *row in ask(_sections, count, *(category.pk for category in categories), now=now):
        card = card_of(tuple(row))
        found.setdefault(card.category.pk, []).append(card)
    return [(category, found[category.pk]) for category in categories if category.pk in found]


def most_read(now: datetime, count: int) -> list[Card]:
    """The posts opened most often in the last seven days, most first. 1 query."""
    since = (now - WEEK).astimezone(ZONE).date()
    return [card_of(row[:-1]) for row in ask(_most_read, count, since.isoformat(), now=now)]


def leads(now: datetime) -> QuerySet[LeadStory]:
    """What leads now, last chosen first: for the newsroom's page. 1 query."""
    rows = LeadStory.objects.filter(until_at__gt=now, post__in=Post.objects.on_site(now))
    return rows.select_related("post").defer("post__body", "post__search").order_by("-chosen_at", "-pk")


def _lead(*, now: datetime) -> QuerySet[Post, tuple[Any, ...]]:
    posts = Post.objects.on_site(now).filter(lead__until_at__gt=now)
    return posts.order_by("-lead__chosen_at").values_list(*CARD)[:1]


def _sections(count: int, *categories: int, now: datetime) -> QuerySet[Post, tuple[Any, ...]]:
    parts = [
        Post.objects.on_site(now)
        .filter(category_id=category)
        .order_by("-publish_at", "-pk")
        .annotate(role=Value("x", output_field=CharField()))
        .values_list("role", *CARD)[:count]
        for category in categories
    ]
    return parts[0].union(*parts[1:], all=True)


def _most_read(count: int, since: str, *, now: datetime) -> QuerySet[Post, tuple[Any, ...]]:
    read = (
        Reading.objects.filter(on__gt=date.fromisoformat(since))
        .values("post")
        .annotate(times=Sum("count"))
        .order_by("-times", "-post")
        .values_list("post", "times")[: 4 * count]
    )
    posts = Post.objects.on_site(now).filter(pk__in=read.values("post"))
    counted = posts.filter(readings__on__gt=date.fromisoformat(since))
    return (
        counted.annotate(times=Sum("readings__count"))
        .order_by("-times", "-publish_at", "-pk")
        .values_list(*CARD, F("times"))[:count]
    )
