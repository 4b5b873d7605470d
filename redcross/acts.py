"""What each act code of the audit log is called. An act without a name here fails a house test."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Promise] = {
    "news.write_post": _("Post written"),
    "news.edit_post": _("Post changed"),
    "news.propose_post": _("Post sent to the publisher"),
    "news.return_post": _("Post returned"),
    "news.publish_post": _("Post published"),
    "news.withdraw_post": _("Post taken down"),
    "news.add_picture": _("Picture taken in"),
    "news.describe_picture": _("Picture described"),
    "news.make_rendition": _("Picture made at a width"),
    "news.add_video": _("Video taken in"),
    "people.escalate_approval": _("Approval handed up"),
    "people.decide_approval": _("Approval decided"),
    "people.ask_approval": _("Approval asked"),
    "people.carry_out_unit_act": _("Unit act in effect"),
    "people.cancel_unit_act": _("Unit act cancelled"),
    "people.confirm_unit_act": _("Unit act confirmed"),
    "people.enter_unit_act": _("Unit act entered"),
    "people.found_unit": _("Unit founded"),
    "people.add_person": _("Person entered"),
    "people.give_account": _("Account opened"),
    "people.grant_office": _("Office granted"),
    "people.end_office": _("Office ended"),
    "people.make_sign_in_code": _("Sign-in code printed"),
    "people.use_sign_in_code": _("Sign-in code used"),
    "people.sign_up": _("Signed up"),
    "people.sign_in": _("Signed in"),
    "people.sign_in_failed": _("Wrong password at sign-in"),
    "people.second_step_failed": _("Wrong second step"),
    "people.second_step_set_up": _("Second step set up"),
    "people.second_step_removed": _("Second step removed"),
    "people.make_recovery_codes": _("Recovery codes made"),
    "people.use_recovery_code": _("Recovery code used"),
    "people.change_password": _("Password changed"),
    "people.set_password": _("Password set"),
    "people.reset_password": _("Password reset by e-mail"),
    "people.change_email": _("E-mail changed"),
    "people.end_session": _("Session ended from elsewhere"),
    "letters.new_wording": _("Letter wording taken in"),
    "letters.enqueue": _("Letter written"),
    "letters.retry_letter": _("Letter sent again"),
    "letters.cancel_letter": _("Letter cancelled"),
    "letters.mark_told": _("Recipient told"),
    "letters.mark_arrived": _("Letter found arrived"),
}


def act_label(code: str) -> str:
    """The name of an act in the reader's language; the code itself where it has none."""
    return str(ACTS.get(code, code))
