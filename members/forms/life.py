"""Acts on a membership, transfers, cards."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from foundation.dates import today
from members.actions.life import PAUSE, RESUME, Wanted
from members.enums import Ending
from members.rules import reasons_of
from people.forms.offices import DayInput
from people.forms.unit_choice import UnitChoice
from people.forms.units import UnitField
from people.models import Unit

ACTS = {
    PAUSE: gettext_lazy("Pause"),
    RESUME: gettext_lazy("Resume"),
    Ending.LEFT: gettext_lazy("Leave the Red Cross"),
    Ending.REMOVED: gettext_lazy("Remove from the list"),
    Ending.EXPELLED: gettext_lazy("Expel"),
    Ending.DECEASED: gettext_lazy("Enter a death"),
}


class ActForm(forms.Form):
    """From which day, why, by which decision."""

    on = forms.DateField(
        label=gettext_lazy("Holds from"),
        widget=DayInput,
        help_text=gettext_lazy("The first day on which it holds; today or earlier."),
    )
    reason_code = forms.ChoiceField(label=gettext_lazy("Reason"), required=False)
    words = forms.CharField(label=gettext_lazy("More words"), required=False, max_length=300)
    decision = forms.CharField(label=gettext_lazy("Number of the decision"), required=False, max_length=60)

    def __init__(self, *args: Any, act: str, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.act = act
        reasons = reasons_of(act, on)
        fields: Any = self.fields
        fields["reason_code"].choices = [("", "–"), *reasons.items()]
        fields["reason_code"].required = fields["decision"].required = True
        if not reasons:
            del self.fields["reason_code"]
        elif len(reasons) == 1:
            self.initial.setdefault("reason_code", next(iter(reasons)))
        if act in (PAUSE, RESUME, Ending.LEFT, Ending.DECEASED):
            del self.fields["decision"]
        self.initial.setdefault("on", today())

    def wanted(self) -> Wanted:
        """What the action takes."""
        data = self.cleaned_data
        return Wanted(
            self.act, data["on"], data.get("reason_code", ""), data["words"], data.get("decision", "")
        )


class ReportForm(forms.Form):
    on = forms.DateField(label=gettext_lazy("Day it happened"), widget=DayInput)
    words = forms.CharField(label=gettext_lazy("More words"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", today())


class AnswerForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why not"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Needed when it is not so."),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=300)


class TransferForm(forms.Form):
    """Where to, and why."""

    target = UnitField(label=gettext_lazy("To which unit"))
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=300)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].units = units  # type: ignore[attr-defined]


class RejoinForm(forms.Form):
    unit = UnitChoice(Unit.objects.none(), label=gettext_lazy("In which unit"))
    on = forms.DateField(label=pgettext_lazy("members", "From"), widget=DayInput)
    decision = forms.CharField(label=gettext_lazy("Number of the decision"), required=False, max_length=60)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.initial.setdefault("on", today())
