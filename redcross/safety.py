"""What stops an unsafe start, each with one sentence."""

import sys
from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register

WEAK = ("change", "secret", "django-insecure", "bare-tools-only", "12345")


def problems() -> list[str]:
    """Sentences, one per reason why the portal must not start; empty when it may."""
    found: list[str] = []
    key: str = settings.SECRET_KEY
    if settings.MODE == "bare":
        found.append("REDCROSS_MODE is not set: say demo, local or production.")
    elif settings.MODE not in {"demo", "local", "production", "test"}:
        found.append(f"REDCROSS_MODE={settings.MODE} is unknown: say demo, local or production.")
    if key == settings.NO_SECRET and settings.MODE != "test":
        found.append("SECRET_KEY is missing: set it to at least 50 random characters.")
    elif settings.MODE == "production" and (
        len(key) < 50 or len(set(key)) < 12 or any(word in key.lower() for word in WEAK)
    ):
        found.append("SECRET_KEY is weak: set it to at least 50 random characters.")
    if settings.MODE == "production":
        if not settings.SITE_URL.startswith("https://"):
            found.append("SITE_URL must begin with https:// in production.")
        for name, value in (
            ("AUDIT_DIGEST_KEY", settings.AUDIT_DIGEST_KEY),
            ("PERSON_HASH_KEY", settings.PERSON_HASH_KEY),
            ("PERSON_DATA_KEYS", settings.PERSON_DATA_KEYS[-1]),
        ):
            if value == key or len(value) < 32:
                found.append(f"{name} must be a secret of its own, of at least 32 characters, in production.")
        if "*" in settings.ALLOWED_HOSTS or "testserver" in settings.ALLOWED_HOSTS:
            found.append("ALLOWED_HOSTS must name the portal's own hosts in production.")
        if settings.LETTERS_EMAIL_CHANNEL != "smtp":
            found.append("LETTERS_EMAIL_CHANNEL must be smtp in production.")
    return found


@register(Tags.security, deploy=True)
def safe_settings(app_configs: Any, **kwargs: Any) -> list[Error]:
    """The same sentences for `manage.py check --deploy`."""
    return [Error(text, id=f"redcross.E{n:03}") for n, text in enumerate(problems(), start=1)]


def stop_unless_safe() -> None:
    """Exit with code 2 and a sentence on standard error when the start is unsafe.

    In production the database must hold no demo either.
    """
    found = problems()
    if not found and settings.MODE == "production" and demo_is_loaded():
        found.append("The database holds the demo and its public passwords: production needs one of its own.")
    if found:
        for sentence in found:
            print(f"redcross: {sentence}", file=sys.stderr)
        raise SystemExit(2)


def demo_is_loaded() -> bool:
    """True if the demo was ever loaded into this database; False if it cannot be asked."""
    from django.db import DatabaseError

    from ledger.models import JobRun

    try:
        return JobRun.objects.filter(job="redcross.load_demo").exists()
    except DatabaseError:
        return False
