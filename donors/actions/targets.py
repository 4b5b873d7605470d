"""The year's targets of units, set by one decision."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from donors.enums import DRIVE_TARGET
from donors.models import DriveTarget
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from people.models import Unit
from people.permissions import acting_over


@transaction.atomic
def set_targets(*, by: Actor, year: int, turns: Mapping[int, int], decision: str) -> int:
    """The units' (by pk) targets of the year; those that stay are not written. Returns how many changed."""
    by = acting_over(by, DRIVE_TARGET, turns)
    if not decision.strip():
        raise Refused(Reason(_("Write the decision that sets the targets."), field="decision"))
    if any(n < 0 for n in turns.values()):
        raise Refused(Reason(_("A target is no less than 0."), field="turns"))
    before = {row.unit_id: row for row in DriveTarget.objects.select_for_update().filter(year=year)}
    units = Unit.objects.in_bulk(list(turns))
    changed = 0
    for pk, n in turns.items():
        row = before.get(pk) or DriveTarget(unit=units[pk], year=year, turns=0)
        if row.turns == n:
            continue
        was = {"turns": row.turns} if row.pk else None
        row.turns, row.decision = n, decision.strip()[:200]
        row.full_clean()
        row.save()
        after = {"turns": n} if was else {"unit": units[pk].code, "year": year, "turns": n}
        record(by=by, act="donors.set_target", subject=row, before=was, after=after, reason=row.decision)
        changed += 1
    return changed
