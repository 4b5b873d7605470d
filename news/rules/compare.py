"""Two versions of a text side by side: which words went, which came."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape
from itertools import groupby
from typing import NamedTuple

from django.utils.translation import gettext as _

from news.rules.embeds import Placed, split_boxes

# Beyond so many words in one changed stretch, the whole stretch is shown as replaced.
MOST_WORDS = 4000
A_THIRD = 1 / 3
_BLOCK_END = re.compile(r"</(?:p|h2|h3|h4|li|blockquote|tr|table|ul|ol)>|<hr>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")
_LINK = re.compile(r'<a href="([^"]*)"[^>]*>')
_HEADING = re.compile(r"<h([234])>")
_WORD = re.compile(r"\s+|[^\s]+")


class Piece(NamedTuple):
    """Words that stayed (" "), went ("-") or came ("+")."""

    op: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One paragraph: its pieces, and whether anything in it changed."""

    pieces: tuple[Piece, ...]

    @property
    def is_changed(self) -> bool:
        return any(piece.op != " " for piece in self.pieces)


def paragraphs_of(body: str, names: Mapping[str, str] | None = None) -> list[str]:
    """A cleaned body as plain lines: a heading says so, an item is marked by •, a link with its address.

    `names` are those of the boxes, by "kind:id".
    """
    headings = {"2": _("Heading"), "3": _("Smaller heading"), "4": _("Smallest heading")}
    lines: list[str] = []
    for piece in split_boxes(body):
        if isinstance(piece, Placed):
            name = (names or {}).get(f"{piece.kind}:{piece.pk}", f"{piece.kind} {piece.pk}")
            lines.append(f"[{name}{': ' if piece.caption else ''}{piece.caption}]")
            continue
        marked = _LINK.sub(r"‹\1› ", _HEADING.sub(lambda h: f"[{headings[h[1]]}] ", piece))
        marked = marked.replace("<li>", "• ").replace("</td><td>", " | ").replace("</th><th>", " | ")
        for block in _BLOCK_END.split(marked.replace("<br>", "\n")):
            words = unescape(_TAG.sub("", block)).strip()
            lines += [line.strip() for line in words.split("\n") if line.strip()]
    return lines


def changes(before: Sequence[str], after: Sequence[str]) -> list[Change]:
    """Paragraphs of both in order; a paragraph that was rewritten shows its words that went and came."""
    found: list[Change] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for op, i1, i2, j1, j2 in matcher.get_opcodes():
        if op == "equal":
            found += [Change((Piece(" ", line),)) for line in before[i1:i2]]
            continue
        common = min(i2 - i1, j2 - j1)
        found += [
            Change(tuple(word_pieces(old, new)))
            for old, new in zip(before[i1 : i1 + common], after[j1 : j1 + common], strict=True)
        ]
        found += [Change((Piece("-", line),)) for line in before[i1 + common : i2]]
        found += [Change((Piece("+", line),)) for line in after[j1 + common : j2]]
    return found


def word_pieces(before: str, after: str) -> list[Piece]:
    """The words of both in order, neighbours of one fate joined; what went stands before what came."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        return [piece for piece in (Piece("-", before), Piece("+", after)) if piece.text]
    pieces = list(_pieces(old, new))
    stayed = sum(len(p.text.strip()) for p in pieces if p.op == " ")
    if stayed < A_THIRD * min(len(before), len(after)):  # another paragraph, not the same one rewritten
        return [piece for piece in (Piece("-", before), Piece("+", after)) if piece.text]
    return [Piece(op, "".join(p.text for p in run)) for op, run in groupby(pieces, lambda p: p.op)]


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    for op, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            yield Piece(" ", "".join(old[i1:i2]))
            continue
        if i2 > i1:
            yield Piece("-", "".join(old[i1:i2]))
        if j2 > j1:
            yield Piece("+", "".join(new[j1:j2]))
