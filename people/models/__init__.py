"""Persons, units, offices."""

from people.models.codes import SignInCode
from people.models.offices import OfficeGrant
from people.models.persons import Person
from people.models.units import Unit, UnitCover, UnitLink

__all__ = ["OfficeGrant", "Person", "SignInCode", "Unit", "UnitCover", "UnitLink"]
