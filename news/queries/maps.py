"""What search engines are told: addresses and moments, no words of a body."""

from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max
from django.db.models.functions import Greatest

from foundation.dates import ZONE
from news.models import Document, Example, Post, Tag
from news.queries.public import categories_on_site
from people.models import Unit

MOST_DOCUMENTS = 50_000


def map_figures(now: datetime) -> tuple[int, datetime | None, datetime | None]:
    """How many posts are on the site, the newest's moment, and when one last changed. 1 query."""
    told = Post.objects.on_site(now).aggregate(
        n=Count("pk"), newest=Max("publish_at"), changed=Greatest(Max("publish_at"), Max("updated_at"))
    )
    return told["n"], told["newest"], told["changed"]


def has_documents() -> bool:
    """Whether the library holds anything for everybody. 1 query."""
    return Document.objects.public().exists()


def map_posts(now: datetime, first: int, count: int) -> list[Any]:
    """Address, last change and cover of posts, oldest first, so that parts stay as they are. 1 query."""
    rows = Post.objects.on_site(now).annotate(changed=Greatest("publish_at", "updated_at"))
    told = rows.order_by("publish_at", "pk").values("slug", "changed", "cover__sources")
    return list(told[first : first + count])


def map_lists(now: datetime) -> list[str]:
    """Addresses of categories, tags, programmes, units and years that hold something. 4 queries."""
    posts = Post.objects.on_site(now)
    found = [section.url for section in categories_on_site(now)]
    found += [tag.get_absolute_url() for tag in Tag.objects.filter(posts__in=posts).distinct()]
    units = Unit.objects.filter(pk__in=posts.values("unit")).order_by("code").values_list("code", flat=True)
    found += [f"/tin-tuc/don-vi/{code}/" for code in units]
    years = posts.datetimes("publish_at", "year", tzinfo=ZONE)
    return found + [f"/tin-tuc/nam/{at.year}/" for at in years]


def map_documents() -> list[tuple[str, date | datetime]]:
    """Address and last change of public documents and good examples. 2 queries."""
    rows = Document.objects.public().order_by("pk").values_list("slug", "changed_at")[:MOST_DOCUMENTS]
    found: list[tuple[str, date | datetime]] = [(f"/van-ban/{slug}/", at) for slug, at in rows]
    examples = Example.objects.public().order_by("pk").values_list("slug", "changed_at")[:MOST_DOCUMENTS]
    return found + [(f"/guong-dien-hinh/{slug}/", at) for slug, at in examples]
