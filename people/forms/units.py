"""Choosing a unit by code or name, and a day to look at it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.text import fold, matching
from people.forms.offices import DayInput
from people.models import Unit
from people.queries.units import units_called

MOST_NAMED = 6


class UnitInput(forms.TextInput):
    """A code or name, with a list of suggestions the page gives under this id."""

    def __init__(self) -> None:
        super().__init__(attrs={"list": "units", "autocomplete": "off", "spellcheck": "false"})


class UnitField(forms.CharField):
    """A unit out of a queryset, by its code or its name (accents optional)."""

    widget = UnitInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("Code or name of the unit, accents optional."))
        super().__init__(**kwargs)
        self.units: QuerySet[Unit] = Unit.objects.none()

    def clean(self, value: Any) -> Any:
        """The unit; None when it is left empty and may be."""
        text = super().clean(value)
        return find_one(self.units, text) if text else None


def find_one(units: QuerySet[Unit], text: str) -> Unit:
    """The one unit of this code or name; ValidationError that names the candidates, or says there is none."""
    by_code = units.filter(code__iexact=text.strip()).first()
    if by_code is not None:
        return by_code
    called = units.filter(pk__in=units_called(matching("search_name", text)).values("pk"))
    found = list(called.order_by("code")[: MOST_NAMED + 1])
    exact = [unit for unit in found if fold(unit.name) == fold(text)]
    if len(exact) == 1 or len(found) == 1:
        return (exact or found)[0]
    if not found:
        raise ValidationError(_("No unit of yours has this code or name."))
    named = ", ".join(f"{unit.code} ({unit.name})" for unit in found[:MOST_NAMED])
    raise ValidationError(_("Several units fit; write the code of one: %(units)s.") % {"units": named})


class DayForm(forms.Form):
    """?ngay=dd/mm/yyyy"""

    ngay = forms.DateField(label=gettext_lazy("As of"), widget=DayInput, required=False)
