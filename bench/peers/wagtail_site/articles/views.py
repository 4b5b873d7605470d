"""The search page, as Wagtail's project template has it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models import PER_PAGE, ArticlePage


def search(request: HttpRequest) -> HttpResponse:
    """Live articles that hold the words, best first, twelve a page, covers fetched ahead."""
    query = request.GET.get("q", "")
    rows = (
        ArticlePage.objects.live().select_related("cover", "category").prefetch_related("cover__renditions")
    )
    found = rows.search(query) if query else ArticlePage.objects.none()
    articles = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "articles/search.html", {"query": query, "articles": articles})
