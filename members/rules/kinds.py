"""Kinds of membership as the table of a day has them."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from foundation.dated import in_force, load_table


@dataclass(frozen=True, slots=True)
class KindRule:
    """What a kind asks and gives; `confirmed` False means the value is shown as unconfirmed."""

    code: str
    name: str
    belongs: str
    citation: str
    confirmed: bool
    has_admission: bool = False
    has_card: bool = False
    pays_dues: bool = False
    least_age: int | None = None
    most_age: int | None = None


@cache
def kind_rules(on: date) -> dict[str, KindRule]:
    """Every kind in force on the day by code, in the table's order."""
    cited = in_force(load_table("members", "kinds"), on).cited
    return {
        code: KindRule(code, citation=one.citation, confirmed=one.confirmed, **one.value)
        for code, one in cited.items()
    }
