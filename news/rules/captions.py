"""Captions of a video: WebVTT read strictly and written anew, SubRip accepted; times and words alone."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

MOST_BYTES = 512 * 1024
_TIME = r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]\d)[.,](\d{3})"
_LINE = re.compile(rf"\s*{_TIME}\s+-->\s+{_TIME}(?:\s.*)?")
_TAG = re.compile(r"<[^>\n]*>")


class NotCaptions(Exception):
    """The file is no list of captions; the text says where, for a person."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words shown from one moment to another, in milliseconds."""

    first: int
    last: int
    words: str


def read_captions(data: bytes) -> str:
    """The captions as clean WebVTT; raises NotCaptions with a sentence."""
    if len(data) > MOST_BYTES:
        raise NotCaptions(_("The captions are larger than 512 kB."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotCaptions(_("The captions are not in UTF-8. Save them as UTF-8, then try again.")) from error
    cues = _cues(text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n"))
    if not cues:
        raise NotCaptions(
            _(
                "The file holds no captions. Use WebVTT (.vtt) or SubRip (.srt), "
                "with times as 00:01.000 --> 00:04.000."
            )
        )
    blocks = (f"{_moment(cue.first)} --> {_moment(cue.last)}\n{cue.words}" for cue in cues)
    return "WEBVTT\n\n" + "\n\n".join(blocks) + "\n"


def _cues(text: str) -> list[Cue]:
    cues: list[Cue] = []
    for block in re.split(r"\n[ \t]*\n", text):
        lines = block.strip("\n").split("\n")
        at = next((n for n, line in enumerate(lines[:2]) if "-->" in line), None)
        if at is None:
            continue
        found = _LINE.fullmatch(lines[at])
        if not found:
            raise NotCaptions(
                _("This line of the captions has no proper times: %(line)s") % {"line": lines[at][:60]}
            )
        first, last = _milliseconds(*found.groups()[:4]), _milliseconds(*found.groups()[4:])
        if last <= first:
            raise NotCaptions(_("This caption ends before it begins: %(line)s") % {"line": lines[at][:60]})
        words = "\n".join(filter(None, (_plain(line) for line in lines[at + 1 :])))
        if words:
            cues.append(Cue(first, last, words))
    return cues


def _plain(line: str) -> str:
    """Words alone: marks of voice and style go, what could end the cue or begin markup is written as text."""
    text = _TAG.sub("", line).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _milliseconds(hours: str | None, minutes: str, seconds: str, rest: str) -> int:
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(rest)


def _moment(at: int) -> str:
    seconds, rest = divmod(at, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"
