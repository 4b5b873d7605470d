"""Phone numbers as people write them, and the one form they are looked up by (E.164)."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from foundation.dated import in_force, load_table
from people.enums import PhoneKind
from people.rules.findings import Finding

_SEVERAL = re.compile(r"[;,/\n|]| - |\bhoặc\b|\bvà\b", re.IGNORECASE)
_DRESSING = re.compile(r"[\s.()\-\u00a0\u2010-\u2015_']")
FOREIGN_SHORTEST, LONGEST = 8, 15  # digits after the plus (ITU-T E.164)


@dataclass(frozen=True, slots=True)
class PhoneFound:
    """One number: E.164 form, kind, as it was given."""

    number: str
    kind: PhoneKind
    as_given: str


@dataclass(frozen=True, slots=True)
class PhonesRead:
    """The numbers of one cell, in order, each once; and what there is to say."""

    phones: tuple[PhoneFound, ...] = ()
    findings: tuple[Finding, ...] = ()


@cache
def phone_table(on: date) -> Any:
    """The values of tables/phone_prefixes.toml in force on the day."""
    return in_force(load_table("people", "phone_prefixes"), on).values


def read_phones(text: str, *, on: date, cell: str = "") -> PhonesRead:
    """The phones a cell holds: mobiles and landlines of Viet Nam, foreign numbers with a plus."""
    phones: dict[str, PhoneFound] = {}
    findings: list[Finding] = []
    for part in _SEVERAL.split(text):
        given = part.strip()
        if not given:
            continue
        number, kind, code = _read_one(given, phone_table(on))
        if code:
            params = {"first": "0" + number[3:5]} if code == "phone_old" else {}
            findings.append(Finding(code, cell, params=params))
        if number:
            phones.setdefault(number, PhoneFound(number, kind, given[:40]))
    return PhonesRead(tuple(phones.values()), tuple(findings))


def _read_one(given: str, table: Any) -> tuple[str, PhoneKind, str]:
    """Number, kind, and the code of what was found; no number if it cannot be read."""
    bare = _DRESSING.sub("", given)
    plain = bare.removeprefix("+")
    if not (plain.isascii() and plain.isdigit()):
        return "", PhoneKind.OTHER, "phone_unreadable"
    country = table["country"]
    if bare.startswith("+") and not plain.startswith(country):
        fits = FOREIGN_SHORTEST <= len(plain) <= LONGEST
        return ("+" + plain, PhoneKind.OTHER, "") if fits else ("", PhoneKind.OTHER, "phone_unreadable")
    if plain.startswith(country) and len(plain) > len(country) + 8:
        local, note = plain[len(country) :].removeprefix("0"), ""
    elif plain.startswith("0"):
        local, note = plain[1:], ""
    else:
        local, note = plain, "phone_zero"
    if len(local) == 10 and local[:3] in table["old_mobile"]:
        local, note = table["old_mobile"][local[:3]] + local[3:], "phone_old"
    if len(local) == 9 and local[0] in table["mobile_first"]:
        return f"+{country}{local}", PhoneKind.MOBILE, note
    if len(local) == 10 and local[0] in table["landline_first"]:
        return f"+{country}{local}", PhoneKind.LANDLINE, note
    return "", PhoneKind.OTHER, "phone_unreadable"


def shown_phone(number: str) -> str:
    """As officers read it: "0912 345 678" of +84912345678; foreign numbers as they are."""
    if not number.startswith("+84"):
        return number
    local = "0" + number[3:]
    return f"{local[:4]} {local[4:7]} {local[7:]}"
