"""Founding units. Renaming, moving, merging, splitting are acts: people.actions.acts."""

from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from foundation.locks import lock
from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.audit import record
from people.enums import UnitKind
from people.models import Unit, UnitCover, UnitLink, UnitName
from people.permissions import acting


@transaction.atomic
def found_unit(
    *,
    by: Actor,
    code: str,
    kind: UnitKind,
    name: str,
    founded_on: date,
    parent: Unit | None,
    short_name: str = "",
    official_code: str = "",
) -> Unit:
    """A new unit under a parent (None only for the first one) from a day on; returns it."""
    by = acting(by, "unit.manage", parent.pk if parent else None)
    lock("units")
    if parent is None and Unit.objects.exists():
        raise Refused([_("Only the first unit stands under no other.")])
    period = DateRange(founded_on, None)
    unit = Unit(
        code=code,
        kind=kind,
        name=name,
        short_name=short_name,
        official_code=official_code,
        valid=period,
    )
    unit.clean()
    unit.full_clean()
    unit.save()
    UnitName.objects.create(
        unit=unit, name=name, short_name=short_name, search_name=unit.search_name, during=period
    )
    UnitCover.objects.create(ancestor=unit, unit=unit, depth=0, during=period)
    if parent is not None:
        stand_under(unit, parent, founded_on)
    record(
        by=by,
        act="people.found_unit",
        subject=unit,
        after={"code": code, "kind": kind, "name": name, "founded_on": founded_on},
    )
    return unit


def stand_under(unit: Unit, parent: Unit, since: date) -> None:
    """Link a new leaf under a parent and cover it; refuses a parent that does not stand that day."""
    parent = Unit.objects.select_for_update().get(pk=parent.pk)
    if since not in parent.valid:
        raise Refused([_("The parent unit does not exist on that day.")])
    period = DateRange(since, None)
    link = UnitLink(unit=unit, parent=parent, during=period)
    link.full_clean()
    link.save()
    UnitCover.objects.bulk_create(
        UnitCover(
            ancestor_id=above.ancestor_id,
            unit=unit,
            depth=above.depth + 1,
            during=DateRange(max(since, above.during.lower), above.during.upper),
        )
        for above in UnitCover.objects.filter(unit=parent, during__overlap=period)
    )


def call(by: Actor, unit: Unit, name: str, short_name: str, since: date) -> None:
    """The unit is called otherwise from a day on; the earlier name keeps its days."""
    before = {"name": unit.name, "short_name": unit.short_name}
    current = UnitName.objects.select_for_update().get(unit=unit, during__contains=since)
    if current.during.lower == since:
        current.delete()
    else:
        current.during = DateRange(current.during.lower, since)
        current.save(update_fields=["during"])
    unit.name, unit.short_name = name, short_name
    unit.clean()
    unit.full_clean()
    unit.save(update_fields=["name", "short_name", "search_name"])
    UnitName.objects.create(
        unit=unit,
        name=name,
        short_name=short_name,
        search_name=unit.search_name,
        during=DateRange(since, None),
    )
    after = {"name": name, "short_name": short_name, "since": since}
    record(by=by, act="people.rename_unit", subject=unit, before=before | {"since": None}, after=after)
