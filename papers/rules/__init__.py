"""Pure rules of papers: kinds and numbers, capacities, measures."""

from papers.rules.capacities import capacity_lines, needs_other
from papers.rules.kinds import (
    PaperKind,
    default_sign,
    number_text,
    paper_kinds,
    read_number,
    roman,
    sign_of,
)
from papers.rules.measures import Measures, OutOfRange, Style, measures, ranges

__all__ = [
    "Measures",
    "OutOfRange",
    "PaperKind",
    "Style",
    "capacity_lines",
    "default_sign",
    "measures",
    "needs_other",
    "number_text",
    "paper_kinds",
    "ranges",
    "read_number",
    "roman",
    "sign_of",
]
