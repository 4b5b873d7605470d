"""Reading letters: the one door is `visible_to(actor)`."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet

from foundation.text import matching, sort_key
from ledger.actor import Actor
from ledger.models import User
from letters.channels import file
from letters.enums import SEE, LetterState
from letters.models import Letter, LetterTemplate
from letters.models.letter import LetterQuerySet


def visible_to(by: Actor) -> LetterQuerySet:
    """Letters of the units the actor's offices cover; what belongs to no unit is the city's."""
    if by.is_system:
        return Letter.objects.all()
    holds = [hold for hold in by.holds if SEE in hold.may]
    if any(hold.is_top for hold in holds):
        return Letter.objects.all()
    codes: frozenset[str] = frozenset().union(*(hold.unit_codes for hold in holds))
    return Letter.objects.filter(unit_code__in=codes)


def found(
    letters: QuerySet[Letter], *, query: str, state: str, channel: str, template: str
) -> QuerySet[Letter]:
    """The letters that match every filter given; words find beginnings of words, without diacritics."""
    exact = {"state": state, "channel": channel, "template__code": template}
    filters = {name: value for name, value in exact.items() if value}
    return letters.filter(matching("search_text", query) if query else Q(), **filters)


def masked_address(address: str) -> str:
    """The address with its first letter and its domain only, digits with the last three: "n…@example.org"."""
    name, at, domain = address.rpartition("@")
    if at:
        return f"{name[:1]}…@{domain}"
    return f"…{address[-3:]}" if address else ""


def template_choices() -> list[tuple[str, str]]:
    """Code and name of every template ever used, by name."""
    latest = LetterTemplate.objects.order_by("code", "-version").distinct("code")
    return sorted(((row.code, row.name) for row in latest), key=lambda choice: sort_key(choice[1]))


def letters_to(user: User) -> QuerySet[Letter]:
    """Letters a person was sent or told, latest first."""
    states = (LetterState.SENT, LetterState.TOLD)
    return (
        Letter.objects.filter(user=user, state__in=states).select_related("template").order_by("-created_at")
    )


@dataclass(frozen=True, slots=True)
class DemoLetter:
    """A letter of the demo, as it lies in its file."""

    pk: int
    to: str
    subject: str
    body: str
    sent_at: datetime


def demo_letters(limit: int = 10) -> list[DemoLetter]:
    """The latest letters in the demo's mailbox, bodies included; always empty outside the demo."""
    if settings.MODE not in {"demo", "test"} or settings.LETTERS_EMAIL_CHANNEL != "file":
        return []
    sent = Letter.objects.filter(state=LetterState.SENT).order_by("-sent_at")[:limit]
    shown = []
    for letter in sent:
        body = mailbox_body(letter)
        if body is not None and letter.sent_at is not None:
            shown.append(DemoLetter(letter.pk, letter.address, letter.subject, body, letter.sent_at))
    return shown


def mailbox_body(letter: Letter) -> str | None:
    """The text in the demo's mailbox; None outside the demo or if the file is not there."""
    if settings.MODE not in {"demo", "test"} or settings.LETTERS_EMAIL_CHANNEL != "file":
        return None
    mail = file.read(letter.pk, letter.key)
    return None if mail is None else str(mail.get_content())
