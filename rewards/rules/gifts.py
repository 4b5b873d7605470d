"""The least value of the facility's gift, by the law of the day of donation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from foundation.dated import Entry, in_force

WHOLE_BLOOD, APHERESIS = "whole_blood", "apheresis"


@dataclass(frozen=True, slots=True)
class Least:
    """The least value in VND, where it stands, and whether that is confirmed."""

    vnd: int
    citation: str
    is_confirmed: bool


def least_gift(entries: Iterable[Entry], component: str, ml: int, *, on: date) -> Least | None:
    """The least gift for one donation; None below the first step of the table.

    A volume between two steps takes the lower one. Raises NoRule for a day on which nothing is
    established, ValueError for a component or a volume the table does not know.
    """
    entry = in_force(entries, on)
    if component not in (WHOLE_BLOOD, APHERESIS):
        raise ValueError(f"no such component: {component}")
    if not 0 < ml <= entry.values["most_ml"][component]:
        raise ValueError(f"no such volume: {ml} ml")
    steps = [step for step in entry.values[component] if step["from_ml"] <= ml]
    if not steps:
        return None
    cited = entry.cited[component]
    return Least(max(steps, key=lambda step: step["from_ml"])["least"], cited.citation, cited.confirmed)
