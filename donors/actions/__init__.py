"""Every write on donors and donations."""

from donors.actions.attesting import confirm_turns, issue_card, renew_share_code
from donors.actions.declaring import declare_donation
from donors.actions.donations import confirm_donation, record_donation, use_certificate, void_donation
from donors.actions.donors import defer_donor, drop_deferral, register_donor, set_group, set_willing
from donors.actions.families import found_family, join_family, leave_family
from donors.actions.rules import end_local_rule, set_booking, set_local_rule

__all__ = [
    "confirm_donation",
    "confirm_turns",
    "declare_donation",
    "defer_donor",
    "drop_deferral",
    "end_local_rule",
    "found_family",
    "issue_card",
    "join_family",
    "leave_family",
    "record_donation",
    "register_donor",
    "renew_share_code",
    "set_booking",
    "set_group",
    "set_local_rule",
    "set_willing",
    "use_certificate",
    "void_donation",
]
