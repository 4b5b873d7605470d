"""When nobody is there any more to read: letters that wait are cancelled, new ones are never sent."""

from django.db import transaction
from django.db.models import Q

from ledger.actor import Actor
from ledger.audit import record_many
from ledger.models import User
from letters.enums import LetterState
from letters.models import Letter


@transaction.atomic
def stop_letters(*, by: Actor, user: User | None, address: str = "") -> int:
    """Cancel every letter to the account or the address that has not gone out; how many.

    The calling action has asked whether it may.
    """
    to = Q(user=user) if user is not None else Q(pk=None)
    if address:
        to |= Q(address__iexact=address)
    waiting = Letter.objects.filter(to, state__in=[LetterState.WAITING, LetterState.TO_CALL])
    rows = list(waiting.select_for_update(of=("self",)).values_list("pk", "state"))
    Letter.objects.filter(pk__in=[pk for pk, _state in rows]).update(state=LetterState.CANCELLED)
    notes = [(pk, {"state": state}, {"state": LetterState.CANCELLED}) for pk, state in rows]
    return record_many(by=by, act="letters.cancel_letter", model=Letter, rows=notes)
