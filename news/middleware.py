"""The outermost middleware: whole public pages, kept and answered without running anything else."""

import hashlib
import json
import time
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone

from news import page_cache
from news.counters import COUNTS
from news.queries.oldsite import new_place
from people.access import access_of

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
Respond = Callable[[HttpRequest], HttpResponse]

# Query parameters that choose the page. Any other one is answered without the cache.
KNOWN = {"trang"}
# Those of a search, in the order in which they stand in its key.
SEARCH = ("q", "loai", "muc", "don-vi", "nam", "trang")
SEARCH_PATH = "/tim-kiem/"
# Kept searches share so many places: visitors who type anything cannot fill the cache.
SEARCH_PLACES = 512
LONGEST_SEARCH = 300
# Marks that advertisers put on links: taken off before the page is made, so it cannot repeat them.
TRACKING = {"fbclid", "gclid", "zarsrc", "mc_cid", "mc_eid", "igshid", "msclkid"}
CONTROL = "public, max-age=0, must-revalidate"


def cached_whole(view: View) -> View:
    """Mark a public view whose page is the same for everybody and may be up to a minute old."""
    view.rc_cached_whole = True  # type: ignore[attr-defined]
    return view


class PageCacheMiddleware:
    """Answers from Valkey; keeps what a `cached_whole` view of the public answered with 200."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = key_of(request) if settings.PAGE_CACHE and request.method in {"GET", "HEAD"} else None
        if key is None:
            return self.counted(
                request, not_modified(request, with_etag(request, self.get_response(request)))
            )
        begun = time.monotonic()
        place, name = place_of(request, key)
        generation, page = page_cache.read(place)
        if page is not None and page.startswith(name):
            return self.counted(request, not_modified(request, unpack(page[len(name) :])))
        response = with_etag(request, self.get_response(request))
        if generation and request.method == "GET" and is_public_page(request, response):
            page_cache.write(place, generation, name + pack(response), time.monotonic() - begun)
        return self.counted(request, not_modified(request, response))

    def counted(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """The same response; an article that was answered is counted, from the cache or not."""
        if response.status_code in {200, 304} and request.path_info.startswith("/tin-tuc/"):
            COUNTS.add(request)
        return response


class OldPathMiddleware:
    """Leads from an address of the old site to what it has become; asked only where nothing else answers."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_number = request.path in {"/", "/index.php"} and ("p" in request.GET or "page_id" in request.GET)
        if is_number and (found := self._found(request)):
            return found
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in {"GET", "HEAD"}:
            return response
        return self._found(request) or response

    def _found(self, request: HttpRequest) -> HttpResponse | None:
        place = new_place(request.get_full_path(), timezone.now())
        if place is None:
            return None
        return HttpResponsePermanentRedirect(place) if place else HttpResponse(status=410)


def with_etag(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The same response; a whole public page gets its Cache-Control and ETag."""
    if request.method == "GET" and is_public_page(request, response):
        response["Cache-Control"] = CONTROL
        response["ETag"] = f'"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
    return response


def key_of(request: HttpRequest) -> bytes | None:
    """The page's key, None if the cache has no part in it; takes tracking marks off the request.

    Scheme, allowed host, path and known parameters in their one plain form: nothing a visitor
    can vary freely, so nobody can plant a page for others or fill the cache with names.
    """
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    raw = request.META.get("QUERY_STRING", "")
    if raw:
        pairs = parse_qsl(raw, keep_blank_values=True)
        kept = [(k, v) for k, v in pairs if k not in TRACKING and not k.startswith("utm_")]
        if len(kept) < len(pairs):
            raw = request.META["QUERY_STRING"] = urlencode(kept)
        if request.path == SEARCH_PATH:
            raw = request.META["QUERY_STRING"] = plain_search(kept)
            if len(raw) > LONGEST_SEARCH:
                return None
        elif kept and (len(kept) > 1 or kept[0][0] not in KNOWN or not _is_plain_number(kept[0][1])):
            return None
    return f"redcross:page:{request.scheme}:{host}:{request.path}?{raw}".encode()


def plain_search(pairs: list[tuple[str, str]]) -> str:
    """A search's parameters in their one order, the empty and the unknown left out, white space squeezed."""
    told = {name: " ".join(value.split()) for name, value in pairs if name in SEARCH}
    return urlencode([(name, told[name]) for name in SEARCH if told.get(name)])


def place_of(request: HttpRequest, key: bytes) -> tuple[bytes, bytes]:
    """Where a page is kept, and what the kept page begins with: a search stands in one of few places."""
    if request.path != SEARCH_PATH:
        return key, b""
    number = int.from_bytes(hashlib.blake2b(key, digest_size=4).digest()) % SEARCH_PLACES
    return b"redcross:page:search:%d" % number, key + b"\n"


def is_public_page(request: HttpRequest, response: HttpResponseBase) -> bool:
    """A whole page of a view marked both public and `cached_whole`, the same for every reader."""
    match = getattr(request, "resolver_match", None)
    if match is None or response.status_code != 200 or response.streaming:
        return False
    access = access_of(match.func)
    return (
        getattr(match.func, "rc_cached_whole", False)
        and access is not None
        and access.is_public
        and not response.cookies
        and not response.has_header("Vary")
    )


def pack(response: HttpResponse) -> bytes:
    """Headers as one JSON line, then the body."""
    return json.dumps(list(response.items())).encode() + b"\n" + response.content


def unpack(page: bytes) -> HttpResponse:
    """The kept page with the headers it had."""
    head, _, body = page.partition(b"\n")
    headers: list[tuple[str, str]] = json.loads(head)
    response = HttpResponse(body)
    for name, value in headers:
        response.headers[name] = value
    return response


def not_modified(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """304 without body if the reader's If-None-Match names this page; else the response itself."""
    asked = request.META.get("HTTP_IF_NONE_MATCH", "")
    if not asked or response.status_code != 200 or response.get("Cache-Control") != CONTROL:
        return response
    if response.get("ETag") not in {tag.strip().removeprefix("W/") for tag in asked.split(",")}:
        return response
    short = HttpResponse(status=304)
    del short["Content-Type"]
    short["ETag"], short["Cache-Control"] = response["ETag"], CONTROL
    return short


def _is_plain_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < len(text) < 5 and not text.startswith("0")
