"""What happens to a login: signing up, and the log of signing in and of its means."""

from django.db import transaction

from ledger.actor import Actor
from ledger.audit import record
from ledger.models import User
from people.models import Person

# What allauth does to an account, by the act under which the log keeps it. No values: only that, who, when.
ACTS = frozenset(
    {
        "people.sign_in",
        "people.sign_in_failed",
        "people.second_step_failed",
        "people.second_step_set_up",
        "people.second_step_removed",
        "people.make_recovery_codes",
        "people.use_recovery_code",
        "people.change_password",
        "people.set_password",
        "people.reset_password",
        "people.change_email",
        "people.end_session",
    }
)


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
    """Log one of ACTS on an account; allauth keeps the rows themselves."""
    if act not in ACTS:
        raise ValueError(act)
    record(by=by, act=act, subject=user)
