"""Where somebody applies and which unit decides: branches and base units of a day."""

from datetime import date

from django.db.models import QuerySet

from people.enums import UnitKind
from people.models import Unit, UnitCover

BASE = (
    UnitKind.WARD,
    UnitKind.COMMUNE,
    UnitKind.SPECIAL_ZONE,
    UnitKind.ATTACHED,
    UnitKind.SCHOOL,
    UnitKind.ENTERPRISE,
)


def base_units(on: date) -> QuerySet[Unit]:
    """Units that admit members (Hội cơ sở), by code."""
    return Unit.objects.standing(on).filter(kind__in=BASE).order_by("code")


def base_of(unit: Unit, on: date) -> Unit:
    """The base unit over a branch on the day; the unit itself where none stands above."""
    found = (
        Unit.objects.filter(covers__unit=unit, covers__during__contains=on, kind__in=BASE)
        .order_by("covers__depth")
        .first()
    )
    return found or unit


def branches_of(unit: Unit, on: date) -> QuerySet[Unit]:
    """Branches under a base unit on the day."""
    below = UnitCover.objects.filter(ancestor=unit, during__contains=on, depth__gt=0)
    return Unit.objects.filter(pk__in=below.values("unit"), kind=UnitKind.BRANCH).order_by("code")
