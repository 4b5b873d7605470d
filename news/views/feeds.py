"""For readers' programs: a feed in RSS 2.0 and in Atom for every list of posts."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news import queries
from news.middleware import cached_whole
from news.queries import Place
from news.views.public import place_or_404
from people.access import public

ENTRIES = 20


@public
@cached_whole
@require_safe
def news_feed(request: HttpRequest, kind: str = "all", key: str = "") -> HttpResponse:
    """RSS 2.0 of the newest posts of a place."""
    return _feed(Rss201rev2Feed, place_or_404(kind, str(key)))


@public
@cached_whole
@require_safe
def news_atom(request: HttpRequest, kind: str = "all", key: str = "") -> HttpResponse:
    """Atom of the newest posts of a place."""
    return _feed(Atom1Feed, place_or_404(kind, str(key)))


def _feed(form: type[Any], place: Place) -> HttpResponse:
    site, name = settings.SITE_URL, settings.CHAPTER["name"]
    is_atom = form is Atom1Feed
    feed = form(
        title=name if place.kind == "all" else f"{place.name} – {name}",
        link=f"{site}{place.url}",
        description=_("News of %(chapter)s") % {"chapter": name},
        language="vi",
        feed_url=f"{site}{place.atom_url if is_atom else place.rss_url}",
        author_name=name,
    )
    for post in queries.cards(timezone.now(), 0, ENTRIES, place):
        link = site + post.url
        feed.add_item(
            title=post.title,
            link=link,
            description=post.summary,
            unique_id=link,
            pubdate=post.publish_at,
            updateddate=post.updated_at or post.publish_at,
            categories=[post.category.name],
        )
    return HttpResponse(
        feed.writeString("utf-8"), content_type=f"{feed.content_type.split(';')[0]}; charset=utf-8"
    )
