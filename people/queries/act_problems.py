"""What stands against an act on units: asked when it is entered, confirmed, and again on its day."""

from collections import Counter
from datetime import date

from django.utils.translation import gettext as _

from foundation.dates import format_date
from foundation.money import dotted
from people.enums import ActKind, ActState
from people.models import Belonging, Unit, UnitAct, UnitActLine
from people.queries.acts import count_persons, lines_of, stands_below, subtrees, units_in, units_touched
from people.queries.units import belongings_under, children_on


def act_problems(act: UnitAct) -> list[str]:
    """Sentences: why the act cannot take effect; empty when it can."""
    lines = lines_of(act)
    found = [*_shape(act, lines), *_later_acts(act), *_new_units(act)]
    for line in lines:
        found += _line_problems(act, line)
    ended = {line.source_id for line in lines if line.is_whole and line.source_id}
    for unit in Unit.objects.filter(
        pk__in=ended & (units_in(act.details) | {line.target_id for line in lines if line.target_id})
    ):
        found.append(_("%(unit)s ends by this act: nothing can be given to it.") % {"unit": unit.name})
    return list(dict.fromkeys(found))


def _shape(act: UnitAct, lines: list[UnitActLine]) -> list[str]:
    """The act does something, does what its kind says, and nothing twice."""
    renames, new = act.details["renames"], act.details["new_units"]
    if not (lines or new or renames):
        return [_("The act moves nothing, founds nothing, renames nothing.")]
    whole = [line.source_id for line in lines if line.is_whole]
    parts = [line.part_id for line in lines if line.part_id]
    goes = any(line.part_id or not line.is_whole for line in lines)
    needs: dict[str, tuple[bool, str]] = {
        ActKind.FOUND: (bool(new), _("An act that founds names the new unit.")),
        ActKind.RENAME: (bool(renames), _("An act that renames names the unit and its new name.")),
        ActKind.MOVE: (bool(parts), _("An act that moves a unit names it and the unit above.")),
        ActKind.MERGE: (bool(whole), _("A merge names the units that go whole.")),
        ActKind.SPLIT: (goes, _("A split names the branches or people that leave.")),
        ActKind.MOVE_PART: (goes, _("Moving a part names the branches or people that go.")),
        ActKind.DISSOLVE: (bool(whole), _("An act that dissolves names the unit.")),
    }
    fits, sentence = needs[act.kind]
    found = [] if fits else [sentence]
    if len(whole) != len(set(whole)):
        found.append(_("A unit is taken over whole twice."))
    if len(parts) != len(set(parts)):
        found.append(_("A branch is moved twice."))
    return found


def _later_acts(act: UnitAct) -> list[str]:
    """An act in effect with a later day on the same unit: this one would rewrite what followed."""
    touched = units_touched(act)
    found = []
    for other in UnitAct.objects.filter(state=ActState.DONE, effective_on__gt=act.effective_on):
        if units_touched(other) & touched:
            found.append(
                _("%(act)s of %(day)s on the same units is in effect already: choose a day from then on.")
                % {"act": other, "day": format_date(other.effective_on)}
            )
    return found


def _new_units(act: UnitAct) -> list[str]:
    new = act.details["new_units"]
    codes = [row["code"] for row in new]
    taken = Unit.objects.filter(code__in=codes).values_list("code", flat=True)
    found = [_("The code %(code)s is taken.") % {"code": code} for code in taken]
    found += [
        _("The code %(code)s is given twice.") % {"code": code}
        for code, times in Counter(codes).items()
        if times > 1
    ]
    for unit in Unit.objects.filter(pk__in=units_in(act.details)):
        if act.effective_on not in unit.valid:
            found.append(_not_standing(unit, act.effective_on))
    return found


def _line_problems(act: UnitAct, line: UnitActLine) -> list[str]:
    day = act.effective_on
    new = {row["code"] for row in act.details["new_units"]}
    units = [unit for unit in (line.source, line.target, line.part) if unit is not None]
    found = [_not_standing(unit, day) for unit in units if day not in unit.valid]
    if line.target is None and line.target_code and line.target_code not in new:
        found.append(_("The act does not found %(code)s.") % {"code": line.target_code})
    if line.source is None:
        return found
    if line.source == line.target or (line.part is not None and line.part == line.target):
        found.append(_("%(unit)s cannot go into itself.") % {"unit": line.part or line.source})
    moved = line.part or (line.source if line.is_whole else None)
    if moved is not None and line.target is not None and stands_below(line.target, moved, day):
        found.append(
            _("%(target)s stands below %(unit)s: it cannot take it over.")
            % {"target": line.target.name, "unit": moved.name}
        )
    if line.part is not None and not stands_below(line.part, line.source, day):
        found.append(
            _("%(unit)s does not stand below %(above)s on %(day)s.")
            % {"unit": line.part.name, "above": line.source.name, "day": format_date(day)}
        )
    if line.is_whole and line.target is None and not line.target_code:
        found += _left_behind(act, line.source)
    if not line.is_whole and line.part is None:
        found += _listed(line, day)
    return found


def _left_behind(act: UnitAct, unit: Unit) -> list[str]:
    """A unit that is dissolved into nothing leaves nobody and nothing behind."""
    day = act.effective_on
    going = act.lines.filter(source=unit)
    parts = subtrees(list(going.exclude(part=None).values_list("part_id", flat=True)), day)
    listed = going.filter(part=None, is_whole=False).values("people")
    rows = belongings_under([unit.pk], day).exclude(unit__in=set().union(*parts.values()))
    left = count_persons(rows.exclude(unit=unit, person__in=listed))
    if left:
        return [
            _("%(unit)s still has %(count)s people: say where they go.")
            % {"unit": unit.name, "count": dotted(left)}
        ]
    children = children_on(unit, day).exclude(pk__in=list(parts)).count()
    if children:
        return [
            _("%(unit)s still has %(count)s units below it: say where they go.")
            % {"unit": unit.name, "count": dotted(children)}
        ]
    return []


def _listed(line: UnitActLine, day: date) -> list[str]:
    """Named people go from where they belong."""
    if line.target is None and not line.target_code:
        return [_("Say where the people of %(unit)s go.") % {"unit": line.source}]
    listed = line.people.count()
    if not listed:
        return [_("No person of %(unit)s is named.") % {"unit": line.source}]
    here = count_persons(
        Belonging.objects.filter(unit=line.source, during__contains=day, person__in=line.people.values("pk"))
    )
    if here < listed:
        return [
            _("%(count)s of the people named do not belong to %(unit)s on %(day)s.")
            % {"count": dotted(listed - here), "unit": line.source, "day": format_date(day)}
        ]
    return []


def _not_standing(unit: Unit, day: date) -> str:
    return _("%(unit)s does not stand on %(day)s.") % {"unit": unit.name, "day": format_date(day)}
