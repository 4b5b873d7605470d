"""The second step: whether a user has one, whether this session gave one."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from people.actors import signed_in


def has_second_step(request: HttpRequest) -> bool:
    """True if the user has an authenticator app or a passkey."""
    return (
        Authenticator.objects.filter(user=signed_in(request))
        .exclude(type=Authenticator.Type.RECOVERY_CODES)
        .exists()
    )


def session_has_second_step(request: HttpRequest) -> bool:
    """True if this very session was opened, or confirmed, with a second step."""
    return any(
        record.get("method") == "mfa" for record in get_authentication_records(request, signed_in(request))
    )
