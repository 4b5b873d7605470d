"""Boxes inside a text: a cleaned body holds only an empty figure that names a kind and an id."""

import re
from html import escape, unescape
from typing import NamedTuple

LONGEST_CAPTION = 500
_FIGURE = re.compile(r'<figure((?:\s[a-z-]+="[^"]*")*)\s*>(.*?)</figure>', re.DOTALL)
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_KIND = re.compile(r"[a-z]{2,20}")
_ID = re.compile(r"[1-9]\d{0,17}")
_PLACED = re.compile(
    r'<figure data-kind="([a-z]{2,20})" data-id="(\d{1,18})"(?: data-caption="([^"]*)")?></figure>'
)


class Placed(NamedTuple):
    """A box as a text names it; `caption` is plain text, "" for the thing's own."""

    kind: str
    pk: int
    caption: str


def plain_figures(html: str) -> str:
    """The same HTML with every figure in its one plain form; one that names nothing leaves its words."""
    return _FIGURE.sub(_plain, html)


def split_boxes(body: str) -> list[str | Placed]:
    """Pieces of a cleaned body in their order: HTML, and boxes between."""
    pieces: list[str | Placed] = []
    at = 0
    for found in _PLACED.finditer(body):
        if found.start() > at:
            pieces.append(body[at : found.start()])
        pieces.append(Placed(found[1], int(found[2]), unescape(found[3] or "")))
        at = found.end()
    if at < len(body):
        pieces.append(body[at:])
    return pieces


def boxes_of(body: str) -> dict[str, list[int]]:
    """Kind to the ids that a cleaned body names, each once, in their order."""
    found: dict[str, list[int]] = {}
    for kind, pk, _caption in _PLACED.findall(body):
        ids = found.setdefault(kind, [])
        if int(pk) not in ids:
            ids.append(int(pk))
    return found


def box(kind: str, pk: int, caption: str = "") -> str:
    """The figure that stands for a thing in a body."""
    said = f' data-caption="{escape(caption)}"' if caption else ""
    return f'<figure data-kind="{kind}" data-id="{pk}"{said}></figure>'


def _plain(found: re.Match[str]) -> str:
    told = {name: unescape(value) for name, value in _ATTRIBUTE.findall(found[1])}
    kind, pk = told.get("data-kind", ""), told.get("data-id", "")
    if _KIND.fullmatch(kind) and _ID.fullmatch(pk):
        caption = " ".join(told.get("data-caption", "").split())[:LONGEST_CAPTION]
        return box(kind, int(pk), caption)
    return found[2]
