"""The second step: whether a user has one, whether this session gave one."""

from dataclasses import dataclass

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.http import HttpRequest
from django.utils import timezone

from ledger.models import User
from people.actors import signed_in

STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_step(request: HttpRequest) -> bool:
    """True if the user has an authenticator app or a passkey. Recovery codes alone are none."""
    return steps_of(signed_in(request)) > 0


def steps_of(user: User) -> int:
    """How many authenticator apps and passkeys a user has."""
    return Authenticator.objects.filter(user=user, type__in=STEPS).count()


@dataclass(frozen=True, slots=True)
class Means:
    """What an account can be signed in with, and where it is signed in."""

    has_password: bool
    email: str
    has_app: bool
    passkeys: int
    recovery_codes: int | None  # unused ones; None: none were made
    sessions: int

    @property
    def has_second_step(self) -> bool:
        return self.has_app or self.passkeys > 0


def means_of(user: User) -> Means:
    """The means of an account. 3 queries."""
    found = list(Authenticator.objects.filter(user=user))
    types = [one.type for one in found]
    codes = next((one for one in found if one.type == Authenticator.Type.RECOVERY_CODES), None)
    return Means(
        has_password=user.has_usable_password(),
        email=EmailAddress.objects.get_primary_email(user) or "",
        has_app=Authenticator.Type.TOTP in types,
        passkeys=types.count(Authenticator.Type.WEBAUTHN),
        recovery_codes=len(codes.wrap().get_unused_codes()) if codes else None,
        sessions=UserSession.objects.filter(user=user).count(),
    )


def session_has_second_step(request: HttpRequest) -> bool:
    """True if this very session was opened, or confirmed, with a second step."""
    return any(
        record.get("method") == "mfa" for record in get_authentication_records(request, signed_in(request))
    )


def count_as_given(request: HttpRequest, authenticator: Authenticator) -> None:
    """Who has just set up an app or a passkey in this session has shown it: the session counts as confirmed.

    Nothing is counted for recovery codes, which are only shown, nor for somebody else's session.
    """
    if authenticator.type in STEPS and request.user.pk == authenticator.user_id:
        record_authentication(
            request, signed_in(request), "mfa", id=authenticator.pk, type=authenticator.type, set_up=True
        )


def confirm_page(request: HttpRequest) -> str:
    """The name of the page where this user gives the second step in a session that lacks it."""
    has_app = Authenticator.objects.filter(user=signed_in(request), type=Authenticator.Type.TOTP).exists()
    return "mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn"


def session_age_minutes(request: HttpRequest) -> float:
    """Minutes since this session signed in, as allauth recorded it; infinite when unknown.

    Confirming oneself later (password, code) does not make the session younger.
    """
    moments = [record["at"] for record in get_authentication_records(request, signed_in(request))]
    return (timezone.now().timestamp() - min(moments)) / 60 if moments else float("inf")
