"""Amounts of money: whole đồng (VND) as int, never float."""

import re
from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal
from enum import Enum
from fractions import Fraction
from typing import Literal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
LARGEST = 10**15 - 1
_AMOUNT = re.compile(
    r"(\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+) ?(?:đ|₫|đồng|vnđ|vnd)?"
)


class Rounding(Enum):
    """Named rounding rules: (decimal mode, unit in đồng). Away from zero on a half, as in school."""

    HALF_UP = (ROUND_HALF_UP, 1)
    HALF_EVEN = (ROUND_HALF_EVEN, 1)
    DOWN = (ROUND_DOWN, 1)
    UP = (ROUND_UP, 1)
    HALF_UP_HUNDRED = (ROUND_HALF_UP, 100)
    HALF_UP_THOUSAND = (ROUND_HALF_UP, 1000)
    DOWN_THOUSAND = (ROUND_DOWN, 1000)


def round_vnd(amount: Decimal, rule: Rounding) -> int:
    """Đồng, rounded by the named rule; -0,5 is rounded as 0,5 is."""
    mode, unit = rule.value
    return int((amount / unit).quantize(Decimal(1), rounding=mode)) * unit


def format_vnd(amount: int) -> str:
    """On screen: "1.234.567 đ"."""
    return f"{dotted(amount)} đ"


def paper_vnd(amount: int) -> str:
    """On paper: "1.234.567 đồng (Bằng chữ: Một triệu … đồng)"."""
    return f"{dotted(amount)} đồng (Bằng chữ: {in_words(amount)})"


def dotted(amount: int) -> str:
    """A whole number as it is written here: 1.234.567."""
    return f"{amount:,}".replace(",", ".")


def in_words(amount: int, zero_tens: Literal["linh", "lẻ"] = "linh") -> str:
    """ "Mười chín triệu chín trăm hai mươi nghìn đồng"; ValueError from a million tỷ on.

    Nghìn, mươi mốt, mươi tư, lăm; linh or lẻ before the last digit; "Âm" for a negative amount.
    """
    if abs(amount) > LARGEST:
        raise ValueError("amounts in words end below a million tỷ")
    billions, rest = divmod(abs(amount), 10**9)
    words = [*_below_billion(billions, zero_tens), "tỷ"] if billions else []
    words += _below_billion(rest, zero_tens, is_first=not billions)
    text = " ".join([*(["âm"] if amount < 0 else []), *(words or [DIGITS[0]]), "đồng"])
    return text[0].upper() + text[1:]


def _below_billion(number: int, zero_tens: str, is_first: bool = True) -> list[str]:
    words: list[str] = []
    for size, name in ((10**6, ["triệu"]), (10**3, ["nghìn"]), (1, [])):
        group, number = divmod(number, size)
        if group:
            words += [*_hundreds(group, zero_tens, is_first and not words), *name]
    return words


def _hundreds(number: int, zero_tens: str, is_first: bool) -> list[str]:
    """1 to 999; after a higher group the hundreds are said even if zero: "không trăm linh năm"."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    words = [DIGITS[hundreds], "trăm"] if hundreds or not is_first else []
    if tens > 1:
        words += [DIGITS[tens], "mươi"]
    elif tens == 1:
        words += ["mười"]
    elif ones and words:
        words += [zero_tens]
    if ones == 1 and tens > 1:
        words += ["mốt"]
    elif ones == 4 and tens > 1:
        words += ["tư"]
    elif ones == 5 and tens:
        words += ["lăm"]
    elif ones:
        words += [DIGITS[ones]]
    return words


def parse_vnd(text: str) -> int:
    """Đồng from 1234567, 1.234.567, 1,234,567 or 1 234 567, "đ" or not; ValidationError for the rest."""
    found = _AMOUNT.fullmatch(" ".join(text.casefold().split()))
    amount = int(re.sub(r"\D", "", found[1])[:20]) if found else LARGEST + 1
    if amount > LARGEST:
        raise ValidationError(_("Enter a whole amount in đồng, for example 1.234.567."), code="amount")
    return amount


def share_out(total: int, percentages: Sequence[Decimal | int]) -> list[int]:
    """Đồng parts by percentage that sum to the total exactly, by largest remainder.

    Each part is first rounded towards zero; the đồng left over go one each to the largest remainders,
    the earlier part first among equals. A negative total mirrors the positive one.
    ValueError unless the percentages are not negative and sum to 100.
    """
    shares = [Fraction(percentage) for percentage in percentages]
    if sum(shares) != 100 or min(shares) < 0:
        raise ValueError("percentages must sum to 100, none negative")
    exact = [abs(total) * share / 100 for share in shares]
    parts = [int(part) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda place: parts[place] - exact[place])
    for place in by_remainder[: abs(total) - sum(parts)]:
        parts[place] += 1
    return parts if total >= 0 else [-part for part in parts]
