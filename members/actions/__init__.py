"""Every write of membership life."""

from members.actions.admissions import (
    close_ceremony,
    draft_decision,
    hold_meeting,
    plan_ceremony,
    receive_volunteer,
)
from members.actions.applications import (
    answer_more,
    ask_more,
    begin_application,
    clear_drafts,
    enter_application,
    give_opinion,
    refuse_application,
    save_application,
    submit_application,
    withdraw_application,
)
from members.actions.cards import give_card, hand_over_card, replace_card, report_lost
from members.actions.life import change_life, rejoin, undo_life_act
from members.actions.transfers import ask_transfer, cancel_transfer, receive_transfer, refuse_transfer

__all__ = [
    "answer_more",
    "ask_more",
    "ask_transfer",
    "begin_application",
    "cancel_transfer",
    "change_life",
    "clear_drafts",
    "close_ceremony",
    "draft_decision",
    "enter_application",
    "give_card",
    "give_opinion",
    "hand_over_card",
    "hold_meeting",
    "plan_ceremony",
    "receive_transfer",
    "receive_volunteer",
    "refuse_application",
    "refuse_transfer",
    "rejoin",
    "replace_card",
    "report_lost",
    "save_application",
    "submit_application",
    "undo_life_act",
    "withdraw_application",
]
