"""The register of people: who is found in which units, fast at half a million people.

The planner cannot know whether a name is rarer than a unit is small, so it is not asked. Whoever belongs
to few people's units is looked up from the units (`belonging_place`, then primary keys); a rare name from
the trigram index; a frequent name in a large unit by walking the order and stopping at the page.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, overload

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    F,
    Func,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)

from foundation.text import fold, matching
from ledger.actor import Actor
from people.enums import PersonState
from people.models import Belonging, Person, Phone, Unit, UnitCover

SMALL = 20_000  # belongings: up to here a subtree is read whole
RARE = 5_000  # people: up to here a name is looked up before anything else
MOST = 10_000  # rows that can be paged through; beyond, the count says "more than"
PHONE_DIGITS = 6


class AnyOf(Func):
    """`value = ANY(array)`; the array is read first, then its rows by key."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    arity = 2
    output_field = BooleanField()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader asked the register for; `unit` covers all below it, ages are by year of birth."""

    query: str = ""
    unit: Unit | None = None
    kind: str = ""
    sex: str = ""
    age_from: int | None = None
    age_to: int | None = None
    has_phone: bool | None = None
    order: str = "name"

    def stored(self) -> dict[str, Any]:
        """The same as plain values, for the row of an export; `wanted_again` reads it."""
        kept = {name: value for name in KEPT if (value := getattr(self, name)) not in ("", None)}
        return kept | ({"unit": self.unit.code} if self.unit else {})


KEPT = ("query", "kind", "sex", "age_from", "age_to", "has_phone", "order")


def wanted_again(stored: Mapping[str, Any]) -> Wanted:
    """What was asked, from `stored`; a unit that is gone raises Unit.DoesNotExist."""
    unit = Unit.objects.get(code=stored["unit"]) if "unit" in stored else None
    return Wanted(unit=unit, **{name: stored[name] for name in KEPT if name in stored})


class Ranked(Sequence[Person]):
    """People in order: those whose name has the accents asked for, then the rest. Counts to MOST.

    In small units one reading gives both the count and the order: the keys; a page is fetched by them.
    """

    def __init__(
        self, first: QuerySet[Person] | None, rest: QuerySet[Person], *, is_large: bool = False
    ) -> None:
        self.first, self.rest, self.is_large = first, rest, is_large
        self.keys: list[int] = []
        self.count_first = 0
        if not is_large:
            self.keys = list(rest.values_list("pk", flat=True)[: MOST + 1])
            self.found = len(self.keys)
            return
        self.count_first = 0 if first is None else at_most(first, MOST + 1)
        self.found = self.count_first
        if self.found <= MOST:
            self.found += at_most(rest, MOST + 1 - self.found)

    @property
    def has_more(self) -> bool:
        return self.found > MOST

    def __len__(self) -> int:
        return min(self.found, MOST)

    @overload
    def __getitem__(self, index: int) -> Person: ...
    @overload
    def __getitem__(self, index: slice) -> list[Person]: ...
    def __getitem__(self, index: int | slice) -> Person | list[Person]:
        if isinstance(index, int):
            return self[index : index + 1][0]
        start, stop = index.start or 0, min(index.stop or len(self), len(self))
        if not self.is_large:
            page = Person.objects.in_bulk(self.keys[start:stop])
            return [page[key] for key in self.keys[start:stop] if key in page]
        rows: list[Person] = []
        if self.first is not None and start < self.count_first:
            rows = list(self.first[start : min(stop, self.count_first)])
        if stop > self.count_first and stop > start:
            rows += self.rest[max(start - self.count_first, 0) : stop - self.count_first]
        return rows


def at_most(rows: QuerySet[Any], limit: int) -> int:
    """How many rows there are, counted no further than `limit`."""
    return rows.order_by()[:limit].count()


def people_with(by: Actor, right: str) -> QuerySet[Person]:
    """People in the units where the actor's offices give a right; all of them for a top and the system."""
    holds = [hold for hold in by.holds if right in hold.may]
    if by.is_system or any(hold.is_top for hold in holds):
        return Person.objects.all()
    units: frozenset[int] = frozenset().union(*(hold.unit_ids for hold in holds))
    here = Belonging.objects.filter(person=OuterRef("pk"), unit__in=units, during__contains=by.on)
    return Person.objects.filter(Exists(here)) if units else Person.objects.none()


def everyone(by: Actor, wanted: Wanted, right: str = "people.see") -> tuple[QuerySet[Person], bool]:
    """All whom the actor's offices let find, as wanted, in order; True if the units are SMALL."""
    people, is_small = placed(by, wanted, right)
    people = _filtered(people, wanted, by.on)
    if number := phone_asked(wanted.query):
        people = _with_phone(by, people, number)
    elif wanted.query.strip():
        people = _named(people, wanted.query, is_small)
    # By unit only where all can be sorted: the order of units has no index over people.
    order = "name" if wanted.order == "unit" and not is_small else wanted.order
    return _ordered(people, order, by.on), is_small


def register(by: Actor, wanted: Wanted) -> Ranked:
    """The same, best first: who bears the accents asked for stands before who does not."""
    found, is_small = everyone(by, wanted)
    accents = None if phone_asked(wanted.query) else with_accents(wanted.query)
    if accents is None:
        return Ranked(None, found, is_large=not is_small)
    if is_small:
        ranked = found.annotate(is_exact=Case(When(accents, then=1), default=0))
        return Ranked(None, ranked.order_by("-is_exact", *found.query.order_by))
    return Ranked(found.filter(accents), found.exclude(accents), is_large=True)


def placed(by: Actor, wanted: Wanted, right: str) -> tuple[QuerySet[Person], bool]:
    """Standing people of the wanted units that the actor's offices cover with the right; True if SMALL."""
    people = Person.objects.filter(state=PersonState.STANDING)
    holds = [hold for hold in by.holds if right in hold.may]
    is_top = by.is_system or any(hold.is_top for hold in holds)
    if is_top and wanted.unit is None and not wanted.kind:
        return people, False
    places = Belonging.objects.filter(during__contains=by.on)
    if by.is_system:
        places = places.filter(unit__in=units_below(wanted.unit, by.on)) if wanted.unit else places
    else:
        covered: frozenset[int] = frozenset().union(*(hold.unit_ids for hold in holds))
        places = places.filter(unit__in=_within(covered, wanted.unit, by.on))
    if wanted.kind:
        places = places.filter(kind=wanted.kind)
    if at_most(places, SMALL + 1) <= SMALL:
        return people.filter(AnyOf(F("pk"), ArraySubquery(places.values("person_id")))), True
    return people.filter(Exists(places.filter(person=OuterRef("pk")))), False


def _within(covered: frozenset[int], unit: Unit | None, on: date) -> frozenset[int]:
    return covered if unit is None else covered & units_below(unit, on)


def units_below(unit: Unit, on: date) -> frozenset[int]:
    """Ids of the unit and everything below it on the day."""
    return frozenset(
        UnitCover.objects.filter(ancestor=unit, during__contains=on).values_list("unit_id", flat=True)
    )


def _filtered(people: QuerySet[Person], wanted: Wanted, on: date) -> QuerySet[Person]:
    if wanted.sex:
        people = people.filter(sex=wanted.sex)
    if wanted.age_from is not None:
        people = people.filter(birth_year__lte=on.year - wanted.age_from)
    if wanted.age_to is not None:
        people = people.filter(birth_year__gte=on.year - wanted.age_to)
    if wanted.has_phone is not None:
        has = Exists(Phone.objects.filter(person=OuterRef("pk")))
        people = people.filter(has if wanted.has_phone else ~has)
    return people


def _named(people: QuerySet[Person], query: str, is_small: bool) -> QuerySet[Person]:
    named = Person.objects.filter(matching("search_name", query))
    if not is_small and at_most(named, RARE + 1) <= RARE:
        return people.filter(AnyOf(F("pk"), ArraySubquery(named.values("pk"))))
    return people.filter(matching("search_name", query))


def _ordered(people: QuerySet[Person], order: str, on: date) -> QuerySet[Person]:
    if order == "newest":
        return people.order_by("-pk")
    if order == "unit":
        code = (
            Belonging.objects.filter(person=OuterRef("pk"), during__contains=on)
            .values("person")
            .annotate(code=Min("unit__code"))
        )
        return people.annotate(place=Subquery(code.values("code"))).order_by("place", "sort_key", "pk")
    return people.order_by("sort_key", "pk")


def with_accents(query: str) -> Q | None:
    """The condition that a name bears the accents of the query; None for a query without accents."""
    accented = [word for word in query.split() if fold(word) != word.lower()]
    if not accented:
        return None
    condition = Q()
    for word in accented:
        condition &= Q(full_name__iregex=rf"(^|\s){re.escape(word)}")
    return condition


def phone_asked(query: str) -> str:
    """The query as the beginning of a stored phone ("+84912345"), "" if it is none."""
    digits = re.sub(r"[\s.()-]", "", query)
    if not re.fullmatch(r"\+?\d+", digits) or len(digits) < PHONE_DIGITS:
        return ""
    return "+84" + digits.removeprefix("+84").removeprefix("0")


def _with_phone(by: Actor, people: QuerySet[Person], number: str) -> QuerySet[Person]:
    """Of these people those with that phone, where the actor's offices let read phones."""
    owners = Phone.objects.filter(number__startswith=number).values("person_id")[: RARE + 1]
    may_read = people_with(by, "people.contacts").values("pk")
    return people.filter(AnyOf(F("pk"), ArraySubquery(owners)), pk__in=may_read)
