"""Donors and donations for tests."""

from datetime import date
from typing import Any

from donors.actions import record_donation, register_donor
from donors.enums import Source
from donors.models import Donation, Donor
from people.actors import system_actor
from people.models import Person, Unit


def donor(person: Person, unit: Unit) -> Donor:
    """The person as a donor whose record the unit keeps."""
    return register_donor(by=system_actor(), person=person, unit=unit)


def donation(of: Donor, unit: Unit, on: date, source: Source = Source.OFFICER, **values: Any) -> Donation:
    """350 ml of whole blood on the day, recorded and not yet confirmed."""
    values = {"on": on, "volume_ml": 350} | values
    return record_donation(by=system_actor(), donor=of, unit=unit, source=source, values=values)
