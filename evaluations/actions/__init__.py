"""Every write on employment, cycles, ratings and pay."""

from evaluations.actions.cycles import hold_step, issue_criteria, open_cycle, publish_cycle, set_fund
from evaluations.actions.employment import (
    employ,
    end_employment,
    enter_timesheet,
    set_year_rate,
)
from evaluations.actions.petitions import answer_petition, file_petition, make_final
from evaluations.actions.ratings import (
    comment,
    decide_rating,
    hand_over_report,
    reopen_rating,
    score_one,
    score_rating,
)
from evaluations.actions.reminders import remind
from evaluations.actions.sheets import close_sheet, make_sheet

__all__ = [
    "answer_petition",
    "close_sheet",
    "comment",
    "decide_rating",
    "employ",
    "end_employment",
    "enter_timesheet",
    "file_petition",
    "hand_over_report",
    "hold_step",
    "issue_criteria",
    "make_final",
    "make_sheet",
    "open_cycle",
    "publish_cycle",
    "remind",
    "reopen_rating",
    "score_one",
    "score_rating",
    "set_fund",
    "set_year_rate",
]
