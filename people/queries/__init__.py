"""Reading people and units: the one door is `visible_*(actor)`."""

from people.queries.visible import (
    holds_of,
    name_of,
    units_of,
    visible_entries,
    visible_grants,
    visible_people,
    visible_units,
    with_units,
)

__all__ = [
    "holds_of",
    "name_of",
    "units_of",
    "visible_entries",
    "visible_grants",
    "visible_people",
    "visible_units",
    "with_units",
]
