"""Acts on a membership: pause, resume, leaving, removal, expulsion, death; taken back in a window."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.dates import format_date
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from members.actions.cards import end_cards, make_card
from members.actions.deaths import close_account, drop_transfer
from members.actions.joining import leave_unit, settle
from members.actions.undoing import in_the_way, restore
from members.enums import ACT, Ending, MembershipState
from members.models import LifeAct, Membership, Pause
from members.queries.memberships import place_of
from members.queries.units import base_of
from members.rules import kind_rules, may_join, reasons_of, terms
from people.deaths import end_elsewhere
from people.models import Belonging, Unit
from people.permissions import acting

PAUSE, RESUME = "pause", "resume"
ENDINGS = (Ending.LEFT, Ending.REMOVED, Ending.EXPELLED, Ending.DECEASED, Ending.GREW)
NEEDS_DECISION = (Ending.REMOVED, Ending.EXPELLED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be done with a membership: which act, from which day, why, by which decision."""

    act: str
    on: date
    reason_code: str = ""
    words: str = ""
    decision: str = ""


@transaction.atomic
def change_life(*, by: Actor, membership: Membership, wanted: Wanted) -> LifeAct:
    """Carry out one act; `on` is the first day it holds. Returns the act, which can be undone for a while."""
    membership, by = locked(by, membership)
    if wanted.act == Ending.DECEASED:
        drop_transfer(by, membership)
    _check(membership, wanted, by.on)
    changed: list[dict[str, object]] = [{"state": membership.state}]
    if wanted.act == PAUSE:
        pause = Pause(membership=membership, during=DateRange(wanted.on, None), reason=why(wanted, by.on))
        pause.full_clean()
        pause.save()
        changed.append({"pause": pause.pk})
        membership.state = MembershipState.PAUSED
    elif wanted.act == RESUME:
        changed += end_pauses(membership, wanted.on)
        membership.state = MembershipState.ACTIVE
    else:
        changed += end(by, membership, wanted)
    if wanted.act == Ending.DECEASED:
        changed += close_account(by, membership.person)
        changed += end_elsewhere(by, membership.person, wanted.on)
    membership.full_clean()
    membership.save()
    act = LifeAct(
        membership=membership,
        act=wanted.act,
        on=wanted.on,
        reason_code=wanted.reason_code,
        words=wanted.words.strip()[:300],
        decision=wanted.decision.strip(),
        by_user=by.user,
        changed=changed,
        undo_until=by.on + timedelta(days=terms(by.on).undo_calendar_days),
    )
    act.full_clean()
    act.save()
    record(
        by=by,
        act="members.change_life",
        subject=membership,
        after={"act": wanted.act, "on": wanted.on, "decision": wanted.decision},
        reason=why(wanted, by.on),
    )
    if wanted.act == Ending.DECEASED:
        end_the_others(by, membership, wanted)
    return act


def end(by: Actor, membership: Membership, wanted: Wanted) -> list[dict[str, object]]:
    """The membership's last day is the day before; cards and place end with it. What was changed."""
    until = membership.during.upper
    changed: list[dict[str, object]] = [{"until": until.isoformat() if until else None}]
    changed += leave_unit(membership, wanted.on)
    changed += end_cards(by, membership)
    changed += end_pauses(membership, wanted.on)
    membership.during = DateRange(membership.during.lower, wanted.on)
    membership.state, membership.ending = MembershipState.ENDED, Ending(wanted.act)
    membership.end_reason, membership.end_decision = why(wanted, by.on), wanted.decision.strip()
    return changed


def end_pauses(membership: Membership, on: date) -> list[dict[str, object]]:
    """Nothing rests from the day on; a pause of that same day never was. What was changed, for an undo."""
    changed: list[dict[str, object]] = []
    for pause in membership.pauses.select_for_update().filter(during__contains=on):
        if pause.during.lower == on:
            changed.append({"unpaused": str(on), "why": pause.reason})
            pause.delete()
        else:
            changed.append({"paused_until": pause.pk})
            pause.during = DateRange(pause.during.lower, on)
            pause.save(update_fields=["during"])
    return changed


@transaction.atomic
def undo_life_act(*, by: Actor, act: LifeAct, reason: str) -> LifeAct:
    """Take the latest act on a membership back within its window; both stay on record. Returns it."""
    membership, by = locked(by, act.membership)
    act = LifeAct.objects.select_for_update().get(pk=act.pk)
    reasons = []
    if act.undone_at is not None:
        reasons.append(Reason(_("This was taken back already.")))
    if act.undo_until is None or by.on > act.undo_until:
        reasons.append(Reason(_("It can no longer be taken back: enter a new act.")))
    if membership.acts.filter(pk__gt=act.pk, undone_at=None).exists():
        reasons.append(Reason(_("A later act rests on it: take that one back first.")))
    if membership.successors.exists():
        reasons.append(Reason(_("The person has joined anew since.")))
    if not reason.strip():
        reasons.append(Reason(_("Say why it is taken back."), field="reason"))
    if reasons:
        raise Refused(reasons)
    reasons = in_the_way(membership, act)
    if reasons:
        raise Refused(reasons)
    try:
        with transaction.atomic():
            for change in act.changed:
                restore(by, membership, change)
            membership.full_clean()
            membership.save()
    except (ValidationError, IntegrityError, ObjectDoesNotExist) as collision:
        # What stands in the way is no longer as the act left it: merged, moved, begun anew.
        raise Refused([_("Something of later stands in the way: enter a new act instead.")]) from collision
    act.undone_at, act.undone_why = timezone.now(), reason.strip()
    act.save(update_fields=["undone_at", "undone_why"])
    record(by=by, act="members.undo_life_act", subject=membership, after={"act": act.act}, reason=reason)
    if act.act == Ending.DECEASED:
        undo_the_others(by, act, reason)
    return act


@transaction.atomic
def rejoin(*, by: Actor, membership: Membership, unit: Unit, on: date, decision: str) -> Membership:
    """Who left comes back: a new membership with the old one as its predecessor. Returns the new one."""
    by = acting(by, ACT, unit.pk)
    old = Membership.objects.select_for_update(of=("self",)).select_related("person").get(pk=membership.pk)
    rule = kind_rules(by.on)[old.kind]
    reasons: list[Reason] = []
    if old.state != MembershipState.ENDED or old.ending == Ending.DECEASED:
        reasons.append(Reason(_("Only a membership that has ended can begin anew.")))
    elif on < old.during.upper:
        reasons.append(Reason(_("The earlier membership holds on that day."), field="on"))
    if on > by.on:
        reasons.append(Reason(_("The day lies in the future."), field="on"))
    if rule.has_admission and not decision.strip():
        reasons.append(Reason(pgettext("members", "Write the decision's number."), field="decision"))
    later = Membership.objects.filter(
        person=old.person_id, kind=old.kind, during__overlap=DateRange(on, None)
    )
    if later.exclude(pk=old.pk).exists():
        told = {"name": old.person.full_name, "kind": rule.name}
        reasons.append(Reason(_("%(name)s is %(kind)s already.") % told))
    reasons += may_join(old.kind, old.person.birth_date, on) if old.person.birth_date else []
    if reasons:
        raise Refused(reasons)
    new = Membership(
        person=old.person,
        kind=old.kind,
        during=DateRange(on, None),
        decision=decision.strip(),
        decided_on=on if decision.strip() else None,
        predecessor=old,
    )
    new.full_clean()
    new.save()
    settle(new, unit.pk, on)
    if rule.has_card:
        make_card(by, new, base_of(unit, on), on)
    record(by=by, act="members.rejoin", subject=new, after={"unit": unit.code, "on": on, "before": old.pk})
    return new


def locked(by: Actor, membership: Membership) -> tuple[Membership, Actor]:
    """The row under a lock, and the actor in the office over its unit."""
    rows = Membership.objects.select_for_update(of=("self",)).select_related("person")
    membership = rows.get(pk=membership.pk)
    place = place_of(membership, by.on)
    if place is None and membership.during.upper is not None:
        place = place_of(membership, membership.during.upper - timedelta(days=1))
    return membership, acting(by, ACT, place.pk if place else None)


def _check(membership: Membership, wanted: Wanted, today: date) -> None:
    reasons: list[Reason] = []
    if membership.state == MembershipState.ENDED:
        raise Refused([_("This membership has ended already.")])
    if membership.state == MembershipState.MOVING:
        reasons.append(Reason(_("A transfer waits: let it be received, or take it back, first.")))
    reasons += _against_day(membership, wanted, today)
    known = reasons_of(wanted.act, today)
    if known and wanted.reason_code not in known:
        reasons.append(Reason(_("Choose the reason."), field="reason_code"))
    if wanted.act in NEEDS_DECISION and not wanted.decision.strip():
        reasons.append(Reason(pgettext("members", "Write the decision's number."), field="decision"))
    is_paused = membership.state == MembershipState.PAUSED
    if wanted.act == PAUSE and is_paused:
        reasons.append(Reason(_("This membership rests already.")))
    if wanted.act == RESUME and not is_paused:
        reasons.append(Reason(_("This membership does not rest.")))
    if wanted.act not in (PAUSE, RESUME, *ENDINGS):
        reasons.append(Reason(_("Choose what is done."), field="act"))
    if reasons:
        raise Refused(reasons)


def _against_day(membership: Membership, wanted: Wanted, today: date) -> list[Reason]:
    """What stands against the day: the future, the beginning, a later change."""
    reasons: list[Reason] = []
    if wanted.on > today:
        reasons.append(Reason(_("The day lies in the future."), field="on"))
    if wanted.on <= membership.during.lower and wanted.act in ENDINGS:
        told = {"day": format_date(membership.during.lower)}
        reasons.append(Reason(_("The membership began on %(day)s: it ends after that.") % told, field="on"))
    elif wanted.on < membership.during.lower:
        told = {"day": format_date(membership.during.lower)}
        reasons.append(Reason(_("The membership began on %(day)s.") % told, field="on"))
    latest = _latest_change(membership, today)
    if latest is not None and membership.during.lower < wanted.on < latest:
        told = {"day": format_date(latest)}
        reasons.append(
            Reason(
                _("A change of %(day)s stands already: choose that day or a later one.") % told, field="on"
            )
        )
    return reasons


def _latest_change(membership: Membership, on: date) -> date | None:
    """The last day on which its place or a pause began or ended: an act before it would contradict it."""
    kind = kind_rules(on)[membership.kind].belongs
    places = Belonging.objects.filter(person=membership.person_id, kind=kind).values_list("during", flat=True)
    rests = membership.pauses.values_list("during", flat=True)
    days = [during.lower for during in places] + [
        day for during in rests for day in (during.lower, during.upper)
    ]
    return max((day for day in days if day is not None), default=None)


def why(wanted: Wanted, on: date) -> str:
    """The reason in words: from the list, and what was added."""
    listed = reasons_of(wanted.act, on).get(wanted.reason_code, "")
    return "; ".join(part for part in (listed, wanted.words.strip()) if part)[:300]


def end_the_others(by: Actor, membership: Membership, wanted: Wanted) -> None:
    """A death ends every other membership of the person too, wherever it is lived; each is its own act."""
    others = Membership.objects.filter(person=membership.person_id).exclude(state=MembershipState.ENDED)
    for other in others.exclude(pk=membership.pk).order_by("pk"):
        change_life(by=replace(by, is_system=True), membership=other, wanted=wanted)


def undo_the_others(by: Actor, act: LifeAct, reason: str) -> None:
    """A death taken back is taken back for every membership it ended."""
    person = act.membership.person_id
    others = LifeAct.objects.filter(act=act.act, on=act.on, undone_at=None, membership__person=person)
    for other in others.order_by("-pk"):
        undo_life_act(by=replace(by, is_system=True), act=other, reason=reason)
