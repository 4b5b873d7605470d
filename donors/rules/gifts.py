"""The donation cells of a row: day, volume, group, as lists hold them; what is not understood is told."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from donors.enums import Component
from foundation.dated import load_table
from foundation.text import fold
from people.rules.cells import Formula, text_of
from people.rules.columns import column_letter
from people.rules.findings import Finding, Speaker

FIELDS = ("given_on", "volume", "blood", "serial", "place", "component")
_PARTS = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_WORDS = re.compile(r"ngay (\d{1,2}) thang (\d{1,2}) nam (\d{4})")
_SERIALS = range(36_000, 60_000)  # days since 1899-12-30, as Excel counts: 1998 to 2064
_LITRES = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:lit|l)")
_ML = re.compile(r"(\d{1,5})(?:[.,]0+)?\s*(?:ml|cc)?")
_GROUP = re.compile(r"(ab|[abo])(?![a-z])")
LONGEST = {"serial": 30, "place": 200}

WORDS: dict[str, Promise] = {
    "day_missing": gettext_lazy("The day of donation is missing."),
    "day_unread": gettext_lazy("This is no day of donation."),
    "day_future": gettext_lazy("The day of donation lies in the future."),
    "volume_unread": gettext_lazy("This volume cannot be read."),
    "volume_most": gettext_lazy("%(ml)s ml cannot be given at one time; the most is %(top)s ml."),
    "group_unread": gettext_lazy("The blood group is not understood; left out."),
    "component_unread": gettext_lazy("This component is not understood."),
    "row_before": gettext_lazy("This row was brought in before."),
    "given_there": gettext_lazy("The donation stands already."),
    "twice_in_file": gettext_lazy("The same donation as in row %(row)s."),
    "volume_differs": gettext_lazy("The donation of this day stands with another volume."),
    "serial_twice": gettext_lazy("This certificate serial stands on another donation."),
    "by_name_only": gettext_lazy("Found by name alone: that does not decide."),
    "new_person": gettext_lazy("A new person and donor."),
    "thin": gettext_lazy("Nobody of this name is known, and a name alone makes no new person."),
    "no_new": gettext_lazy("Nobody is known, and new people are not to be entered."),
    "recorded": gettext_lazy("Recorded."),
}


@dataclass(slots=True)
class Gift:
    """What a row says of a donation."""

    on: date | None = None
    volume_ml: int | None = None
    component: str = Component.WHOLE_BLOOD
    group: str = ""
    rhesus: str = ""
    serial: str = ""
    place: str = ""
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_wrong(self) -> bool:
        return any(finding.blocks for finding in self.findings)


@cache
def list_words() -> Any:
    """The newest entry of tables/list_columns.toml."""
    return load_table("donors", "list_columns")[-1].values


def row_speaker() -> Callable[[Mapping[str, Any]], str]:
    """Says stored findings as sentences with their cell; those of people's cells as people says them."""
    theirs = Speaker()
    ours = {code: str(words) for code, words in WORDS.items()}

    def say(found: Mapping[str, Any]) -> str:
        words = ours.get(found["code"])
        if words is None:
            return theirs(found)
        said = words % dict(found.get("params", {}))
        return theirs.with_cell % {"cell": found["cell"], "text": said} if found.get("cell") else said

    return say


def read_gift(values: Sequence[Any], columns: Mapping[str, int], *, row: int, on: date, top_ml: int) -> Gift:
    """The donation of the row of that number; `top_ml` is the most that can be given at one time."""
    gift = Gift()
    cells = {name: f"{column_letter(place)}{row}" for name, place in columns.items()}
    raw = {
        name: values[columns[name]]
        for name in FIELDS
        if name in columns and columns[name] < len(values) and not isinstance(values[columns[name]], Formula)
    }

    def say(code: str, name: str, *, blocks: bool = False, **params: Any) -> None:
        gift.findings.append(Finding(code, cells.get(name, ""), blocks, params))

    if not text_of(raw.get("given_on")):
        say("day_missing", "given_on", blocks=True)
    elif (day := read_day(raw["given_on"])) is None:
        say("day_unread", "given_on", blocks=True)
    elif day > on:
        say("day_future", "given_on", blocks=True)
    else:
        gift.on = day
    if text := text_of(raw.get("volume")):
        ml = read_volume(text)
        if ml is None:
            say("volume_unread", "volume", blocks=True)
        elif ml > top_ml:
            say("volume_most", "volume", blocks=True, ml=ml, top=top_ml)
        else:
            gift.volume_ml = ml
    if (text := text_of(raw.get("blood"))) and fold(text) not in {"?", "-", "khong ro", "chua ro"}:
        gift.group, gift.rhesus = read_group(text)
        if not (gift.group or gift.rhesus):
            say("group_unread", "blood")
    if text := fold(text_of(raw.get("component"))):
        known = {fold(word): code for code, row_ in list_words()["components"].items() for word in row_}
        gift.component = known.get(text, "")
        if not gift.component:
            say("component_unread", "component", blocks=True)
    gift.serial = text_of(raw.get("serial"))[: LONGEST["serial"]]
    gift.place = text_of(raw.get("place"))[: LONGEST["place"]]
    return gift


def read_day(value: Any) -> date | None:
    """A day as lists write it: 18/09/24, 2023-05-02, "ngày 5 tháng 3 năm 2024", Excel's own; a year of two
    figures is of this century, since no list of the portal is older."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and int(value) in _SERIALS:
        return date(1899, 12, 30) + timedelta(days=int(value))
    text = fold(text_of(value))
    try:
        if found := _YEAR_FIRST.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _PARTS.fullmatch(text) or _WORDS.fullmatch(text):
            year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
            return date(year, int(found[2]), int(found[1]))
    except ValueError:
        return None
    return None


def read_volume(text: str) -> int | None:
    """Millilitres: 350, 350ml, 0,35 lít."""
    plain = fold(text)
    if found := _LITRES.fullmatch(plain):
        return int(Decimal(found[1].replace(",", ".")) * 1000)
    found = _ML.fullmatch(plain)
    return int(found[1]) if found else None


def read_group(text: str) -> tuple[str, str]:
    """ABO and Rh: O+, "o rh dương", B Rh(+), A."""
    plain = fold(text)
    abo = _GROUP.match(plain.replace("0", "o", 1))
    rest = plain[len(abo[0]) :] if abo else plain
    if "+" in rest or "duong" in rest:
        rhesus = "+"
    elif "-" in rest or "−" in text or "am" in rest:
        rhesus = "-"
    else:
        rhesus = ""
    return (abo[0].upper() if abo else "", rhesus)
