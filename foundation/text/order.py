"""Vietnamese alphabetical order as ASCII keys: compare them byte by byte (COLLATE "C"), no ICU.

Letters first, a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z; then, where all
letters are equal, the tones syllable by syllable: ngang, huyền, hỏi, ngã, sắc, nặng. Case and the
tone's place (hòa, hoà) do not count; punctuation parts words; numbers stand before letters and by
value ("Khu phố 2" before "Khu phố 10"); other marks are ignored, other scripts come last.
"""

import re
import unicodedata
from functools import lru_cache
from string import ascii_lowercase, ascii_uppercase, digits

from foundation.text.names import family_name, given_name, middle_name

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"
LONGEST = 480
_RANK = dict(zip(LETTERS, ascii_uppercase + ascii_lowercase, strict=False))  # A–Z, then a–g
_RANK |= {"ð": _RANK["đ"], "ɖ": _RANK["đ"]}  # look-alikes in old files
_SHAPES = {"\u0306", "\u0302", "\u031b"}
_HEX = str.maketrans("0123456789abcdef", "ABCDEFGHIJKLMNOP")


class _Ranks(dict[int, str]):
    """For str.translate: a small NFC character to its rank, worked out once."""

    def __missing__(self, code: int) -> str:
        self[code] = _rank(chr(code))
        return self[code]


class _Tones(dict[int, str]):
    """For str.translate: a small NFC character to the digit of its tone, 0 for none."""

    def __missing__(self, code: int) -> str:
        marks = unicodedata.normalize("NFD", chr(code))
        tone = next((str(TONES.index(mark) + 1) for mark in marks if mark in TONES), "0")
        self[code] = tone if RANKS[code].strip() else RANKS[code]
        return self[code]


RANKS, TONE_DIGITS = _Ranks(), _Tones()


def _rank(letter: str) -> str:
    first, *marks = list(unicodedata.normalize("NFD", letter))
    shape = unicodedata.normalize("NFC", first + "".join(mark for mark in marks if mark in _SHAPES))
    if shape in _RANK or first in _RANK:
        return _RANK.get(shape) or _RANK[first]
    if letter in digits:
        return letter
    if letter.isalnum():
        return "z" + f"{ord(letter):05x}".translate(_HEX)
    return "" if unicodedata.category(letter)[0] in "MC" and not letter.isspace() else " "


@lru_cache(8192)  # names are made of few words
def sort_key(text: str) -> str:
    """An ASCII key of at most 480 characters; equal for texts that differ in case or punctuation only."""
    small = unicodedata.normalize("NFC", text).lower()
    letters = re.sub("[0-9]+", _by_value, "!".join(small.translate(RANKS).split()))
    tones = "".join(map(max, small.translate(TONE_DIGITS).split()))
    return f"{letters} {tones}"[:LONGEST]


def _by_value(number: re.Match[str]) -> str:
    """2 as "12", 10 as "210": the length first, so that bytes compare as numbers (up to nine digits)."""
    plain = number[0].lstrip("0") or "0"
    return f"{min(len(plain), 9)}{plain}"


def person_sort_key(full_name: str) -> str:
    """The order of a class list: given name, then family name, then the middle; tones within each."""
    parts = given_name(full_name), family_name(full_name), middle_name(full_name)
    return " ".join(sort_key(part) for part in parts)[:LONGEST]
