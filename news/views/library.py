"""The library of documents as the public reads it. No cookie, no session, no user."""

from django.conf import settings
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from foundation.dates import today
from news.middleware import cached_whole
from news.models import Document
from news.queries.library import public_documents
from people.access import public

PAGE = 20
LONGEST_QUERY = 100
FILTERS = ("q", "loai", "nam", "co-quan", "linh-vuc", "hieu-luc")


@public
@cached_whole
@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    """Documents anybody may read, by filters and a search without accents; ?trang= pages."""
    filters = {
        name: request.GET.get(name, "")[:LONGEST_QUERY].replace("\x00", "").strip() for name in FILTERS
    }
    paginator = Paginator(public_documents(filters, today()), PAGE)
    try:
        page = paginator.page(request.GET.get("trang", "1"))
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error
    number = f"?trang={page.number}" if page.number > 1 else ""
    context = {
        "page": page,
        "documents": page.object_list,
        "filters": filters,
        "query": filters["q"],
        "is_filtered": any(filters.values()),
        "canonical": f"{settings.SITE_URL}/van-ban/{number}",
        "page_range": list(paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
    }
    return render(request, "news/document_list.html", context)


@public
@cached_whole
@require_safe
def document_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One document."""
    document = get_object_or_404(Document.objects.public().select_related("topic", "unit"), slug=slug)
    context = {"document": document, "canonical": settings.SITE_URL + document.get_absolute_url()}
    return render(request, "news/document_page.html", context)
