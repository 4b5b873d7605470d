"""Which titles a member of staff may be proposed for, from final annual ratings and what was recognised."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.dated import Entry
from foundation.dates import format_date
from foundation.refusal import Reason
from rewards.enums import Reach, StaffTitle

ORDER = ("poor", "fair", "good", "excellent")  # levels of evaluations, the lowest first


@dataclass(frozen=True, slots=True)
class Career:
    """What is known of a member of staff: level by year (final only), years of emulation, initiatives as
    (year, reach), titles recognised as (year, title), days of warnings or heavier, whether prosecuted."""

    levels: Mapping[int, str] = field(default_factory=dict)
    taking_part: frozenset[int] = frozenset()
    initiatives: tuple[tuple[int, str], ...] = ()
    titles: frozenset[tuple[int, str]] = frozenset()
    warned: tuple[date, ...] = ()
    is_prosecuted: bool = False


@dataclass(frozen=True, slots=True)
class TitleVerdict:
    """Whether a title's conditions are met, why, and whether every value asked is confirmed."""

    title: StaffTitle
    is_met: bool
    reasons: tuple[Reason, ...]
    confirmed: bool


def assess_titles(career: Career, year: int, entry: Entry, *, on: date) -> list[TitleVerdict]:
    """A verdict for every title, the lowest first. Source: Law 06/2022/QH15, Art. 21–24, 74."""
    conditions = Conditions(career, year, entry)
    bar = barred(career, entry, on)
    found = []
    for title in StaffTitle:
        is_met, names, reasons = conditions.of(title)
        confirmed = all(entry.cited[name].confirmed for name in names)
        if bar:
            is_met, reasons = False, [bar, *reasons]
        found.append(TitleVerdict(title, is_met, tuple(reasons), confirmed and entry.confirmed))
    return found


def barred(career: Career, entry: Entry, on: date) -> Reason | None:
    """Why nobody may propose this person now: a warning or more within the years, or under prosecution."""
    citation = entry.cited["barred_years"].citation
    if career.is_prosecuted:
        return Reason(_("Prosecuted or in custody."), citation)
    years = int(entry.values["barred_years"])
    for day in sorted(career.warned, reverse=True):
        until = (
            day.replace(year=day.year + years)
            if (day.month, day.day) != (2, 29)
            else date(day.year + years, 3, 1)
        )
        if day <= on < until:
            told = _("Disciplined with a warning or more on %(day)s: not before %(until)s.")
            return Reason(told % {"day": format_date(day), "until": format_date(until)}, citation)
    return None


def most_fighters(advanced: int, entry: Entry) -> int:
    """How many fighters of the base the share allows, rounded down."""
    return int(Decimal(advanced) * int(entry.values["base_fighter_share"]) / 100)


class Conditions:
    """The conditions of each title for one person and year."""

    def __init__(self, career: Career, year: int, entry: Entry) -> None:
        self.career, self.year, self.entry = career, year, entry

    def of(self, title: StaffTitle) -> tuple[bool, tuple[str, ...], list[Reason]]:
        """(met, values asked, reasons)."""
        checks = {
            StaffTitle.ADVANCED: self.advanced,
            StaffTitle.BASE_FIGHTER: self.base_fighter,
            StaffTitle.CITY_MERIT: self.city_merit,
            StaffTitle.CITY_FIGHTER: self.city_fighter,
            StaffTitle.STATE_MERIT: self.state_merit,
            StaffTitle.NATIONAL_FIGHTER: self.national_fighter,
        }
        return checks[title]()

    def advanced(self) -> tuple[bool, tuple[str, ...], list[Reason]]:
        least = self.entry.values["advanced_least"]
        rated = self.rated(self.year, least)
        part = self.year in self.career.taking_part
        told = _("Registered for the year's emulation.") if part else _("Not registered for emulation.")
        reasons = [self.say("advanced_least", self.level_in(self.year)), self.say("advanced_least", told)]
        return rated and part, ("advanced_least",), reasons

    def base_fighter(self) -> tuple[bool, tuple[str, ...], list[Reason]]:
        is_advanced, names, reasons = self.advanced()
        excellent = self.rated(self.year, self.entry.values["base_fighter_least"])
        initiatives = self.initiatives(1, Reach.BASE)
        told = _("Initiatives recognised in the year: %(count)s.") % {"count": initiatives}
        reasons = [*reasons, self.say("base_fighter_least", told)]
        is_met = is_advanced and (excellent or bool(initiatives))
        return is_met, (*names, "base_fighter_least"), reasons

    def city_fighter(self) -> tuple[bool, tuple[str, ...], list[Reason]]:
        return self.in_a_row(StaffTitle.BASE_FIGHTER, "city_fighter_years", Reach.CITY)

    def national_fighter(self) -> tuple[bool, tuple[str, ...], list[Reason]]:
        return self.in_a_row(StaffTitle.CITY_FIGHTER, "national_fighter_years", Reach.NATION)

    def in_a_row(
        self, below: StaffTitle, name: str, reach: Reach
    ) -> tuple[bool, tuple[str, ...], list[Reason]]:
        """The title below recognised so many years in a row, this one included, and an initiative."""
        years = int(self.entry.values[name])
        held = sum((year, below) in self.career.titles for year in self.last(years))
        initiatives = self.initiatives(years, reach)
        told = _("“%(title)s” recognised in %(held)s of the last %(years)s years.")
        reasons = [
            self.say(name, told % {"title": below.label, "held": held, "years": years}),
            self.say(
                name,
                _("Initiatives with effect in %(reach)s: %(count)s.")
                % {"reach": reach.label, "count": initiatives},
            ),
        ]
        return held == years and initiatives > 0, (name,), reasons

    def city_merit(self) -> tuple[bool, tuple[str, ...], list[Reason]]:
        names = ("city_merit_years", "city_merit_initiatives")
        years, asked = (int(self.entry.values[name]) for name in names)
        rated = sum(self.rated(year, "excellent") for year in self.last(years))
        initiatives = self.initiatives(years, Reach.BASE)
        told = _("Rated excellent in %(held)s of the last %(years)s years.")
        reasons = [
            self.say(names[0], told % {"held": rated, "years": years}),
            self.say(
                names[1],
                _("Initiatives recognised in these years: %(count)s of %(asked)s.")
                % {"count": initiatives, "asked": asked},
            ),
        ]
        return rated == years and initiatives >= asked, names, reasons

    def state_merit(self) -> tuple[bool, tuple[str, ...], list[Reason]]:
        names = ("state_merit_years", "state_merit_titles")
        years, asked = (int(self.entry.values[name]) for name in names)
        rated = sum(self.rated(year, "good") for year in self.last(years))
        fighter = sum((year, StaffTitle.BASE_FIGHTER) in self.career.titles for year in self.last(years))
        merit = any(
            title == StaffTitle.CITY_MERIT and year <= self.year for year, title in self.career.titles
        )
        told = _("Rated good or better in %(held)s of the last %(years)s years.")
        reasons = [
            self.say(names[0], told % {"held": rated, "years": years}),
            self.say(
                names[1],
                _("Fighter of the base in %(held)s of these years, %(asked)s are asked.")
                % {"held": fighter, "asked": asked},
            ),
            self.say(
                names[0],
                _("A certificate of merit of the city is there.")
                if merit
                else _("No certificate of merit of the city yet."),
            ),
        ]
        return rated == years and fighter >= asked and merit, names, reasons

    def last(self, years: int) -> range:
        return range(self.year - years + 1, self.year + 1)

    def rated(self, year: int, least: str) -> bool:
        level = self.career.levels.get(year)
        return level is not None and ORDER.index(level) >= ORDER.index(least)

    def level_in(self, year: int) -> str:
        level = self.career.levels.get(year)
        if level is None:
            return _("No final rating of the year.")
        names = {
            "poor": pgettext("rewards", "no completion"),
            "fair": pgettext("rewards", "completion"),
            "good": pgettext("rewards", "good completion"),
            "excellent": pgettext("rewards", "excellent completion"),
        }
        return _("Final rating of %(year)s: %(level)s.") % {"year": year, "level": names[level]}

    def initiatives(self, years: int, reach: Reach) -> int:
        order = list(Reach)
        return sum(
            year in self.last(years) and order.index(Reach(one)) >= order.index(reach)
            for year, one in self.career.initiatives
        )

    def say(self, name: str, text: str) -> Reason:
        return Reason(text, self.entry.cited[name].citation)
