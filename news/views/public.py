"""What the public reads. No cookie, no session, no user; a page is the same for everybody."""

import json
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news import embeds, queries
from news.middleware import cached_whole
from news.models import Category
from news.queries import Article, Card
from news.rules.videos import FRAME_HOSTS
from people.access import public

PAGE = 12
LONGEST_QUERY = 100
_JSON_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


@public
@cached_whole
@require_safe
def news_list(request: HttpRequest) -> HttpResponse:
    """All posts on the site, newest first; ?q= searches titles and summaries, ?trang= pages."""
    query = request.GET.get("q", "")[:LONGEST_QUERY].replace("\x00", "").strip()
    return _list(request, query=query)


@public
@cached_whole
@require_safe
def news_category(request: HttpRequest, slug: str) -> HttpResponse:
    """The posts of one category."""
    return _list(request, category=get_object_or_404(Category, slug=slug))


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
    return article_page(request, article, {"related": queries.related(article.card, now)})


def article_page(request: HttpRequest, article: Article, context: dict[str, Any]) -> HttpResponse:
    """The page of a post; the hosts of its videos alone may be framed, and only here."""
    post = article.card
    url = settings.SITE_URL + post.url
    body = embeds.show(article.body)
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
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": post.title,
        "description": post.summary,
        "mainEntityOfPage": url,
        "inLanguage": "vi",
        "articleSection": post.category.name,
        "dateModified": _moment(article.changed_at),
        "author": {"@type": "Organization", "name": article.author_line or article.unit_name},
        "publisher": {
            "@type": "Organization",
            "name": settings.CHAPTER["name"],
            "url": settings.SITE_URL + "/",
        },
        "image": [picture_url(post)],
    }
    if post.publish_at:
        facts["datePublished"] = _moment(post.publish_at)
    text = json.dumps(facts, ensure_ascii=False).translate(_JSON_ESCAPES)
    return mark_safe(text)  # noqa: S308  escaped above


def picture_url(post: Card) -> str:
    """The full address of the cover, or of the portal's own picture."""
    return settings.SITE_URL + (post.cover.sources["src"] if post.cover else static("img/og.png"))


def _moment(at: datetime) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds")


def _list(request: HttpRequest, query: str = "", category: Category | None = None) -> HttpResponse:
    now = timezone.now()
    category_id = category.pk if category else None
    count = queries.count_on_site(now, query, category_id)
    paginator = Paginator(range(count), PAGE)
    try:
        page = paginator.page(request.GET.get("trang", "1"))
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error
    posts = queries.cards(now, (page.number - 1) * PAGE, PAGE, query, category_id) if count else []
    path = category.get_absolute_url() if category else "/tin-tuc/"
    number = f"?trang={page.number}" if page.number > 1 else ""
    context = {
        "page": page,
        "posts": posts,
        "query": query,
        "category": category,
        "categories": queries.categories_on_site(now),
        "canonical": f"{settings.SITE_URL}{path}{number}",
        "page_range": list(paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "heading": category.name if category else _("News"),
    }
    return render(request, "news/news_list.html", context)
