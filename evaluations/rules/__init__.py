"""Rating and pay as pure rules: facts and a table entry in, an answer with its reasons out."""

from evaluations.rules.calendar import Calendar, calendar_of, petition_limits
from evaluations.rules.caps import CapCheck, check_cap, most_excellent
from evaluations.rules.pay import Law, Month, MonthPay, QuarterPay, Track, pay_quarter
from evaluations.rules.rating import Rated, rate
from evaluations.rules.score import Part, total_of
from evaluations.rules.timesheet import faults_of, paid_days, working_days

__all__ = [
    "Calendar",
    "CapCheck",
    "Law",
    "Month",
    "MonthPay",
    "Part",
    "QuarterPay",
    "Rated",
    "Track",
    "calendar_of",
    "check_cap",
    "faults_of",
    "most_excellent",
    "paid_days",
    "pay_quarter",
    "petition_limits",
    "rate",
    "total_of",
    "working_days",
]
