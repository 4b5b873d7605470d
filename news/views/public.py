"""What the public reads. No cookie, no session, no user; a page is the same for everybody."""

from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from ledger.actor import Actor
from news import embeds, queries
from news.middleware import cached_whole
from news.queries import Article, Card, Place
from news.rules.videos import FRAME_HOSTS
from news.views.structured import as_json
from people.access import public

PAGE = 12


@public
@cached_whole
@require_safe
def news_list(request: HttpRequest) -> HttpResponse:
    """All posts on the site, newest first; ?trang= pages. A search goes to its own page."""
    if request.GET.get("q"):
        return HttpResponsePermanentRedirect(f"{reverse('search')}?{urlencode({'q': request.GET['q']})}")
    return _list(request, queries.everything())


@public
@cached_whole
@require_safe
def news_category(request: HttpRequest, slug: str) -> HttpResponse:
    """The posts of one category."""
    return _list(request, place_or_404("category", slug))


@public
@cached_whole
@require_safe
def news_tag(request: HttpRequest, slug: str) -> HttpResponse:
    """The posts with one tag; 301 if the word has become a programme."""
    place = queries.place_of("tag", slug)
    if place is None:
        return HttpResponsePermanentRedirect(place_or_404("programme", slug).url)
    return _list(request, place)


@public
@cached_whole
@require_safe
def news_programme(request: HttpRequest, slug: str) -> HttpResponse:
    """The posts of one programme."""
    return _list(request, place_or_404("programme", slug))


@public
@cached_whole
@require_safe
def news_unit(request: HttpRequest, code: str) -> HttpResponse:
    """The posts of one unit and of the units below it."""
    return _list(request, place_or_404("unit", code))


@public
@cached_whole
@require_safe
def news_year(request: HttpRequest, year: int) -> HttpResponse:
    """The posts of one year."""
    return _list(request, place_or_404("year", str(year)))


def place_or_404(kind: str, key: str) -> Place:
    """The place, or a page that is not there."""
    place = queries.place_of(kind, key)
    if place is None:
        raise Http404
    return place


@public
@cached_whole
@require_safe
def news_article(request: HttpRequest, slug: str) -> HttpResponse:
    """One post; 301 from an address it once had. 2 queries, and one a kind of box in its text."""
    now = timezone.now()
    article = queries.article(slug, now)
    if article is None:
        address = queries.moved_to(slug, now)
        if address is None:
            raise Http404
        return HttpResponsePermanentRedirect(address)
    return article_page(request, article, {"around": queries.around(article.card, now)})


def article_page(
    request: HttpRequest, article: Article, context: dict[str, Any], by: Actor | None = None
) -> HttpResponse:
    """The page of a post; the hosts of its videos alone may be framed, and only here."""
    post = article.card
    url = settings.SITE_URL + post.url
    body = embeds.show(article.body, by=by)
    frames = set(body.frames)
    if article.video and not article.video.is_file:
        frames.add(FRAME_HOSTS[article.video.provider])
    context |= {
        "article": article,
        "body": body,
        "has_frames": bool(frames),
        "post": post,
        "canonical": url,
        "share": quote(url, safe=""),
        "share_title": quote(post.title),
        "cover_url": picture_url(post),
        "structured": structured(article, url),
    }
    response = render(request, "news/news_article.html", context)
    if frames:
        setattr(response, "_csp_update", {"frame-src": sorted(frames)})  # noqa: B010  as csp.decorators
    return response


def structured(article: Article, url: str) -> SafeString:
    """schema.org NewsArticle as JSON that cannot end its script element."""
    post = article.card
    facts: dict[str, Any] = {
        "@type": "NewsArticle",
        "headline": post.title,
        "description": post.summary,
        "mainEntityOfPage": url,
        "inLanguage": "vi",
        "articleSection": post.category.name,
        "author": {"@type": "Organization", "name": article.author_line or article.unit_name},
        "publisher": {
            "@type": "Organization",
            "name": settings.CHAPTER["name"],
            "url": settings.SITE_URL + "/",
        },
        "image": [picture_url(post)],
        "isAccessibleForFree": True,
    }
    if article.tags:
        facts["keywords"] = [tag.name for tag in article.tags]
    if post.publish_at:
        facts["datePublished"] = _moment(post.publish_at)
        facts["dateModified"] = _moment(post.updated_at or post.publish_at)
    return as_json(facts)


def picture_url(post: Card) -> str:
    """The full address of the cover, or of the portal's own picture."""
    return settings.SITE_URL + (post.cover.sources["src"] if post.cover else static("img/og.png"))


def _moment(at: datetime) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds")


def _list(request: HttpRequest, place: Place) -> HttpResponse:
    now = timezone.now()
    count = queries.count_on_site(now, place)
    paginator = Paginator(range(count), PAGE)
    try:
        page = paginator.page(request.GET.get("trang", "1"))
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error
    posts = queries.cards(now, (page.number - 1) * PAGE, PAGE, place) if count else []
    number = f"?trang={page.number}" if page.number > 1 else ""
    context = {
        "page": page,
        "posts": posts,
        "place": place,
        "categories": queries.categories_on_site(now),
        "canonical": f"{settings.SITE_URL}{place.url}{number}",
        "page_range": list(paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
    }
    return render(request, "news/news_list.html", context)
