"""Files of news: pictures, which never change, and videos in ranges."""

import re
from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from news.models import Picture, Video
from people.access import public

# A day in a reader's own browser, a minute in what lies between: a withdrawn picture must be gone.
KEPT = "public, max-age=86400, s-maxage=60"
TYPES = {"jpg": "image/jpeg", "webp": "image/webp", "avif": "image/avif"}
CHUNK = 256 * 1024
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


class OutsideFile(Exception):
    """A range beyond the file's end."""


@public
@require_safe
def picture_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture's file; 410 once the picture was withdrawn. 1 query only where there is no file."""
    etag = f'"{name[3:]}"'
    try:
        file = default_storage.open(f"anh/{name}", "rb")
    except FileNotFoundError as error:
        gone = Picture.objects.filter(digest=name[3:35], withdrawn_at__isnull=False)
        if gone.exists():
            return _gone()
        raise Http404 from error
    if request.headers.get("If-None-Match") == etag:
        file.close()
        short = HttpResponse(status=304)
        short["ETag"], short["Cache-Control"] = etag, KEPT
        return short
    response = FileResponse(file, content_type=TYPES[name.rpartition(".")[2]])
    response["Cache-Control"], response["ETag"] = KEPT, etag
    return response


@public
@require_safe
def video_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A video's file, whole or one range of it (RFC 9110, 14): 200, 206 or 416."""
    path = f"phim/{name}"
    try:
        size = default_storage.size(path)
    except FileNotFoundError as error:
        if Video.objects.filter(file_name=path, withdrawn_at__isnull=False).exists():
            return _gone()
        raise Http404 from error
    etag = f'"{name[3:-4]}"'
    asked = request.headers.get("Range", "")
    if request.headers.get("If-Range", etag) != etag:
        asked = ""
    response: HttpResponseBase
    try:
        span = range_of(asked, size)
    except OutsideFile:
        response = HttpResponse(status=416, content_type="video/mp4")
        response["Content-Range"] = f"bytes */{size}"
        return response
    first, last = span or (0, size - 1)
    response = StreamingHttpResponse(
        pieces(path, first, last), status=206 if span else 200, content_type="video/mp4"
    )
    if span:
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Content-Length"] = str(last - first + 1)
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = KEPT
    response["ETag"] = etag
    return response


@public
@require_safe
def video_captions(request: HttpRequest, digest: str) -> HttpResponse:
    """The captions of a video, as WebVTT. 1 query."""
    found = Video.objects.standing().filter(captions_digest=digest).values_list("captions", flat=True).first()
    if not found:
        raise Http404
    response = HttpResponse(found, content_type="text/vtt; charset=utf-8")
    response["Cache-Control"] = KEPT
    return response


def _gone() -> HttpResponse:
    response = HttpResponse(status=410, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response


def range_of(asked: str, size: int) -> tuple[int, int] | None:
    """First and last byte of the one range asked; None (the whole) for several ranges or nonsense.

    Raises OutsideFile if no byte of the file lies in it.
    """
    found = _RANGE.fullmatch(asked)
    if not found or found[0] == "bytes=-":
        return None
    first, last = found[1], found[2]
    if not first:
        first, last = str(max(0, size - int(last))), str(size - 1 if int(last) else -1)
    if int(first) >= size or (last and int(last) < int(first)):
        raise OutsideFile
    return int(first), min(int(last), size - 1) if last else size - 1


def pieces(path: str, first: int, last: int) -> Iterator[bytes]:
    """The bytes from `first` through `last`, in pieces."""
    left = last - first + 1
    with default_storage.open(path, "rb") as file:
        file.seek(first)
        while left > 0:
            piece = file.read(min(CHUNK, left))
            if not piece:
                return
            left -= len(piece)
            yield piece
