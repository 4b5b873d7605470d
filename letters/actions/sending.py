"""Sending: claim, begin the hand-over, hand over, record; each step committed before the next.

Who was killed before the hand-over began has delivered nothing: the letter is swept and sent again.
Who was killed after it may have: the letter is unsure, and only the channel's own proof or an
officer settles it. docs/letters.md tells why nothing better can be had.
"""

import time
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TypeVar

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from letters.channels import Away, Channel, Message, NeverTaken, NoAnswer, NotNow, channel_for, is_set_up
from letters.enums import LetterState, Trouble
from letters.models import Letter
from letters.rules import SendingRule, is_quiet, sending_rule_on, wait_after

Answer = TypeVar("Answer")


class LostClaim(Exception):
    """The letter is no longer ours: swept meanwhile, or settled by somebody."""


class Channels:
    """The open channels of one sweep, and which of them are away."""

    def __init__(self) -> None:
        self.opened: dict[str, Channel] = {}
        self.away: set[str] = set()

    def get(self, code: str) -> Channel:
        if code not in self.opened:
            self.opened[code] = channel_for(code)
        return self.opened[code]

    def close(self) -> None:
        for channel in self.opened.values():
            channel.close()


def rule_now() -> SendingRule:
    return sending_rule_on(timezone.localdate())


def claim_due(channels: Channels, seconds: float = 20) -> Iterator[Letter]:
    """Claimed letters, one by one, until none is due or time is up; outlasts a database gone for moments."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        letter = patiently(lambda: claim_next(channels.away), deadline - time.monotonic())
        if letter is None:
            return
        yield letter


@transaction.atomic
def claim_next(away: set[str] | frozenset[str] = frozenset()) -> Letter | None:
    """The longest due letter, now claimed under a token of its own; None if none is due.

    Workers pass each other by: a row another one is claiming is skipped.
    """
    now = timezone.now()
    due = Letter.objects.due(now, is_quiet=is_quiet(timezone.localtime(now).time(), rule_now()))
    letter = (
        due.exclude(channel__in=away)
        .select_related("template")
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("next_try_at", "pk")
        .first()
    )
    if letter is not None:
        letter.state = LetterState.SENDING
        letter.claim = uuid.uuid4()
        letter.claimed_at = now
        letter.handing_over_at = None
        letter.attempts += 1
        letter.save(update_fields=["state", "claim", "claimed_at", "handing_over_at", "attempts"])
    return letter


def send_claimed(letter: Letter, channels: Channels) -> bool:
    """Hand a claimed letter over and record what became of it; True if it was sent.

    Whatever happens to one letter is recorded in its row and stays with it.
    """
    begun = False

    def begin() -> None:
        nonlocal begun
        begin_hand_over(letter)
        begun = True

    if not is_set_up(letter.channel):
        stop_trying(letter, Trouble.NO_CHANNEL, "")
        return False
    try:
        channels.get(letter.channel).hand_over(as_message(letter), begin)
    except LostClaim:
        return False
    except Away as trouble:
        channels.away.add(letter.channel)
        put_back_untried(letter, trouble.code)
        return False
    except NeverTaken as trouble:
        stop_trying(letter, Trouble.REFUSED, trouble.code)
        return False
    except NotNow as trouble:
        put_back(letter, Trouble.NOT_NOW, trouble.code)
        return False
    except NoAnswer as trouble:
        leave_unsure(letter, trouble.code)
        return False
    except (OperationalError, InterfaceError):
        # The database went away before the last line: nothing was delivered, whatever it kept.
        letter.attempts -= 1
        _wait(letter, timezone.now(), "", "")
        return False
    except Exception as error:
        if begun:
            leave_unsure(letter, type(error).__name__)
        else:
            put_back(letter, Trouble.FAULT, type(error).__name__)
        raise
    record_sent(letter)
    return True


def as_message(letter: Letter) -> Message:
    return Message(
        letter.pk,
        letter.key,
        letter.address,
        letter.recipient_name,
        letter.subject,
        letter.body,
        letter.created_at,
    )


def begin_hand_over(letter: Letter) -> None:
    """Commit that the step which cannot be taken back comes now; LostClaim if the letter is not ours."""
    ours = Letter.objects.filter(
        pk=letter.pk, claim=letter.claim, state=LetterState.SENDING, handing_over_at=None
    )
    if ours.update(handing_over_at=timezone.now()) != 1:
        raise LostClaim


def record_sent(letter: Letter) -> None:
    """The channel took it. A body that held a token is dropped with the same statement."""
    dropped = {"body": ""} if letter.template.is_secret else {}
    _conclude(letter, state=LetterState.SENT, sent_at=timezone.now(), trouble="", last_error="", **dropped)


def put_back(letter: Letter, trouble: Trouble, code: str) -> None:
    """To be tried again after the wait its tries have earned; to be called when they are used up."""
    wait = wait_after(letter.attempts, rule_now())
    if wait is None:
        stop_trying(letter, trouble, code)
    else:
        _wait(letter, timezone.now() + wait, trouble, code)


def put_back_untried(letter: Letter, code: str) -> None:
    """The channel is away: no try of the letter's own is used; after days it is to be called all the same."""
    rule, now = rule_now(), timezone.now()
    if now - letter.due_at > rule.give_up_after:
        stop_trying(letter, Trouble.AWAY, code)
        return
    letter.attempts -= 1
    _wait(letter, now + rule.wait_for_channel, Trouble.AWAY, code)


def _wait(letter: Letter, until: datetime, trouble: str, code: str) -> None:
    _conclude(
        letter,
        state=LetterState.WAITING,
        next_try_at=until,
        attempts=letter.attempts,
        claim=None,
        handing_over_at=None,
        trouble=trouble,
        last_error=code,
    )


def stop_trying(letter: Letter, trouble: Trouble, code: str) -> None:
    """It cannot be sent: somebody calls or prints. A token nobody will get is dropped."""
    dropped = {"body": ""} if letter.template.is_secret else {}
    _conclude(
        letter,
        state=LetterState.TO_CALL,
        handing_over_at=None,
        trouble=trouble,
        last_error=code,
        **dropped,
    )


def leave_unsure(letter: Letter, code: str) -> None:
    """It was handed over and nobody said whether it was taken."""
    _conclude(letter, state=LetterState.UNSURE, trouble=Trouble.NO_ANSWER, last_error=code)


def _conclude(letter: Letter, **values: object) -> None:
    """Write the outcome of our claim, once; what was settled meanwhile stays as it is.

    A living worker knows what became of the letter, so it keeps trying while PostgreSQL is away.
    """
    ours = Letter.objects.filter(
        Q(state=LetterState.SENDING) | Q(state=LetterState.UNSURE), pk=letter.pk, claim=letter.claim
    )
    patiently(lambda: ours.update(**values), settings.LETTERS_RECORD_SECONDS)


def patiently(ask: Callable[[], Answer], seconds: float) -> Answer:
    """The database's answer, asked again while it is away, for so many seconds; then the error passes."""
    deadline = time.monotonic() + seconds
    pause = 0.1
    while True:
        try:
            return ask()
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block or time.monotonic() > deadline:
                raise
            connection.close()
            time.sleep(pause)
            pause = min(pause * 2, 5)


def release_stale(channels: Channels) -> int:
    """Letters whose worker was killed go back, or become unsure; returns how many.

    Safe while the worker lives after all: it finds at `begin_hand_over` that its claim is gone,
    and what it records later still counts for an unsure letter.
    """
    now = timezone.now()
    claimed_before = now - timedelta(seconds=settings.LETTERS_CLAIM_SECONDS)
    begun_before = now - timedelta(seconds=settings.LETTERS_HAND_OVER_SECONDS)
    sending = Letter.objects.filter(state=LetterState.SENDING)
    most = len(rule_now().waits)
    silent = sending.filter(handing_over_at=None, claimed_at__lt=claimed_before)
    # A letter that kills its worker every time is not tried for ever.
    deadly = silent.filter(attempts__gt=most).select_related("template")
    begun = sending.filter(handing_over_at__lt=begun_before).select_related("template")
    count = 0
    for letter in deadly.iterator():
        stop_trying(letter, Trouble.KILLED, "")
        count += 1
    for letter in begun.iterator():
        settle_by_proof(letter, channels)
        count += 1
    return count + silent.filter(attempts__lte=most).update(
        state=LetterState.WAITING, claim=None, next_try_at=now, trouble=Trouble.KILLED
    )


def settle_by_proof(letter: Letter, channels: Channels) -> None:
    """Ask the channel whether it took a letter whose worker fell silent while handing it over."""
    taken = None
    if is_set_up(letter.channel):
        taken = channels.get(letter.channel).has_taken(as_message(letter))
    if taken:
        record_sent(letter)
    elif taken is None:
        leave_unsure(letter, "")
    else:
        put_back(letter, Trouble.KILLED, "")
