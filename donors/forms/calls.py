"""A call to give blood."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from donors.enums import CALL
from donors.models import Drive
from donors.queries.calls import GROUPS
from donors.queries.settings import drive_settings
from ledger.actor import Actor
from people.forms.offices import DayInput
from people.forms.unit_choice import UnitChoice
from people.models import Unit
from people.rules import offices_that_may


class CallForm(forms.Form):
    """Whom, where, by when, at most how many, in which words."""

    area = UnitChoice(
        Unit.objects.none(), label=_("Area"), help_text=_("Donors of this unit and of those below it.")
    )
    groups = forms.MultipleChoiceField(
        label=_("Blood groups"),
        required=False,
        choices=[(code, code.replace("-", "−")) for code in GROUPS],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: every group."),
    )
    on = forms.DateField(label=_("May give on"), widget=DayInput)
    drive = forms.ModelChoiceField(
        Drive.objects.none(), label=_("For the drive"), required=False, empty_label=_("of no drive")
    )
    cap = forms.IntegerField(label=_("At most (people)"), min_value=1)
    words = forms.CharField(
        label=_("Why blood is needed"), max_length=500, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        units = Unit.objects.standing(by.on).order_by("code")
        drives = Drive.objects.announced(by.on)
        if not by.is_system:
            covered = by.unit_ids(offices_that_may(CALL, by.on))
            units, drives = units.filter(pk__in=covered), drives.filter(unit__in=covered)
        hold = by.holds_for(offices_that_may(CALL, by.on))
        fields["area"].queryset, fields["drive"].queryset = units, drives
        fields["area"].initial, fields["on"].initial = hold.unit_id if hold else None, by.on
        most = drive_settings(by.on)["call_cap"]
        fields["cap"].initial, fields["cap"].max_value = min(100, most), most
        fields["cap"].help_text = _("No more than %(most)s; who gave longest ago is called first.") % {
            "most": most
        }


class StopForm(forms.Form):
    reason = forms.CharField(label=_("Why it is stopped"), max_length=200)
