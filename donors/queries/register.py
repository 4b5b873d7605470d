"""The register of donors: narrowed and ordered by what stands in the address, fast at a million donors.

As in people's register the planner is not asked whether a name is rarer than a unit is small. A small unit's
donors, and those of a name that at most MANY people bear, are looked up by key and sorted; of a more frequent
name in a large unit the order is walked up to the page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, overload

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from donors.enums import SEE, Availability, Group, Rhesus
from donors.models import Donation, Donor
from donors.models.donors import DonorQuerySet
from donors.queries.standings import free_keys
from foundation.text import matching
from ledger.actor import Actor
from people.enums import PersonState
from people.models import Belonging, Person
from people.queries.register import MOST, SMALL, AnyOf, at_most

GROUPS = tuple(f"{group}{rhesus}" for group, rhesus in product(Group.values, Rhesus.values))
MANY = 50_000  # people: a name of so many is looked up before anything else
# What the register can stand by, each with an index; turns are counted, so only a short list stands by them.
ORDERS = {"ten": ("person__sort_key", "pk"), "ma": ("code",), "nhom": ("group", "rhesus", "pk"), "lan": ()}
KEPT = ("query", "group", "standing", "order")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: a name or donor code, a blood group such as "O-" ("?": not known), a standing; and
    the order, one of ORDERS, with "-" the other way round."""

    query: str = ""
    group: str = ""
    standing: str = ""
    order: str = "ten"

    @classmethod
    def of(cls, told: Mapping[str, str]) -> "Wanted":
        """From an address; what is no choice is left out."""
        group, standing = told.get("nhom", ""), told.get("tinh_trang", "")
        order = told.get("sap_xep", "")
        return cls(
            told.get("q", "").strip(),
            group if group in {*GROUPS, "?"} else "",
            standing if standing in Availability.values else "",
            order if order.removeprefix("-") in ORDERS else "ten",
        )

    def stored(self) -> dict[str, Any]:
        """The same as plain values, for the row of an export: `Wanted(**stored)` is this again."""
        return {name: value for name in KEPT if (value := getattr(self, name))}

    @property
    def groups(self) -> list[tuple[str, str]]:
        """The groups with their labels."""
        return [(code, code.replace("-", "−")) for code in GROUPS]

    @property
    def standings(self) -> list[tuple[str, str]]:
        return [(code, str(label)) for code, label in Availability.choices]

    @property
    def orders(self) -> list[tuple[str, str]]:
        """What a phone, which shows no heads of columns, may order by; a head pressed gives the same."""
        return [
            ("ten", _("Name, from A")),
            ("-ten", _("Name, from Z")),
            ("-lan", _("Most turns first")),
            ("lan", _("Fewest turns first")),
            ("ma", _("Donor code, ascending")),
            ("-ma", _("Donor code, descending")),
            ("nhom", _("Blood group, not known first")),
            ("-nhom", _("Blood group, O first")),
        ]

    @property
    def code(self) -> str:
        """The donor code looked for, "" if a name is."""
        return self.query.upper() if self.query.upper().startswith("HM") else ""

    def narrow(self, donors: DonorQuerySet) -> DonorQuerySet:
        """Those of the donors that are wanted, whatever the name and the dated rules say."""
        if self.code:
            donors = donors.filter(code=self.code)
        if self.group == "?":
            donors = donors.filter(group="")
        elif self.group:
            donors = donors.filter(group=self.group[:-1], rhesus=self.group[-1])
        if self.standing == Availability.READY:
            return donors.filter(is_reserve=True, is_available=True)
        if self.standing == Availability.RARE:
            return donors.filter(is_rare=True)
        if self.standing == Availability.AWAY:
            return donors.filter(is_available=False)
        if self.standing == Availability.FREE:
            return donors.filter(is_available=True)
        return donors

    def ordered(self, donors: DonorQuerySet) -> DonorQuerySet:
        """In the order wanted; by name where that is one of turns."""
        fields = ORDERS[self.order.removeprefix("-")] or ORDERS["ten"]
        donors = donors.order_by(*fields)
        return donors.reverse() if self.order.startswith("-") and self.order != "-lan" else donors


class Found(Sequence[Donor]):
    """Donors in order, with `turns`; counted and paged no further than MOST.

    Where few are meant, one reading gives count and order as keys; else the rows are walked up to the page.
    """

    def __init__(self, by: Actor, wanted: Wanted, rows: DonorQuerySet, *, is_small: bool) -> None:
        self.by, self.rows = by, rows
        self.keys: list[int] | None = None
        self.found = 0 if is_small else at_most(rows, MOST + 1)
        is_free, is_by_turns = wanted.standing == Availability.FREE, wanted.order.endswith("lan")
        if is_small or self.found <= MOST or is_free:
            keys = list(rows.values_list("pk", flat=True)[: MOST + 1])
            self.found = len(keys)
            self.keys = keys[:MOST]
        self.is_other_order = is_by_turns and self.found > MOST
        if is_free and self.keys is not None:
            # Of more than MOST the first so many are judged, in order: their number is then a "more than".
            free = free_keys(self.keys, by.on)
            self.keys = [key for key in self.keys if key in free]
        if is_by_turns and not self.is_other_order and self.keys:
            counting = Donation.objects.filter(literal(self.keys, "donor_id")).counting(by.on)
            turns = counting.turns_by_donor()
            sign = -1 if wanted.order.startswith("-") else 1
            self.keys.sort(key=lambda key: sign * turns.get(key, 0))

    @property
    def has_more(self) -> bool:
        return self.found > MOST

    def __len__(self) -> int:
        return min(self.found, MOST) if self.keys is None else len(self.keys)

    @overload
    def __getitem__(self, index: int) -> Donor: ...
    @overload
    def __getitem__(self, index: slice) -> list[Donor]: ...
    def __getitem__(self, index: int | slice) -> Donor | list[Donor]:
        if isinstance(index, int):
            return self[index : index + 1][0]
        start, stop = index.start or 0, min(index.stop or len(self), len(self))
        if self.keys is not None:
            keys = self.keys[start:stop]
        else:
            keys = list(self.rows.values_list("pk", flat=True)[start:stop])
        page = Donor.objects.filter(pk__in=keys).select_related("person").with_turns(self.by.on).in_bulk()
        return [page[key] for key in keys if key in page]


def literal(keys: Sequence[int], field: str = "pk") -> Any:
    """The condition that the field is one of many keys, sent as one array."""
    return AnyOf(F(field), list(keys))


def register(by: Actor, wanted: Wanted) -> Found:
    """The donors wanted among those whom the actor's offices cover."""
    donors, is_small = everyone(by, wanted)
    return Found(by, wanted, wanted.ordered(donors), is_small=is_small)


def everyone(by: Actor, wanted: Wanted, right: str = SEE) -> tuple[DonorQuerySet, bool]:
    """All donors wanted, without the dated rules and in no order; True if few are read for them."""
    donors, is_small = placed(by, right)
    donors = wanted.narrow(donors)
    if not wanted.query or wanted.code:
        return donors, is_small or bool(wanted.code)
    named = Person.objects.filter(matching("search_name", wanted.query))
    if not is_small and at_most(named, MANY + 1) <= MANY:
        return donors.filter(AnyOf(F("person_id"), ArraySubquery(named.values("pk")))), True
    return donors.filter(matching("person__search_name", wanted.query)), is_small


def placed(by: Actor, right: str) -> tuple[DonorQuerySet, bool]:
    """Standing donors who belong today to a unit where the actor's offices give the right, and that to see
    donors; True if those units are SMALL. A top of the tree has everybody."""
    everybody = Donor.objects.filter(person__state=PersonState.STANDING)
    holds = [hold for hold in by.holds if {SEE, right} <= hold.may]
    if by.is_system or any(hold.is_top for hold in holds):
        return everybody, False
    units: frozenset[int] = frozenset().union(*(hold.unit_ids for hold in holds))
    places = Belonging.objects.filter(unit__in=units, during__contains=by.on)
    if at_most(places, SMALL + 1) <= SMALL:
        return everybody.filter(AnyOf(F("person_id"), ArraySubquery(places.values("person_id")))), True
    return everybody.filter(Exists(places.filter(person=OuterRef("person")))), False
