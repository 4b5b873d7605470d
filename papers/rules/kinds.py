"""Kinds of paper, their abbreviations and numbers (Decree 30/2020/NĐ-CP, Annexes I and III)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from foundation.dated import in_force, load_table

ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_NUMBER = re.compile(r"(?:số\s*:?\s*)?0*(\d{1,6})\s*(/.*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of paper: what it is called, what stands for it in the sign, whether it takes a number."""

    code: str
    abbreviation: str
    name: str
    has_number: bool = True

    @property
    def has_title(self) -> bool:
        """False for an official letter: its matter stands under the number ("V/v …") instead."""
        return self.code != "official_letter"


@cache
def paper_kinds(on: date) -> dict[str, PaperKind]:
    """Every kind in force on the day by code, in the table's order."""
    values = in_force(load_table("papers", "kinds"), on).values
    rows = {**values["kinds"], **values["own"]}
    return {code: PaperKind(code, **row) for code, row in rows.items()}


@cache
def body_defaults(on: date) -> Mapping[str, str]:
    """`sign`, `place`, `top_superior`, `zero_tens`: what holds where a unit has not said its own."""
    values: Mapping[str, str] = in_force(load_table("papers", "kinds"), on).values["body"]
    return values


def sign_of(kind: PaperKind, body_sign: str) -> str:
    """ "QĐ-CTĐ"; of an official letter only "CTĐ"."""
    return "-".join(part for part in (kind.abbreviation, body_sign) if part)


def number_text(number: int, sign: str) -> str:
    """ "07/QĐ-CTĐ": 0 before numbers under 10, no space around the marks. ValueError under 1."""
    if number < 1:
        raise ValueError("papers are numbered from 1")
    return f"{number:02}/{sign}"


def read_number(text: str) -> int | None:
    """The running number in "07/QĐ-CTĐ" or "Số: 7"; None where there is none."""
    found = _NUMBER.fullmatch(" ".join(text.split()))
    return int(found[1]) if found and int(found[1]) > 0 else None


def roman(number: int) -> str:
    """Annexes are numbered in Roman numerals; ValueError outside 1 to 89."""
    if not 1 <= number < 90:
        raise ValueError("annexes are numbered from I to LXXXIX")
    text = "L" if number >= 50 else "XL" if number >= 40 else ""
    number -= 50 if number >= 50 else 40 if number >= 40 else 0
    for value, letters in ROMAN:
        text += letters * (number // value)
        number %= value
    return text
