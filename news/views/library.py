"""The library of documents as the public reads it. No cookie, no session, no user."""

from datetime import datetime, time

from django.conf import settings
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.dates import ZONE, today
from foundation.text import highlight
from news.enums import FileState
from news.middleware import cached_whole
from news.models import Document, DocumentFile
from news.queries import library as queries
from news.rules.files import PDF
from news.views.structured import as_json
from people.access import public

PAGE = 20
ENTRIES = 30
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
    on, query = today(), filters["q"]
    paginator = Paginator(queries.public_documents(filters, on), PAGE)
    try:
        page = paginator.page(request.GET.get("trang", "1"))
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error
    documents = list(page)
    found, places = queries.verdicts(documents, on), queries.places(documents, query)
    rows = [
        {
            "document": one,
            "verdict": found[one.pk],
            "title": highlight(one.title, query),
            "place": places.get(one.pk),
        }
        for one in documents
    ]
    number = f"?trang={page.number}" if page.number > 1 else ""
    context = {
        "page": page,
        "rows": rows,
        "filters": filters,
        "query": query,
        "is_filtered": any(filters.values()),
        "choices": queries.choices(),
        "chosen_issuer": filters["co-quan"],
        "chosen_topic": filters["linh-vuc"],
        "chosen_force": filters["hieu-luc"],
        "forces": [(code, forces[0].label) for code, forces in queries.IN_FORCE.items()],
        "canonical": f"{settings.SITE_URL}/van-ban/{number}",
        "page_range": list(paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
    }
    return render(request, "news/document_list.html", context)


@public
@cached_whole
@require_safe
def document_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One document: its facts, where it stands today, what it does and what was done to it, its files."""
    documents = Document.objects.public().select_related("topic", "unit").defer("words", "search")
    document = get_object_or_404(documents, slug=slug)
    on = today()
    does, done = queries.links(document)
    tied = queries.chain(document) if does or done else []
    found = queries.verdicts(tied or [document], on)
    canonical = settings.SITE_URL + document.get_absolute_url()
    files = list(document.files.select_related("stored").defer("text", "folded"))
    context = {
        "document": document,
        "verdict": found[document.pk],
        "does": does,
        "done": done,
        "chain": [(one, found[one.pk]) for one in tied] if len(tied) > 2 else [],
        "files": [file for file in files if file.is_shown],
        "is_waiting": any(file.state == FileState.WAITING for file in files),
        "canonical": canonical,
        "structured": structured(document, canonical),
        "on": on,
    }
    return render(request, "news/document_page.html", context)


def structured(document: Document, url: str) -> SafeString:
    """schema.org Legislation or DigitalDocument as JSON that cannot end its script element."""
    facts = {
        "@type": "Legislation",
        "name": f"{document.name} {document.title}",
        "legislationIdentifier": document.number,
        "legislationType": document.get_kind_display(),
        "inLanguage": "vi",
        "url": url,
        "legislationPassedBy": {"@type": "Organization", "name": document.issuer},
    }
    if document.issued_on:
        facts["legislationDate"] = document.issued_on.isoformat()
    if document.effective_from:
        facts["temporalCoverage"] = f"{document.effective_from.isoformat()}/.."
    return as_json(facts)


@public
@require_safe
def document_file(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """A file of a public document that was looked at: PDFs open in the browser, Word files are downloaded."""
    row = get_object_or_404(
        DocumentFile.objects.shown()
        .select_related("stored")
        .defer("text", "folded")
        .filter(document__in=Document.objects.public().filter(slug=slug)),
        pk=pk,
    )
    is_pdf = row.stored.content_type == PDF
    response = FileResponse(
        row.stored.file.open("rb"),
        as_attachment=not is_pdf,
        filename=row.stored.name,
        content_type=row.stored.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "public, max-age=300"
    return response


@public
@cached_whole
@require_safe
def document_feed(request: HttpRequest) -> HttpResponse:
    """RSS 2.0 of the documents last put into the library."""
    site = settings.SITE_URL
    feed = Rss201rev2Feed(
        title=_("Documents of %(chapter)s") % {"chapter": settings.CHAPTER["name"]},
        link=f"{site}/van-ban/",
        description=_("Resolutions, decisions and guidance"),
        language="vi",
        feed_url=f"{site}/van-ban/rss/",
    )
    for one in Document.objects.public().defer("words", "search").order_by("-published_at", "-pk")[:ENTRIES]:
        link = site + one.get_absolute_url()
        at = one.published_at or datetime.combine(one.issued_on or today(), time(8), ZONE)
        feed.add_item(
            title=f"{one.name}: {one.title}",
            link=link,
            description=one.summary or one.title,
            unique_id=link,
            pubdate=at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")
