"""A mail server per test, and the portal sending to it."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.letters.mail_server import MailServer


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[MailServer]:
    settings.LETTERS_CHANNELS = {"email": "letters.channels.smtp.SmtpChannel"}
    with MailServer() as server:
        settings.SMTP_URL = server.url
        yield server
