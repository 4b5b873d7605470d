"""What a unit that has ended leaves open goes on in the unit that stands in its place."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record_many
from people.models import Unit
from rewards.enums import MANAGE, Step
from rewards.models import Nomination
from rewards.permissions import acting_city
from rewards.queries.heirs import heir_of, left_open


@transaction.atomic
def pass_on(*, by: Actor, unit: Unit, reason: str) -> int:
    """Proposals under way and papers not handed over of an ended unit go to its heir; returns how many.

    A group's honour not granted yet becomes the heir's, as a person's does on a merge, unless the heir has
    one of the same year itself. What is granted names who earned it for ever: only the paper goes on.
    """
    by = acting_city(by, MANAGE)
    heir = heir_of(unit, by.on)
    reasons = []
    if heir is None:
        reasons.append(Reason(_("This unit stands, or nothing stands in its place.")))
    if not reason.strip():
        reasons.append(Reason(pgettext("rewards", "Say why."), field="reason"))
    if heir is None or reasons:
        raise Refused(reasons)
    keys = set(left_open(by.on).filter(unit=unit).values_list("pk", flat=True))
    rows = list(Nomination.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    if not rows:
        raise Refused([_("Nothing of this unit is under way.")])
    own = set(Nomination.objects.filter(collective=heir).values_list("honour", "occasion"))
    changed = []
    for one in rows:
        before = {"unit": one.unit_id, "collective": one.collective_id}
        one.unit = heir
        if one.collective_id and one.step != Step.GRANTED and (one.honour, one.occasion) not in own:
            one.collective = heir
        changed.append((one.pk, before, {"unit": one.unit_id, "collective": one.collective_id}))
    Nomination.objects.bulk_update(rows, ["unit", "collective"], batch_size=500)
    record_many(by=by, act="rewards.pass_on", model=Nomination, rows=changed, reason=reason)
    return len(rows)
