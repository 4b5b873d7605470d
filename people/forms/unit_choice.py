"""A choice of units whose labels can be told apart."""

from typing import Any

from django import forms
from django.db.models import OuterRef, QuerySet, Subquery

from foundation.dates import today
from people.enums import UnitKind
from people.models import Unit, UnitLink


def with_above(units: QuerySet[Unit]) -> QuerySet[Unit]:
    """The units with the name of the one above today, as `unit_label` wants them."""
    above = UnitLink.objects.filter(unit=OuterRef("pk"), during__contains=today())
    return units.annotate(above=Subquery(above.values("parent__name")[:1]))


def unit_label(unit: Any) -> str:
    """A unit's name; a branch is told with what it belongs to, since every ward has a "Chi hội khu phố 1"."""
    return f"{unit.name}, {unit.above}" if unit.kind == UnitKind.BRANCH and unit.above else str(unit.name)


class UnitChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the units of its queryset, told by `unit_label`."""

    def _get_queryset(self) -> QuerySet[Unit]:
        return super()._get_queryset()  # type: ignore[misc,no-any-return]

    def _set_queryset(self, queryset: QuerySet[Unit]) -> None:
        super()._set_queryset(queryset if queryset is None else with_above(queryset))  # type: ignore[misc]

    queryset = property(_get_queryset, _set_queryset)

    def label_from_instance(self, obj: Any) -> str:
        return unit_label(obj)
