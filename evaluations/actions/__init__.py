"""Every write on employment, cycles, ratings and pay."""

from evaluations.actions.cycles import (
    hold_step,
    issue_criteria,
    move_calendar,
    open_cycle,
    publish_cycle,
    set_fund,
)
from evaluations.actions.employment import (
    employ,
    end_employment,
    enter_timesheet,
    set_year_rate,
)
from evaluations.actions.facts import (
    end_fact,
    enter_fact,
    export_staff,
    issue_regulation,
    remove_fact,
    set_csv_columns,
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
from evaluations.actions.years import exempt_rating, score_year

__all__ = [
    "answer_petition",
    "close_sheet",
    "comment",
    "decide_rating",
    "employ",
    "end_employment",
    "end_fact",
    "enter_fact",
    "enter_timesheet",
    "exempt_rating",
    "export_staff",
    "file_petition",
    "hand_over_report",
    "hold_step",
    "issue_criteria",
    "issue_regulation",
    "make_final",
    "make_sheet",
    "move_calendar",
    "open_cycle",
    "publish_cycle",
    "remind",
    "remove_fact",
    "reopen_rating",
    "score_one",
    "score_rating",
    "score_year",
    "set_csv_columns",
    "set_fund",
    "set_year_rate",
]
