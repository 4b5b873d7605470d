"""The search of the whole site: posts, documents and albums. No cookie, no session, no user."""

from urllib.parse import urlencode

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from news import queries
from news.middleware import SEARCH, cached_whole
from people.access import public

PAGE = 12
LONGEST_QUERY = 100
MOST_PAGES = 50


@public
@cached_whole
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What holds every word, best first; filters stay in the address, ?trang= pages."""
    asked = {name: _plain(request.GET.get(name, "")) for name in SEARCH if name != "trang"}
    try:
        number = int(_plain(request.GET.get("trang", "1")))
    except ValueError as error:
        raise Http404 from error
    now = timezone.now()
    found = queries.find(asked["q"], asked, now, min(max(number, 1), MOST_PAGES), PAGE)
    paginator = Paginator(range(min(found.total, PAGE * MOST_PAGES)), PAGE)
    try:
        page = paginator.page(number)
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error
    choices = queries.choices(now)
    context = {
        "query": asked["q"],
        "asked": asked,
        "asked_unit": asked["don-vi"],
        "found": found,
        "page": page,
        "page_range": list(paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "kept": urlencode({name: value for name, value in asked.items() if value}),
        "kinds": [
            ("", _("All"), _with(asked, "loai", "")),
            ("bai", _("Posts"), _with(asked, "loai", "bai")),
            ("van-ban", pgettext("news", "Documents"), _with(asked, "loai", "van-ban")),
            ("album", _("Albums"), _with(asked, "loai", "album")),
        ],
        "choices": choices,
        "years": range(timezone.localdate().year, choices.first_year - 1, -1),
        "is_narrowed": any(asked[name] for name in ("muc", "don-vi", "nam")),
    }
    return render(request, "news/search.html", context)


def _plain(text: str) -> str:
    return text[:LONGEST_QUERY].replace("\x00", "").strip()


def _with(asked: dict[str, str], name: str, value: str) -> str:
    return "?" + urlencode({key: text for key, text in {**asked, name: value}.items() if text})
