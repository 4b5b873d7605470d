"""When a person is erased: letters keep that they went out, not to whom or what they said."""

from django.db import transaction

from ledger.actor import Actor
from ledger.audit import record
from ledger.models import User
from letters.enums import LetterState
from letters.models import Letter

UNSENT = (LetterState.WAITING, LetterState.TO_CALL)


@transaction.atomic
def forget_letters(*, by: Actor, user: User) -> int:
    """Empty the letters of an account and cancel those that wait; how many. The calling action has asked."""
    letters = Letter.objects.filter(user=user)
    letters.filter(state__in=UNSENT).update(state=LetterState.CANCELLED)
    count = letters.update(address="", recipient_name="", body="", search_text="", user=None)
    if count:
        record(by=by, act="letters.forget", subject=user)
    return count
