"""The self-check: what a person tells, never stored."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donors.enums import Component
from donors.rules.verdict import Facts
from foundation.dated import Entry
from foundation.dates import today
from people.enums import Sex
from people.forms.offices import DayInput

UNKNOWN = ("", pgettext_lazy("donors", "Not stated"))
FURTHEST_YEARS = 5


class SelfCheckForm(forms.Form):
    """Nothing is required: what is missing is named in the verdict."""

    ngay = forms.DateField(label=_("On which day"), widget=DayInput)
    sinh = forms.DateField(label=_("Date of birth"), widget=DayInput, required=False)
    gioi = forms.ChoiceField(label=_("Sex"), choices=[UNKNOWN, *Sex.choices], required=False)
    can = forms.DecimalField(
        label=_("Weight (kg)"), min_value=1, max_value=300, decimal_places=1, required=False, localize=True
    )
    loai = forms.ChoiceField(label=_("What is to be given"), choices=Component.choices)
    da_hien = forms.ChoiceField(
        label=_("Have you given before"),
        choices=[UNKNOWN, ("no", _("No, this is the first time")), ("yes", _("Yes"))],
        required=False,
    )
    lan_truoc = forms.DateField(label=_("Day of the last donation"), widget=DayInput, required=False)
    loai_truoc = forms.ChoiceField(label=_("What was given last"), choices=Component.choices, required=False)
    benh = forms.ChoiceField(
        label=_("A chronic illness, pregnancy, or medicine being taken"),
        choices=[UNKNOWN, ("no", _("No")), ("yes", _("Yes"))],
        required=False,
    )
    viec = forms.IntegerField(
        label=_("Dangerous work: hours from giving to the next shift"),
        min_value=0,
        max_value=240,
        required=False,
    )

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("ngay", today())
        self.events = {
            name.removeprefix("after_"): value["name"]
            for name, value in entry.values.items()
            if name.startswith("after_")
        }
        for name, label in self.events.items():
            self.fields[name] = forms.DateField(
                label=label[:1].upper() + label[1:], widget=DayInput, required=False
            )
        self.fields["viec"].help_text = _("Leave empty if you do none of it: %(work)s.") % {
            "work": entry.values["off_duty_work"]
        }

    def event_fields(self) -> Iterable[forms.BoundField]:
        """A day for each event that defers."""
        return [self[name] for name in self.events]

    @property
    def tells_events(self) -> bool:
        """Whether a day of an event was typed, so that it is not folded away from whoever typed it."""
        return any(field.value() for field in self.event_fields())

    def main_fields(self) -> Iterable[forms.BoundField]:
        return [field for field in self if field.name not in self.events]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        on, now = data.get("ngay"), today()
        if on and abs(on.year - now.year) > FURTHEST_YEARS:
            self.add_error("ngay", _("Choose a day within five years."))
        for name in ("sinh", "lan_truoc", *self.events):
            day: date | None = data.get(name)
            if day and day > now:
                self.add_error(name, _("This day lies in the future."))
        if data.get("lan_truoc") and data.get("da_hien") == "no":
            self.add_error("lan_truoc", _("A first donation has no day of an earlier one."))
        return data

    def facts(self) -> Facts:
        """What was told, as the rule reads it."""
        data = self.cleaned_data
        given = None
        if data["da_hien"] == "no":
            given = []
        elif data["lan_truoc"]:
            component = Component(data["loai_truoc"] or Component.WHOLE_BLOOD)
            given = [(data["lan_truoc"], component)]
        return Facts(
            component=Component(data["loai"]),
            born_from=data["sinh"],
            born_to=data["sinh"],
            sex=data["gioi"],
            kg=data["can"],
            given=given,
            ended={name: data[name] for name in self.events if data[name]},
            has_condition={"yes": True, "no": False}.get(data["benh"]),
            hours_off=data["viec"],
        )
