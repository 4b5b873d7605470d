"""How allauth finds accounts, counts wrong tries, speaks and writes letters here."""

import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from ledger.enums import Via
from ledger.models import User
from letters.actions import enqueue
from people.actors import actor_for, system_actor
from people.rules import needs_second_step
from people.second_step import session_age_minutes, steps_of
from people.sign_in_words import CONFIRM_WITH, ERRORS, MESSAGES, NOTICES
from people.signals import note_failure

ALLAUTH = "allauth.account"
# allauth's letters: our template, and its values by the name allauth gives them.
LETTERS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "email_confirmation": ("account.confirm_email", (("code", "code"),)),
    "email_confirmation_signup": ("account.confirm_email", (("code", "code"),)),
    "password_reset_key": (
        "account.reset_password",
        (("url", "password_reset_url"), ("username", "username")),
    ),
    "unknown_account": ("account.unknown", (("url", "signup_url"),)),
    "account_already_exists": ("account.exists", (("url", "password_reset_url"),)),
}
NAME_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"


class VerifyEmailIfAny(EmailVerificationStage):
    """Who has no e-mail at all is an ordinary user: there is nothing to verify."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        user: Any = self.login.user
        if user and not user.email and not EmailAddress.objects.filter(user=user).exists():
            return None, True
        return super().handle()  # type: ignore[no-any-return, no-untyped-call]


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {**DefaultAccountAdapter.error_messages, **ERRORS}

    def get_login_stages(self) -> list[str]:
        """allauth's stages, with our own for e-mail; printed codes have no stage of their own."""
        email = "allauth.account.stages.EmailVerificationStage"
        ours = "people.adapters.VerifyEmailIfAny"
        return [ours if stage == email else stage for stage in super().get_login_stages()]

    # --- accounts

    def populate_username(self, request: HttpRequest, user: User) -> None:  # type: ignore[override]
        """A login name that tells nothing: who signs up by e-mail signs in with the e-mail."""
        if not user.username:
            user.username = "tk-" + "".join(secrets.choice(NAME_SIGNS) for _n in range(8))

    def get_user_by_phone(self, phone: str) -> User | None:
        return User.objects.filter(phone=phone, is_active=True).first()

    def get_phone(self, user: User) -> tuple[str, bool] | None:  # type: ignore[override]
        """An officer enters the number and answers for it, so it counts as verified."""
        return (user.phone, True) if user.phone else None

    def set_phone_verified(self, user: User, phone: str) -> None:  # type: ignore[override]
        """Nothing to note: see `get_phone`."""

    def send_verification_code_sms(self, user: User, phone: str, code: str, **kwargs: Any) -> None:  # type: ignore[override]
        enqueue(
            by=system_actor(Via.WEB),
            template="account.phone_code",
            key=f"account.phone_code:{uuid4()}",
            channel="sms",
            address=phone,
            context={"code": code},
            user=user,
        )

    def send_unknown_account_sms(self, phone: str, **kwargs: Any) -> None:
        """Nobody is told that a number is unknown, and no stranger gets a message."""

    # --- wrong tries: counted for the account at this address, and loosely for the account

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        login = login_of(credentials)
        limits = [("login_failed", self._get_login_attempts_cache_key(request, **credentials))]
        if not knows_address(login, self.get_client_ip(request)):
            limits.append(("login_failed_everywhere", login))
        self._counted: list[Any] = []
        for action, key in limits:
            usage = ratelimit.consume(request, app=ALLAUTH, action=action, key=key)
            if not usage:
                raise self.validation_error("too_many_login_attempts")
            self._counted.append(usage)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return f"{login_of(credentials)}|{ratelimit.get_ip(request)}"

    def _rollback_login_failed_rl_usage(self) -> None:
        for usage in getattr(self, "_counted", ()):
            usage.rollback()

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        note_failure(request, login_of(credentials))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who has just signed in need not say it again."""
        recent = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT / 60
        if session_age_minutes(self.request) < recent:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    # --- words

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Our own sentence for an allauth message; those without one are not said."""
        said = message or MESSAGES.get((message_template or "").removesuffix(".txt"))
        if said:
            messages.add_message(request, level, str(said) % (message_context or {}), extra_tags=extra_tags)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        found = super().get_reauthentication_methods(user)
        return [{**method, "description": CONFIRM_WITH[method["id"]]} for method in found]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mine_security")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        return reverse("mine_security" if self.request.user.is_authenticated else "account_login")

    # --- letters

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A row in the outbox, one for every time; notices say what happened and nothing about where."""
        name = template_prefix.rsplit("/", 1)[-1]
        template, wanted = LETTERS.get(name, ("account.notice", ()))
        values = {key: str(context.get(source) or "") for key, source in wanted}
        if template == "account.notice":
            moment = date_format(localtime(), "H:i d/m/Y")
            values = {"what": f"{NOTICES[name]} ({moment})"}
        user = context.get("user") or (self.request.user if self.request.user.is_authenticated else None)
        enqueue(
            by=system_actor(Via.WEB),
            template=template,
            key=f"{template}:{uuid4()}",
            address=email,
            context=values,
            user=user,
        )


def login_of(credentials: dict[str, Any]) -> str:
    """What was typed as login, in small letters."""
    return str(credentials.get("email") or credentials.get("username") or "").lower()


def knows_address(login: str, address: str) -> bool:
    """True if the account has signed in from this address before: the loose limit spares it."""
    return UserSession.objects.filter(
        Q(user__username__iexact=login) | Q(user__email__iexact=login), ip=address
    ).exists()


class SecondStepAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "Your office asks for a second step: add another app or passkey before removing this one."
        ),
        "incorrect_code": _("The code is wrong or used already. Wait for the next one and try again."),
        "unverified_email": _("Confirm your e-mail first, then set up the second step."),
        "cannot_generate_recovery_codes": _("Set up an app or a passkey first; recovery codes follow."),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """False for the last app or passkey of somebody whose office forces a second step."""
        user = authenticator.user
        actor = actor_for(user)
        forced = needs_second_step([hold.office for hold in actor.holds], actor.on)
        return not forced or steps_of(user) > 1

    def encrypt(self, text: str) -> str:
        """A copy of the database alone gives nobody a second step."""
        return _lock().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _lock().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(  # type: ignore[override]
        self,
        user: User,
        type: Authenticator.Type,  # noqa: A002
    ) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return str(_("Passkey %(number)s") % {"number": number})

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": settings.CHAPTER["short_name"]}


def _lock() -> MultiFernet:
    """Keys made from SECRET_KEY, the current first; older ones in SECRET_KEY_FALLBACKS still open."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(urlsafe_b64encode(sha256(f"second-step:{key}".encode()).digest())) for key in keys]
    )
