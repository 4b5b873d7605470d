"""Donors and donations for tests."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from donors.actions import record_donation, register_donor
from donors.enums import Source
from donors.models import Donation, Donor
from foundation.dates import today
from people.actors import system_actor
from people.enums import BelongingKind
from people.models import Belonging, Person, Unit


def donor(person: Person, unit: Unit) -> Donor:
    """The person as a donor whose record the unit keeps."""
    return register_donor(by=system_actor(), person=person, unit=unit)


def donation(of: Donor, unit: Unit, on: date, source: Source = Source.OFFICER, **values: Any) -> Donation:
    """350 ml of whole blood on the day, recorded and not yet confirmed."""
    values = {"on": on, "volume_ml": 350} | values
    return record_donation(by=system_actor(), donor=of, unit=unit, source=source, values=values)


def crowd(people: Sequence[Person], unit: Unit, **about: Any) -> list[Donor]:
    """The same as `donor` for many at once, rows alone: a crowd behind a story. New people are saved too."""
    for one in people:
        one.clean()
    new = [one for one in people if one.pk is None]
    Person.objects.bulk_create(new)
    made = Donor.objects.bulk_create(
        Donor(person=one, code=f"HM{9_000_000 + one.pk}", **about) for one in people
    )
    since = DateRange(today(), None)
    Belonging.objects.bulk_create(
        Belonging(person=one, unit=unit, kind=BelongingKind.DONOR, during=since) for one in people
    )
    return made
