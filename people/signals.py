"""What allauth tells, written into the log; and the second step that setting one up is."""

from typing import Any

from allauth.account import signals as account
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.http import HttpRequest

from foundation.dates import today
from ledger.actor import Actor
from ledger.enums import Via
from ledger.models import User
from people.actions.accounts import note_account
from people.second_step import count_as_given


def note(request: HttpRequest, user: User, *, act: str, by_user: bool = True) -> None:
    """One act on an account, from this request's address; a failed try is nobody's act."""
    by = Actor(
        user=user if by_user else None,
        via=Via.WEB,
        on=today(),
        address=get_adapter().get_client_ip(request),
    )
    note_account(by=by, user=user, act=act)


def note_failure(request: HttpRequest, login: str) -> None:
    """A wrong password for an account that exists; what was typed for one that does not is not kept."""
    user = User.objects.filter(Q(username__iexact=login) | Q(email__iexact=login)).first()
    if user is not None:
        note(request, user, act="people.sign_in_failed", by_user=False)


def note_ended_session(request: HttpRequest, user: User) -> None:
    """Another session of the account was ended from this one."""
    note(request, user, act="people.end_session")


def _signed_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    note(request, user, act="people.sign_in")


def _password_changed(request: HttpRequest, user: User, **kwargs: Any) -> None:
    note(request, user, act="people.change_password")


def _password_set(request: HttpRequest, user: User, **kwargs: Any) -> None:
    note(request, user, act="people.set_password")


def _password_reset(request: HttpRequest, user: User, **kwargs: Any) -> None:
    note(request, user, act="people.reset_password")


def _email_changed(
    request: HttpRequest, user: User, from_email_address: EmailAddress | None, **kwargs: Any
) -> None:
    if from_email_address is not None:
        note(request, user, act="people.change_email")


def _step_added(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    is_codes = authenticator.type == Authenticator.Type.RECOVERY_CODES
    count_as_given(request, authenticator)
    if is_codes:
        note(request, user, act="people.make_recovery_codes")
    else:
        note(request, user, act="people.second_step_set_up")


def _step_removed(request: HttpRequest, user: User, **kwargs: Any) -> None:
    note(request, user, act="people.second_step_removed")


def _codes_made(request: HttpRequest, user: User, **kwargs: Any) -> None:
    note(request, user, act="people.make_recovery_codes")


def _step_failed(request: HttpRequest, user: User, **kwargs: Any) -> None:
    note(request, user, act="people.second_step_failed", by_user=False)


def _step_used(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        note(request, user, act="people.use_recovery_code")


def connect() -> None:
    """Called once, when the app is ready."""
    account.user_logged_in.connect(_signed_in)
    account.password_changed.connect(_password_changed)
    account.password_set.connect(_password_set)
    account.password_reset.connect(_password_reset)
    account.email_changed.connect(_email_changed)
    mfa.authenticator_added.connect(_step_added)
    mfa.authenticator_removed.connect(_step_removed)
    mfa.authenticator_reset.connect(_codes_made)
    mfa.authentication_failed.connect(_step_failed)
    mfa.authenticator_used.connect(_step_used)
