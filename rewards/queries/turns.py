"""What counts: one relation (person_id, given_on, times, seq), read by the engine.

The engine does not care where turns come from: the register of donations, or that register and a
planned drive beside it. Only confirmed voluntary donations of a reconciled list may be in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Turns:
    """SQL of the relation with its named parameters; `changed` gives (person_id, at) of late changes."""

    sql: str
    changed: str
    params: Mapping[str, Any] = field(default_factory=dict)


def with_planned(turns: Turns, people: Sequence[int], on: date) -> Turns:
    """The same turns and one more of each of these people on a planned day."""
    sql = (
        f"{turns.sql} UNION ALL SELECT planned.person_id, %(planned_on)s::date, 1, 9223372036854775807 "
        "FROM unnest(%(planned)s::bigint[]) planned(person_id)"
    )
    return Turns(sql, turns.changed, {**turns.params, "planned": list(people), "planned_on": on})
