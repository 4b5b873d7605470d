"""Identity numbers: what twelve digits say, checked with warnings that never block.

Three digits of the place of birth registration, one of century and sex, two of the year, six of chance
(Circular 07/2016/TT-BCA).
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from foundation.dated import in_force, load_table
from people.enums import IdKind, Sex
from people.rules.findings import Finding

_DRESSING = re.compile(r"[\s.\-'\u00a0]")
_PASSPORT = re.compile(r"[A-Z]{1,2}\d{7}")
_ROUNDED = re.compile(r"\d+([.,]\d+)?[eE]\+?\d+")


@dataclass(frozen=True, slots=True)
class IdentityRead:
    """The number ("" if none can be read), its kind, and what there is to say."""

    number: str = ""
    kind: IdKind = IdKind.CCCD
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What a number of twelve digits says of its holder; "" for an unknown place."""

    province: str
    sex: Sex
    birth_year: int


@cache
def identity_table(on: date) -> Any:
    """The values of tables/identity_provinces.toml in force on the day."""
    return in_force(load_table("people", "identity_provinces"), on).values


def said_by(number: str, *, on: date) -> Said:
    """Place of registration, sex and year of birth in a number of twelve digits."""
    table = identity_table(on)
    digit = int(number[3])
    century = table["centuries"][str(digit - digit % 2)]
    sex = Sex.FEMALE if digit % 2 else Sex.MALE
    return Said(table["provinces"].get(number[:3], ""), sex, century + int(number[4:6]))


def read_identity(
    text: str, *, on: date, sex: str = "", birth_year: int | None = None, cell: str = ""
) -> IdentityRead:
    """The identity number of a cell: zeros that Excel dropped are put back, and told."""
    bare = _DRESSING.sub("", text).upper()
    if _PASSPORT.fullmatch(bare):
        return IdentityRead(bare, IdKind.PASSPORT)
    if _ROUNDED.fullmatch(bare):
        return IdentityRead(findings=(Finding("identity_rounded", cell),))
    if not (bare.isascii() and bare.isdigit()):
        return IdentityRead(findings=(Finding("identity_unreadable", cell),))
    findings: list[Finding] = []
    if len(bare) in (10, 11) and not bare.startswith("0"):
        bare = bare.zfill(12)
        findings.append(Finding("identity_zero", cell))
    if len(bare) == 9:
        return IdentityRead(bare, IdKind.CMND, (Finding("identity_old", cell),))
    if len(bare) != 12:
        return IdentityRead(findings=(Finding("identity_unreadable", cell),))
    said = said_by(bare, on=on)
    if not said.province:
        findings.append(Finding("identity_province", cell))
    if sex and said.sex != sex:
        findings.append(Finding("identity_sex", cell))
    if birth_year is not None and said.birth_year != birth_year:
        findings.append(Finding("identity_year", cell))
    return IdentityRead(bare, IdKind.CCCD, tuple(findings))


def masked(number: str) -> str:
    """What may be shown of a number: its last three digits."""
    return "•" * max(len(number) - 3, 0) + number[-3:]
