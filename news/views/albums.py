"""Albums as the public sees them."""

from typing import Any

from django.conf import settings
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from news.middleware import cached_whole
from news.models import Album
from news.queries import media
from news.views.structured import as_json
from people.access import public

PAGE = 12


@public
@cached_whole
@require_safe
def album_list(request: HttpRequest) -> HttpResponse:
    """Public albums, newest first. 3 queries."""
    paginator = Paginator(range(Album.objects.on_site().count()), PAGE)
    try:
        page = paginator.page(request.GET.get("trang", "1"))
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error
    number = f"?trang={page.number}" if page.number > 1 else ""
    context = {
        "page": page,
        "albums": media.albums_on_site((page.number - 1) * PAGE, PAGE),
        "canonical": f"{settings.SITE_URL}/tin-tuc/album/{number}",
        "page_range": list(paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
    }
    return render(request, "news/album_list.html", context)


@public
@cached_whole
@require_safe
def album(request: HttpRequest, slug: str) -> HttpResponse:
    """One album: its pictures in order, each leading to its largest file. 2 queries."""
    shown = media.album_shown(slug)
    if shown is None:
        raise Http404
    context = {
        "album": shown,
        "canonical": settings.SITE_URL + shown.url,
        "first": next(iter(shown.items), None),
        "structured": structured(shown),
    }
    return render(request, "news/album.html", context)


def structured(album: media.AlbumShown) -> SafeString:
    """schema.org ImageGallery with its pictures."""
    site = settings.SITE_URL
    pictures = []
    for item in album.items:
        told = {"@type": "ImageObject", "contentUrl": site + item.full, "name": item.cover.alt}
        if item.cover.caption:
            told["caption"] = item.cover.caption
        if item.cover.credit:
            told["creditText"] = item.cover.credit
        pictures.append(told)
    facts: dict[str, Any] = {
        "@type": "ImageGallery",
        "name": album.title,
        "description": album.summary or album.title,
        "url": site + album.url,
        "inLanguage": "vi",
        "publisher": {"@type": "Organization", "name": settings.CHAPTER["name"], "url": f"{site}/"},
        "image": pictures,
    }
    if album.day:
        facts["datePublished"] = album.day.isoformat()
    return as_json(facts)
