"""The public home: news, honest figures, ways to take part."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from donors.queries.drives import calendar
from foundation.dates import today
from news import queries
from news.middleware import cached_whole
from news.models import Post
from news.queries import Card
from people.access import public
from people.enums import UnitKind
from people.models import Unit

NEWEST = 40
BESIDE = 3
MORE = 6
DRIVES = 4
SECTIONS = 3
IN_SECTION = 3
LOCAL = (UnitKind.WARD, UnitKind.COMMUNE, UnitKind.SPECIAL_ZONE)


@public
@cached_whole
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The newest post large, three beside, more below, categories; the next drives; figures. 4 queries."""
    now = timezone.now()
    posts = queries.cards(now, 0, NEWEST)
    context = {
        "lead": posts[0] if posts else None,
        "beside": posts[1 : 1 + BESIDE],
        "more": posts[1 + BESIDE : 1 + BESIDE + MORE],
        "sections": sections(posts[1 + BESIDE + MORE :]),
        "drives": calendar(today(), DRIVES),
        "counted": counted(),
        "canonical": f"{settings.SITE_URL}/",
    }
    return render(request, "redcross/home.html", context)


def sections(posts: list[Card]) -> list[tuple[Any, list[Card]]]:
    """Categories that fill a row, the newest post's first; at most SECTIONS of IN_SECTION posts."""
    by_category: dict[int, list[Card]] = {}
    for post in posts:
        by_category.setdefault(post.category.pk, []).append(post)
    chosen = [group for group in by_category.values() if len(group) >= IN_SECTION][:SECTIONS]
    return [(group[0].category, group[:IN_SECTION]) for group in chosen]


def counted() -> dict[str, int]:
    """What the portal can count today: local chapters, branches, posts of this year. 2 queries."""
    day = today()
    kinds = list(Unit.objects.standing(day).order_by().values_list("kind", flat=True))
    year = Post.objects.on_site(timezone.now()).filter(publish_at__year=day.year)
    return {
        "local": sum(kind in LOCAL for kind in kinds),
        "branches": kinds.count(UnitKind.BRANCH),
        "attached": sum(kind in {UnitKind.ATTACHED, UnitKind.SCHOOL, UnitKind.ENTERPRISE} for kind in kinds),
        "posts": year.count(),
        "year": day.year,
    }
