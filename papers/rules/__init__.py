"""Pure rules of papers: kinds and numbers, capacities, measures."""

from papers.rules.capacities import capacity_lines, needs_other
from papers.rules.kinds import (
    PaperKind,
    body_defaults,
    number_text,
    paper_kinds,
    read_number,
    roman,
    sign_of,
)
from papers.rules.measures import Measures, OutOfRange, Style, measures, ranges
from papers.rules.skeletons import Skeleton, skeletons

__all__ = [
    "Measures",
    "OutOfRange",
    "PaperKind",
    "Skeleton",
    "Style",
    "body_defaults",
    "capacity_lines",
    "measures",
    "needs_other",
    "number_text",
    "paper_kinds",
    "ranges",
    "read_number",
    "roman",
    "sign_of",
    "skeletons",
]
