"""Entering and changing people, and giving them a login."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.audit import record, snapshot
from ledger.models import User
from people.enums import BelongingKind, PersonState
from people.models import Belonging, Person, Unit
from people.permissions import acting, acting_with

FIELDS = ("full_name", "sex", "birth_date", "birth_year", "email", "address", "address_unit", "note")


@transaction.atomic
def add_person(
    *,
    by: Actor,
    full_name: str,
    unit: Unit,
    user: User | None = None,
    values: Mapping[str, Any] | None = None,
) -> Person:
    """A person whose record a unit keeps from today, with a login or without; returns the person.

    `values` holds any of FIELDS; the name is kept as typed, in NFC.
    """
    by = acting(by, "people.enter", unit.pk)
    person = Person(full_name=full_name, user=user)
    _put(person, values or {})
    person.full_clean()
    person.save()
    Belonging.objects.create(
        person=person, unit=unit, kind=BelongingKind.RECORD, during=DateRange(by.on, None)
    )
    after = {name: value for name, value in snapshot(person, FIELDS).items() if value not in ("", None)}
    record(by=by, act="people.add_person", subject=person, after=after)
    return person


@transaction.atomic
def change_person(*, by: Actor, person: Person, version: int, values: Mapping[str, Any]) -> Person:
    """Put new values of FIELDS on a record that still is as the officer saw it; returns the person."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    by = acting_with(by, "people.enter", person)
    if person.state != PersonState.STANDING:
        raise Refused([_("This record is closed: nothing can be changed on it.")])
    if person.version != version:
        raise Refused([_("Somebody changed this record meanwhile. Look at it again, then save once more.")])
    before = snapshot(person, FIELDS)
    _put(person, values)
    person.full_clean()
    after = snapshot(person, FIELDS)
    if after == before:
        return person
    person.version += 1
    person.save()
    record(by=by, act="people.change_person", subject=person, before=before, after=after)
    return person


def _put(person: Person, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            setattr(person, name, values[name])
    person.clean()


@transaction.atomic
def give_account(*, by: Actor, person: Person, username: str) -> User:
    """A login without password for a person who has none: a printed code opens it. Returns the user."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    by = acting_with(by, "account.code", person)
    if person.user_id:
        raise Refused([_("This person has an account already.")])
    user = User(username=username)
    user.set_unusable_password()
    user.full_clean()
    user.save()
    person.user = user
    person.save(update_fields=["user"])
    record(by=by, act="people.give_account", subject=person, after={"username": username})
    return user
