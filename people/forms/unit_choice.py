"""A choice of units whose labels can be told apart."""

from typing import Any

from django import forms
from django.db.models import OuterRef, QuerySet, Subquery

from foundation.dates import today
from people.enums import UnitKind
from people.models import Unit, UnitLink


class UnitChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the units of its queryset; a branch is told with what it belongs to, since every ward has a
    "Chi hội khu phố 1"."""

    def _get_queryset(self) -> QuerySet[Unit]:
        return super()._get_queryset()  # type: ignore[misc,no-any-return]

    def _set_queryset(self, queryset: QuerySet[Unit]) -> None:
        if queryset is not None:
            above = UnitLink.objects.filter(unit=OuterRef("pk"), during__contains=today())
            queryset = queryset.annotate(above=Subquery(above.values("parent__name")[:1]))
        super()._set_queryset(queryset)  # type: ignore[misc]

    queryset = property(_get_queryset, _set_queryset)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {obj.above}" if obj.kind == UnitKind.BRANCH and obj.above else str(obj.name)
