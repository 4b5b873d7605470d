"""What the demo's sign-in page shows: accounts and current second-step codes."""

import time
from dataclasses import dataclass

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.utils.translation import gettext as _

from redcross.demo.accounts import ACCOUNTS, PASSWORD


@dataclass(frozen=True, slots=True)
class ShownAccount:
    username: str
    full_name: str
    office: str
    unit: str
    password: str
    code: str


def shown_accounts() -> list[ShownAccount]:
    """Every demo account; empty outside the demo."""
    if settings.MODE not in {"demo", "test"}:
        return []
    step = int(time.time()) // 30
    return [
        ShownAccount(
            a.username,
            a.full_name,
            str(a.office.label) if a.office else _("No office (volunteer)"),
            a.unit,
            PASSWORD,
            format_hotp_value(hotp_value(a.totp_secret, step)) if a.office else "",
        )
        for a in ACCOUNTS
    ]
