"""A report sent in from a phone: a title, a few sentences, some pictures become a post."""

import re
from collections.abc import Sequence

from news.rules.body import clean_body, words_of
from news.rules.embeds import box

MOST_PICTURES = 5
LONGEST_SUMMARY = 280
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")


def summary_of(text: str) -> str:
    """The first sentences of a text, two of them if they fit; cut at a word if the first is too long."""
    sentences = _SENTENCE.split(words_of(clean_body(text)))
    summary = sentences[0]
    if len(sentences) > 1 and len(summary) + len(sentences[1]) < LONGEST_SUMMARY:
        summary = f"{summary} {sentences[1]}"
    if len(summary) <= LONGEST_SUMMARY:
        return summary
    return summary[:LONGEST_SUMMARY].rpartition(" ")[0].rstrip(",;:") + "…"


def body_of(text: str, pictures: Sequence[int]) -> str:
    """The text as paragraphs, the pictures (by id) below it; the first is the cover and stands above."""
    return clean_body(text) + "".join(box("picture", pk) for pk in pictures[1:])
