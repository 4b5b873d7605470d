"""What is typed on a donor's page, on pages of families and rules, and by donors themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donors.enums import Component, DonationKind, Group, GroupKnown, Rhesus, Subject
from foundation.dates import today
from people.forms.offices import DayInput
from people.forms.unit_choice import UnitChoice
from people.models import Unit

NOT_KNOWN = ("", pgettext_lazy("donors", "Not known"))


class DonationForm(forms.Form):
    """One donation as an officer types it."""

    on = forms.DateField(label=_("Day of donation"), widget=DayInput)
    component = forms.ChoiceField(label=_("What was given"), choices=Component.choices)
    volume_ml = forms.IntegerField(label=_("Volume (ml)"), min_value=1, required=False)
    kind = forms.ChoiceField(label=_("Kind of donation"), choices=DonationKind.choices)
    place = forms.CharField(label=pgettext_lazy("donors", "Place"), max_length=200, required=False)
    certificate_issuer = forms.CharField(label=_("Certificate issued by"), max_length=120, required=False)
    certificate_serial = forms.CharField(label=_("Certificate serial"), max_length=30, required=False)
    proof = forms.CharField(label=_("Confirmation number or other proof"), max_length=200, required=False)
    mobiliser = forms.CharField(
        label=_("Mobilised by"),
        max_length=60,
        required=False,
        help_text=_("Donor code or phone of who won this donor, where the list states it."),
    )


class CarriedForm(forms.Form):
    """Several donations proven by one confirmation."""

    turns = forms.IntegerField(label=_("How many donations"), min_value=1, max_value=300)
    on = forms.DateField(
        label=_("Up to and with the day"),
        widget=DayInput,
        help_text=_("They stand for all donations up to that day."),
    )
    proof = forms.CharField(label=_("Number of the confirmation"), max_length=200)


class DeclareForm(forms.Form):
    """An earlier donation in the donor's own words."""

    on = forms.DateField(label=_("Day of donation"), widget=DayInput)
    component = forms.ChoiceField(label=_("What was given"), choices=Component.choices)
    volume_ml = forms.IntegerField(label=_("Volume (ml)"), min_value=1)
    place = forms.CharField(label=pgettext_lazy("donors", "Place"), max_length=200)
    certificate_issuer = forms.CharField(label=_("Certificate issued by"), max_length=120, required=False)
    certificate_serial = forms.CharField(label=_("Certificate serial"), max_length=30, required=False)
    photo = forms.FileField(
        label=_("Photo of the certificate"),
        help_text=_("JPEG, PNG or WebP. It is deleted as soon as your unit has decided."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )


class WillingForm(forms.Form):
    is_available = forms.BooleanField(
        label=_("I can come at present"),
        required=False,
        help_text=_("Switch it off while away or not well: nobody calls, and no reason is asked."),
    )
    is_reserve = forms.BooleanField(
        label=_("Call me when blood is needed"), required=False, help_text=_("The reserve of donors.")
    )
    is_rare = forms.BooleanField(
        label=_("Keep me in the list of rare blood"), required=False, help_text=_("For Rh− and rare groups.")
    )


class GroupForm(forms.Form):
    group = forms.ChoiceField(label=_("ABO group"), choices=[NOT_KNOWN, *Group.choices], required=False)
    rhesus = forms.ChoiceField(label="Rh", choices=[NOT_KNOWN, *Rhesus.choices], required=False)
    group_known = forms.ChoiceField(
        label=_("How it is known"), choices=[NOT_KNOWN, *GroupKnown.choices], required=False
    )


class DeferralForm(forms.Form):
    """A date and nothing else."""

    until_on = forms.DateField(
        label=_("Gives again from"),
        widget=DayInput,
        help_text=_("The day told by the facility. Write no reason anywhere."),
    )


class FamilyForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the family"), max_length=120, help_text=_("For example: Gia đình bà Lê Thị Bình.")
    )
    unit = UnitChoice(Unit.objects.none(), label=_("Unit"))

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if len(only := list(units[:2])) == 1:
            self.initial.setdefault("unit", only[0])


class MemberForm(forms.Form):
    who = forms.CharField(
        label=_("Donor code or phone"), max_length=60, help_text=_("A donor of the units covered.")
    )
    since = forms.DateField(label=_("Belongs since"), widget=DayInput)


class LastDayForm(forms.Form):
    last_on = forms.DateField(label=_("Last day"), widget=DayInput, initial=today)


class LocalRuleForm(forms.Form):
    subject = forms.ChoiceField(label=_("What is asked"), choices=Subject.choices)
    value = forms.IntegerField(label=_("Value (kg)"), min_value=1, max_value=200)
    effective_from = forms.DateField(label=_("In force from"), widget=DayInput)
    citation = forms.CharField(label=_("Decision it rests on"), max_length=200)
    confirmed = forms.BooleanField(
        label=_("The decision was seen"),
        required=False,
        help_text=_("Otherwise it is shown as unconfirmed wherever it decides."),
    )
    file = forms.FileField(label=_("Decision (file)"), required=False)


class BookingForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    url = forms.URLField(label=_("Address"), assume_scheme="https", max_length=200)
    effective_from = forms.DateField(label=_("In force from"), widget=DayInput, initial=today)
    citation = forms.CharField(label=_("Told by"), max_length=200)
    confirmed = forms.BooleanField(label=_("The address was tried"), required=False)


class ShareForm(forms.Form):
    ma = forms.CharField(
        label=_("Share code"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
