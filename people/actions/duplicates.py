"""Doubles: found as data comes in and every night; told apart by an officer."""

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.audit import record
from people.enums import PairState
from people.models import Belonging, Pair
from people.permissions import acting_with
from people.queries.duplicates import FORGET, RIGHT, STORE, look, told


@transaction.atomic
def find_pairs(*, by: Actor, cause: str = "") -> int:
    """Note who may be one person; of those that `cause` brought in, or of all. Returns pairs new or changed.

    Finding is no decision: nothing is merged, and a pair told apart stays so.
    """
    fresh: list[int] | None = None
    if cause:
        people: QuerySet[Belonging] = Belonging.objects.filter(cause=cause)
        fresh = list(people.values_list("person_id", flat=True))
        if not fresh:
            return 0
    with connection.cursor() as cursor:
        look(cursor, told(by.on, fresh))
        if fresh is None:
            cursor.execute(FORGET, told(by.on, None))
        cursor.execute(STORE, told(by.on, fresh))
        return int(cursor.rowcount)


@transaction.atomic
def tell_apart(*, by: Actor, pair: Pair, reason: str) -> Pair:
    """These are two people: the pair comes up no more. Returns the pair."""
    pair = Pair.objects.select_for_update(of=("self",)).select_related("one", "other").get(pk=pair.pk)
    by = acting_with(by, RIGHT, pair.one)
    acting_with(by, RIGHT, pair.other)
    if pair.state != PairState.OPEN:
        raise Refused([_("Somebody has decided this pair meanwhile.")])
    if not reason.strip():
        raise Refused([_("Say how you know that these are two people.")])
    pair.state = PairState.DIFFERENT
    pair.save(update_fields=["state"])
    after = {"one": pair.one_id, "other": pair.other_id}
    record(by=by, act="people.tell_apart", subject=pair, after=after, reason=reason)
    return pair
