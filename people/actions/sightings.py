"""Opening what is protected: who looked, in which office, why. The person can read it all."""

import re
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.audit import record
from ledger.models import AuditEntry
from people.enums import PersonState
from people.models import IdentityNumber, Person, Sighting
from people.permissions import acting, acting_with, hold_over
from people.queries.register import people_with
from people.rules.rights import term
from people.sealing import identity_digest, tail_digest, unseal

RECORD, IDENTITY, LOOKUP, EXPORT = "record", "identity", "lookup", "export"
SHORTEST_REASON = 5


@transaction.atomic
def note_opened(*, by: Actor, person: Person) -> Sighting | None:
    """An officer opened the record: noted once a day for each account; None for one's own or again."""
    if by.user is None or person.user_id == by.user.pk:
        return None
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    if Sighting.objects.filter(person=person, user_id=by.user.pk, what=RECORD, at__gte=today).exists():
        return None
    return _sight(by.as_(hold_over(by, "people.see", person)), person, RECORD)


@transaction.atomic
def reveal_identity(*, by: Actor, person: Person, reason: str) -> list[tuple[str, str]]:
    """The identity numbers in the open, each with its kind; the reason is logged and shown to the person."""
    by = acting_with(by, "people.reveal", person)
    reason = said(reason)
    numbers = list(IdentityNumber.objects.filter(person=person).order_by("kind"))
    if not numbers:
        raise Refused([_("No identity number is held.")])
    _sight(by, person, IDENTITY, reason)
    record(by=by, act="people.reveal_identity", subject=person, reason=reason)
    return [(row.get_kind_display(), unseal(row.sealed, row.key_version)) for row in numbers]


@transaction.atomic
def find_by_identity(*, by: Actor, digits: str) -> list[Person]:
    """People of the actor's units whose identity number ends in these four digits, or is this number.

    Logged without the digits, and limited: so many look-ups an hour for each account.
    """
    by = acting(by, "people.reveal")
    digits = re.sub(r"\s", "", digits)
    if not re.fullmatch(r"\d{4}|\d{9}|\d{12}", digits):
        raise Refused([_("Type exactly the last four digits, or the whole number.")])
    most = term("identity_lookups_an_hour", by.on)
    hour_ago = timezone.now() - timedelta(hours=1)
    act = "people.find_by_identity"
    if by.user and AuditEntry.objects.filter(user_id=by.user.pk, act=act, at__gt=hour_ago).count() >= most:
        raise Refused(
            [_("%(most)s look-ups an hour are the limit. Search by name or phone.") % {"most": most}]
        )
    wanted = {"tail_digest": tail_digest(digits)} if len(digits) == 4 else {"digest": identity_digest(digits)}
    owners = IdentityNumber.objects.filter(**wanted).values("person")
    people = people_with(by, "people.reveal").filter(pk__in=owners, state=PersonState.STANDING)
    found = list(people.order_by("sort_key", "pk")[:50])
    for person in found:
        _sight(by, person, LOOKUP)
    if by.user is not None:
        record(by=by, act="people.find_by_identity", subject=by.user, after={"found": len(found)})
    return found


def said(reason: str) -> str:
    """The reason as typed, squeezed; refuses one that says nothing."""
    reason = " ".join(reason.split())
    if len(reason) < SHORTEST_REASON:
        raise Refused([_("Say in a few words why it is needed: the person can read it.")])
    return reason[:300]


def sight_all(by: Actor, people: Iterable[int], what: str, reason: str) -> None:
    """One sighting for each person of an export, set-based."""
    Sighting.objects.bulk_create((_row(by, person_id, what, reason) for person_id in people), batch_size=2000)


def _sight(by: Actor, person: Person, what: str, reason: str = "") -> Sighting:
    sighting = _row(by, person.pk, what, reason)
    sighting.save()
    return sighting


def _row(by: Actor, person_id: int, what: str, reason: str) -> Sighting:
    return Sighting(
        person_id=person_id,
        user_id=by.user.pk if by.user else None,
        office=by.acting.office if by.acting else "",
        unit=by.acting.unit_code if by.acting else "",
        what=what,
        reason=reason,
    )
