"""The register of donors, narrowed by what stands in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from donors.enums import Availability, Group, Rhesus
from donors.models.donors import DonorQuerySet
from donors.queries.standings import free_on
from foundation.text import matching
from ledger.actor import Actor

GROUPS = tuple(f"{group}{rhesus}" for group, rhesus in product(Group.values, Rhesus.values))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: a name or donor code, a blood group such as "O-" ("?": not known), a standing."""

    query: str = ""
    group: str = ""
    standing: str = ""

    @classmethod
    def of(cls, told: Mapping[str, str]) -> "Wanted":
        """From an address; what is no choice is left out."""
        group, standing = told.get("nhom", ""), told.get("tinh_trang", "")
        return cls(
            told.get("q", "").strip(),
            group if group in {*GROUPS, "?"} else "",
            standing if standing in Availability.values else "",
        )

    @property
    def groups(self) -> list[tuple[str, str]]:
        """The groups with their labels."""
        return [(code, code.replace("-", "−")) for code in GROUPS]

    @property
    def standings(self) -> list[tuple[str, str]]:
        return [(code, str(label)) for code, label in Availability.choices]

    def narrow(self, donors: DonorQuerySet, by: Actor) -> DonorQuerySet:
        """Those of the donors that are wanted."""
        if self.query.upper().startswith("HM"):
            donors = donors.filter(code=self.query.upper())
        elif self.query:
            donors = donors.filter(matching("person__search_name", self.query))
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
            return free_on(donors.filter(is_available=True), by.on)
        return donors
