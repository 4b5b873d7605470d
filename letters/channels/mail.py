"""An e-mail as bytes: the same letter gives the same bytes at every try."""

import hashlib
from email import policy
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from letters.channels.base import Message

POLICY = policy.SMTP.clone(cte_type="7bit")


def normal_address(address: str) -> str:
    """The address in ASCII (a domain with accents as punycode); ValueError for one that cannot be right."""
    try:
        validate_email(address)
        name, _at, domain = address.rpartition("@")
        ascii_address = f"{name}@{domain.encode('idna').decode()}"
        Address(addr_spec=ascii_address)
    except (ValidationError, UnicodeError, HeaderParseError) as error:
        raise ValueError("not an e-mail address") from error
    return ascii_address


def sender() -> Address:
    """Who writes: settings.LETTERS_FROM."""
    name, address = parseaddr(settings.LETTERS_FROM)
    return Address(display_name=name, addr_spec=address)


def message_id(key: str) -> str:
    """The Message-ID of a letter: made of its key alone, so a second try carries the same."""
    digest = hashlib.sha256(key.encode()).hexdigest()[:40]
    return f"<{digest}@{sender().domain}>"


def as_email(message: Message) -> EmailMessage:
    """The whole e-mail. Line breaks and control signs in names and subjects become spaces."""
    mail = EmailMessage(policy=POLICY)
    mail["From"] = sender()
    mail["To"] = Address(
        display_name=one_line(message.recipient_name), addr_spec=normal_address(message.address)
    )
    mail["Subject"] = one_line(message.subject)
    mail["Date"] = format_datetime(message.created_at)
    mail["Message-ID"] = message_id(message.key)
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = "vi"
    mail.set_content(message.body, charset="utf-8", cte="quoted-printable")
    return mail


def one_line(text: str) -> str:
    """The text without control signs, on one line."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
