"""The steps of an application, and the same on one page for an officer."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from foundation.dates import today
from ledger.actor import Actor
from members.enums import ENTER, Kind
from members.models import Application
from members.queries.units import base_units, branches_of
from members.rules import kind_rules
from people.enums import Sex, UnitKind
from people.forms.offices import DayInput
from people.forms.unit_choice import UnitChoice
from people.forms.units import UnitField, find_one
from people.models import Unit, UnitCover
from people.rules import offices_that_may
from people.rules.rights import consent_texts

PUBLIC_KINDS = (Kind.MEMBER, Kind.VOLUNTEER, Kind.YOUTH)


def kind_choices(codes: Any, on: date) -> list[tuple[str, str]]:
    """Kinds with their names as of the day."""
    return [(code, kind_rules(on)[code].name) for code in codes]


class WhoForm(forms.Form):
    """Who applies, and how to reach them."""

    full_name = forms.CharField(
        label=gettext_lazy("Full name"),
        max_length=120,
        help_text=pgettext_lazy("members", "As on the identity card, with accents."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    birth_date = forms.DateField(label=gettext_lazy("Date of birth"), widget=DayInput)
    sex = forms.ChoiceField(label=gettext_lazy("Sex"), choices=[("", "–"), *Sex.choices], required=False)
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    address = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )


class WhereForm(forms.Form):
    """The unit asked to receive: a base unit, then one of its branches."""

    base = UnitField(label=gettext_lazy("Ward, commune, school or agency"))
    branch = forms.ModelChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Branch"),
        required=False,
        empty_label=gettext_lazy("I do not know"),
        help_text=gettext_lazy("Leave it open if you do not know: the unit finds it."),
    )
    offered = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["base"].units = base_units(on)  # type: ignore[attr-defined]
        known = str(self.data.get("base") or self.initial.get("base") or "")
        if known:
            try:
                unit = find_one(base_units(on), known)
            except ValidationError:
                return
            self.fields["branch"].queryset = branches_of(unit, on)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Who has just named a unit with branches sees them once before going on."""
        data: dict[str, Any] = super().clean() or {}
        base = data.get("base")
        fields: Any = self.fields
        if base is not None and data.get("offered") != base.code and fields["branch"].queryset.exists():
            given: Any = self.data
            self.data = given.copy()
            self.data["offered"] = base.code  # type: ignore[index]
            self.add_error("branch", _("Choose your branch, or leave it open and go on."))
        return data

    def unit(self) -> Unit:
        """The branch if one was chosen, else the base unit."""
        chosen: Unit = self.cleaned_data["branch"] or self.cleaned_data["base"]
        return chosen


class GuardianForm(forms.Form):
    """Under 18: who agrees for the applicant."""

    guardian_name = forms.CharField(label=gettext_lazy("Guardian's full name"), max_length=120)
    guardian_phone = forms.CharField(
        label=gettext_lazy("Guardian's phone"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    agrees = forms.BooleanField(label=gettext_lazy("The guardian has read this application and agrees"))


class SendForm(forms.Form):
    """Why, and what the applicant agrees to: one box a purpose, none ticked, none needed."""

    words = forms.CharField(
        label=gettext_lazy("What would you like to do with the Red Cross"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.purposes = consent_texts(on)
        for purpose, text in self.purposes.items():
            self.fields[f"consent_{purpose}"] = forms.BooleanField(
                label=text.title, help_text=text.text, required=False
            )

    def consents(self) -> dict[str, bool]:
        """Each purpose, ticked or not."""
        return {purpose: bool(self.cleaned_data[f"consent_{purpose}"]) for purpose in self.purposes}


class PaperForm(WhoForm):
    """An application on paper, typed on one page."""

    kind = forms.ChoiceField(label=gettext_lazy("Applies as"))
    unit = UnitChoice(Unit.objects.none(), label=gettext_lazy("Branch or unit"))
    guardian_name = forms.CharField(
        label=gettext_lazy("Guardian's full name"), max_length=120, required=False
    )
    guardian_phone = forms.CharField(label=gettext_lazy("Guardian's phone"), max_length=40, required=False)
    guardian_agreed = forms.BooleanField(label=gettext_lazy("The guardian signed the form"), required=False)
    words = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("kind", "unit", "full_name", "birth_date", "sex", "phone", "email", "address")

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["kind"].choices = kind_choices(kind_rules(by.on), by.on)
        fields["unit"].queryset = joinable_units(by)

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "guardian_agreed"}


def joinable_units(by: Actor, right: str = ENTER) -> Any:
    """Units people can belong to where the actor holds the right: base units and what lies below."""
    units = Unit.objects.standing(by.on).exclude(
        kind__in=[UnitKind.CITY, UnitKind.DISTRICT, UnitKind.DEPARTMENT]
    )
    return units.filter(pk__in=by.unit_ids(offices_that_may(right, by.on))).order_by("code")


class FollowForm(forms.Form):
    """The code an application is followed by."""

    code = forms.CharField(
        label=gettext_lazy("Code of the application"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def clean_code(self) -> Application:
        """The application behind the code; one answer for every code that is none."""
        code = "".join(str(self.cleaned_data["code"]).upper().split()).replace("-", "")
        found = Application.objects.filter(code=code).exclude(state="draft").select_related("unit").first()
        if found is None:
            raise ValidationError(_("No application has this code. Compare it letter by letter."))
        return found


class MeetingForm(forms.Form):
    """A meeting's batch."""

    met_on = forms.DateField(label=gettext_lazy("Day of the meeting"), widget=DayInput)
    minutes = forms.CharField(
        label=gettext_lazy("Minutes"),
        max_length=300,
        help_text=gettext_lazy("Number and day, or where they are kept."),
    )
    agreed = forms.ModelMultipleChoiceField(
        Application.objects.none(),
        label=gettext_lazy("The meeting agreed to"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, waiting: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed"].queryset = waiting  # type: ignore[attr-defined]
        self.initial.setdefault("met_on", today())


class WordsForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("Words"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class AssignForm(forms.Form):
    unit = UnitChoice(Unit.objects.none(), label=gettext_lazy("Assigned to"))

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class CeremonyForm(forms.Form):
    on = forms.DateField(label=gettext_lazy("Day of the ceremony"), widget=DayInput)
    place = forms.CharField(label=pgettext_lazy("members", "Place"), max_length=200)


def units_under(unit: Unit, on: date) -> Any:
    """The unit and all below it on the day, by code."""
    below = UnitCover.objects.filter(ancestor=unit, during__contains=on)
    return Unit.objects.filter(pk__in=below.values("unit")).order_by("code")
