"""One line of a drive's list: who gave, what; a new person and donor on the spot."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from donors.actions.donations import record_donation
from donors.actions.donors import registered
from donors.enums import ENTER, DriveState, Source
from donors.models import Donation, Donor, Drive
from foundation.dates import format_date
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from people.actions import add_person
from people.actions.contacts import set_contacts, set_identity_number
from people.models import Person, Unit
from people.permissions import acting
from people.queries import units_of


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A person nobody has entered yet."""

    full_name: str
    birth_date: date | None = None
    birth_year: int | None = None
    sex: str = ""
    phone: str = ""
    identity: str = ""


@transaction.atomic
def enter_line(*, by: Actor, drive: Drive, giver: Person | Newcomer, values: Mapping[str, Any]) -> Donation:
    """One donation of the drive, recorded and not yet confirmed. Returns it.

    `values`: volume_ml, component, certificate_serial. A person of other units stays theirs; the donation
    bears a flag.
    """
    drive = Drive.objects.select_related("unit").get(pk=drive.pk)
    by = acting(by, ENTER, drive.unit_id)
    if drive.state == DriveState.CANCELLED:
        raise Refused([_("This drive was cancelled: nothing can be entered for it.")])
    if drive.on > by.on:
        told = {"day": format_date(drive.on)}
        raise Refused([_("This drive takes place on %(day)s: nothing can be entered before.") % told])
    person = giver if isinstance(giver, Person) else _entered(by, drive, giver)
    donor = Donor.objects.filter(person=person).first() or registered(by, person, _keeper(by, person, drive))
    serial = values.get("certificate_serial", "")
    return record_donation(
        by=by,
        donor=donor,
        unit=drive.unit,
        source=Source.DRIVE,
        values={
            "on": drive.on,
            "drive": drive,
            "place": drive.place,
            "certificate_issuer": drive.facility[:120] if serial else "",
            **values,
        },
    )


@transaction.atomic
def note_look_up(*, by: Actor, drive: Drive, found: int) -> None:
    """That an identity number was looked for while entering a drive's list: logged without its digits."""
    by = acting(by, ENTER, drive.unit_id)
    record(by=by, act="donors.look_up", subject=drive, after={"found": found})


def _keeper(by: Actor, person: Person, drive: Drive) -> Unit:
    """The unit that keeps the donor: one the person belongs to, else the drive's."""
    return units_of(person, by.on).first() or drive.unit


def _entered(by: Actor, drive: Drive, new: Newcomer) -> Person:
    if not new.full_name.strip():
        raise Refused(Reason(_("Type the full name of the new donor."), field="name"))
    if new.birth_year is None:
        raise Refused(Reason(_("Type the day or year of birth of the new donor."), field="birth"))
    return add_newcomer(by, drive.unit, new)


def add_newcomer(by: Actor, unit: Unit, new: Newcomer) -> Person:
    """The person entered with phone and identity number; the calling act has asked whether it may."""
    told = {"sex": new.sex, "birth_date": new.birth_date, "birth_year": new.birth_year}
    person = add_person(by=by, full_name=" ".join(new.full_name.split()), unit=unit, values=told)
    if new.phone:
        set_contacts(by=by, person=person, phones=[new.phone])
    if new.identity:
        set_identity_number(by=by, person=person, number=new.identity)
    return person
