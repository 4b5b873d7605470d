"""What search engines are told: addresses and moments, no words of a body."""

from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max
from django.db.models.functions import Greatest

from foundation.dates import ZONE
from news.enums import Format
from news.models import Album, AlbumPicture, Document, Example, Post, Tag
from news.models.pictures import file_name
from news.queries.public import categories_on_site
from people.models import Unit

MOST_DOCUMENTS = 50_000
MOST_ALBUMS = 1_000  # an album holds 200 pictures at most


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
    """Addresses of lists that hold something: of categories, tags, units, albums, years. 5 queries."""
    posts = Post.objects.on_site(now)
    found = [section.url for section in categories_on_site(now)]
    tags = [tag.get_absolute_url() for tag in Tag.objects.filter(posts__in=posts).distinct()]
    found += ["/tin-tuc/the/", *tags] if tags else []
    units = Unit.objects.filter(pk__in=posts.values("unit")).order_by("code").values_list("code", flat=True)
    found += [f"/tin-tuc/don-vi/{code}/" for code in units]
    years = posts.datetimes("publish_at", "year", tzinfo=ZONE)
    found += ["/tin-tuc/album/"] if has_albums() else []
    return found + [f"/tin-tuc/nam/{at.year}/" for at in years]


def map_albums() -> list[tuple[str, datetime, list[str]]]:
    """Address, last change and largest files of public albums, oldest first. 2 queries."""
    rows = Album.objects.on_site().order_by("published_at", "pk")[:MOST_ALBUMS]
    albums = list(rows.values_list("pk", "slug", "changed_at"))
    found: dict[int, list[str]] = {pk: [] for pk, _slug, _at in albums}
    places = AlbumPicture.objects.filter(album__in=found, picture__withdrawn_at=None).order_by("order", "pk")
    for album, digest, width in places.values_list("album", "picture__digest", "picture__width"):
        found[album].append("/" + file_name(digest, width, Format.JPEG))
    return [(f"/tin-tuc/album/{slug}/", at, found[pk]) for pk, slug, at in albums]


def has_albums() -> bool:
    """Whether an album is public. 1 query."""
    return Album.objects.on_site().exists()


def map_documents() -> list[tuple[str, date | datetime]]:
    """Address and last change of public documents and good examples. 2 queries."""
    rows = Document.objects.public().order_by("pk").values_list("slug", "changed_at")[:MOST_DOCUMENTS]
    found: list[tuple[str, date | datetime]] = [(f"/van-ban/{slug}/", at) for slug, at in rows]
    examples = Example.objects.public().order_by("pk").values_list("slug", "changed_at")[:MOST_DOCUMENTS]
    return found + [(f"/guong-dien-hinh/{slug}/", at) for slug, at in examples]
