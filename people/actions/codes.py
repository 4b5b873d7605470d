"""One-time codes: printed by an officer, used once at sign-in."""

import hashlib
import hmac
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.audit import record
from ledger.models import User
from people.models import Person, SignInCode
from people.permissions import acting_with, may_with

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without signs that look alike
LENGTH = 12  # 31^12: 59 bits
DAYS_VALID = 14
TRIES = 200  # 59 bits need no small number; rate limits slow a guesser, nobody burns another person's slip


def _digest(user: User, code: str) -> str:
    plain = "".join(c for c in code.upper() if c in ALPHABET)
    return hmac.new(settings.SECRET_KEY.encode(), f"{user.pk}:{plain}".encode(), hashlib.sha256).hexdigest()


@transaction.atomic
def make_sign_in_code(*, by: Actor, person: Person) -> str:
    """A new printed code for the person's account; the earlier one ends. Returns the code, once.

    The code replaces the password only, never a second step; for somebody who holds
    an office only an administrator makes one.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    by = acting_with(by, "account.code", person)
    if person.user is None or not person.user.is_active:
        raise Refused([_("This person has no open account.")])
    if person.offices.in_force(by.on).exists() and not may_with(by, "account.manage", person):
        raise Refused([_("This person holds an office: only an administrator prints a code for them.")])
    SignInCode.objects.filter(user=person.user, used_at=None).delete()
    raw = "".join(secrets.choice(ALPHABET) for _n in range(LENGTH))
    SignInCode.objects.create(
        user=person.user,
        digest=_digest(person.user, raw),
        expires_at=timezone.now() + timedelta(days=DAYS_VALID),
    )
    record(by=by, act="people.make_sign_in_code", subject=person)
    return "-".join(raw[i : i + 4] for i in range(0, LENGTH, 4))


@transaction.atomic
def use_sign_in_code(*, by: Actor, username: str, code: str) -> User | None:
    """The user whose open code this is; None otherwise. A used code is gone, five wrong tries end it."""
    found = (
        SignInCode.objects.select_for_update()
        .filter(
            user__username__iexact=username, user__is_active=True, used_at=None, expires_at__gt=timezone.now()
        )
        .select_related("user")
        .first()
    )
    if found is None or found.failures >= TRIES:
        return None
    if not hmac.compare_digest(found.digest, _digest(found.user, code)):
        found.failures += 1
        found.save(update_fields=["failures"])
        return None
    found.used_at = timezone.now()
    found.save(update_fields=["used_at"])
    record(by=by, act="people.use_sign_in_code", subject=found.user)
    return found.user
