"""The wording of letters: files in templates/letters/, kept as numbered versions."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.template import Context, Engine

from ledger.actor import Actor
from ledger.audit import record
from letters.models import LetterTemplate

FOLDER = Path(settings.BASE_DIR) / "templates" / "letters"
YES = {"yes": True, "no": False}
# Stands where a template names something it was not given; no letter goes out with one.
HOLE = "\N{REPLACEMENT CHARACTER}"
ENGINE = Engine(string_if_invalid=HOLE, builtins=["django.templatetags.i18n", "django.templatetags.tz"])


@dataclass(frozen=True, slots=True)
class Wording:
    """One file: header lines `subject:`, `secret:`, `urgent:` (yes or no), a line `---`, the text."""

    code: str
    subject: str
    body: str
    is_secret: bool
    is_urgent: bool
    digest: str


@cache
def wording(code: str) -> Wording:
    """The file of a template, read once a process; KeyError if there is none, ValueError if malformed."""
    try:
        text = (FOLDER / f"{code}.txt").read_text("utf-8")
    except FileNotFoundError as error:
        raise KeyError(f"no letter template {code}") from error
    head, line, body = text.partition("\n---\n")
    header = dict(part.split(": ", 1) for part in head.splitlines() if ": " in part)
    if not line or not header.keys() <= {"subject", "secret", "urgent"} or not header.get("subject"):
        raise ValueError(f"templates/letters/{code}.txt needs subject:, maybe secret: and urgent:, then ---")
    return Wording(
        code,
        header["subject"].strip(),
        body.strip() + "\n",
        YES[header.get("secret", "no").strip()],
        YES[header.get("urgent", "no").strip()],
        hashlib.sha256(text.encode()).hexdigest(),
    )


def all_codes() -> list[str]:
    """Codes of all templates there are files for, sorted."""
    return sorted(path.stem for path in FOLDER.glob("*.txt"))


def current_template(*, by: Actor, code: str) -> LetterTemplate:
    """The row of the wording this process knows; a wording seen first becomes the next version.

    Two processes of two releases each keep finding their own version, and make no third.
    """
    seen = wording(code)
    while True:
        row = LetterTemplate.objects.filter(code=code, digest=seen.digest).first()
        if row is not None:
            return row
        last = LetterTemplate.objects.filter(code=code).aggregate(last=Max("version"))["last"] or 0
        row = LetterTemplate(
            code=code,
            version=last + 1,
            subject=seen.subject,
            body=seen.body,
            is_secret=seen.is_secret,
            ignores_quiet_hours=seen.is_urgent or seen.is_secret,
            digest=seen.digest,
        )
        row.full_clean(validate_unique=False, validate_constraints=False)
        try:
            with transaction.atomic():
                row.save()
                record(by=by, act="letters.new_wording", subject=row)
            return row
        except IntegrityError:  # another process was faster; look again
            continue


def render(template: LetterTemplate, context: dict[str, object]) -> tuple[str, str]:
    """Subject and body in plain text. ValueError if the template names what the context lacks."""
    values = {"chapter": settings.CHAPTER, "site_url": settings.SITE_URL, **context}
    subject, body = (
        ENGINE.from_string(text).render(Context(values, autoescape=False))
        for text in (template.subject, template.body)
    )
    if HOLE in subject + body:
        raise ValueError(f"letter template {template} names what its context lacks")
    return subject, body
