"""What a text still lacks for all its readers, said while it is written. Musts keep it from the site."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple

from django.utils.translation import gettext as _

from foundation.refusal import Reason
from news.rules.body import words_of
from news.rules.publishing import CoverFacts, PostFacts, missing_for_publishing

LONG_TITLE = 110
LONG_PARAGRAPH = 130  # words
LONG_TEXT = 450  # words without a single heading
SHORT_SUMMARY = 40
QUOTED = 40
# Folded link texts that tell a listener nothing of where they lead.
BLIND_LINKS = frozenset(
    {
        "tại đây",
        "ở đây",
        "đây",
        "xem tại đây",
        "xem thêm",
        "xem",
        "chi tiết",
        "xem chi tiết",
        "bấm vào đây",
        "nhấn vào đây",
        "link",
        "here",
        "click here",
        "more",
        "read more",
    }
)
_HEADING = re.compile(r"<h([234])>(.*?)</h\1>", re.DOTALL)
_LINK = re.compile(r"<a([^>]*)>(.*?)</a>", re.DOTALL)
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_BOLD = re.compile(r"<strong>(?:(?!</strong>).)*</strong>", re.DOTALL)
_TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)
_FILE = re.compile(r"\.(?:jpe?g|png|webp|heic)$|^(?:img|dsc|image|zalo)[ _-]?\d", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://|www\.", re.IGNORECASE)


class Finding(NamedTuple):
    """One thing to mend; a must keeps the post from being published."""

    is_must: bool
    reason: Reason


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """A picture in the text as its readers will meet it."""

    alt: str
    caption: str
    credit: str


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """What the check reads. `lacking` are reasons of the boxes in the text, `lost` how many show nothing."""

    title: str
    summary: str
    body: str
    author_line: str
    state: str
    cover: CoverFacts | None
    cover_credit: str = ""
    pictures: Sequence[PictureFacts] = ()
    lacking: Sequence[Reason] = ()
    lost: int = 0


def check_post(draft: DraftFacts) -> list[Finding]:
    """Everything to mend, musts first; empty for a text that is good as it stands."""
    facts = PostFacts(draft.state, draft.title, draft.summary, words_of(draft.body), draft.cover)
    musts = [*missing_for_publishing(facts), *draft.lacking]
    advice = [
        *_about_head(draft),
        *_about_headings(draft.body),
        *_about_paragraphs(draft.body),
        *_about_links(draft.body),
        *_about_tables(draft.body),
        *_about_pictures(draft),
    ]
    return [Finding(True, one) for one in musts] + [Finding(False, one) for one in advice]


def _about_head(draft: DraftFacts) -> Iterator[Reason]:
    title, summary = draft.title.strip(), draft.summary.strip()
    if len(title) > LONG_TITLE:
        yield Reason(_("The title is long: under 110 letters it fits on a phone."), field="title")
    if _is_shouted(title):
        yield Reason(_("The title is all in capitals: write it as a sentence."), field="title")
    if summary and len(summary) < SHORT_SUMMARY:
        yield Reason(_("The summary is very short: say who, what, where."), field="summary")
    if summary and summary.casefold() == title.casefold():
        yield Reason(_("The summary only repeats the title."), field="summary")
    if draft.cover is None:
        yield Reason(_("There is no cover picture: lists and shares show an empty place."), field="cover")
    elif not draft.cover_credit.strip():
        yield Reason(_("The cover picture names no source."), field="cover")
    if not draft.author_line.strip():
        yield Reason(_("No author or source is named under the text."), field="author_line")


def _about_headings(body: str) -> Iterator[Reason]:
    level = 1
    for found in _HEADING.finditer(body):
        depth, words = int(found[1]), words_of(found[2])
        if depth > level + 1:
            text = _("“%(words)s” is a smaller heading with no larger one above it.")
            yield Reason(text % {"words": _short(words)}, field="body")
        if _is_shouted(words):
            text = _("The heading “%(words)s” is all in capitals: some screen readers spell it out.")
            yield Reason(text % {"words": _short(words)}, field="body")
        level = depth
    if level == 1 and len(words_of(body).split()) > LONG_TEXT:
        yield Reason(_("The text is long and has no heading to find one's way by."), field="body")


def _about_paragraphs(body: str) -> Iterator[Reason]:
    for found in _PARAGRAPH.finditer(body):
        words = words_of(found[1])
        if len(words.split()) > LONG_PARAGRAPH:
            text = _("The paragraph “%(words)s” is very long: divide it.")
            yield Reason(text % {"words": _short(words)}, field="body")
        is_all_bold = words and not words_of(_BOLD.sub("", found[1]))
        if is_all_bold and len(words) < 90 and words[-1] not in ".!?…:":
            text = _("“%(words)s” looks like a heading but is a bold paragraph: make it a heading.")
            yield Reason(text % {"words": _short(words)}, field="body")


def _about_links(body: str) -> Iterator[Reason]:
    for found in _LINK.finditer(body):
        words = words_of(found[2])
        if "href=" not in found[1]:
            text = _("“%(words)s” was a link to an unsafe address: link it again or leave it as words.")
            yield Reason(text % {"words": _short(words)}, field="body")
        elif not words:
            yield Reason(_("A link has no words."), field="body")
        elif " ".join(words.casefold().rstrip(".:»> ").split()) in BLIND_LINKS:
            text = _("The link “%(words)s” does not say where it leads.")
            yield Reason(text % {"words": _short(words)}, field="body")
        elif _ADDRESS.match(words):
            text = _("The link “%(words)s” is a bare address: put words in its place.")
            yield Reason(text % {"words": _short(words)}, field="body")


def _about_tables(body: str) -> Iterator[Reason]:
    if any("<th" not in found[1] for found in _TABLE.finditer(body)):
        yield Reason(_("A table has no head row: readers by ear lose their way in it."), field="body")


def _about_pictures(draft: DraftFacts) -> Iterator[Reason]:
    if draft.lost:
        text = _("%(count)s box in the text shows nothing any more: take it out or choose another.")
        yield Reason(text % {"count": draft.lost}, field="body")
    for picture in draft.pictures:
        alt = picture.alt.strip()
        if not alt or _FILE.search(alt) or (draft.title.strip() and draft.title.strip() in alt):
            text = _("The picture “%(words)s” is not described: say what it shows.")
            yield Reason(text % {"words": _short(alt)}, field="body")
        if not picture.caption.strip():
            text = _("The picture “%(words)s” has no caption.")
            yield Reason(text % {"words": _short(alt)}, field="body")
        if not picture.credit.strip():
            text = _("The picture “%(words)s” names no source.")
            yield Reason(text % {"words": _short(alt)}, field="body")


def _is_shouted(words: str) -> bool:
    letters = [letter for letter in words if letter.isalpha()]
    return len(letters) > 12 and all(letter.isupper() for letter in letters)


def _short(words: str) -> str:
    words = unescape(words)
    return words if len(words) <= QUOTED else words[: QUOTED - 1].rstrip() + "…"
