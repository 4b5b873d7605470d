"""What a check found in a cell: a stable code, the cell, whether it keeps the row from being written.

A finding never holds the cell's value: it is stored and shown to whoever may see the list.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WORDS: dict[str, Promise] = {
    "name_missing": gettext_lazy("The name is missing."),
    "name_digits": gettext_lazy("A name holds no digits."),
    "name_long": gettext_lazy("The name is longer than %(most)s letters."),
    "name_fixed": gettext_lazy("The name is written with proper capitals."),
    "sex_unknown": gettext_lazy("Neither nam nor nữ; left out."),
    "date_no_day": gettext_lazy("There is no such day."),
    "date_unreadable": gettext_lazy("This is no date that can be read."),
    "date_future": gettext_lazy("The day lies in the future."),
    "date_too_old": gettext_lazy("More than %(years)s years old: check the year."),
    "date_child": gettext_lazy("Under %(years)s: the consent of a parent or guardian is needed."),
    "date_serial": gettext_lazy("A number of days as Excel counts them; read as %(day)s."),
    "date_two_digits": gettext_lazy("A year of two digits; read as %(year)s."),
    "date_swapped": gettext_lazy("Month before day; read as %(day)s."),
    "date_year_only": gettext_lazy("Only the year is taken."),
    "phone_unreadable": gettext_lazy("This is no phone number; left out."),
    "phone_zero": gettext_lazy("The leading zero was lost; put back."),
    "phone_old": gettext_lazy("An old mobile number of 11 digits; written as %(first)s…"),
    "identity_unreadable": gettext_lazy(
        "This is no identity number (12 digits, or 9 of an old card); left out."
    ),
    "identity_rounded": gettext_lazy(
        "Excel rounded this number: its digits are lost. Format the column as text."
    ),
    "identity_zero": gettext_lazy("Leading zeros were lost; put back. Check the number."),
    "identity_old": gettext_lazy("An old card of 9 digits."),
    "identity_province": gettext_lazy("The first three digits are no known place of birth registration."),
    "identity_sex": gettext_lazy("The number says another sex than the list."),
    "identity_year": gettext_lazy("The number says another year of birth than the list."),
    "email_unreadable": gettext_lazy("This is no e-mail address; left out."),
    "too_long": gettext_lazy("Cut to %(most)s letters."),
    "formula": gettext_lazy(
        "A formula without a computed value; left out. Open the file in Excel and save it once."
    ),
    "error_value": gettext_lazy("The cell shows an error of Excel; left out."),
    "unit_unknown": gettext_lazy("No unit of this name is yours."),
    "twice": gettext_lazy("The same person as in row %(row)s of this file."),
    "elsewhere": gettext_lazy(
        "There may be a record of this person in another unit. The city chapter will compare."
    ),
    "several": gettext_lazy("Several records fit; merge them first, or write the identity number."),
    "other_name": gettext_lazy("This identity number stands on a record with another name."),
    "other_birth": gettext_lazy("The record found has another date of birth."),
    "other_identity": gettext_lazy("The record found has another identity number."),
    "little_known": gettext_lazy(
        "Somebody of this name is entered; too little is known to say it is the same."
    ),
    "kept_email": gettext_lazy("The record has another e-mail address; it stays."),
    "kept_address": gettext_lazy("The record has another address; it stays."),
    "kept_sex": gettext_lazy("The record has another sex; it stays."),
    "fills": gettext_lazy("Adds to the record: %(what)s."),
    "by_identity": gettext_lazy("Found by the identity number."),
    "by_phone": gettext_lazy("Found by phone and name."),
    "by_birth": gettext_lazy("Found by name and date of birth."),
    "by_name": gettext_lazy("Found by name."),
    "written": gettext_lazy("Written."),
}
FIELDS: dict[str, Promise] = {
    "sex": gettext_lazy("sex"),
    "birth_date": gettext_lazy("date of birth"),
    "birth_year": gettext_lazy("year of birth"),
    "email": gettext_lazy("e-mail"),
    "address": gettext_lazy("address"),
    "note": gettext_lazy("note"),
    "phone": gettext_lazy("phone"),
    "identity": gettext_lazy("identity number"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """`blocks`: the row cannot be written with it; else it is only told."""

    code: str
    cell: str = ""
    blocks: bool = False
    params: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {"code": self.code}
        found |= {"cell": self.cell} if self.cell else {}
        return found | ({"params": dict(self.params)} if self.params else {})


def words_of(found: Mapping[str, Any]) -> str:
    """A stored finding as a sentence with its cell: "Cell F8: …"."""
    return Speaker()(found)


class Speaker:
    """`words_of` for many findings, in the language of its making: each sentence is looked up once."""

    def __init__(self) -> None:
        self.with_cell = _("Cell %(cell)s: %(text)s")
        self.known: dict[str, str] = {}

    def __call__(self, found: Mapping[str, Any]) -> str:
        params = found.get("params")
        key = f"{found['code']} {params}" if params else found["code"]
        text = self.known.get(key)
        if text is None:
            text = self.known[key] = self._sentence(found["code"], dict(params or {}))
        cell = found.get("cell")
        return self.with_cell % {"cell": cell, "text": text} if cell else text

    def _sentence(self, code: str, params: dict[str, Any]) -> str:
        if code == "fills":
            params["what"] = ", ".join(str(FIELDS[name]) for name in params["what"])
        return str(WORDS[code]) % params
