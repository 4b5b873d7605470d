"""Sending a list of donations and putting its columns right."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donors.models import Drive
from donors.queries.drives import visible_drives
from donors.queries.lists import list_units
from ledger.actor import Actor
from people.forms.unit_choice import UnitChoice
from people.models import Unit

COLUMN_NAMES: dict[str, Any] = {
    "full_name": _("Full name"),
    "family_name": pgettext_lazy("donors", "Family name"),
    "given_name": pgettext_lazy("donors", "Given name"),
    "birth_date": pgettext_lazy("donors", "Birth"),
    "sex": _("Sex"),
    "identity": pgettext_lazy("donors", "Identity number"),
    "phone": _("Phone"),
    "given_on": _("Day of donation"),
    "volume": _("Volume (ml)"),
    "component": _("What was given"),
    "blood": _("Blood group"),
    "serial": _("Certificate serial"),
    "place": pgettext_lazy("donors", "Place"),
}


class SendGiftsForm(forms.Form):
    file = forms.FileField(
        label=_("List (Excel or CSV)"),
        help_text=_("As it came: titles, merged cells, old phones are no trouble."),
    )
    unit = UnitChoice(Unit.objects.none(), label=_("Unit"))
    drive = forms.ModelChoiceField(
        Drive.objects.none(), label=_("Drive"), required=False, empty_label=_("of several days or places")
    )
    source = forms.CharField(label=pgettext_lazy("donors", "Where it comes from"), max_length=160)
    is_facilitys = forms.BooleanField(
        label=_("The collecting facility made it"),
        required=False,
        help_text=_("Then its blood groups are kept as told by the facility."),
    )
    issuer = forms.CharField(
        label=_("Certificates issued by"),
        max_length=120,
        required=False,
        help_text=_("A serial is unique with its issuer."),
    )
    takes_new = forms.BooleanField(label=_("Enter people nobody knows yet"), required=False, initial=True)

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        units = list_units(by)
        fields["unit"].queryset = units
        fields["unit"].initial = units.first()
        fields["drive"].queryset = visible_drives(by).filter(unit__in=units).order_by("-on")
