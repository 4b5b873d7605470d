"""Rows of evaluation and additional income."""

from evaluations.models.criteria import CriteriaSet, Criterion
from evaluations.models.cycles import Cycle, Minutes
from evaluations.models.employment import Employment, MonthWorked, YearRate
from evaluations.models.facts import Regulation, StaffFact
from evaluations.models.ratings import Comment, Deduction, Petition, Points, Rating, RatingEvent
from evaluations.models.sheets import Sheet, SheetLine
from evaluations.models.years import CsvLayout, Evidence, YearFacts

__all__ = [
    "Comment",
    "CriteriaSet",
    "Criterion",
    "CsvLayout",
    "Cycle",
    "Deduction",
    "Employment",
    "Evidence",
    "Minutes",
    "MonthWorked",
    "Petition",
    "Points",
    "Rating",
    "RatingEvent",
    "Regulation",
    "Sheet",
    "SheetLine",
    "StaffFact",
    "YearFacts",
    "YearRate",
]
