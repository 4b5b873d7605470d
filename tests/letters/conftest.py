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


@pytest.fixture(autouse=True)
def plain_static_files(settings: Settings) -> None:
    """Pages are read here without their hashed static files, which the launcher collects."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
