"""How likely two records are one person: a score out of 100 with its reasons.

The set-based twin stands in people/queries/duplicates.py and reads the same weights.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.dated import in_force, load_table

REASONS: dict[str, Promise] = {
    "identity": _("the same identity number"),
    "phone": _("the same phone"),
    "name": _("the same name, accents aside"),
    "exact_name": _("the same name, letter by letter"),
    "birth_date": _("the same date of birth"),
    "birth_year": _("the same year of birth"),
    "email": _("the same e-mail"),
    "other_birth": _("different dates of birth"),
    "other_sex": _("different sex"),
    "other_identity": _("different identity numbers"),
}


@dataclass(frozen=True, slots=True)
class Likeness:
    """`is_pair`: alike enough to be looked at by somebody."""

    score: int
    reasons: tuple[str, ...]
    is_pair: bool


@cache
def weights(on: date) -> Any:
    """The values of tables/duplicates.toml in force on the day."""
    return in_force(load_table("people", "duplicates"), on).values


def likeness(signs: Iterable[str], *, on: date) -> Likeness:
    """The likeness of two records from the signs they share and contradict (codes of REASONS)."""
    table = weights(on)
    reasons = tuple(code for code in REASONS if code in set(signs))
    score = max(0, min(100, sum(table["weights"][code] for code in reasons)))
    return Likeness(score, reasons, score >= table["least"])
