"""Sending a list, correcting its columns, having it written."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.text import fold
from ledger.actor import Actor
from people.actions.imports import GROUNDS
from people.forms.unit_choice import UnitChoice
from people.models import Unit
from people.queries.imports import import_units
from people.rules.columns import column_letter
from people.rules.rights import consent_texts

COLUMN_NAMES = {
    "full_name": _("Full name"),
    "family_name": _("Family and middle name"),
    "given_name": _("Given name"),
    "sex": _("Sex"),
    "birth_date": _("Day or year of birth"),
    "birth_male": _("Year of birth, if male"),
    "birth_female": _("Year of birth, if female"),
    "identity": _("Identity number"),
    "phone": _("Phone"),
    "email": _("E-mail"),
    "address": _("Address"),
    "unit": _("Unit"),
    "note": _("Note"),
}
RUNNING = {"stt", "tt", "so tt", "so thu tu"}  # heads of a running number, folded
DAY = forms.DateInput(attrs={"placeholder": "05/06/2026", "inputmode": "numeric"})


class SendForm(forms.Form):
    """A file, its unit, where it comes from, on what ground the data may be kept."""

    unit = UnitChoice(label=_("Unit"), queryset=Unit.objects.none())
    file = forms.FileField(
        label=_("List"),
        help_text=_("Excel (.xlsx, .xls) or text (.csv). At most 400.000 rows."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt"}),
    )
    source = forms.CharField(
        label=_("Where the list comes from"),
        max_length=200,
        help_text=_("For example: the branch's register of members, 2025."),
    )
    ground = forms.ChoiceField(
        label=_("Ground on which the data may be kept"), choices=(), widget=forms.RadioSelect
    )
    purposes = forms.MultipleChoiceField(
        label=_("What the people of the list agreed to"),
        required=False,
        choices=(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what stands on the forms they signed."),
    )
    text_version = forms.DateField(label=_("Day of the form they signed"), required=False, widget=DAY)

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        units = import_units(by)
        fields["unit"].queryset = units
        fields["unit"].initial = units.first()
        fields["ground"].choices = [(code, f"{words} ({law})") for code, (words, law) in GROUNDS.items()]
        fields["purposes"].choices = [(text.purpose, text.title) for text in consent_texts(by.on).values()]


class ColumnsForm(forms.Form):
    """For each field, of a person or what an upper app names, the column of the list that holds it."""

    def __init__(
        self, *args: Any, batch: Any, columns: Mapping[str, Any] = COLUMN_NAMES, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.batch = batch
        choices: list[tuple[str, Any]] = [("", _("Not in the list, or not used"))]
        choices += [
            (str(place), f"{column_letter(place)}: {header or '…'}")
            for place, header in enumerate(batch.headers)
        ]
        for name, label in columns.items():
            self.fields[name] = forms.ChoiceField(
                label=label, choices=choices, required=False, initial=str(batch.columns.get(name, ""))
            )

    def columns(self) -> dict[str, int]:
        """The chosen column of each field in use."""
        return {name: int(place) for name, place in self.cleaned_data.items() if place != ""}

    def unused(self) -> list[str]:
        """The headed columns nothing is read from, as "I: Đối tượng"; a running number is no loss."""
        used = set(self.batch.columns.values())
        return [
            f"{column_letter(place)}: {header}"
            for place, header in enumerate(self.batch.headers)
            if header and place not in used and fold(header) not in RUNNING
        ]


class HeaderForm(forms.Form):
    """Where the list's header stands."""

    sheet = forms.ChoiceField(label=_("Sheet"), choices=(), required=False)
    row = forms.IntegerField(label=_("Row of the header"), min_value=1, max_value=1000)

    def __init__(self, *args: Any, sheets: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["sheet"].choices = [(name, name) for name in sheets]
        if len(sheets) < 2:
            fields["sheet"].widget = forms.HiddenInput()


class RunForm(forms.Form):
    """What is to be done with names and with people perhaps entered elsewhere."""

    fixes_names = forms.BooleanField(label=_("Write names with proper capitals"), required=False)
    takes_elsewhere = forms.BooleanField(
        label=_("Also enter those who may have a record in another unit; the city chapter compares them"),
        required=False,
    )


class SinceForm(forms.Form):
    """From which day a list counts, and until when it is asked for."""

    since = forms.DateField(widget=DAY)
    due_on = forms.DateField(widget=DAY)
