"""Boxes inside a text: pictures, videos, and whatever an app offers, shown when the page is made.

A body names a box by kind and id only (news.rules.embeds). An app registers its kind in its
AppConfig.ready; what lies beside or above news (a drive, an activity) is registered by the roof.
Showing a body asks one query a kind that stands in it, however many boxes there are. What a kind
does not give (withdrawn, not public any more) is not shown to readers.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe

from foundation.refusal import Reason
from ledger.actor import Actor
from news.rules.embeds import Placed, boxes_of, split_boxes


@dataclass(frozen=True, slots=True)
class Choice:
    """A thing as the editor's chooser and the box in the editor show it. `thumb` is an address or ""."""

    pk: int
    label: str
    note: str = ""
    thumb: str = ""


def _nothing(thing: Any) -> Any:
    return ()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of box.

    `shown` gives the things readers may see now, by id, in one query. `found` gives what an editor
    may choose from, under a search text, at most some twenty. `template` gets thing and caption.
    `held` gives what the actor may have put into a draft, though readers do not see it yet; without
    it, `shown` does. `release` lets readers see such a thing from a moment on: with the post that shows it.
    `lacking` says what keeps a post with this thing from being published; `frame` is the host whose
    frame the page may open for it, "" for none.
    """

    code: str
    label: Promise | str
    icon: str
    template: str
    shown: Callable[[Sequence[int]], Mapping[int, Any]]
    found: Callable[[Actor, str], Iterable[Any]]
    choice: Callable[[Any], Choice]
    lacking: Callable[[Any], Iterable[Reason]] = _nothing
    frame: Callable[[Any], str] = lambda thing: ""
    held: Callable[[Actor, Sequence[int]], Mapping[int, Any]] | None = None
    release: Callable[[Actor, Any, datetime], Any] = lambda by, thing, at: None


@dataclass(frozen=True, slots=True)
class Shown:
    """A body ready for its page: HTML, the hosts its frames need, boxes that are not to be had any more."""

    html: SafeString
    frames: frozenset[str] = frozenset()
    lost: tuple[Placed, ...] = ()


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known. ValueError if another one has its code."""
    if KINDS.get(kind.code, kind) is not kind:
        raise ValueError(f"two kinds of box are called {kind.code}")
    KINDS[kind.code] = kind


def show(body: str, *, by: Actor | None = None) -> Shown:
    """The cleaned body with its boxes in place; to an actor, as it will be once published.

    One query for each kind in it, none without boxes.
    """
    if "<figure" not in body:
        return Shown(mark_safe(body))  # noqa: S308  cleaned when it was saved
    things = things_in(by, body) if by else _shown_in(body)
    html: list[str] = []
    frames: set[str] = set()
    lost: list[Placed] = []
    for piece in split_boxes(body):
        if isinstance(piece, str):
            html.append(piece)
            continue
        thing = things.get(piece.kind, {}).get(piece.pk)
        if thing is None:
            lost.append(piece)
            continue
        kind = KINDS[piece.kind]
        html.append(render_to_string(kind.template, {"thing": thing, "caption": piece.caption}))
        frames.add(kind.frame(thing))
    return Shown(mark_safe("".join(html)), frozenset(frames - {""}), tuple(lost))  # noqa: S308


def things_in(by: Actor, body: str) -> dict[str, Mapping[int, Any]]:
    """Kind to id to thing, of the boxes in a body: what readers see, and what waits to be shown with it."""
    found = {}
    for kind, ids in boxes_of(body).items():
        if one := KINDS.get(kind):
            found[kind] = one.held(by, ids) if one.held else one.shown(ids)
    return found


def release(by: Actor, found: Mapping[str, Mapping[int, Any]], at: datetime) -> None:
    """Readers see these things (of `things_in`) from that moment on, if they did not before."""
    for kind, things in found.items():
        for thing in things.values():
            KINDS[kind].release(by, thing, at)


def _shown_in(body: str) -> dict[str, Mapping[int, Any]]:
    return {kind: KINDS[kind].shown(ids) for kind, ids in boxes_of(body).items() if kind in KINDS}


def choices_of(found: Mapping[str, Mapping[int, Any]]) -> dict[str, dict[str, str]]:
    """ "kind:id" to what the editor shows of the box; one without an entry is not to be had any more."""
    return {
        f"{kind}:{pk}": {"label": told.label, "note": told.note, "thumb": told.thumb}
        for kind, things in found.items()
        for pk, told in ((pk, KINDS[kind].choice(thing)) for pk, thing in things.items())
    }


def lacking(found: Mapping[str, Mapping[int, Any]]) -> list[Reason]:
    """What keeps a post with these things (of `things_in`) from being published."""
    return [
        reason
        for kind, things in found.items()
        for thing in things.values()
        for reason in KINDS[kind].lacking(thing)
    ]
