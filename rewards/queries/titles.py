"""Who may be proposed for which title: final annual ratings and what was recognised, set-based."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from evaluations.enums import CycleKind, FactKind, Penalty, RatingState
from evaluations.models import Rating, StaffFact
from foundation.dated import Entry, in_force, load_table
from ledger.actor import Actor
from people.models import Person, Unit
from people.rules import offices_that_may
from rewards.enums import CHECK, StaffTitle, TitleState
from rewards.models import Initiative, Participation, TitleAward
from rewards.queries.seen import over_units
from rewards.rules.titles import Career, TitleVerdict, assess_titles, most_fighters


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person of a year with the verdict on every title, and what is proposed or decided."""

    person: Person
    unit: Unit
    level: str
    is_taking_part: bool
    verdicts: list[TitleVerdict]
    awards: dict[str, TitleAward]

    @property
    def met(self) -> list[TitleVerdict]:
        return [one for one in self.verdicts if one.is_met]

    @property
    def open(self) -> list[TitleVerdict]:
        """Met, and neither proposed nor recognised yet."""
        return [one for one in self.met if one.title not in self.awards]


def rules_of(year: int) -> Entry:
    """The conditions at the end of the year; raises NoRule before the law's first day."""
    return in_force(load_table("rewards", "titles"), date(year, 12, 31))


def final_ratings(by: Actor, year: int) -> QuerySet[Rating]:
    """Final annual ratings of the year in the units the actor's offices cover."""
    rows = Rating.objects.filter(
        cycle__kind=CycleKind.YEAR, cycle__year=year, state=RatingState.FINAL
    ).select_related("person", "employment__unit")
    return over_units(by, rows, "employment__unit").order_by(
        "employment__unit__code", "person__sort_key", "pk"
    )


def candidates(by: Actor, year: int, people: Collection[int] | None = None) -> list[Candidate]:
    """Everybody with a final rating of the year, judged for every title. 7 queries whatever the number."""
    rows = final_ratings(by, year)
    chosen = rows if people is None else rows.filter(person__in=people)
    ratings = list({one.person_id: one for one in chosen}.values())
    keys = [one.person_id for one in ratings]
    careers, entry = careers_of(keys, year, by.on), rules_of(year)
    awards: dict[int, dict[str, TitleAward]] = defaultdict(dict)
    standing = (TitleState.PROPOSED, TitleState.RECOGNISED)
    for award in TitleAward.objects.filter(person__in=keys, year=year, state__in=standing):
        awards[award.person_id][award.title] = award
    return [
        Candidate(
            one.person,
            one.employment.unit,
            one.level,
            year in careers[one.person_id].taking_part,
            assess_titles(careers[one.person_id], year, entry, on=by.on),
            awards[one.person_id],
        )
        for one in ratings
    ]


def careers_of(people: Iterable[int], year: int, on: date) -> dict[int, Career]:
    """What is known of each person up to the year. 5 queries."""
    keys = list(people)
    facts: dict[int, dict[str, Any]] = {
        pk: {"levels": {}, "part": set(), "initiatives": [], "titles": set(), "warned": [], "custody": False}
        for pk in keys
    }
    rated = Rating.objects.filter(
        person__in=keys, cycle__kind=CycleKind.YEAR, cycle__year__lte=year, state=RatingState.FINAL
    ).order_by("cycle__last_on", "final_on", "pk")
    for pk, one, level in rated.values_list("person", "cycle__year", "level"):
        facts[pk]["levels"][one] = level
    part = Participation.objects.filter(person__in=keys, year__lte=year)
    for pk, one in part.values_list("person", "year"):
        facts[pk]["part"].add(one)
    known = Initiative.objects.filter(person__in=keys, recognised_on__lte=date(year, 12, 31))
    for pk, day, reach in known.values_list("person", "recognised_on", "reach"):
        facts[pk]["initiatives"].append((day.year, reach))
    held = TitleAward.objects.filter(person__in=keys, year__lte=year, state=TitleState.RECOGNISED)
    for pk, one, title in held.values_list("person", "year", "title"):
        facts[pk]["titles"].add((one, title))
    heavy = Q(kind=FactKind.DISCIPLINE) & ~Q(penalty=Penalty.REPRIMAND)
    bad = StaffFact.objects.filter(heavy | Q(kind=FactKind.PROSECUTION), person__in=keys)
    for pk, kind, during in bad.values_list("person", "kind", "during"):
        if kind == FactKind.DISCIPLINE:
            facts[pk]["warned"].append(during.lower)
        elif during.lower <= on and (during.upper is None or during.upper > on):
            facts[pk]["custody"] = True
    return {
        pk: Career(
            one["levels"],
            frozenset(one["part"]),
            tuple(one["initiatives"]),
            frozenset(one["titles"]),
            tuple(one["warned"]),
            one["custody"],
        )
        for pk, one in facts.items()
    }


def shares(rows: Iterable[Candidate], entry: Entry) -> tuple[int, int, int]:
    """(advanced workers, fighters of the base) proposed or recognised, and the fighters the share allows."""
    counts = Counter(title for row in rows for title in row.awards)
    advanced = counts[StaffTitle.ADVANCED]
    return advanced, counts[StaffTitle.BASE_FIGHTER], most_fighters(advanced, entry)


def titles_seen(by: Actor) -> QuerySet[TitleAward]:
    """Titles of the units the actor's offices cover."""
    return over_units(by, TitleAward.objects.select_related("person", "unit"), "unit")


def initiatives_seen(by: Actor) -> QuerySet[Initiative]:
    rows = over_units(by, Initiative.objects.select_related("person", "unit"), "unit")
    return rows.order_by("-recognised_on", "pk")


def titles_of(person: Person) -> list[TitleAward]:
    """The person's recognised titles, the latest first."""
    rows = TitleAward.objects.filter(person=person, state=TitleState.RECOGNISED)
    return list(rows.order_by("-year", "pk"))


def may_propose(by: Actor, unit_id: int) -> bool:
    return by.is_system or by.holds_for(offices_that_may(CHECK, by.on), unit_id) is not None
