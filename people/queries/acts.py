"""Acts on units: what an act would do, what stands against it, which are due."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from people.enums import ActState
from people.models import Belonging, OfficeGrant, Unit, UnitAct, UnitLink, UnitName


@dataclass(frozen=True, slots=True)
class Preview:
    """Who and what an act moves; counted on its own day, nothing written."""

    founded: list[str]
    renamed: list[tuple[str, str]]
    units: list[tuple[str, str]]
    ended: list[str]
    people: list[tuple[str, str, int]]
    offices_ended: int

    @property
    def people_total(self) -> int:
        return sum(count for _from, _to, count in self.people)


def due_acts(on: date) -> QuerySet[UnitAct]:
    """Waiting acts whose day has come, earliest first."""
    return UnitAct.objects.filter(state=ActState.WAITING, effective_on__lte=on).order_by("effective_on", "pk")


def preview_act(act: UnitAct) -> Preview:
    """What the act does when it takes effect."""
    day = act.effective_on
    new = {row["code"]: row["name"] for row in act.details["new_units"]}
    names = dict(
        Unit.objects.filter(pk__in=[r["unit"] for r in act.details["renames"]]).values_list("pk", "name")
    )
    units: list[tuple[str, str]] = []
    ended: list[str] = []
    people: list[tuple[str, str, int]] = []
    offices = 0
    for line in act.lines.select_related("source", "target", "part").order_by("pk"):
        target = line.target.name if line.target else new.get(line.target_code, "")
        if line.part is not None:
            units.append((line.part.name, target))
            count = members_under(line.part, day)
            people.append((line.part.name, target, count))
        elif line.is_whole and line.source is not None:
            ended.append(line.source.name)
            children = UnitLink.objects.filter(parent=line.source, during__contains=day)
            units += [(name, target) for name in children.values_list("unit__name", flat=True)]
            people.append((line.source.name, target, members_under(line.source, day)))
            offices += OfficeGrant.objects.filter(unit=line.source, during__contains=day).count()
        elif line.source is not None:
            people.append((line.source.name, target, line.people.count()))
    return Preview(
        founded=list(new.values()),
        renamed=[(names.get(r["unit"], ""), r["name"]) for r in act.details["renames"]],
        units=units,
        ended=ended,
        people=people,
        offices_ended=offices,
    )


def members_under(unit: Unit, on: date) -> int:
    """Persons (not rows) who belong to the unit or anything below it on the day."""
    return (
        Belonging.objects.filter(
            unit__covered_by__ancestor=unit, unit__covered_by__during__contains=on, during__contains=on
        )
        .values("person")
        .distinct()
        .count()
    )


def act_problems(act: UnitAct) -> list[str]:
    """Sentences: why the act cannot take effect; empty when it can."""
    day = act.effective_on
    found: list[str] = []
    new = {row["code"] for row in act.details["new_units"]}
    lines = list(act.lines.select_related("source", "target", "part"))
    if not (lines or new or act.details["renames"]):
        found.append(_("The act moves nothing, founds nothing, renames nothing."))
    taken = Unit.objects.filter(code__in=new).values_list("code", flat=True)
    found += [_("The code %(code)s is taken.") % {"code": code} for code in taken]
    for line in lines:
        for unit in (line.source, line.target, line.part):
            if unit is not None and day not in unit.valid:
                found.append(
                    _("%(unit)s does not stand on %(day)s.") % {"unit": unit.name, "day": f"{day:%d/%m/%Y}"}
                )
        if line.target is None and line.target_code and line.target_code not in new:
            found.append(_("The act does not found %(code)s.") % {"code": line.target_code})
        if line.source is not None and line.target is not None and line.source == line.target:
            found.append(_("%(unit)s cannot go into itself.") % {"unit": line.source.name})
        moved = line.part or (line.source if line.is_whole else None)
        if moved is not None and line.target is not None and stands_below(line.target, moved, day):
            found.append(
                _("%(target)s stands below %(unit)s: it cannot take it over.")
                % {"target": line.target.name, "unit": moved.name}
            )
        if line.is_whole and line.target is None and not line.target_code and line.source is not None:
            left = members_under(line.source, day)
            if left:
                found.append(
                    _("%(unit)s still has %(count)s people: say where they go.")
                    % {"unit": line.source.name, "count": left}
                )
    whole = [line.source_id for line in lines if line.is_whole]
    if len(whole) != len(set(whole)):
        found.append(_("A unit is taken over whole twice."))
    return found


def stands_below(unit: Unit, above: Unit, on: date) -> bool:
    """True if `unit` lies strictly below `above` on the day."""
    return unit.covered_by.filter(ancestor=above, during__contains=on, depth__gt=0).exists()


def name_on(unit: Unit, on: date) -> str:
    """What the unit was called on the day; its present name if it did not stand yet."""
    found = UnitName.objects.filter(unit=unit, during__contains=on).values_list("name", flat=True).first()
    return found or unit.name


def units_called(query: Q) -> QuerySet[Unit]:
    """Units by a condition on any name they ever had."""
    return Unit.objects.filter(pk__in=UnitName.objects.filter(query).values("unit"))
