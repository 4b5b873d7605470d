"""The search fold, twice: in Python, and in SQL from built-ins only (immutable, fit for GeneratedField).

Marks fall away (NFD), đ and its look-alikes become d, ASCII letters become small, white space is
squeezed. Vietnamese is ASCII once its marks are gone, so the SQL lowers under COLLATE "C" and needs
no locale: the twins agree on every server. Other letters (Я, Ω, ß) keep their case.

The twins are equal for every text PostgreSQL can store (no NUL, no lone surrogate) whose characters
both sides' Unicode versions know; marks unknown to one of them may be ordered differently.
"""

import unicodedata
from collections.abc import Iterable

from django.db.models import Func, TextField

Ranges = tuple[tuple[int, int], ...]

DROPPED: Ranges = (  # combining marks, soft hyphen, zero-width characters
    (0x300, 0x36F),
    (0xAD, 0xAD),
    (0x200B, 0x200F),
    (0x2060, 0x2060),
    (0xFEFF, 0xFEFF),
)
SPACES: Ranges = (  # what str.split() splits on
    (0x09, 0x0D),
    (0x1C, 0x20),
    (0x85, 0x85),
    (0xA0, 0xA0),
    (0x1680, 0x1680),
    (0x2000, 0x200A),
    (0x2028, 0x2029),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
    (0x3000, 0x3000),
)
SIGNS: Ranges = (  # punctuation that ends a word
    (0x21, 0x2F),
    (0x3A, 0x40),
    (0x5B, 0x60),
    (0x7B, 0x7E),
    (0xAB, 0xAB),
    (0xB7, 0xB7),
    (0xBB, 0xBB),
    (0x2010, 0x2027),
)
D_ODD, D_PLAIN = "đĐðÐɖƉ", "dDdDdD"  # đ, and what old files hold in its place


def _each(ranges: Ranges) -> Iterable[int]:
    return (code for first, last in ranges for code in range(first, last + 1))


def _sql_class(ranges: Ranges) -> str:
    return "[" + "".join(rf"\u{first:04x}-\u{last:04x}" for first, last in ranges) + "]"


_FOLD = {
    **{code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)},
    **{ord(odd): plain.lower() for odd, plain in zip(D_ODD, D_PLAIN, strict=True)},
    **dict.fromkeys(_each(DROPPED), ""),
}
_SIGNS = dict.fromkeys(_each(SIGNS), " ")
_SQL_FOLD = (
    "btrim(regexp_replace(lower(translate("
    f"regexp_replace(normalize({{}}, NFD), '{_sql_class(DROPPED)}', '', 'g'), '{D_ODD}', '{D_PLAIN}')"
    f" COLLATE \"C\"), '{_sql_class(SPACES)}+', ' ', 'g'), ' ')"
)


def fold(text: str) -> str:
    """The text without marks, đ as d, small, squeezed: "  Đặng  THỊ Hường " is "dang thi huong"."""
    return " ".join(unicodedata.normalize("NFD", text).translate(_FOLD).split())


def search_text(*parts: str) -> str:
    """What a search column holds: a space, then the folded words of all parts, without punctuation.

    The leading space lets `'% an%'` mean "a word that begins with an" and use a trigram index.
    """
    return " " + fold(" ".join(parts).translate(_SIGNS))


class Fold(Func):
    """`fold` in SQL, NULL for NULL; for one text expression."""

    template = _SQL_FOLD.format("(%(expressions)s)::text")
    arity = 1
    output_field = TextField()


class SearchText(Func):
    """`search_text` in SQL, NULL for NULL; several columns go in through Concat."""

    template = (
        "(' ' || "
        + _SQL_FOLD.format(f"regexp_replace((%(expressions)s)::text, '{_sql_class(SIGNS)}', ' ', 'g')")
        + ")"
    )
    arity = 1
    output_field = TextField()
