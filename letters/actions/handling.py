"""What officers do with letters that need somebody, or that should go out differently."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.audit import record, snapshot
from letters.actions.writing import nudge_after_commit, reachable
from letters.enums import LetterState
from letters.models import Letter
from letters.permissions import managing

WATCHED = ("state", "attempts", "next_try_at", "sent_at", "told_at")


def _locked(letter: Letter, states: tuple[str, ...], refusal: str) -> Letter:
    """The letter under lock; refused unless it is in one of the states."""
    fresh = Letter.objects.select_for_update(of=("self",)).select_related("template").get(pk=letter.pk)
    if fresh.state not in states:
        raise Refused([refusal])
    return fresh


def _save(letter: Letter, by: Actor, act: str, before: dict[str, object], fields: Iterable[str]) -> Letter:
    letter.full_clean()
    letter.save(update_fields=list(fields))
    record(by=by, act=act, subject=letter, before=before, after=snapshot(letter, WATCHED))
    return letter


@transaction.atomic
def retry_letter(*, by: Actor, letter: Letter) -> Letter:
    """Send now: a waiting letter, one to be called, or an unsure one, which may then arrive twice.

    A letter whose body was dropped cannot be sent again: refused. Returns the letter.
    """
    by = managing(by, letter)
    states = (LetterState.WAITING, LetterState.TO_CALL, LetterState.UNSURE)
    letter = _locked(letter, states, _("This letter is not waiting for another try."))
    if letter.is_secret_gone:
        raise Refused([_("The code in this letter was deleted: the recipient must ask for a new one.")])
    address, trouble = reachable(letter.channel, letter.address)
    if trouble:
        raise Refused([_("There is no way to send this letter: call or print.")])
    before = snapshot(letter, WATCHED)
    letter.address = address
    letter.state = LetterState.WAITING
    letter.attempts = 0
    letter.next_try_at = timezone.now()
    letter.claim = letter.handing_over_at = None
    letter.trouble = letter.last_error = ""
    fields = (
        "address",
        "state",
        "attempts",
        "next_try_at",
        "claim",
        "handing_over_at",
        "trouble",
        "last_error",
    )
    _save(letter, by, "letters.retry_letter", before, fields)
    nudge_after_commit(letter)
    return letter


@transaction.atomic
def cancel_letter(*, by: Actor, letter: Letter) -> Letter:
    """A letter that has not gone out never does. Returns the letter."""
    by = managing(by, letter)
    states = (LetterState.WAITING, LetterState.TO_CALL)
    letter = _locked(letter, states, _("This letter has gone out or was settled already."))
    before = snapshot(letter, WATCHED)
    letter.state = LetterState.CANCELLED
    if letter.template.is_secret:
        letter.body = ""
    return _save(letter, by, "letters.cancel_letter", before, ("state", "body"))


@transaction.atomic
def mark_told(*, by: Actor, letter: Letter) -> Letter:
    """Somebody called the recipient or handed over a printed copy; the row keeps who and when."""
    by = managing(by, letter)
    letter = _locked(letter, (LetterState.TO_CALL,), _("This letter is not on the list to call."))
    before = snapshot(letter, WATCHED)
    letter.state = LetterState.TOLD
    letter.told_at = timezone.now()
    letter.told_by = by.user
    return _save(letter, by, "letters.mark_told", before, ("state", "told_at", "told_by"))


@transaction.atomic
def mark_arrived(*, by: Actor, letter: Letter) -> Letter:
    """Somebody found that an unsure letter has arrived. Returns the letter, sent."""
    by = managing(by, letter)
    letter = _locked(letter, (LetterState.UNSURE,), _("This letter is not unsure."))
    before = snapshot(letter, WATCHED)
    letter.state = LetterState.SENT
    letter.sent_at = letter.handing_over_at
    letter.trouble = letter.last_error = ""
    if letter.template.is_secret:
        letter.body = ""
    fields = ("state", "sent_at", "trouble", "last_error", "body")
    return _save(letter, by, "letters.mark_arrived", before, fields)
