"""Letters as files in settings.LETTERS_DIR: the demo's and a developer's mailbox."""

import os
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

from letters.channels.base import Message, NotNow
from letters.channels.mail import as_email, message_id, normal_address


def path_of(pk: int) -> Path:
    """Where the file channel puts a letter."""
    return Path(settings.LETTERS_DIR) / f"{pk}.eml"


def read(pk: int, key: str) -> EmailMessage | None:
    """The e-mail in a letter's file; None if there is none, or one of another letter."""
    try:
        raw = path_of(pk).read_bytes()
    except OSError:
        return None
    mail = message_from_bytes(raw, policy=policy.default)
    return mail if mail["Message-ID"] == message_id(key) else None


class FileChannel:
    """Writes each letter whole or not at all; writing one twice leaves one file."""

    def normal(self, address: str) -> str:
        return normal_address(address)

    def hand_over(self, message: Message, begin: Callable[[], None]) -> None:
        path = path_of(message.pk)
        fresh = path.with_suffix(".new")
        content = as_email(message).as_bytes()
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with fresh.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise NotNow(f"file {error.errno}") from error
        begin()
        try:
            fresh.replace(path)
        except OSError as error:
            raise NotNow(f"file {error.errno}") from error

    def has_taken(self, message: Message) -> bool | None:
        return read(message.pk, message.key) is not None

    def close(self) -> None:
        """Nothing is held open."""
