"""Reads: what may be seen, the values in force, what stands on the pages."""

from evaluations.queries.law import base_law, income_laws, no_value, share_law
from evaluations.queries.seen import (
    TOLD,
    covered,
    cycles_to_pay,
    own_ratings,
    visible_cycles,
    visible_sheets,
    visible_staff,
    visible_to,
)

__all__ = [
    "TOLD",
    "base_law",
    "covered",
    "cycles_to_pay",
    "income_laws",
    "no_value",
    "own_ratings",
    "share_law",
    "visible_cycles",
    "visible_sheets",
    "visible_staff",
    "visible_to",
]
