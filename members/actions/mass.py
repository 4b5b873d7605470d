"""Many memberships at once: the same act, the same checks and traces as one by one, in a few statements."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record_many
from members.actions.life import ENDINGS, NEEDS_DECISION, Wanted, why
from members.enums import ACT, Ending
from members.models import Membership
from members.queries.ending import end_gathered, ended_ids, ended_proofs, gather
from members.rules import reasons_of, terms
from papers.models import Proof
from people.models import Unit
from people.permissions import acting


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many memberships ended; those left alone by id, with a code (members.queries.ending.gather)."""

    ended: int
    refused: Mapping[int, str]


@transaction.atomic
def end_many(*, by: Actor, unit: Unit, memberships: Sequence[int], wanted: Wanted) -> Outcome:
    """End all of these memberships of the unit and what is below it, as `change_life` ends one.

    Who cannot end so (elsewhere, moving, changed later …) is left alone and told. Each row has its entry
    in the log and its act, which can be taken back one by one. Memory stays flat.
    """
    by = acting(by, ACT, unit.pk)
    _check(wanted, by)
    refused = gather(memberships, unit.pk, wanted.on, by.on)
    words = why(wanted, by.on)
    end_gathered(
        {
            "act": wanted.act,
            "on": wanted.on,
            "today": by.on,
            "reason_code": wanted.reason_code,
            "words": wanted.words.strip()[:300],
            "decision": wanted.decision.strip(),
            "why": words,
            "user": by.user.pk if by.user else None,
            "at": timezone.now(),
            "undo_until": by.on + timedelta(days=terms(by.on).undo_calendar_days),
        }
    )
    told = {"act": wanted.act, "on": wanted.on, "decision": wanted.decision}
    ended = record_many(
        by=by,
        act="members.change_life",
        model=Membership,
        rows=_same(ended_ids(), told),
        reason=words,
    )
    record_many(by=by, act="papers.end_proof", model=Proof, rows=_same(ended_proofs(), {"ended_on": by.on}))
    return Outcome(ended, refused)


def _same(ids: Iterable[int], after: Mapping[str, Any]) -> Iterator[tuple[int, None, Mapping[str, Any]]]:
    return ((pk, None, after) for pk in ids)


def _check(wanted: Wanted, by: Actor) -> None:
    reasons: list[Reason] = []
    if wanted.act not in ENDINGS:
        reasons.append(Reason(_("Choose what is done."), field="act"))
    if wanted.act == Ending.DECEASED:  # it also ends other memberships and the account
        reasons.append(Reason(_("A death is entered one by one."), field="act"))
    if wanted.on > by.on:
        reasons.append(Reason(_("The day lies in the future."), field="on"))
    known = reasons_of(wanted.act, by.on)
    if known and wanted.reason_code not in known:
        reasons.append(Reason(_("Choose the reason."), field="reason_code"))
    if wanted.act in NEEDS_DECISION and not wanted.decision.strip():
        reasons.append(Reason(pgettext("members", "Write the decision's number."), field="decision"))
    if reasons:
        raise Refused(reasons)
