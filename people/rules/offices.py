"""What offices may do, how long their sessions last: read from tables/offices.toml."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from foundation.dated import in_force, load_table


@dataclass(frozen=True, slots=True)
class OfficeRule:
    """One office: forces a second step, minutes a session lasts, rights by code, the office above."""

    code: str
    second_step: bool
    session_minutes: int
    may: frozenset[str]
    handed_up_to: str


@cache
def office_rules(on: date) -> dict[str, OfficeRule]:
    """The rule of every office in force on the day, by code."""
    entry = in_force(load_table("people", "offices"), on)
    return {
        code: OfficeRule(
            code,
            row["second_step"],
            row["session_minutes"],
            frozenset(row["may"]),
            row.get("handed_up_to", code),
        )
        for code, row in entry.values.items()
    }


@cache
def offices_that_may(right: str, on: date) -> frozenset[str]:
    """Codes of the offices that hold a right such as "news.publish" on the day."""
    return frozenset(code for code, rule in office_rules(on).items() if right in rule.may)


def needs_second_step(offices: Iterable[str], on: date) -> bool:
    """True if any of the offices forces a second step at sign-in."""
    rules = office_rules(on)
    return any(rules[code].second_step for code in offices)


def session_minutes(offices: Iterable[str], on: date) -> int | None:
    """The shortest session among the offices, in minutes; None for a person without office."""
    rules = office_rules(on)
    return min((rules[code].session_minutes for code in offices), default=None)


def office_above(office: str, on: date) -> str:
    """The office that decides on the level above in place of this one."""
    return office_rules(on)[office].handed_up_to
