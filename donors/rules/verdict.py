"""The verdict: may give, not yet, or ask the doctor, with every rule that was tried.

The examining doctor decides in the end; a page that shows a verdict always says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from donors.enums import Component
from donors.rules.days import after, birthday
from foundation.dated import Cited, Entry
from foundation.dates import format_date

Words = str | Promise
APHERESIS = frozenset(Component) - {Component.WHOLE_BLOOD}


class Outcome(StrEnum):
    MAY = "may"
    NOT_YET = "not_yet"
    ASK = "ask"


class Found(StrEnum):
    """What one rule found."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    DOCTOR = "doctor"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known; None is unknown and never assumed. Measured values live only in here, never in a row.

    `given` are earlier donations (day, component); `ended` the day each deferring event ended, by the
    table's name ("tattoo"), or None where the day is unknown; `has_condition` a word of Article 4.2c;
    `carried` the days up to which donations are proven whose own days are not known;
    `hours_off` hours from giving to the next shift, of who does work of Article 5.5 alone.
    """

    component: Component = Component.WHOLE_BLOOD
    born_from: date | None = None
    born_to: date | None = None
    sex: str = ""
    kg: Decimal | None = None
    given: Sequence[tuple[date, Component]] | None = None
    carried: Sequence[date] = ()
    deferred_until: date | None = None
    ended: Mapping[str, date | None] = field(default_factory=dict)
    has_condition: bool | None = None
    hours_off: int | None = None
    hb: int | None = None
    systolic: int | None = None
    diastolic: int | None = None
    pulse: int | None = None


@dataclass(frozen=True, slots=True)
class Stricter:
    """A place's own rule on top of the law."""

    subject: str
    value: int
    citation: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Check:
    """One rule tried: what was found, the value, what the rule asks, the article, from which day it holds."""

    code: str
    found: Found
    label: Words
    value: str
    threshold: str
    citation: str
    confirmed: bool
    earliest: date | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome on a day. `earliest` is None where no day can be named; volumes are in ml."""

    on: date
    outcome: Outcome
    checks: tuple[Check, ...]
    earliest: date | None
    most_ml: int | None
    bag_ml: int | None

    @property
    def unknown(self) -> tuple[Check, ...]:
        """The facts that are missing."""
        return tuple(check for check in self.checks if check.found == Found.UNKNOWN)

    @property
    def against(self) -> tuple[Check, ...]:
        """What stands against giving on the day."""
        return tuple(check for check in self.checks if check.found in {Found.FAILED, Found.DOCTOR})

    def kept(self) -> dict[str, Any]:
        """What may be stored of a verdict: day, articles, pass or not, earliest day. No measured value."""
        return {
            "on": self.on.isoformat(),
            "passed": self.outcome == Outcome.MAY,
            "articles": sorted({check.citation for check in self.against}),
            "earliest": self.earliest.isoformat() if self.earliest else None,
        }


def assess(facts: Facts, entry: Entry, *, on: date, stricter: Sequence[Stricter] = ()) -> Verdict:
    """Try every rule of the entry on the day (Circular 26/2013/TT-BYT, Articles 4 to 6)."""
    checks = tuple(_checks(facts, entry, on, stricter))
    found = {check.found for check in checks}
    if Found.FAILED in found:
        outcome = Outcome.NOT_YET
    elif found & {Found.DOCTOR, Found.UNKNOWN}:
        outcome = Outcome.ASK
    else:
        outcome = Outcome.MAY
    most, bag = largest_volume(facts, entry)
    return Verdict(on, outcome, checks, _earliest(checks, facts, entry, on), most, bag)


def largest_volume(facts: Facts, entry: Entry) -> tuple[int | None, int | None]:
    """(most ml by law, the largest bag in use that fits); None where the weight is unknown or too low."""
    values = entry.values
    if facts.kg is None:
        return None, None
    if facts.component in APHERESIS:
        fits = [tier["most_ml"] for tier in values["apheresis"] if facts.kg >= tier["least_kg"]]
        return (max(fits), None) if fits else (None, None)
    if facts.kg < min(values["least_kg"].values()):
        return None, None
    if facts.kg < values["light_below_kg"]:
        most = values["light_most_ml"]
    else:
        most = min(int(facts.kg * values["most_ml_per_kg"]), values["most_ml"])
    if facts.hb is not None and facts.hb < values["least_hb_large"]:
        most = min(most, values["hb_large_over_ml"])
    return most, max((bag for bag in values["bags_ml"] if bag <= most), default=None)


def _checks(facts: Facts, entry: Entry, on: date, stricter: Sequence[Stricter]) -> Iterator[Check]:
    yield _age(facts, entry, on)
    yield _weight(facts, entry)
    yield from (_stricter(facts, rule) for rule in stricter if rule.subject == f"least_kg_{facts.sex}")
    yield _interval(facts, entry, on)
    if facts.deferred_until is not None:
        yield _deferral(facts.deferred_until, on)
    yield from (_event(name, day, entry, on) for name, day in sorted(facts.ended.items()))
    condition = {None: Found.UNKNOWN, True: Found.DOCTOR, False: Found.PASSED}[facts.has_condition]
    citation = entry.cited["least_age"].citation.split(",")[0] + ", Điều 4 khoản 2 điểm c"
    yield Check("condition", condition, _("Illness, pregnancy, medicine"), "", "", citation, False)
    if facts.hours_off is not None:
        cited = entry.cited["off_duty_hours"]
        label, told = _("Hours until dangerous work"), str(facts.hours_off)
        yield _check("work", facts.hours_off >= cited.value, label, told, f"≥ {cited.value}", cited)
    yield from _measured(facts, entry)


def _check(
    code: str, passed: bool | None, label: Words, value: str, threshold: str, cited: Cited, *rest: Any
) -> Check:
    found = {None: Found.UNKNOWN, True: Found.PASSED, False: Found.FAILED}[passed]
    return Check(code, found, label, value, threshold, cited.citation, cited.confirmed, *rest)


def age_window(born: date, entry: Entry) -> tuple[date, date]:
    """First and last day on which the age allows giving; the last is the upper birthday itself."""
    return birthday(born, entry.values["least_age"]), birthday(born, entry.values["most_age"])


def _age(facts: Facts, entry: Entry, on: date) -> Check:
    low, high = entry.values["least_age"], entry.values["most_age"]
    asked, cited = f"{low}–{high}", entry.cited["least_age"]
    if facts.born_from is None or facts.born_to is None:
        return _check("age", None, _("Age"), "", asked, cited)
    windows = [age_window(born, entry) for born in (facts.born_from, facts.born_to)]
    fits = {first <= on <= last for first, last in windows}
    told = f"{on.year - facts.born_to.year - (birthday(facts.born_to, on.year - facts.born_to.year) > on)}"
    is_over = windows[1][1] < on
    passed = fits.pop() if len(fits) == 1 else None
    return _check("age", passed, _("Age"), told, asked, cited, None if is_over else windows[1][0])


def _weight(facts: Facts, entry: Entry) -> Check:
    if facts.component in APHERESIS:
        cited = entry.cited["apheresis"]
        least = min(tier["least_kg"] for tier in cited.value)
    else:
        cited = entry.cited["least_kg"]
        known = cited.value.get(facts.sex)
        if known is None:
            return _check("weight", None, _("Weight, by sex"), "", "", cited)
        least = known
    passed = None if facts.kg is None else facts.kg >= least
    return _check("weight", passed, _("Weight"), _kg(facts.kg), f"≥ {least} kg", cited)


def _stricter(facts: Facts, rule: Stricter) -> Check:
    cited = Cited(rule.value, rule.citation, rule.citation, rule.confirmed)
    passed = None if facts.kg is None else facts.kg >= rule.value
    label = _("Weight, the city's stricter rule")
    return _check("stricter", passed, label, _kg(facts.kg), f"≥ {rule.value} kg", cited)


def _kg(kg: Decimal | None) -> str:
    return "" if kg is None else f"{kg.normalize():f} kg".replace(".", ",")


def interval_end(given: Sequence[tuple[date, Component]], entry: Entry, on: date) -> date | None:
    """The first day on which one may give again, by the component given last up to the day."""
    past = sorted(row for row in given if row[0] <= on)
    if not past:
        return None
    last_on, component = past[-1]
    if component != Component.GRANULOCYTES:
        return last_on + timedelta(days=entry.values["interval_days"][component])
    limit = entry.values["granulocytes"]
    same = [day for day, kind in past if kind == component]
    full = len(same) >= limit["most"]
    return same[-limit["most"]] + timedelta(days=limit["days"]) if full else last_on


def _interval(facts: Facts, entry: Entry, on: date) -> Check:
    cited, label = entry.cited["interval_days"], _("Days since the last donation")
    if facts.given is None:
        return _check("interval", None, label, "", "", cited)
    past = sorted(row for row in facts.given if row[0] <= on)
    free = interval_end(facts.given, entry, on)
    upto = max((day for day in facts.carried if day <= on), default=None)
    if upto is not None and (free is None or free <= on) and (not past or past[-1][0] < upto):
        longest = max(cited.value.values())  # the last of them may lie on that very day
        known = True if upto + timedelta(days=longest) <= on else None
        return _check("interval", known, label, f"≥ {(on - upto).days}", f"≥ {longest}", cited)
    if free is None:
        return _check("interval", True, _("First donation"), "", "", cited)
    last_on, component = past[-1]
    limit = entry.values["granulocytes"]
    asked = (
        f"≥ {cited.value[component]}" if component in cited.value else f"≤ {limit['most']}/{limit['days']}"
    )
    told = f"{(on - last_on).days} ({Component(component).label}, {format_date(last_on)})"
    return _check("interval", free <= on, label, told, asked, cited, free)


def _deferral(until: date, on: date) -> Check:
    found = Found.PASSED if until <= on else Found.FAILED
    label = _("Deferred by the collecting facility")
    return Check("deferral", found, label, format_date(until), "", "", True, until)


def _event(name: str, day: date | None, entry: Entry, on: date) -> Check:
    cited = entry.cited[f"after_{name}"]
    label = cited.value["name"][:1].upper() + cited.value["name"][1:]
    if day is None:
        return _check(name, None, label, "", "", cited)
    free = after(day, cited.value)
    return _check(name, free <= on, label, format_date(day), format_date(free), cited, free)


def _measured(facts: Facts, entry: Entry) -> Iterator[Check]:
    """What is measured at the drive; unknown before, and then said to be measured there."""
    if facts.hb is not None:
        cited = entry.cited["least_hb"]
        asked = f"≥ {cited.value} g/l"
        yield _check("hb", facts.hb >= cited.value, _("Haemoglobin"), f"{facts.hb} g/l", asked, cited)
    for name, value, label in (
        ("systolic", facts.systolic, _("Upper blood pressure")),
        ("diastolic", facts.diastolic, _("Lower blood pressure")),
    ):
        if value is not None:
            cited = entry.cited[name]
            least, below = cited.value["least"], cited.value["below"]
            yield _check(name, least <= value < below, label, str(value), f"{least} – < {below}", cited)
    if facts.pulse is not None:
        cited = entry.cited["pulse"]
        least, top = cited.value["least"], cited.value["most"]
        asked = f"{least} – {top}"
        yield _check("pulse", least <= facts.pulse <= top, _("Pulse"), str(facts.pulse), asked, cited)


def _earliest(checks: Sequence[Check], facts: Facts, entry: Entry, on: date) -> date | None:
    """The first day from `on` that no dated rule stands against; None if age or an undated rule closes it."""
    if any(check.found == Found.FAILED and check.earliest is None for check in checks):
        return None
    day = max([on, *(check.earliest for check in checks if check.earliest is not None)])
    if facts.born_to is not None and day > age_window(facts.born_to, entry)[1]:
        return None
    return day
