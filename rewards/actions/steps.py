"""One nomination, locked, one step further."""

from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.audit import record
from rewards.enums import Step
from rewards.models import Nomination, holder_of
from rewards.rules import may_step


def taken(nomination: Nomination, then: Step) -> Nomination:
    """The locked nomination, if this step may follow; else refused."""
    row = (
        Nomination.objects.select_for_update(of=("self",))
        .select_related("rung", *holder_of())
        .get(pk=nomination.pk)
    )
    if not may_step(row.step, then, row.rung.grantor):
        raise Refused(
            [
                _("This is not possible in the state it is in now: %(state)s.")
                % {"state": row.get_step_display()}
            ]
        )
    return row


def moved(by: Actor, nomination: Nomination, then: Step, act: str, reason: str = "") -> Nomination:
    """The nomination at its new step, in the log."""
    before = nomination.step
    nomination.step, nomination.step_at = then, timezone.now()
    nomination.full_clean(validate_unique=False)
    nomination.save()
    record(
        by=by, act=act, subject=nomination, before={"step": before}, after={"step": str(then)}, reason=reason
    )
    return nomination
