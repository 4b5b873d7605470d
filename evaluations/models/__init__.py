"""Rows of evaluation and additional income."""

from evaluations.models.criteria import CriteriaSet, Criterion
from evaluations.models.cycles import Cycle, Minutes
from evaluations.models.employment import Employment, MonthWorked, YearRate
from evaluations.models.ratings import Comment, Deduction, Petition, Points, Rating, RatingEvent
from evaluations.models.sheets import Sheet, SheetLine

__all__ = [
    "Comment",
    "CriteriaSet",
    "Criterion",
    "Cycle",
    "Deduction",
    "Employment",
    "Minutes",
    "MonthWorked",
    "Petition",
    "Points",
    "Rating",
    "RatingEvent",
    "Sheet",
    "SheetLine",
    "YearRate",
]
