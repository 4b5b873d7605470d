"""What happens to a login: signing up, and the log of signing in and of its means."""

from django.db import transaction

from ledger.actor import Actor
from ledger.audit import record
from ledger.models import User
from people.models import Person


@transaction.atomic
def sign_up_person(*, by: Actor, user: User, full_name: str) -> Person:
    """The person behind a login made by signing up: a name, no unit, no office. Returns the person."""
    person = Person(full_name=full_name, user=user)
    person.clean()
    person.full_clean()
    person.save()
    record(by=by, act="people.sign_up", subject=person)
    return person


@transaction.atomic
def note_account(*, by: Actor, user: User, act: str) -> None:
    """Log what allauth did to an account. No values: only that, who, when, from where."""
    record(by=by, act=act, subject=user)
