"""Bodies: the term, the members, leaving, recognition."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.dates import today
from people.enums import BodyKind, SeatEnd
from people.forms.offices import DayInput
from people.forms.units import UnitField
from people.models import Person


class BodyForm(forms.Form):
    unit = UnitField(label=_("Unit"))
    kind = forms.ChoiceField(choices=BodyKind.choices, label=_("Kind"))
    is_provisional = forms.BooleanField(
        label=_("Provisional (lâm thời), until a congress elects"), required=False
    )
    first_on = forms.DateField(label=_("Term from"), widget=DayInput)
    last_on = forms.DateField(
        label=_("Term through"),
        widget=DayInput,
        required=False,
        help_text=_("Leave empty while no end is set."),
    )
    name = forms.CharField(
        label=_("Name"), max_length=200, required=False, help_text=_("Leave empty for the usual name.")
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].units = units  # type: ignore[attr-defined]


class MemberForm(forms.Form):
    person = forms.ModelChoiceField(
        Person.objects.none(), label=pgettext_lazy("body", "Who"), widget=forms.RadioSelect, empty_label=None
    )
    post = forms.CharField(
        label=pgettext_lazy("body", "Post"), max_length=80, widget=forms.TextInput(attrs={"list": "posts"})
    )
    first_on = forms.DateField(label=pgettext_lazy("body", "From"), widget=DayInput)
    is_acting = forms.BooleanField(label=_("In charge (phụ trách) without the head's title"), required=False)
    decision_number = forms.CharField(label=_("Number of the decision"), max_length=60)

    def __init__(self, *args: Any, people: Any, is_by_election: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields.pop("is_acting" if is_by_election else "decision_number")


class LeaveForm(forms.Form):
    how = forms.ChoiceField(
        label=_("How"),
        choices=[
            (SeatEnd.WITHDRAWN, _("Steps down (rút tên): own wish, retirement, transfer")),
            (SeatEnd.STRUCK_OFF, _("Struck off (xóa tên): discipline")),
        ],
        widget=forms.RadioSelect,
    )
    last_on = forms.DateField(label=_("Last day"), widget=DayInput)
    reason = forms.CharField(label=_("Why"), max_length=300)
    decision_number = forms.CharField(
        label=_("Number of the decision"),
        max_length=60,
        required=False,
        help_text=_("Needed for striking off."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("last_on", today())


class ChargeForm(forms.Form):
    first_on = forms.DateField(label=pgettext_lazy("body", "From"), widget=DayInput)
    decision_number = forms.CharField(label=_("Number of the decision"), max_length=60)


class EndBodyForm(forms.Form):
    last_on = forms.DateField(label=_("Last day of the term"), widget=DayInput)
    reason = forms.CharField(label=_("Why"), max_length=300)


class RecogniseForm(forms.Form):
    decision_number = forms.CharField(label=_("Number of the decision"), max_length=60)
    decided_on = forms.DateField(label=_("Day of the decision"), widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("decided_on", today())
