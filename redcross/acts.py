"""What each act code of the audit log is called. An act without a name here fails a house test."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Promise] = {
    "people.found_unit": _("Unit founded"),
    "people.add_person": _("Person entered"),
    "people.give_account": _("Account opened"),
    "people.grant_office": _("Office granted"),
    "people.end_office": _("Office ended"),
    "people.make_sign_in_code": _("Sign-in code printed"),
    "people.use_sign_in_code": _("Sign-in code used"),
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
