"""For readers' programs and search engines: the feed and the map of the site."""

from types import SimpleNamespace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import EmptyPage, PageNotAnInteger
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news import queries
from news.middleware import cached_whole
from news.models import Post
from people.access import public

if TYPE_CHECKING:
    _Sitemap = Sitemap[Post]
else:
    _Sitemap = Sitemap  # generic for types only

ENTRIES = 20


@public
@cached_whole
@require_safe
def news_feed(request: HttpRequest) -> HttpResponse:
    """RSS 2.0 of the newest posts."""
    site = settings.SITE_URL
    feed = Rss201rev2Feed(
        title=settings.CHAPTER["name"],
        link=f"{site}/tin-tuc/",
        description=_("News of %(chapter)s") % {"chapter": settings.CHAPTER["name"]},
        language="vi",
        feed_url=f"{site}/tin-tuc/rss/",
    )
    for post in queries.cards(timezone.now(), 0, ENTRIES):
        link = site + post.url
        feed.add_item(
            title=post.title,
            link=link,
            description=post.summary,
            unique_id=link,
            pubdate=post.publish_at,
            categories=[post.category.name],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


class PostSitemap(_Sitemap):
    """The articles on the site."""

    def items(self) -> QuerySet[Post]:
        posts = Post.objects.on_site(timezone.now()).only("slug", "changed_at")
        return posts.order_by("-publish_at", "-pk")

    def lastmod(self, post: Post) -> object:
        return post.changed_at


@public
@cached_whole
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every article with the day it last changed; ?p= pages of 50,000."""
    parts = urlsplit(settings.SITE_URL)
    site = SimpleNamespace(domain=parts.netloc, name=parts.netloc)
    try:
        urls = PostSitemap().get_urls(request.GET.get("p", "1"), site, parts.scheme)  # type: ignore[arg-type]
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error
    return render(request, "sitemap.xml", {"urlset": urls}, content_type="application/xml")
