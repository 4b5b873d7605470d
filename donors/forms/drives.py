"""Planning a drive; its counts; a place at it."""

import re
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donors.enums import DRIVE_MANAGE
from donors.models import Drive, Slot
from ledger.actor import Actor
from people.forms.offices import DayInput
from people.forms.unit_choice import UnitChoice
from people.models import Unit
from people.rules import offices_that_may

HOUR = re.compile(r"(\d{1,2})\s*(?:h|g|giờ)\s*(\d{2})?")


class HourInput(forms.TimeInput):
    """An hour as HH:MM, typed."""

    def __init__(self) -> None:
        super().__init__(format="%H:%M", attrs={"inputmode": "numeric", "placeholder": "07:00"})


class HourField(forms.TimeField):
    """An hour, also as people write it: 7h, 7h30, 11g30, 7 giờ."""

    widget = HourInput

    def to_python(self, value: Any) -> time | None:
        said = HOUR.fullmatch(str(value or "").strip().lower())
        return super().to_python(f"{said[1]}:{said[2] or '00'}" if said else value)


class DriveForm(forms.Form):
    """What is told of a drive."""

    name = forms.CharField(label=_("Name of the drive"), max_length=160)
    facility = forms.CharField(label=_("Collecting facility"), max_length=160)
    place = forms.CharField(label=pgettext_lazy("donors", "Place"), max_length=200)
    on = forms.DateField(label=_("Day"), widget=DayInput)
    starts_at = HourField(label=_("First hour"))
    ends_at = HourField(label=_("Last hour"))
    target = forms.IntegerField(label=_("Target (turns)"), min_value=0, max_value=100_000)
    contact = forms.CharField(
        label=_("Contact"), max_length=160, required=False, help_text=_("Shown to everybody: name and phone.")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("starts_at") and data.get("ends_at") and data["ends_at"] <= data["starts_at"]:
            self.add_error("ends_at", _("The last hour comes after the first."))
        return data


class NewDriveForm(DriveForm):
    """A new drive: for which unit, and its slots."""

    unit = UnitChoice(Unit.objects.none(), label=_("Unit"))
    slot_minutes = forms.IntegerField(label=_("Minutes of a slot"), min_value=5, max_value=600, initial=60)
    seats = forms.IntegerField(label=_("Seats in a slot"), min_value=1, max_value=1000, initial=30)
    field_order = ("unit", "name", "facility", "place", "on", "starts_at", "ends_at")

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.standing(by.on)
        if not by.is_system:
            units = units.filter(pk__in=by.unit_ids(offices_that_may(DRIVE_MANAGE, by.on)))
        self.fields["unit"].queryset = units.order_by("code")  # type: ignore[attr-defined]
        hold = by.holds_for(offices_that_may(DRIVE_MANAGE, by.on))
        self.fields["unit"].initial = hold.unit_id if hold else None

    def values(self) -> dict[str, Any]:
        """What is told of the drive itself."""
        return {name: self.cleaned_data[name] for name in DriveForm.base_fields}


class CountForm(forms.Form):
    """How many came and passed: counts from the record with the facility."""

    came = forms.IntegerField(label=_("Came"), min_value=0, max_value=100_000, required=False)
    passed = forms.IntegerField(
        label=_("Passed the examination"), min_value=0, max_value=100_000, required=False
    )


class CopyForm(forms.Form):
    on = forms.DateField(label=_("New day"), widget=DayInput)


class WhyForm(forms.Form):
    words = forms.CharField(label=_("Why it does not take place"), max_length=300)


class SlotForm(forms.Form):
    """Which slot; the label says how many seats are left."""

    slot = forms.ModelChoiceField(
        Slot.objects.none(), label=_("Hour"), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, drive: Drive, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["slot"]
        field.queryset = drive.slots.with_waiting()
        field.label_from_instance = slot_label


def slot_label(slot: Any) -> str:
    """The hour and what is left of it."""
    told = {"hour": str(slot), "left": slot.left, "seats": slot.seats, "waiting": slot.waiting}
    if slot.left > 0:
        return str(_("%(hour)s: %(left)s of %(seats)s seats left")) % told
    return str(_("%(hour)s: full, %(waiting)s waiting")) % told
