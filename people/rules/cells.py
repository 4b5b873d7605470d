"""A row of a list becomes what is known of one person, with a reason for everything that was not taken."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from foundation.dates import format_date
from foundation.text import fold, proper_name
from people.enums import Sex
from people.rules.columns import column_letter, list_table
from people.rules.days import read_birth
from people.rules.findings import Finding
from people.rules.identity import read_identity
from people.rules.phones import PhoneFound, read_phones

LONGEST = {"address": 300, "note": 300}
LONGEST_NAME = 120
MOST_IN_FOOTER = 4  # cells of a total or a signature
ERRORS = frozenset({"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"})


class Formula:
    """What a cell holds whose formula was never computed."""


FORMULA = Formula()


@dataclass(slots=True)
class Draft:
    """What a row says of a person; `findings` in the order of the columns."""

    name: str = ""
    name_as_given: str = ""
    sex: str = ""
    birth_date: date | None = None
    birth_year: int | None = None
    identity: str = ""
    identity_kind: str = ""
    phones: tuple[PhoneFound, ...] = ()
    email: str = ""
    address: str = ""
    unit: str = ""
    note: str = ""
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_wrong(self) -> bool:
        return any(finding.blocks for finding in self.findings)


@cache
def _words(on: date, name: str) -> frozenset[str]:
    return frozenset(list_table(on)["words"][name])


@cache
def _longest(on: date, name: str) -> int:
    """How long a cell of one of the words may be: with its marks apart and some white space."""
    return 4 * max(map(len, _words(on, name)))


@cache
def _sexes(on: date) -> dict[str, Sex]:
    return {word: Sex(code) for code, words in list_table(on)["sexes"].items() for word in words}


def text_of(value: Any) -> str:
    """A cell as text: NFC, squeezed; whole numbers without a point, days as dd/mm/yyyy."""
    if value is None or isinstance(value, Formula):
        return ""
    if isinstance(value, str):
        return " ".join(unicodedata.normalize("NFC", value).split())
    if isinstance(value, bool):
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime | date):
        return format_date(value.date() if isinstance(value, datetime) else value)
    return str(value)


def is_no_person(values: Sequence[Any], on: date) -> bool:
    """True for rows that name nobody: empty ones, totals, signatures below a list."""
    if len(values) - values.count(None) > MOST_IN_FOOTER:
        return False
    texts = [text for value in values if (text := text_of(value))]
    if not texts:
        return True
    return any(fold(text).startswith(tuple(_words(on, "footer"))) for text in texts)


def is_header_again(values: Sequence[Any], headers: Sequence[str]) -> bool:
    """True if a row repeats the header, as lists printed on several pages do."""
    first = next((place for place, value in enumerate(values) if value is not None), len(headers))
    if first >= len(headers) or text_of(values[first]) != text_of(headers[first]):
        return False
    texts = [text_of(value) for value in values]
    said = [text for text in texts if text]
    return len(said) >= 2 and texts[: len(headers)] == [text_of(one) for one in headers][: len(texts)]


def read_row(values: Sequence[Any], columns: Mapping[str, int], *, row: int, on: date) -> Draft:
    """What the row of that number says; `columns` gives the place of each field, from 0."""
    draft = Draft()
    nothing, longest = _words(on, "nothing"), _longest(on, "nothing")
    raw: dict[str, Any] = {}
    cells: dict[str, str] = {}
    for name, place in columns.items():
        value = values[place] if place < len(values) else None
        cells[name] = f"{column_letter(place)}{row}"
        if isinstance(value, Formula):
            draft.findings.append(Finding("formula", cells[name]))
        elif isinstance(value, str) and value in ERRORS:
            draft.findings.append(Finding("error_value", cells[name]))
        elif not (isinstance(value, str) and len(value) <= longest and fold(value) in nothing):
            raw[name] = value
    _name(draft, raw, cells)
    _sex_and_birth(draft, raw, cells, on)
    if text := text_of(raw.get("identity")):
        said = read_identity(text, on=on, sex=draft.sex, birth_year=draft.birth_year, cell=cells["identity"])
        draft.identity, draft.identity_kind = said.number, said.kind if said.number else ""
        draft.findings += said.findings
    if text := text_of(raw.get("phone")):
        phones = read_phones(text, on=on, cell=cells["phone"])
        draft.phones = phones.phones
        draft.findings += phones.findings
    if text := text_of(raw.get("email")):
        _email(draft, text.lower(), cells["email"])
    for name, most in LONGEST.items():
        text = text_of(raw.get(name))
        if len(text) > most:
            draft.findings.append(Finding("too_long", cells[name], params={"most": most}))
        setattr(draft, name, text[:most])
    draft.unit = text_of(raw.get("unit"))
    return draft


def _name(draft: Draft, raw: Mapping[str, Any], cells: Mapping[str, str]) -> None:
    parts = [text_of(raw.get(name)) for name in ("full_name", "family_name", "given_name")]
    cell = cells.get("full_name") or cells.get("given_name", "")
    draft.name_as_given = " ".join(part for part in parts if part)
    draft.name = proper_name(draft.name_as_given)
    if not fold(draft.name):
        draft.findings.append(Finding("name_missing", cell, blocks=True))
    elif any(letter.isdigit() for letter in draft.name):
        draft.findings.append(Finding("name_digits", cell, blocks=True))
    elif len(draft.name) > LONGEST_NAME:
        draft.findings.append(Finding("name_long", cell, True, {"most": LONGEST_NAME}))
    elif draft.name != draft.name_as_given:
        draft.findings.append(Finding("name_fixed", cell))


def _sex_and_birth(draft: Draft, raw: Mapping[str, Any], cells: Mapping[str, str], on: date) -> None:
    if text := text_of(raw.get("sex")):
        draft.sex = _sexes(on).get(fold(text), "")
        if not draft.sex:
            draft.findings.append(Finding("sex_unknown", cells["sex"]))
    for name, sex in (("birth_date", ""), ("birth_male", Sex.MALE), ("birth_female", Sex.FEMALE)):
        value = raw.get(name)
        if not text_of(value):
            continue
        if sex and fold(text_of(value)) == "x":
            draft.sex = sex
            continue
        draft.sex = draft.sex or sex
        read = read_birth(value, on=on, cell=cells[name])
        draft.birth_date, draft.birth_year = read.day, read.year
        draft.findings += read.findings


def _email(draft: Draft, text: str, cell: str) -> None:
    try:
        validate_email(text)
    except ValidationError:
        draft.findings.append(Finding("email_unreadable", cell))
    else:
        if len(text) <= 254:
            draft.email = text
