"""Text of files: cleaned, and folded letter for letter."""

import unicodedata

from foundation.text import search_text


class _Letters(dict[int, str]):
    """Each letter's plain one; a space for signs and for what has none or several."""

    def __missing__(self, code: int) -> str:
        plain = search_text(chr(code))[1:]
        self[code] = plain if len(plain) == 1 else " "
        return self[code]


_LETTERS = _Letters()


def clean_text(text: str) -> str:
    """Composed letters, white space squeezed, nothing a database cannot hold."""
    plain = unicodedata.normalize("NFC", text.replace("\x00", ""))
    plain = plain.encode("utf-8", "ignore").decode("utf-8")
    return " ".join(plain.split())


def fold_in_place(text: str) -> str:
    """A space and the folded text: the letter at place n+1 is the letter at place n of the text, plain."""
    return " " + text.translate(_LETTERS)


def is_vietnamese(text: str) -> bool:
    """False where a scan or an old font left hardly a word: too few letters to be worth searching."""
    return sum(letter.isalpha() for letter in text[:20_000]) >= 20
