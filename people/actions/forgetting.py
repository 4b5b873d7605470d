"""Erasing a person: name and what leads to it go, figures and accounts stay (Law 91/2025, Art. 14)."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q

from ledger.actor import Actor
from ledger.audit import record
from ledger.models import AuditEntry, AuditValue, User
from letters.actions.forgetting import forget_letters
from people.enums import PersonState
from people.models import Approval, ImportRow, Pair, Person, SignInCode
from people.permissions import acting_with

ERASED_NAME = "Đã xóa"


@transaction.atomic
def forget_person(*, by: Actor, person: Person) -> Person:
    """Pseudonymise the record and those merged into it; the login is closed. Returns the person.

    Sex, year of birth and belongings stay as figures; consents, sightings and the log stay
    without values.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    by = acting_with(by, "data.manage", person)
    for double in Person.objects.select_for_update().filter(merged_into=person):
        _erase(by, double)
    _erase(by, person)
    person.state = PersonState.ERASED
    person.save(update_fields=["state"])
    record(by=by, act="people.forget_person", subject=person)
    return person


def _erase(by: Actor, person: Person) -> None:
    person.full_name = ERASED_NAME
    person.email = person.address = person.note = ""
    person.birth_date = person.address_unit = None
    person.version += 1
    person.clean()
    person.save()
    person.phones.all().delete()
    person.identity_numbers.all().delete()
    person.data_requests.update(words="")
    Approval.objects.filter(person=person).update(title=ERASED_NAME)
    ImportRow.objects.filter(person=person).update(sealed_values=b"", reasons=[])
    Pair.objects.filter(Q(one=person) | Q(other=person)).delete()
    _erase_values("people.person", [person.pk])
    _erase_values("people.officegrant", person.offices.values_list("pk", flat=True))
    _erase_values("people.datarequest", person.data_requests.values_list("pk", flat=True))
    if person.user is not None:
        _close_login(by, person.user)


def _erase_values(kind: str, keys: Iterable[int]) -> None:
    entries = AuditEntry.objects.filter(subject_type=kind, subject_id__in=[str(key) for key in keys])
    AuditValue.objects.filter(entry__in=entries).delete()


def _close_login(by: Actor, user: User) -> None:
    forget_letters(by=by, user=user)
    user.username = f"da-xoa-{user.pk}"
    user.email = user.phone = ""
    user.is_active = False
    user.set_unusable_password()
    user.save()
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    SignInCode.objects.filter(user=user).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
    _erase_values("ledger.user", [user.pk])
