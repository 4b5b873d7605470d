"""Searching by beginnings of words, and showing where a search matched."""

import re
from itertools import groupby
from operator import itemgetter

from django.db.models import Q

from foundation.text.fold import search_text

MOST_TERMS = 8


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
    plains = [search_text(f"a{letter}a")[2:-1] for letter in text] if words else []
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
