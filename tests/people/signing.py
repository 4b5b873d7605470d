"""Steps of signing in, as a person takes them."""

import re
import time
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from ledger.models import User
from letters.models import Letter
from people.models import Person
from tests.factories.people import PASSWORD, TOTP_SECRET


def login_of(person: Person) -> User:
    assert person.user is not None
    return person.user


def code(shift: int = 0, secret: str = TOTP_SECRET) -> str:
    """What the app shows now; `shift` half minutes later. One later is still taken."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + shift))


def give_password(client: Client, login: str, password: str = PASSWORD, **extra: Any) -> Any:
    return client.post(reverse("account_login"), {"login": login, "password": password}, **extra)


def give_code(client: Client, shift: int = 0, **data: str) -> Any:
    return client.post(reverse("mfa_authenticate"), {"code": code(shift), **data})


def is_in(client: Client) -> bool:
    """True if the session belongs to somebody."""
    return "_auth_user_id" in client.session


def said(response: Any) -> str:
    return str(response.content.decode())


def latest_letter(template: str) -> Letter:
    return Letter.objects.filter(template__code=template).latest("pk")


def digits_in(letter: Letter) -> str:
    found = re.search(r"\b\d{6}\b", letter.body)
    assert found is not None
    return found.group()


def age_session(client: Client, minutes: float) -> None:
    """Let the session have begun earlier."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= minutes * 60
    session.save()
