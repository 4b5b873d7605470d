"""Founding units. Renaming, moving, merging, splitting follow with their decisions."""

from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.audit import record
from people.enums import UnitKind
from people.models import Unit, UnitCover, UnitLink
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
) -> Unit:
    """A new unit under a parent (None only for the first one) from a day on; returns it."""
    by = acting(by, "unit.manage", parent.pk if parent else None)
    if parent is None and Unit.objects.exists():
        raise Refused([_("Only the first unit stands under no other.")])
    period = DateRange(founded_on, None)
    unit = Unit(code=code, kind=kind, name=name, short_name=short_name, valid=period)
    unit.clean()
    unit.full_clean()
    unit.save()
    UnitCover.objects.create(ancestor=unit, unit=unit, depth=0, during=period)
    if parent is not None:
        Unit.objects.select_for_update().get(pk=parent.pk)
        if founded_on not in parent.valid:
            raise Refused([_("The parent unit does not exist on that day.")])
        link = UnitLink(unit=unit, parent=parent, during=period)
        link.full_clean()
        link.save()
        UnitCover.objects.bulk_create(
            UnitCover(
                ancestor_id=above.ancestor_id,
                unit=unit,
                depth=above.depth + 1,
                during=DateRange(max(founded_on, above.during.lower), above.during.upper),
            )
            for above in UnitCover.objects.filter(unit=parent, during__overlap=period)
        )
    record(
        by=by,
        act="people.found_unit",
        subject=unit,
        after={"code": code, "kind": kind, "name": name, "founded_on": founded_on},
    )
    return unit
