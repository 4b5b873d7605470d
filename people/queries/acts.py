"""Acts on units: which there are, which are due, what one would do."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from foundation.money import dotted
from ledger.actor import Actor
from people.enums import ActState, ApprovalState
from people.models import Approval, Belonging, Body, OfficeGrant, Unit, UnitAct, UnitActLine, UnitCover
from people.queries.units import belongings_under, children_on
from people.queries.visible import visible_units

# An act that moves more people than any before it asks for the count; up to this many never do.
SMALL_MOVE = 100


@dataclass(frozen=True, slots=True)
class AccessChange:
    """Who holds an office on a unit, and how many people more or fewer they will see there."""

    unit: str
    holders: int
    gains: int = 0
    loses: int = 0


@dataclass(frozen=True, slots=True)
class Preview:
    """Who and what an act moves; counted on its own day, nothing written."""

    founded: list[str]
    renamed: list[tuple[str, str]]
    units: list[tuple[str, str]]
    ended: list[str]
    people: list[tuple[str, str, int]]
    people_total: int
    offices: list[OfficeGrant]
    bodies: list[Body]
    approvals: int
    access: list[AccessChange]

    @property
    def offices_ended(self) -> int:
        return len(self.offices)

    def summary(self) -> dict[str, Any]:
        """The counts and names that stay with the act once it is in effect: no person is named."""
        return {
            "founded": self.founded,
            "renamed": [list(pair) for pair in self.renamed],
            "units": [list(pair) for pair in self.units],
            "ended": self.ended,
            "people": [list(row) for row in self.people],
            "people_total": self.people_total,
            "offices_ended": len(self.offices),
            "bodies_ended": [str(body) for body in self.bodies],
            "approvals": self.approvals,
        }


def due_acts(on: date) -> QuerySet[UnitAct]:
    """Waiting acts whose day has come, earliest first."""
    return UnitAct.objects.filter(state=ActState.WAITING, effective_on__lte=on).order_by("effective_on", "pk")


def failed_acts() -> QuerySet[UnitAct]:
    """Waiting acts that were tried and could not be carried out."""
    return UnitAct.objects.filter(state=ActState.WAITING).exclude(failure="")


def visible_acts(by: Actor) -> QuerySet[UnitAct]:
    """Acts that touch a unit the actor covers; drafts only for who may reorganise what they touch."""
    if by.is_system or any(hold.is_top and "unit.see" in hold.may for hold in by.holds):
        acts = UnitAct.objects.all()
    else:
        mine = set(visible_units(by).values_list("pk", flat=True))
        touching = UnitActLine.objects.filter(Q(source__in=mine) | Q(target__in=mine) | Q(part__in=mine))
        named = [
            pk for pk, details in UnitAct.objects.values_list("pk", "details") if mine & units_in(details)
        ]
        acts = UnitAct.objects.filter(Q(pk__in=touching.values("act")) | Q(pk__in=named))
    return acts if by.may("unit.reorganise") else acts.exclude(state=ActState.DRAFT)


def acts_on(unit: Unit) -> QuerySet[UnitAct]:
    """Confirmed acts that touch the unit, latest first."""
    lines = UnitActLine.objects.filter(Q(source=unit) | Q(target=unit) | Q(part=unit))
    return (
        UnitAct.objects.exclude(state=ActState.DRAFT)
        .filter(
            Q(pk__in=lines.values("act"))
            | Q(details__renames__contains=[{"unit": unit.pk}])
            | Q(details__new_units__contains=[{"code": unit.code}])
        )
        .order_by("-effective_on", "-pk")
    )


def units_in(details: dict[str, Any]) -> set[int]:
    """Ids of the units that an act's details name: renamed ones, and parents of founded ones."""
    return {row["unit"] for row in details.get("renames", ())} | {
        row["parent"] for row in details.get("new_units", ())
    }


def units_touched(act: UnitAct) -> set[int]:
    """Ids of every standing unit an act names: whoever enters it must cover them all."""
    rows = act.lines.values_list("source", "target", "part")
    return {pk for row in rows for pk in row if pk} | units_in(act.details)


def largest_move() -> int:
    """The most people that one act in effect has moved; 0 before the first."""
    rows = UnitAct.objects.filter(state=ActState.DONE).values_list(
        "details__summary__people_total", flat=True
    )
    return max((total for total in rows if total), default=0)


def brake() -> int:
    """How many people an act may move without its count being typed."""
    return max(SMALL_MOVE, largest_move())


def brake_words(moved: int) -> str:
    """Why the count is asked for."""
    return _(
        "This act would move %(count)s people; the largest so far moved %(most)s. "
        "Type the number of people to go on."
    ) % {"count": dotted(moved), "most": dotted(largest_move())}


def preview_act(act: UnitAct) -> Preview:
    """What the act does when it takes effect. Some ten queries, whatever its size."""
    day = act.effective_on
    new = {row["code"]: row["name"] for row in act.details["new_units"]}
    lines = lines_of(act)
    parts = [line.part_id for line in lines if line.part_id]
    wholes = [line.source_id for line in lines if line.is_whole and line.source_id]
    below = subtrees([*parts, *wholes], day)
    units: list[tuple[str, str]] = []
    people: list[tuple[str, str, int]] = []
    moving = Q(pk=None)
    gains: Counter[str] = Counter()
    loses: Counter[str] = Counter()
    for line in lines:
        target = line.target.name if line.target else new.get(line.target_code, "")
        if line.source is None:
            continue
        moved = _belongings_of(line, below, parts)
        name = line.part.name if line.part else line.source.name
        if line.part is not None:
            units.append((name, target))
        elif line.is_whole and target:
            children = children_on(line.source, day).exclude(pk__in=parts)
            units += [(child, target) for child in children.values_list("name", flat=True)]
        moving |= moved
        count = count_persons(Belonging.objects.filter(moved, during__contains=day))
        people.append((name, target, count))
        gains[target] += count
        if not line.is_whole:
            loses[line.source.name] += count
    old_names = dict(
        Unit.objects.filter(pk__in=[r["unit"] for r in act.details["renames"]]).values_list("pk", "name")
    )
    return Preview(
        founded=list(new.values()),
        renamed=[(old_names.get(r["unit"], ""), r["name"]) for r in act.details["renames"]],
        units=units,
        ended=[line.source.name for line in lines if line.is_whole and line.source],
        people=people,
        people_total=count_persons(Belonging.objects.filter(moving, during__contains=day)),
        offices=list(
            OfficeGrant.objects.filter(unit__in=wholes, during__contains=day)
            .select_related("person", "unit")
            .order_by("unit", "office", "pk")
        ),
        bodies=list(
            Body.objects.filter(unit__in=wholes, term__contains=day)
            .select_related("unit")
            .order_by("unit", "pk")
        ),
        approvals=Approval.objects.filter(unit__in=wholes, state=ApprovalState.WAITING).count(),
        access=_access(lines, gains, loses, day),
    )


def lines_of(act: UnitAct) -> list[UnitActLine]:
    """The act's lines with their units, in the order they were entered."""
    return list(act.lines.select_related("source", "target", "part").order_by("pk"))


def subtrees(units: list[int], on: date) -> dict[int, set[int]]:
    """Ids of each unit and everything below it on the day. 1 query."""
    found: dict[int, set[int]] = {pk: set() for pk in units}
    for ancestor, unit in UnitCover.objects.filter(ancestor__in=units, during__contains=on).values_list(
        "ancestor_id", "unit_id"
    ):
        found[ancestor].add(unit)
    return found


def _belongings_of(line: UnitActLine, below: dict[int, set[int]], parts: list[int]) -> Q:
    """The belongings a line takes along; a whole unit without the branches that other lines take."""
    if line.part_id:
        return Q(unit__in=below[line.part_id])
    if line.is_whole and line.source_id:
        elsewhere = set().union(*(below[pk] for pk in parts if pk in below[line.source_id]))
        return Q(unit__in=below[line.source_id] - elsewhere)
    return Q(unit=line.source_id, person__in=list(line.people.values_list("pk", flat=True)))


def count_persons(rows: QuerySet[Belonging]) -> int:
    """Different persons among rows of belonging."""
    return rows.values("person").distinct().count()


def _access(
    lines: list[UnitActLine], gains: Counter[str], loses: Counter[str], on: date
) -> list[AccessChange]:
    """For the units that stay: who holds an office there, and what they will see more or less."""
    staying = {line.target.pk: line.target.name for line in lines if line.target} | {
        line.source.pk: line.source.name for line in lines if line.source and not line.is_whole
    }
    held = Counter(
        OfficeGrant.objects.filter(unit__in=staying, during__contains=on).values_list("unit_id", flat=True)
    )
    return [
        AccessChange(name, held[pk], gains[name], loses[name])
        for pk, name in staying.items()
        if held[pk] and (gains[name] or loses[name])
    ]


def members_under(unit: Unit, on: date) -> int:
    """Persons (not rows) who belong to the unit or anything below it on the day."""
    return count_persons(belongings_under([unit.pk], on))


def stands_below(unit: Unit, above: Unit, on: date) -> bool:
    """True if `unit` lies strictly below `above` on the day."""
    return unit.covered_by.filter(ancestor=above, during__contains=on, depth__gt=0).exists()
