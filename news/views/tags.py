"""All tags and programmes of the news. No cookie, no session, no user."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from news import queries
from news.enums import TagKind
from news.middleware import cached_whole
from people.access import public


@public
@cached_whole
@require_safe
def tag_list(request: HttpRequest) -> HttpResponse:
    """Programmes and words that stand on a post on the site, each with how many. 1 query."""
    tags = queries.tags_on_site(timezone.now())
    context = {
        "programmes": [one for one in tags if one.kind == TagKind.PROGRAMME],
        "tags": [one for one in tags if one.kind == TagKind.WORD],
        "canonical": settings.SITE_URL + reverse("tag_list"),
    }
    return render(request, "news/tag_list.html", context)
