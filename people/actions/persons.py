"""Entering people and giving them a login."""

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.audit import record
from ledger.models import User
from people.enums import BelongingKind
from people.models import Belonging, Person, Unit
from people.permissions import acting, acting_with


@transaction.atomic
def add_person(*, by: Actor, full_name: str, unit: Unit, user: User | None = None) -> Person:
    """A person whose record a unit keeps from today, with a login or without; returns the person."""
    by = acting(by, "account.code", unit.pk)
    person = Person(full_name=full_name, user=user)
    person.clean()
    person.full_clean()
    person.save()
    Belonging.objects.create(
        person=person, unit=unit, kind=BelongingKind.RECORD, during=DateRange(by.on, None)
    )
    record(by=by, act="people.add_person", subject=person, after={"full_name": person.full_name})
    return person


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
