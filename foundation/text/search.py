"""Searching by beginnings of words, and showing where a search matched."""

import re
import unicodedata
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from django.db.models import Q

from foundation.text.fold import search_text

MOST_TERMS = 8
_MARKS = re.compile("[\u0300-\u036f]")


def _prefixes(query: str) -> list[str]:
    return list(dict.fromkeys(search_text(query).split()))[:MOST_TERMS]


def search_terms(query: str) -> list[str]:
    r"""LIKE patterns that a search column must all match: "Nguyễn an" gives ["% nguyen%", "% an%"].

    At most eight, none twice, none for a query without a word. %, _ and \ are
    punctuation to `search_text`, so nothing in a pattern is left to escape.
    """
    return [f"% {word}%" for word in _prefixes(query)]


def matching(field: str, query: str) -> Q:
    """The condition that a search column holds every word beginning of the query; all rows for none."""
    condition = Q()
    for word in _prefixes(query):
        condition &= Q(**{f"{field}__contains": f" {word}"})
    return condition


def highlight(text: str, query: str) -> list[tuple[str, bool]]:
    """The text in pieces, True where a word begins as a word of the query does, accents aside.

    The pieces joined are the text, unchanged; marks stay with their letter in NFC and in NFD.
    """
    words = _prefixes(query)
    if words and unicodedata.is_normalized("NFC", text) and not _MARKS.search(text):
        return _highlight_composed(text, tuple(words))
    plains = [_plain(letter) for letter in text] if words else []
    places = [place for place, plain in enumerate(plains) for _ in plain]
    marked = [False] * len(text)
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    for found in re.finditer(rf"(?<![^ ])(?:{pattern})", "".join(plains)) if words else ():
        first, end = places[found.start()], places[found.end() - 1] + 1
        while end < len(text) and not plains[end]:  # the marks of its last letter
            end += 1
        marked[first:end] = [True] * (end - first)
    pieces = groupby(zip(text, marked, strict=True), key=itemgetter(1))
    return [("".join(letter for letter, _ in piece), is_match) for is_match, piece in pieces]


def _highlight_composed(text: str, words: tuple[str, ...]) -> list[tuple[str, bool]]:
    """`highlight` where each letter is one character with its marks, so that places in plain text stay."""
    pieces, done = [], 0
    for found in _beginnings(words).finditer(text.translate(_PLAINS)):
        if found.start() > done:
            pieces.append((text[done : found.start()], False))
        pieces.append((text[found.start() : found.end()], True))
        done = found.end()
    return [*pieces, (text[done:], False)] if done < len(text) else pieces


@lru_cache(64)
def _beginnings(words: tuple[str, ...]) -> re.Pattern[str]:
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![^ ])(?:{pattern})")


def excerpt(text: str, query: str, width: int = 220) -> str:
    """The part of a text where the query's words stand closest together, whole words, "…" where it is cut."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if len(text) <= width:
        return text
    words = _prefixes(query)
    plain = text.translate(_PLAINS)
    places = (
        [(found.start(), found[0]) for found in _beginnings(tuple(words)).finditer(plain)] if words else []
    )
    best, most = 0, 0
    for number, (start, _word) in enumerate(places):
        near = {word for at, word in places[number : number + 40] if at - start < width - 60}
        if len(near) > most:
            best, most = max(0, start - 40), len(near)
    first = text.rfind(" ", 0, best) + 1 if best else 0
    end = len(text) if first + width >= len(text) else text.rfind(" ", first + 1, first + width)
    end = end if end > first else first + width
    return ("… " if first else "") + text[first:end] + (" …" if end < len(text) else "")


class _Plains(dict[int, str]):
    """For str.translate: one plain letter for each, so that places stay."""

    def __missing__(self, code: int) -> str:
        self[code] = (_plain(chr(code)) or " ")[0]
        return self[code]


_PLAINS = _Plains()


@lru_cache(4096)  # texts are made of few letters
def _plain(letter: str) -> str:
    return search_text(f"a{letter}a")[2:-1]
