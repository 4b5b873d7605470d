"""Acts of reorganisation: one dated act founds, renames, moves, merges, splits, dissolves.

An act is a list of lines: a whole unit, one of its branches, or named people go from a
source to a target, which the same act may found. So a merge, a split and "two units
whole plus two hamlets of a third" are one mechanism. It is a draft until it is confirmed,
waits for its day, and takes effect once; people.actions.moving does the rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.dates import today
from foundation.locks import lock
from foundation.refusal import Reason, Refused
from ledger.actor import Actor, NotAllowed
from ledger.audit import record
from ledger.models import StoredFile
from people.actions.approvals import ask
from people.actions.closure import rebuild_cover
from people.actions.files import store_file
from people.actions.moving import carry_out_line
from people.actions.units import call, found_unit
from people.enums import ActKind, ActState, OfficeCode, UnitKind
from people.models import Person, Unit, UnitAct, UnitActLine
from people.permissions import acting, acting_over
from people.queries.act_problems import act_problems
from people.queries.acts import brake, brake_words, preview_act, units_touched


@dataclass(frozen=True, slots=True)
class Line:
    """What goes where. `target` None with `is_whole`: the source is dissolved.

    A target that the act founds itself is named by `target_code`.
    """

    source: Unit | None
    target: Unit | None = None
    target_code: str = ""
    is_whole: bool = False
    part: Unit | None = None
    people: Sequence[Person] = ()


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit that the act founds under a parent."""

    code: str
    kind: UnitKind
    name: str
    parent: Unit
    short_name: str = ""
    official_code: str = ""


@dataclass(frozen=True, slots=True)
class Rename:
    """A unit and what it is called from the act's day on."""

    unit: Unit
    name: str
    short_name: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """All of an act but its decision."""

    lines: Sequence[Line] = ()
    new_units: Sequence[NewUnit] = ()
    renames: Sequence[Rename] = field(default_factory=tuple)

    def items(self) -> list[Line | NewUnit | Rename]:
        """Everything in the order it can be added."""
        return [*self.new_units, *self.renames, *self.lines]


@transaction.atomic
def enter_act(
    *,
    by: Actor,
    kind: ActKind,
    effective_on: date,
    is_outside: bool = True,
    decision_number: str = "",
    decided_on: date | None = None,
    issuer: str = "",
    plan: Plan | None = None,
    decision_file: File | None = None,  # type: ignore[type-arg]
    file_type: str = "",
) -> UnitAct:
    """Write an act down as a draft; nothing changes yet. Returns the act.

    The decision comes from outside with its number, day and issuer, or is drafted here once the
    lines stand (people.actions.decided). With a plan the act must be able to take effect; without
    one its lines are added later.
    """
    by = acting(by, "unit.reorganise")
    reasons = []
    if is_outside and (not decision_number.strip() or decided_on is None):
        reasons.append(
            Reason(_("An act on units needs its decision: number and day."), field="decision_number")
        )
    if not is_outside and (decision_number.strip() or decided_on or decision_file):
        text = _("A decision drafted here gets its number and day when it is issued.")
        reasons.append(Reason(text, field="is_outside"))
    if decided_on is not None and decided_on > today():
        reasons.append(Reason(_("The decision lies in the future."), field="decided_on"))
    if reasons:
        raise Refused(reasons)
    kept = _keep(by, decision_number, decision_file, file_type) if decision_file else None
    act = UnitAct(
        kind=kind,
        is_outside=is_outside,
        decision_number=decision_number.strip(),
        decided_on=decided_on,
        issuer=" ".join(issuer.split()),
        decision_file=kept,
        effective_on=effective_on,
        details={"new_units": [], "renames": []},
    )
    act.full_clean()
    act.save()
    record(by=by, act="people.enter_unit_act", subject=act, after={"kind": kind, "number": decision_number})
    if plan is not None:
        for item in plan.items():
            act = add_to_act(by=by, act=act, item=item)
        problems = act_problems(act)
        if problems:
            raise Refused(problems)
    return act


@transaction.atomic
def add_to_act(*, by: Actor, act: UnitAct, item: Line | NewUnit | Rename) -> UnitAct:
    """Put one more line, new unit or new name into a draft. Returns the act."""
    act = _draft(act)
    if isinstance(item, Line):
        _add_line(by, act, item)
    elif isinstance(item, NewUnit):
        _add_new_unit(by, act, item)
    else:
        by = acting_over(by, "unit.reorganise", {item.unit.pk})
        if not item.name.strip():
            raise Refused(Reason(_("Say the new name."), field="name"))
        rows = [row for row in act.details["renames"] if row["unit"] != item.unit.pk]
        rows.append({"unit": item.unit.pk, "name": item.name.strip(), "short_name": item.short_name.strip()})
        act.details["renames"] = rows
    act.save(update_fields=["details"])
    record(by=by, act="people.change_unit_act", subject=act, after={"added": type(item).__name__})
    return act


@transaction.atomic
def drop_from_act(*, by: Actor, act: UnitAct, what: str, key: str) -> UnitAct:
    """Take a "line" (its id), "new" unit (its code) or "name" (the unit's id) out of a draft."""
    act = _draft(act)
    by = acting_over(by, "unit.reorganise", units_touched(act))
    if what == "line":
        act.lines.filter(pk=int(key) if key.isdigit() else 0).delete()
    elif what == "new":
        act.details["new_units"] = [row for row in act.details["new_units"] if row["code"] != key]
        act.lines.filter(target_code=key, target=None).delete()
    else:
        act.details["renames"] = [row for row in act.details["renames"] if str(row["unit"]) != key]
    act.save(update_fields=["details"])
    record(by=by, act="people.change_unit_act", subject=act, after={"dropped": f"{what} {key}"})
    return act


@transaction.atomic
def confirm_act(*, by: Actor, act: UnitAct, people_count: int | None = None) -> UnitAct:
    """The act takes effect on its day: now, if that day has come. Returns the act.

    The brake: an act that would move more people than any before it (and than SMALL_MOVE)
    is confirmed only with their number, `people_count`, as the preview shows it.
    """
    act = UnitAct.objects.select_for_update().get(pk=act.pk)
    by = acting_over(by, "unit.reorganise", units_touched(act))
    moved = ready_to_confirm(act, people_count)
    if not act.is_outside:
        raise Refused([_("Draft its decision: the act takes effect when that is issued.")])
    act.state = ActState.WAITING
    act.details["people_confirmed"] = moved
    act.save(update_fields=["state", "details"])
    after = {"effective_on": act.effective_on, "people": moved}
    record(by=by, act="people.confirm_unit_act", subject=act, after=after)
    if act.effective_on <= today():
        return carry_out_act(by=by, pk=act.pk)
    return act


def ready_to_confirm(act: UnitAct, people_count: int | None) -> int:
    """How many people a locked draft moves; refuses what cannot take effect and what the brake stops."""
    if act.state != ActState.DRAFT:
        raise Refused([_("This act is not a draft any more.")])
    problems = act_problems(act)
    if problems:
        raise Refused(problems)
    moved = preview_act(act).people_total
    if moved > brake() and people_count != moved:
        raise Refused(Reason(brake_words(moved), field="people_count"))
    return moved


@transaction.atomic
def cancel_act(*, by: Actor, act: UnitAct, reason: str) -> UnitAct:
    """An act that has not taken effect is cancelled with a reason. Returns the act."""
    act = UnitAct.objects.select_for_update().get(pk=act.pk)
    by = acting_over(by, "unit.reorganise", units_touched(act))
    if act.state == ActState.AWAITING:
        raise Refused([_("Its decision is being drafted: give up that draft, and the act is cancelled.")])
    if act.state not in {ActState.DRAFT, ActState.WAITING}:
        raise Refused([_("Only an act that has not taken effect can be cancelled.")])
    if not reason.strip():
        raise Refused(Reason(_("Say why the act is cancelled."), field="reason"))
    before = {"state": act.state}
    act.state = ActState.CANCELLED
    act.details["cancelled"] = reason.strip()[:300]
    act.save(update_fields=["state", "details"])
    record(
        by=by,
        act="people.cancel_unit_act",
        subject=act,
        before=before,
        after={"state": act.state},
        reason=reason,
    )
    return act


@transaction.atomic
def carry_out_act(*, by: Actor, pk: int) -> UnitAct:
    """Let a waiting act whose day has come take effect, once; returns the act.

    The data-protection assessment must be updated at once on a reorganisation
    (Law 91/2025/QH15, Art. 22(2)(a)): the task opens by itself.
    """
    lock("units")  # one act at a time: the tree is one thing
    act = UnitAct.objects.select_for_update().get(pk=pk)
    return take_effect(acting_over(by, "unit.reorganise", units_touched(act)), act)


def take_effect(by: Actor, act: UnitAct) -> UnitAct:
    """The locked act takes effect; whoever calls has taken the lock "units" and asked the right."""
    touched = units_touched(act)
    if act.state != ActState.WAITING:
        raise Refused([_("This act does not wait for its day.")])
    if act.effective_on > today():
        raise Refused([_("The act's day has not come.")])
    # Offices and belongings given meanwhile wait for this, and then see what the units have become.
    list(Unit.objects.select_for_update().filter(pk__in=touched).order_by("pk").values_list("pk"))
    problems = act_problems(act)
    if problems:
        raise Refused(problems)
    summary = preview_act(act).summary()
    day = act.effective_on
    founded = {row["code"]: _found(by, row, day) for row in act.details["new_units"]}
    for row in act.details["renames"]:
        call(by, Unit.objects.get(pk=row["unit"]), row["name"], row["short_name"], day)
    # Branches and named people first, then what is left of a unit.
    for line in act.lines.select_related("source", "target", "part").order_by("is_whole", "pk"):
        if line.target is None and line.target_code:
            line.target = founded[line.target_code]
            line.save(update_fields=["target"])
        carry_out_line(by, act, line)
    act.state = ActState.DONE
    act.done_at = act.tried_at = timezone.now()
    act.failure = ""
    act.details["summary"] = summary
    act.save(update_fields=["state", "done_at", "tried_at", "failure", "details"])
    rebuild_cover()
    record(by=by, act="people.carry_out_unit_act", subject=act, after={"state": act.state})
    top = Unit.objects.filter(kind=UnitKind.CITY, valid__contains=today()).order_by("pk").first()
    if top is not None:
        ask(
            by=by,
            kind="dpia.update",
            title=_("Update the data-protection impact assessment after: %(act)s") % {"act": act},
            office=OfficeCode.DATA_OFFICER,
            unit=top,
        )
    return act


def carry_out_due_act(*, by: Actor, pk: int) -> bool:
    """The job's way: carry the act out, or write on it why not. True if it is in effect now."""
    try:
        with transaction.atomic():
            carry_out_act(by=by, pk=pk)
    except Refused as refused:
        note_failure(by=by, pk=pk, reasons=[str(reason) for reason in refused.reasons])
        raise
    return True


@transaction.atomic
def note_failure(*, by: Actor, pk: int, reasons: Sequence[str]) -> None:
    """Write on a waiting act why it could not take effect; an entry only when the reasons are new."""
    if not by.is_system:
        raise NotAllowed([pgettext("people", "Your offices do not allow this here.")])
    act = UnitAct.objects.select_for_update().get(pk=pk)
    if act.state != ActState.WAITING or act.effective_on > today():
        return
    before, act.failure, act.tried_at = act.failure, "\n".join(reasons), timezone.now()
    act.save(update_fields=["failure", "tried_at"])
    if before != act.failure:
        record(by=by, act="people.fail_unit_act", subject=act, after={"failure": act.failure})


def _draft(act: UnitAct) -> UnitAct:
    act = UnitAct.objects.select_for_update().get(pk=act.pk)
    if act.state != ActState.DRAFT:
        raise Refused([_("This act is not a draft any more.")])
    return act


def _add_line(by: Actor, act: UnitAct, line: Line) -> None:
    named = {unit.pk for unit in (line.source, line.target, line.part) if unit is not None}
    acting_over(by, "unit.reorganise", named)
    row = UnitActLine(
        act=act,
        source=line.source,
        target=line.target,
        target_code=line.target_code if line.target is None else "",
        part=line.part,
        is_whole=line.is_whole,
    )
    row.full_clean()
    row.save()
    row.people.set(line.people)


def _add_new_unit(by: Actor, act: UnitAct, new: NewUnit) -> None:
    acting_over(by, "unit.reorganise", {new.parent.pk})
    unit = Unit(
        code=new.code,
        kind=new.kind,
        name=new.name,
        short_name=new.short_name,
        official_code=new.official_code,
        valid=DateRange(act.effective_on, None),
    )
    unit.clean()
    unit.full_clean()
    if new.code in {row["code"] for row in act.details["new_units"]}:
        raise Refused(Reason(_("The code %(code)s is given twice.") % {"code": new.code}, field="code"))
    act.details["new_units"].append(
        {
            "code": new.code,
            "kind": new.kind,
            "name": new.name,
            "short_name": new.short_name,
            "official_code": new.official_code,
            "parent": new.parent.pk,
        }
    )


def _keep(by: Actor, number: str, file: File, file_type: str) -> StoredFile:  # type: ignore[type-arg]
    return store_file(by=by, name=file.name or number, content_type=file_type, file=file, days=None)


def _found(by: Actor, row: dict[str, Any], day: date) -> Unit:
    return found_unit(
        by=by,
        code=row["code"],
        kind=UnitKind(row["kind"]),
        name=row["name"],
        short_name=row["short_name"],
        official_code=row.get("official_code", ""),
        founded_on=day,
        parent=Unit.objects.get(pk=row["parent"]),
    )
