"""Every write of people, units and offices."""

from people.actions.codes import make_sign_in_code, use_sign_in_code
from people.actions.offices import end_office, grant_office
from people.actions.persons import add_person, give_account
from people.actions.units import found_unit

__all__ = [
    "add_person",
    "end_office",
    "found_unit",
    "give_account",
    "grant_office",
    "make_sign_in_code",
    "use_sign_in_code",
]
