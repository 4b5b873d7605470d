"""Links to videos, parsed strictly: only an address whose parts are known becomes a player."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit

YOUTUBE_HOSTS = {"youtube.com", "www.youtube.com", "m.youtube.com", "www.youtube-nocookie.com"}
FACEBOOK_HOSTS = {"facebook.com", "www.facebook.com", "m.facebook.com", "web.facebook.com"}
FRAME_HOSTS = {"youtube": "https://www.youtube-nocookie.com", "facebook": "https://www.facebook.com"}
MP4_BRANDS = {
    b"isom",
    b"iso2",
    b"iso4",
    b"iso5",
    b"iso6",
    b"mp41",
    b"mp42",
    b"avc1",
    b"M4V ",
    b"MSNV",
    b"dash",
}
_YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_FACEBOOK_ID = re.compile(r"\d{5,25}")
_FACEBOOK_PATH = re.compile(r"/[\w.\-]+/videos/(?:[\w.\-%]+/)?(\d{5,25})/?|/reel/(\d{5,25})/?")


@dataclass(frozen=True, slots=True)
class VideoLink:
    """A known provider ("youtube", "facebook") and the video's id there."""

    provider: str
    external_id: str


def parse_video_link(text: str) -> VideoLink | None:
    """The video an address names; None for any address that is not surely one."""
    try:
        parts = urlsplit(text.strip())
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or port not in {None, 80, 443} or parts.username:
        return None
    if host == "youtu.be":
        return _youtube(parts.path.strip("/"))
    if host in YOUTUBE_HOSTS:
        if parts.path == "/watch":
            return _youtube(_only(parts.query, "v"))
        first, _, rest = parts.path.strip("/").partition("/")
        return _youtube(rest) if first in {"shorts", "embed", "live"} else None
    if host in FACEBOOK_HOSTS:
        found = _FACEBOOK_PATH.fullmatch(parts.path)
        if found:
            return VideoLink("facebook", found[1] or found[2])
        if parts.path.rstrip("/") == "/watch" and _FACEBOOK_ID.fullmatch(_only(parts.query, "v")):
            return VideoLink("facebook", _only(parts.query, "v"))
    return None


def watch_url(provider: str, external_id: str) -> str:
    """Where a person watches it, in a page of the provider."""
    if provider == "youtube":
        return f"https://www.youtube.com/watch?v={external_id}"
    return f"https://www.facebook.com/watch/?v={external_id}"


def frame_url(provider: str, external_id: str) -> str:
    """The address of the player's frame; it lies under FRAME_HOSTS[provider]."""
    if provider == "youtube":
        return f"{FRAME_HOSTS['youtube']}/embed/{external_id}?autoplay=1&rel=0"
    href = quote(watch_url(provider, external_id), safe="")
    return f"{FRAME_HOSTS['facebook']}/plugins/video.php?href={href}&autoplay=true"


def is_mp4(head: bytes) -> bool:
    """True if the first bytes of a file are those of an .mp4 a browser plays (ISO base media, `ftyp`)."""
    return head[4:8] == b"ftyp" and head[8:12] in MP4_BRANDS


def _youtube(text: str) -> VideoLink | None:
    return VideoLink("youtube", text) if _YOUTUBE_ID.fullmatch(text) else None


def _only(query: str, name: str) -> str:
    values = parse_qs(query).get(name, [])
    return values[0] if len(values) == 1 else ""
