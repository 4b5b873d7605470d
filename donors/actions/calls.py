"""A call to give blood: planned with its count, begun by an officer, sent by the clock, each person once."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from donors.actions.notices import about_drive, by_clock, tell
from donors.enums import CALL, CallState, NoticeKind
from donors.models import CallUp, Drive
from donors.queries.calls import GROUPS, callable_donors
from donors.queries.settings import drive_settings
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from people.models import Unit
from people.permissions import acting


@transaction.atomic
def plan_call(
    *,
    by: Actor,
    unit: Unit,
    area: Unit,
    groups: Sequence[str],
    on: date,
    cap: int,
    words: str,
    drive: Drive | None = None,
) -> CallUp:
    """A call that reaches nobody yet; `found` counts whom it could reach."""
    by = acting(by, CALL, area.pk)
    most = drive_settings(by.on)["call_cap"]
    reasons = []
    if set(groups) - set(GROUPS):
        reasons.append(Reason(_("Choose among the blood groups."), field="groups"))
    if not 1 <= cap <= most:
        reasons.append(Reason(_("A call reaches from 1 to %(most)s people.") % {"most": most}, field="cap"))
    if on < by.on:
        reasons.append(Reason(_("The day has passed."), field="on"))
    if not words.strip():
        reasons.append(Reason(_("Write why blood is needed."), field="words"))
    if reasons:
        raise Refused(reasons)
    call = CallUp(
        unit=unit,
        area=area,
        groups=list(groups),
        on=on,
        cap=cap,
        words=" ".join(words.split()),
        drive=drive,
        made_by=by.user,
    )
    call.full_clean(exclude=["groups"])
    call.save()
    call.found = callable_donors(call).count()
    call.save(update_fields=["found"])
    after = {"area": area.code, "groups": call.groups, "found": call.found, "cap": cap}
    record(by=by, act="donors.plan_call", subject=call, after=after)
    return call


@transaction.atomic
def start_call(*, by: Actor, call: CallUp, seen: int) -> CallUp:
    """Begin; refused if the count shown to the officer (`seen`) is no longer true."""
    call, by = _locked(by, call)
    if call.state != CallState.DRAFT:
        raise Refused([_("This call has begun already.")])
    call.found = callable_donors(call).count()
    call.save(update_fields=["found"])
    if call.found != seen:
        words = _("The count has changed to %(n)s: look again before you begin.")
        raise Refused([words % {"n": call.found}])
    if not call.found:
        raise Refused([_("This call would reach nobody.")])
    call.state = CallState.SENDING
    call.save(update_fields=["state"])
    record(by=by, act="donors.start_call", subject=call, after={"found": call.found, "cap": call.cap})
    return call


@transaction.atomic
def stop_call(*, by: Actor, call: CallUp, reason: str) -> CallUp:
    """The officer's brake: who was not called yet is not called."""
    call, by = _locked(by, call)
    if call.state not in {CallState.DRAFT, CallState.SENDING}:
        raise Refused([_("This call is over.")])
    if not reason.strip():
        raise Refused(Reason(_("Say why it is stopped."), field="reason"))
    call.state, call.stopped_why, call.ended_at = CallState.STOPPED, reason.strip()[:200], timezone.now()
    call.save(update_fields=["state", "stopped_why", "ended_at"])
    record(by=by, act="donors.stop_call", subject=call, after={"sent": call.sent}, reason=call.stopped_why)
    return call


@transaction.atomic
def call_donor(*, by: Actor, call: CallUp, pk: int) -> bool:
    """Call one donor, if nothing has changed; False if the call is over or they may not be called."""
    by_clock(by)
    call = (
        CallUp.objects.select_for_update(of=("self",)).select_related("unit", "drive__unit").get(pk=call.pk)
    )
    if call.state != CallState.SENDING or call.sent >= call.cap:
        return False
    donor = callable_donors(call).filter(pk=pk).select_related("person__user").first()
    if donor is None:
        return False
    told = {"words": call.words, "mine": reverse("mine_donations"), "drive": "", "unit": call.unit.name}
    told |= about_drive(call.drive) if call.drive else {"calendar": reverse("drive_calendar")}
    if not tell(by, donor.person, NoticeKind.CALL, str(call.pk), told, call.unit.code, call):
        return False
    call.sent += 1
    call.save(update_fields=["sent"])
    return True


@transaction.atomic
def finish_call(*, by: Actor, call: CallUp) -> bool:
    """The call is over: its cap is reached, or nobody is left."""
    by_clock(by)
    changed = CallUp.objects.filter(pk=call.pk, state=CallState.SENDING).update(
        state=CallState.DONE, ended_at=timezone.now()
    )
    if changed:
        record(by=by, act="donors.finish_call", subject=call, after={"sent": call.sent})
    return bool(changed)


def _locked(by: Actor, call: CallUp) -> tuple[CallUp, Actor]:
    call = CallUp.objects.select_for_update().get(pk=call.pk)
    return call, acting(by, CALL, call.area_id)
