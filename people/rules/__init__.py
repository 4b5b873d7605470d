"""Pure rules of people: facts and a table entry in, a verdict or a value out."""

from people.rules.offices import (
    OfficeRule,
    needs_second_step,
    office_above,
    office_rules,
    offices_that_may,
    session_minutes,
)

__all__ = [
    "OfficeRule",
    "needs_second_step",
    "office_above",
    "office_rules",
    "offices_that_may",
    "session_minutes",
]
