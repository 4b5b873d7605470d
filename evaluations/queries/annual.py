"""By what a person is rated in a period, and the verdict on a year from the rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import Q

from evaluations.enums import CycleKind, Level, RatingState, Reading
from evaluations.models import Cycle, Employment, Rating, Regulation, StaffFact, YearFacts
from evaluations.rules.annual import (
    Fact,
    Products,
    Shares,
    YearVerdict,
    add_months,
    assess_year,
    penal,
    score_year,
)
from foundation.dated import Cited, Entry, NoRule, in_force, load_table
from foundation.dates import DAY

QUARTER, POINTS, CONDITIONS, OWN, CHOSEN = "quarter", "points", "conditions", "own", "chosen"


@dataclass(frozen=True, slots=True)
class Basis:
    """QUARTER, POINTS, OWN: a scale of points; CONDITIONS: a decree's; CHOSEN: the head says the level."""

    kind: str
    entry: Entry | None

    @property
    def scale(self) -> Entry | None:
        """The entry, where it is a scale of points."""
        return None if self.kind == CONDITIONS else self.entry


@dataclass(frozen=True, slots=True)
class CapRule:
    """How the share of "excellent" is capped in a cycle: by the table, or as the unit's regulation chose."""

    mode: str
    reading: Reading
    share: int
    citation: str
    confirmed: bool


def basis_of(cycle: Cycle, status: str) -> Basis:
    """By what somebody of the legal status is rated in the cycle."""
    if cycle.kind == CycleKind.QUARTER:
        entry = _entry("quarter_scale", cycle)
        return Basis(QUARTER if entry else CHOSEN, entry)
    for kind, table in ((POINTS, "annual_scale"), (CONDITIONS, "annual_conditions")):
        entry = _entry(table, cycle)
        if entry is not None and status in entry.values["statuses"]:
            return Basis(kind, entry)
    own = cycle.regulation
    return Basis(CHOSEN, None) if own is None or own.excellent is None else Basis(OWN, own_scale(own))


def own_scale(own: Regulation) -> Entry:
    """The points of a unit's regulation as an entry."""
    values = {"excellent": own.excellent, "good": own.good, "fair": own.fair}
    cited = {name: Cited(str(value), own.decision, "", own.is_confirmed) for name, value in values.items()}
    return Entry(own.during.lower, None, own.decision, "", own.is_confirmed, MappingProxyType(cited))


def cap_rule(cycle: Cycle) -> CapRule | None:
    """The cap of the cycle; None for a day without a rule."""
    entry = _entry("caps", cycle)
    if entry is None:
        return None
    is_year = cycle.kind == CycleKind.YEAR
    mode, reading = entry.cited["annual" if is_year else "quarter"].value, entry.values["reading"]
    citation, confirmed, own = entry.citation, entry.confirmed, cycle.regulation
    if own is not None and (own.cap_reading or (is_year and own.cap_mode)):
        mode = (own.cap_mode if is_year else "") or mode
        reading = own.cap_reading or reading
        citation, confirmed = f"{citation}; {own.decision}", confirmed and own.is_confirmed
    return CapRule(mode, Reading(reading), int(entry.values["share"]), citation, confirmed)


def facts_of(person_id: int, cycle: Cycle) -> list[StaffFact]:
    """What is entered about the person's working life for days of the cycle, the earliest first. 1 query."""
    rows = StaffFact.objects.filter(
        person=person_id, during__overlap=(cycle.first_on, cycle.last_on + DAY)
    ).select_related("unit")
    return list(rows.order_by("during", "pk"))


def plain_facts(rows: Sequence[StaffFact]) -> list[Fact]:
    return [Fact(row.kind, row.during.lower, row.during.upper, row.decision) for row in rows]


def penal_facts(rating: Rating) -> list[Fact]:
    """Disciplines and prosecutions that the period of the rating counts."""
    cycle = rating.cycle
    return penal(plain_facts(facts_of(rating.person_id, cycle)), cycle.first_on, cycle.last_on)


def verdict_of(rating: Rating, basis: Basis, facts: Sequence[StaffFact] | None = None) -> YearVerdict | None:
    """What the law of the year gives from the facts entered; None where no decree computes it. 2 queries."""
    if basis.entry is None or basis.kind not in (POINTS, CONDITIONS):
        return None
    rows = facts_of(rating.person_id, rating.cycle) if facts is None else facts
    known = year_facts(rating)
    leads = rating.employment.is_head
    if basis.kind == POINTS:
        return score_year(products_of(known), basis.entry, leads=leads)
    return assess_year(shares_of(known), plain_facts(rows), basis.entry, year=rating.cycle.year, leads=leads)


def year_facts(rating: Rating) -> YearFacts:
    """The facts of the year as entered; an empty row if none are."""
    return YearFacts.objects.filter(rating=rating).first() or YearFacts(rating=rating)


def shares_of(row: YearFacts) -> Shares:
    return Shares(
        row.done,
        row.on_time,
        row.exceeded,
        row.units_fair,
        row.units_good,
        row.is_degraded,
        row.has_corruption,
    )


def products_of(row: YearFacts) -> Products:
    return Products(row.general, row.assigned, row.finished, row.errors, row.delays, row.units_fair)


def quarters_of(rating: Rating) -> list[Rating]:
    """The person's final quarters of the year of an annual rating, wherever they were rated. 1 query."""
    rows = Rating.objects.filter(
        person=rating.person_id,
        cycle__kind=CycleKind.QUARTER,
        cycle__year=rating.cycle.year,
        state=RatingState.FINAL,
    )
    return list(rows.select_related("cycle__unit").order_by("cycle__number"))


def opinions_asked(rating: Rating, basis: Basis) -> list[Employment]:
    """Employments of the year in other units long enough that their opinion is asked for. 1 query."""
    if basis.kind != CONDITIONS or basis.entry is None:
        return []
    months = int(basis.entry.values["opinion_months"])
    first_on, job = rating.cycle.first_on, rating.employment
    rows = Employment.objects.filter(
        ~Q(unit=job.unit_id), person=rating.person_id, during__overlap=(first_on, rating.cycle.last_on + DAY)
    ).select_related("unit")
    return [
        row
        for row in rows
        if row.during.upper and add_months(max(row.during.lower, first_on), months) <= row.during.upper
    ]


def final_years(year: int) -> dict[int, list[tuple[int, Level]]]:
    """Per person (year, level) of every final annual rating up to the year, the latest first. 1 query.

    Only what is final counts: published ones may still change.
    """
    rows = Rating.objects.filter(
        cycle__kind=CycleKind.YEAR, cycle__year__lte=year, state=RatingState.FINAL
    ).order_by("person", "-cycle__year", "-cycle__last_on")
    found: dict[int, dict[int, Level]] = {}
    for person_id, one, level in rows.values_list("person", "cycle__year", "level"):
        found.setdefault(person_id, {}).setdefault(one, Level(level))
    return {person_id: list(years.items()) for person_id, years in found.items()}


def _entry(table: str, cycle: Cycle) -> Entry | None:
    try:
        return in_force(load_table("evaluations", table), cycle.last_on)
    except NoRule:
        return None
