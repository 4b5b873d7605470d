"""Names of people, and the house spelling. A name is one field; its parts are read, never forced."""

import re
import unicodedata
from functools import lru_cache

_NOTE = re.compile(r"\([^)]*\)?")
_NEW_STYLE = {  # tone on the second vowel of an open syllable: hoà, khoẻ, thuý
    unicodedata.normalize("NFC", first + second + tone): unicodedata.normalize("NFC", first + tone + second)
    for first, second in ("oa", "oe", "uy", "Oa", "Oe", "Uy", "OA", "OE", "UY")
    for tone in "\u0300\u0309\u0303\u0301\u0323"
}
_OPEN_SYLLABLE = re.compile(rf"(?<![qQ])({'|'.join(_NEW_STYLE)})(?!\w)")
_MIXED = re.compile(r"[A-Z][a-z]+[A-Z][a-z]{2,}")  # a foreign name; no Vietnamese one looks so
_WORD_PARTS = re.compile(r"([-'’ʼ.])")


def _words(full_name: str) -> list[str]:
    """The words of a name, without a note in brackets such as "(mẫu)"; of a bare note, its words."""
    name = unicodedata.normalize("NFC", full_name)
    return _NOTE.sub(" ", name).split() or name.split()


def given_name(full_name: str) -> str:
    """The last word, by which a person is addressed: "An" of "Nguyễn Văn An"; "" of ""."""
    return "".join(_words(full_name)[-1:])


def family_name(full_name: str) -> str:
    """The first word of two or more: "Nguyễn"; "" of a single name."""
    return _words(full_name)[0] if len(_words(full_name)) > 1 else ""


def middle_name(full_name: str) -> str:
    """What stands between: "Thị Ngọc" of "Đặng Thị Ngọc Hường"; often ""."""
    return " ".join(_words(full_name)[1:-1])


def proper_name(text: str) -> str:
    """ "bùi  xuân HẰNG" is "Bùi Xuân Hằng": NFC, squeezed, a capital for each word and each part of K'Brông.

    "McDonald" stays; "HuỳNh", which Excel's PROPER makes, does not. Spelling is `house_spelling`'s matter.
    """
    name = unicodedata.normalize("NFC", re.sub("[\u00ad\u200b-\u200f\u2060\ufeff]", "", text))
    return " ".join(word if _MIXED.fullmatch(word) else _capitals(word) for word in name.split())


@lru_cache(4096)  # names are made of few words
def _capitals(word: str) -> str:
    return "".join(part[:1].upper() + part[1:].lower() for part in _WORD_PARTS.split(word))


def house_spelling(text: str) -> str:
    """The tone on the first vowel of open oa, oe, uy: hoà → hòa, thuý → thúy, Uỷ ban → Ủy ban; quý stays."""
    return _OPEN_SYLLABLE.sub(lambda found: _NEW_STYLE[found[1]], unicodedata.normalize("NFC", text))


def initials(full_name: str) -> str:
    """Capitals of family and given name: "NA" of "Nguyễn Văn An", "A" of "An"."""
    words = _words(full_name)
    return "".join(word[0].upper() for word in (words[:1] + words[1:][-1:]))


def mask_name(full_name: str) -> str:
    """For readers who may not see it whole: "N. V. An" of "Nguyễn Văn An"; of a single name, "A."."""
    *others, last = _words(full_name) or [""]
    shown = last if others else f"{last[:1]}." if last else ""
    return " ".join([*(f"{word[0].upper()}." for word in others), shown])
