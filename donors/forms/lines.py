"""One line of the grid in which a drive's donations are typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donors.actions.lines import Newcomer
from donors.enums import Component
from people.enums import Sex
from people.forms.person import BirthField

NEW = "new"
UNSTATED = ("", pgettext_lazy("donors", "Not stated"))


def _text(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", **attrs})


class LineForm(forms.Form):
    """Who gave is found by phone, identity number, card or name; a new person needs name and birth."""

    who = forms.CharField(label=_("Phone, ID, card or name"), max_length=120, required=False, widget=_text())
    person = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Full name"), max_length=120, required=False, widget=_text())
    birth = BirthField(
        label=_("Born"), required=False, max_length=10, widget=_text(inputmode="numeric", placeholder="1990")
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=[UNSTATED, *Sex.choices], required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False, widget=_text(inputmode="tel"))
    volume_ml = forms.IntegerField(
        label="ml",
        min_value=1,
        widget=forms.NumberInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={
            "required": _("Type how many millilitres."),
            "invalid": _("The volume is a number of ml."),
        },
    )
    component = forms.ChoiceField(label=_("What was given"), choices=Component.choices)
    certificate_serial = forms.CharField(
        label=_("Certificate serial"), max_length=30, required=False, widget=_text()
    )

    def is_blank(self) -> bool:
        """Nothing was typed on the line."""
        return not any(self.data.get(self.add_prefix(name), "").strip() for name in ("who", "name"))

    def wants_new(self) -> bool:
        """A person nobody has entered yet is meant."""
        data = self.cleaned_data
        return bool(data["person"] == NEW or (not data["person"] and data["name"]))

    def newcomer(self, phone: str = "", identity: str = "") -> Newcomer:
        """The new person of the line; a phone or number typed to find nobody is theirs."""
        data = self.cleaned_data
        born, year = data["birth"] or (None, None)
        return Newcomer(
            data["name"] or ("" if phone or identity else data["who"]),
            born,
            year,
            data["sex"],
            data["phone"] or phone,
            identity,
        )

    def values(self) -> dict[str, Any]:
        """What was given."""
        return {name: self.cleaned_data[name] for name in ("volume_ml", "component", "certificate_serial")}
