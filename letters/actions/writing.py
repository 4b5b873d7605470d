"""Writing a letter: the row first, the message later."""

import logging
from datetime import datetime
from typing import Any

import celery
from django.db import IntegrityError, transaction
from django.utils import timezone

from ledger.actor import Actor
from ledger.audit import record
from ledger.models import User
from letters.actions.templates import current_template, render
from letters.channels import channel_for, is_set_up
from letters.channels.mail import one_line
from letters.enums import LetterState, Trouble
from letters.models import Letter

SWEEP = "letters.send_due_letters"
logger = logging.getLogger(__name__)


@transaction.atomic
def enqueue(
    *,
    by: Actor,
    template: str,
    key: str,
    address: str,
    context: dict[str, Any],
    user: User | None = None,
    channel: str = "email",
    recipient_name: str = "",
    unit_code: str = "",
    due_at: datetime | None = None,
) -> Letter:
    """The letter of this key: written now, or as it was written before (asked twice, sent once).

    `key` says what the letter is about and must hold no token and no address; `template` is a file of
    templates/letters/. The calling action has asked whether it may. What cannot be sent at all
    (no address, channel not set up) goes straight to the list of those to call. The sweep is
    nudged after the commit; a broker that is gone is no trouble.
    """
    before = Letter.objects.filter(key=key).first()
    if before is not None:
        return before
    row = current_template(by=by, code=template)
    subject, body = render(row, context)
    now = timezone.now()
    address, trouble = reachable(channel, address.strip())
    letter = Letter(
        key=key,
        template=row,
        user=user,
        channel=channel,
        address=address,
        recipient_name=one_line(recipient_name)[:120],
        unit_code=unit_code,
        subject=one_line(subject)[:200],
        body=body,
        state=first_state(user, trouble),
        trouble=trouble,
        due_at=due_at or now,
        next_try_at=due_at or now,
    )
    if trouble and row.is_secret:
        letter.body = ""
    letter.full_clean(validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            letter.save()
    except IntegrityError:
        return Letter.objects.get(key=key)
    record(by=by, act="letters.enqueue", subject=letter)
    if letter.state == LetterState.WAITING and letter.next_try_at <= now:
        nudge_after_commit(letter)
    return letter


def first_state(user: User | None, trouble: str) -> str:
    """Waiting, on the list to call, or cancelled at once: an account that is closed reads nothing more."""
    if user is not None and not user.is_active:
        return LetterState.CANCELLED
    return LetterState.TO_CALL if trouble else LetterState.WAITING


def reachable(channel: str, address: str) -> tuple[str, str]:
    """The address as the channel writes it, and the trouble that keeps it from being used, "" if none."""
    if not is_set_up(channel):
        return address[:254], Trouble.NO_CHANNEL
    try:
        return channel_for(channel).normal(address), ""
    except ValueError:
        return address[:254], Trouble.NO_ADDRESS


def nudge_after_commit(letter: Letter) -> None:
    """Wake the sweep now instead of at its next tick, unless an earlier letter wakes it already."""
    others = Letter.objects.due(timezone.now(), is_quiet=False).exclude(pk=letter.pk)
    if not others.exists():
        transaction.on_commit(nudge)


def nudge() -> None:
    """Ask a worker to sweep; without a broker the letters wait for the next tick."""
    try:
        celery.current_app.send_task(SWEEP, expires=30, retry=False)
    except Exception as error:
        logger.warning("letters wait for the next tick: %s", type(error).__name__)
