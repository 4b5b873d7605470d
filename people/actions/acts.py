"""Acts of reorganisation: one dated act founds, renames, moves, merges, splits, dissolves.

An act is a list of lines: a whole unit, one of its branches, or named people go from a
source to a target, which the same act may found. So a merge, a split and "two units
whole plus two hamlets of a third" are one mechanism. Earlier days never change: rows
are ended and new ones begun.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.dates import today
from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.audit import record
from ledger.models import StoredFile
from people.actions.approvals import ask
from people.actions.closure import rebuild_cover
from people.actions.units import call, found_unit
from people.enums import ActKind, ActState, OfficeCode, UnitKind
from people.models import Belonging, OfficeGrant, Person, Unit, UnitAct, UnitActLine, UnitLink, UnitName
from people.permissions import acting
from people.queries.acts import act_problems


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


@dataclass(frozen=True, slots=True)
class Plan:
    """All of an act but its decision."""

    lines: Sequence[Line] = ()
    new_units: Sequence[NewUnit] = ()
    renames: Sequence[tuple[Unit, str, str]] = field(default_factory=tuple)


@transaction.atomic
def enter_act(
    *,
    by: Actor,
    kind: ActKind,
    decision_number: str,
    decided_on: date,
    effective_on: date,
    plan: Plan,
    decision_file: StoredFile | None = None,
) -> UnitAct:
    """Write an act down as a draft; nothing changes yet. Returns the act."""
    by = acting(by, "unit.reorganise")
    if not decision_number.strip():
        raise Refused([_("An act on units needs its decision: number and day.")])
    act = UnitAct(
        kind=kind,
        decision_number=decision_number.strip(),
        decided_on=decided_on,
        decision_file=decision_file,
        effective_on=effective_on,
        details={
            "new_units": [
                {
                    "code": new.code,
                    "kind": new.kind,
                    "name": new.name,
                    "short_name": new.short_name,
                    "parent": new.parent.pk,
                }
                for new in plan.new_units
            ],
            "renames": [
                {"unit": unit.pk, "name": name, "short_name": short} for unit, name, short in plan.renames
            ],
        },
    )
    act.full_clean()
    act.save()
    for line in plan.lines:
        row = UnitActLine.objects.create(
            act=act,
            source=line.source,
            target=line.target,
            target_code=line.target_code,
            part=line.part,
            is_whole=line.is_whole,
        )
        row.people.set(line.people)
    problems = act_problems(act)
    if problems:
        raise Refused(problems)
    record(by=by, act="people.enter_unit_act", subject=act, after={"kind": kind, "number": decision_number})
    return act


@transaction.atomic
def confirm_act(*, by: Actor, act: UnitAct) -> UnitAct:
    """The act takes effect on its day: now, if that day has come. Returns the act."""
    by = acting(by, "unit.reorganise")
    act = UnitAct.objects.select_for_update().get(pk=act.pk)
    if act.state != ActState.DRAFT:
        raise Refused([_("This act is not a draft any more.")])
    act.state = ActState.WAITING
    act.save(update_fields=["state"])
    record(by=by, act="people.confirm_unit_act", subject=act, after={"effective_on": act.effective_on})
    if act.effective_on <= today():
        return carry_out_act(by=by, pk=act.pk)
    return act


@transaction.atomic
def cancel_act(*, by: Actor, act: UnitAct, reason: str) -> UnitAct:
    """An act that has not taken effect is cancelled with a reason. Returns the act."""
    by = acting(by, "unit.reorganise")
    act = UnitAct.objects.select_for_update().get(pk=act.pk)
    if act.state not in {ActState.DRAFT, ActState.WAITING}:
        raise Refused([_("Only an act that has not taken effect can be cancelled.")])
    if not reason.strip():
        raise Refused([_("Say why the act is cancelled.")])
    before = {"state": act.state}
    act.state = ActState.CANCELLED
    act.save(update_fields=["state"])
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
    by = acting(by, "unit.reorganise")
    act = UnitAct.objects.select_for_update().get(pk=pk)
    if act.state != ActState.WAITING:
        raise Refused([_("This act does not wait for its day.")])
    if act.effective_on > today():
        raise Refused([_("The act's day has not come.")])
    # One act at a time: the tree is one thing.
    list(Unit.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    problems = act_problems(act)
    if problems:
        raise Refused(problems)
    day = act.effective_on
    founded = {row["code"]: _found(by, row, day) for row in act.details["new_units"]}
    for row in act.details["renames"]:
        call(Unit.objects.get(pk=row["unit"]), row["name"], row["short_name"], day)
    for line in act.lines.select_related("source", "target", "part").order_by("pk"):
        if line.target is None and line.target_code:
            line.target = founded[line.target_code]
            line.save(update_fields=["target"])
        _carry_out_line(act, line)
    act.state = ActState.DONE
    act.done_at = timezone.now()
    act.save(update_fields=["state", "done_at"])
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


def _found(by: Actor, row: dict[str, Any], day: date) -> Unit:
    return found_unit(
        by=by,
        code=row["code"],
        kind=UnitKind(row["kind"]),
        name=row["name"],
        short_name=row["short_name"],
        founded_on=day,
        parent=Unit.objects.get(pk=row["parent"]),
    )


def _carry_out_line(act: UnitAct, line: UnitActLine) -> None:
    day, cause = act.effective_on, f"act:{act.pk}"
    if line.part is not None and line.target is not None:
        _move_link(line.part, line.target, day)
    elif line.is_whole and line.source is not None:
        for link in UnitLink.objects.filter(parent=line.source, during__contains=day).select_related("unit"):
            if line.target is not None:
                _move_link(link.unit, line.target, day)
        rows = Belonging.objects.filter(unit=line.source, during__overlap=DateRange(day, None))
        _move_belongings(list(rows.select_for_update()), line.target, day, cause)
        _end_unit(line.source, day)
    elif line.source is not None and line.target is not None:
        rows = Belonging.objects.filter(
            unit=line.source, person__in=line.people.all(), during__overlap=DateRange(day, None)
        )
        _move_belongings(list(rows.select_for_update()), line.target, day, cause)


def _move_link(unit: Unit, target: Unit, day: date) -> None:
    """`unit` stands under `target` from the day on, whatever it stood under."""
    for link in UnitLink.objects.select_for_update().filter(unit=unit, during__overlap=DateRange(day, None)):
        if link.during.lower >= day:
            link.delete()
        else:
            link.during = DateRange(link.during.lower, day)
            link.save(update_fields=["during"])
    moved = UnitLink(unit=unit, parent=target, during=DateRange(day, unit.valid.upper))
    moved.full_clean()
    moved.save()


def _move_belongings(rows: list[Belonging], target: Unit | None, day: date, cause: str) -> None:
    """The days from `day` on go to the target; with none they end. Set-based, whatever the number."""
    fresh = []
    for row in rows:
        if target is not None:
            fresh.append(
                Belonging(
                    person_id=row.person_id,
                    unit=target,
                    kind=row.kind,
                    during=DateRange(max(day, row.during.lower), row.during.upper),
                    cause=cause,
                )
            )
    late = [row.pk for row in rows if row.during.lower >= day]
    Belonging.objects.filter(pk__in=late).delete()
    split = [row for row in rows if row.during.lower < day]
    for row in split:
        row.during = DateRange(row.during.lower, day)
    Belonging.objects.bulk_update(split, ["during"], batch_size=2000)
    taken = set(
        Belonging.objects.filter(
            unit=target, person__in=[f.person_id for f in fresh], during__overlap=DateRange(day, None)
        ).values_list("person_id", "kind")
    )
    Belonging.objects.bulk_create([f for f in fresh if (f.person_id, f.kind) not in taken], batch_size=2000)


def _end_unit(unit: Unit, day: date) -> None:
    """The unit stands no more from the day on: its place, its name, its offices end."""
    for model in (UnitLink, UnitName, OfficeGrant):
        for row in model.objects.filter(unit=unit, during__overlap=DateRange(day, None)):  # type: ignore[attr-defined]
            if row.during.lower >= day:
                row.delete()
            else:
                row.during = DateRange(row.during.lower, day)
                row.save(update_fields=["during"])
    unit.valid = DateRange(unit.valid.lower, day)
    unit.save(update_fields=["valid"])
