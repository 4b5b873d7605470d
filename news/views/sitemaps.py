"""For search engines: an index of maps; articles with their pictures, news of two days, lists, documents."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from news import queries
from news.middleware import cached_whole
from people.access import public

PART = 5_000  # addresses a map; the protocol allows 50,000
NEWS_AGE = timedelta(days=2)  # what Google takes into a map of news
NEWS_MOST = 1_000


@public
@cached_whole
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index. What holds nothing is not named: an empty map is not valid."""
    now = timezone.now()
    posts, newest, changed = queries.map_figures(now)
    parts: list[tuple[str, datetime | None]] = [(reverse("sitemap_lists"), None)]
    parts += [(reverse("sitemap_posts", args=[n + 1]), changed) for n in range(-(-posts // PART))]
    if newest is not None and newest > now - NEWS_AGE:
        parts.append((reverse("sitemap_news"), newest))
    if queries.has_albums():
        parts.append((reverse("sitemap_albums"), None))
    if queries.has_documents():
        parts.append((reverse("sitemap_documents"), None))
    return _xml(request, "index", [(settings.SITE_URL + path, at) for path, at in parts])


@public
@cached_whole
@require_safe
def sitemap_posts(request: HttpRequest, part: int) -> HttpResponse:
    """Articles with their pictures and the moment they last changed."""
    rows = queries.map_posts(timezone.now(), (part - 1) * PART, PART) if part else []
    if not rows:
        raise Http404
    return _xml(request, "posts", rows)


@public
@cached_whole
@require_safe
def sitemap_albums(request: HttpRequest) -> HttpResponse:
    """Albums with all their pictures."""
    rows = queries.map_albums()
    if not rows:
        raise Http404
    return _xml(request, "albums", rows)


@public
@cached_whole
@require_safe
def sitemap_news(request: HttpRequest) -> HttpResponse:
    """Articles of the last two days, as Google News reads them."""
    now = timezone.now()
    rows = [
        post
        for post in queries.cards(now, 0, NEWS_MOST)
        if post.publish_at and post.publish_at > now - NEWS_AGE
    ]
    if not rows:
        raise Http404
    return _xml(request, "news", rows)


@public
@cached_whole
@require_safe
def sitemap_lists(request: HttpRequest) -> HttpResponse:
    """The home page and every list that holds something."""
    paths = ["/", "/tin-tuc/", "/van-ban/", *queries.map_lists(timezone.now())]
    return _xml(request, "plain", [(settings.SITE_URL + path, None) for path in paths])


@public
@cached_whole
@require_safe
def sitemap_documents(request: HttpRequest) -> HttpResponse:
    """The documents anybody may read."""
    rows = queries.map_documents()
    if not rows:
        raise Http404
    return _xml(request, "plain", [(settings.SITE_URL + path, at) for path, at in rows])


def _xml(request: HttpRequest, kind: str, rows: list[Any]) -> HttpResponse:
    context = {"kind": kind, "rows": rows, "site_url": settings.SITE_URL, "chapter": settings.CHAPTER}
    return render(request, "news/sitemap.xml", context, content_type="application/xml")
