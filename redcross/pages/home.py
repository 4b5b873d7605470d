"""The public home: news, honest figures, ways to take part."""

from datetime import datetime

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
from news.queries import Card, Section
from people.access import public
from people.enums import UnitKind
from people.models import Unit

BESIDE = 3
MORE = 6
DRIVES = 4
MOST_READ = 5
IN_SECTION = 3
LOCAL = (UnitKind.WARD, UnitKind.COMMUNE, UnitKind.SPECIAL_ZONE)


@public
@cached_whole
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The lead large, three beside, more, most read, categories; the next drives; figures. 8 queries."""
    now = timezone.now()
    lead = queries.lead_story(now)
    posts = queries.cards(now, 0, 1 + BESIDE + MORE)
    rest = [post for post in posts if lead is None or post.pk != lead.pk]
    if lead is None and rest:
        lead = rest.pop(0)
    above = rest[: BESIDE + MORE]
    context = {
        "lead": lead,
        "beside": above[:BESIDE],
        "more": above[BESIDE:],
        "sections": sections({post.pk for post in (lead, *above) if post}, now),
        "most_read": queries.most_read(now, MOST_READ),
        "drives": calendar(today(), DRIVES),
        "counted": counted(),
        "canonical": f"{settings.SITE_URL}/",
    }
    return render(request, "redcross/home.html", context)


def sections(shown: set[int], now: datetime) -> list[tuple[Section, list[Card]]]:
    """Each category with its newest posts that do not stand above, if they fill a row. 2 queries."""
    found = queries.sections(queries.categories_on_site(now), IN_SECTION + BESIDE + MORE + 1, now)
    rest = [(section, [one for one in posts if one.pk not in shown][:IN_SECTION]) for section, posts in found]
    return [(section, posts) for section, posts in rest if len(posts) == IN_SECTION]


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
