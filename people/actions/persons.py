"""Entering people and giving them a login."""

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.audit import record
from ledger.models import User
from people.models import Person, Unit
from people.permissions import acting


@transaction.atomic
def add_person(*, by: Actor, full_name: str, home_unit: Unit, user: User | None = None) -> Person:
    """A person of a unit, with a login or without; returns the person."""
    by = acting(by, "account.code", home_unit.pk)
    person = Person(full_name=full_name, home_unit=home_unit, user=user)
    person.clean()
    person.full_clean()
    person.save()
    record(by=by, act="people.add_person", subject=person, after={"full_name": person.full_name})
    return person


@transaction.atomic
def give_account(*, by: Actor, person: Person, username: str) -> User:
    """A login without password for a person who has none: a printed code opens it. Returns the user."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    by = acting(by, "account.code", person.home_unit_id)
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
