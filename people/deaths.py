"""What a death ends in apps that do not know each other: each tells here what it does and how to undo it.

The register of members is where a death is entered; who keeps something that ends by law with a person's life
adds its own to ON_DEATH when it starts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ledger.actor import Actor
from people.models import Person


@dataclass(frozen=True, slots=True)
class OnDeath:
    """`end` gives back what it changed in plain values, {} for nothing; `undo` is given them."""

    end: Callable[[Actor, Person, date], Mapping[str, Any]]
    undo: Callable[[Actor, Mapping[str, Any]], None]


ON_DEATH: dict[str, OnDeath] = {}


def end_elsewhere(by: Actor, person: Person, on: date) -> list[dict[str, Any]]:
    """All else that ends with the life on the day, in the transaction of the entry. What was changed."""
    by = replace(by, is_system=True)
    found = [(code, one.end(by, person, on)) for code, one in ON_DEATH.items()]
    return [{"elsewhere": code, "kept": dict(kept)} for code, kept in found if kept]


def undo_elsewhere(by: Actor, change: Mapping[str, Any]) -> None:
    """Put back what `end_elsewhere` noted; refuses where something of later stands there."""
    ON_DEATH[change["elsewhere"]].undo(replace(by, is_system=True), change["kept"])
