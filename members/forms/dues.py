"""Dues: opening a year, a receipt, passing up, reliefs, rates and shares."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.dates import today
from members.enums import Kind, PayWay
from people.forms.offices import DayInput
from people.forms.unit_choice import UnitChoice
from people.models import Person, Unit


class OpenForm(forms.Form):
    unit = UnitChoice(Unit.objects.none(), label=_("Unit"), to_field_name="code")
    year = forms.IntegerField(label=_("Year"))

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.initial.setdefault("year", today().year)


class ReceiptForm(forms.Form):
    payer = forms.CharField(label=_("Handed in by"), max_length=120)
    received_on = forms.DateField(label=_("Received on"), widget=DayInput)
    how = forms.ChoiceField(label=_("How"), choices=PayWay.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("received_on", today())


class RemitForm(forms.Form):
    made_on = forms.DateField(label=_("Passed up on"), widget=DayInput)
    how = forms.ChoiceField(label=_("How"), choices=PayWay.choices)
    document = forms.CharField(label=_("Payment document"), max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("made_on", today())


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300)


class ConfirmForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is returned"),
        max_length=300,
        required=False,
        help_text=_("Needed when the list is returned."),
    )


class ReliefForm(forms.Form):
    people = forms.ModelMultipleChoiceField(
        Person.objects.none(), label=_("Who pays less"), widget=forms.CheckboxSelectMultiple
    )
    percent = forms.IntegerField(label=_("Less by, % (100: exempt)"), min_value=1, max_value=100)
    reason = forms.ChoiceField(label=_("Reason"))
    decision = forms.CharField(label=_("Decision of the committee"), max_length=60)
    decided_on = forms.DateField(label=_("Decided on"), widget=DayInput)

    def __init__(self, *args: Any, people: Any, reasons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people  # type: ignore[attr-defined]
        self.fields["reason"].choices = reasons  # type: ignore[attr-defined]
        self.initial.setdefault("percent", 100)


class TermForm(forms.Form):
    first_on = forms.DateField(label=pgettext_lazy("members", "From"), widget=DayInput)
    decision = forms.CharField(label=_("Decision"), max_length=120)
    confirmed = forms.BooleanField(label=_("The chapter has confirmed it"), required=False)


class RateForm(TermForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    monthly = forms.IntegerField(label=_("Đồng a month"), min_value=0, max_value=10_000_000)
    field_order = ("kind", "monthly", "first_on", "decision", "confirmed")


class SharesForm(TermForm):
    branch = forms.IntegerField(label=_("Branch, %"), min_value=0, max_value=100)
    base = forms.IntegerField(label=_("Base unit, %"), min_value=0, max_value=100)
    upper = forms.IntegerField(label=_("Level above, %"), min_value=0, max_value=100)
    field_order = ("branch", "base", "upper", "first_on", "decision", "confirmed")


class AskRemovalsForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is right all the same"),
        max_length=300,
        required=False,
        help_text=_("Needed when the list is longer than the brake allows."),
    )


class StartRemovalsForm(forms.Form):
    decision = forms.CharField(label=_("Number of the decision"), max_length=60)
    ends_on = forms.DateField(
        label=_("First day without membership"),
        widget=DayInput,
        help_text=_("Not before the year was closed; today or earlier."),
    )

    def __init__(self, *args: Any, on: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("ends_on", on)


class DecideForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Answer"),
        choices=[
            ("approved", _("Approve the list")),
            ("returned", _("Return it to be looked through again")),
            ("refused", _("Refuse it: everybody stays")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, help_text=_("Needed unless it is approved.")
    )


class HandoverForm(forms.Form):
    successor = UnitChoice(Unit.objects.none(), label=_("Unit that takes the book"))
    on = forms.DateField(label=_("Handed over on"), widget=DayInput)
    minutes = forms.CharField(
        label=_("Minutes"), max_length=120, help_text=_("Number and day of the hand-over minutes.")
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = units  # type: ignore[attr-defined]
        self.initial.setdefault("on", today())
