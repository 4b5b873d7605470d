"""A volunteer's page: what is offered, skills, languages, the code of conduct, titles, days of service."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.dates import today
from ledger.actor import Actor
from members.enums import ENTER, TitleLevel
from members.models import VolunteerProfile, VolunteerSkill
from members.rules.volunteers import named
from people.forms.offices import DayInput
from people.forms.units import UnitField
from people.models import Unit
from people.rules import offices_that_may

NONE = [("", "–")]


class ProfileForm(forms.Form):
    """What the volunteer offers, and whom to call."""

    fields = forms.MultipleChoiceField(  # type: ignore[assignment]
        label=_("Fields of work"), required=False, widget=forms.CheckboxSelectMultiple
    )
    availability = forms.MultipleChoiceField(
        label=_("Free on"), required=False, widget=forms.CheckboxSelectMultiple
    )
    area = forms.CharField(
        label=pgettext_lazy("volunteer", "Where"),
        required=False,
        max_length=200,
        help_text=_("Wards or communes that can be reached, parted by commas."),
    )
    vehicle = forms.ChoiceField(label=_("Vehicle"), required=False)
    emergency_name = forms.CharField(
        label=_("Whom to call in an emergency"),
        required=False,
        max_length=120,
        help_text=_("Tell this person that the unit has the number."),
    )
    emergency_relation = forms.CharField(label=_("Relation"), required=False, max_length=60)
    emergency_phone = forms.CharField(
        label=_("Phone to call"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, profile: VolunteerProfile | None, on: date, **kwargs: Any) -> None:
        names = ("fields", "availability", "area", "vehicle", "emergency_name", "emergency_relation")
        shown = {name: getattr(profile, name) for name in (*names, "emergency_phone")} if profile else {}
        kwargs["initial"] = {**shown, "version": profile.version if profile else 0}
        super().__init__(*args, **kwargs)
        inputs: Any = self.fields
        inputs["fields"].choices = list(named("fields", on).items())
        inputs["availability"].choices = list(named("availability", on).items())
        inputs["vehicle"].choices = [*NONE, *named("vehicles", on).items()]

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class SkillForm(forms.Form):
    """A skill and what shows it."""

    code = forms.ChoiceField(label=_("Skill"))
    evidence = forms.CharField(
        label=_("Evidence"),
        required=False,
        max_length=200,
        help_text=_("Certificate, number, who gave it. Show the paper to your unit."),
    )
    got_on = forms.DateField(label=_("Since"), required=False, widget=DayInput)
    expires_on = forms.DateField(
        label=_("Valid until"),
        required=False,
        widget=DayInput,
        help_text=_("Leave empty where the paper says nothing."),
    )

    def __init__(self, *args: Any, on: date, skill: VolunteerSkill | None = None, **kwargs: Any) -> None:
        names = ("code", "evidence", "got_on", "expires_on")
        kwargs["initial"] = {n: getattr(skill, n) for n in names} if skill else None
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [*NONE, *named("skills", on).items()]  # type: ignore[attr-defined]


class LanguageForm(forms.Form):
    """A language and how well; no level takes it off."""

    code = forms.ChoiceField(label=_("Language"))
    level = forms.ChoiceField(
        label=_("Level"), required=False, help_text=_("Without a level the language is taken off.")
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["code"].choices = [*NONE, *named("languages", on).items()]
        fields["level"].choices = [*NONE, *named("levels", on).items()]


class ConductForm(forms.Form):
    """The code of conduct is signed: here by the volunteer, or on paper on a day."""

    agreed = forms.BooleanField(
        label=_("I have read this and will keep to it."),
        error_messages={"required": _("Tick the sentence: without it nothing is signed.")},
    )
    signed_on = forms.DateField(label=_("Signed on"), widget=DayInput)

    def __init__(self, *args: Any, is_own: bool, **kwargs: Any) -> None:
        kwargs["initial"] = {"signed_on": today()}
        super().__init__(*args, **kwargs)
        if is_own:
            del self.fields["signed_on"]
        else:
            self.fields["agreed"].label = _("The unit holds the signed paper.")

    def day(self) -> date:
        found: date = self.cleaned_data.get("signed_on") or today()
        return found


class TitleForm(forms.Form):
    """A title with its decision."""

    level = forms.ChoiceField(label=pgettext_lazy("volunteer", "Title"), choices=TitleLevel.choices)
    given_on = forms.DateField(label=_("Given on"), widget=DayInput)
    decision = forms.CharField(label=_("Number of the decision"), max_length=60)
    given_by = forms.CharField(label=_("Given by"), max_length=160)


class ServiceForm(forms.Form):
    """A day of service."""

    unit = UnitField(label=_("Unit"))
    on = forms.DateField(label=_("Day"), widget=DayInput)
    hours = forms.DecimalField(
        label=_("Hours"), min_value=0.25, max_value=24, decimal_places=2, localize=True
    )
    what = forms.CharField(label=pgettext_lazy("volunteer", "What was done"), max_length=200)

    def __init__(self, *args: Any, by: Actor, unit: Unit | None, **kwargs: Any) -> None:
        kwargs["initial"] = {"unit": unit.code if unit else "", "on": today()}
        super().__init__(*args, **kwargs)
        covered = by.unit_ids(offices_that_may(ENTER, by.on))
        units = Unit.objects.standing(by.on)
        self.fields["unit"].units = (  # type: ignore[attr-defined]
            units if by.is_system else units.filter(pk__in=covered)
        ).order_by("code")

    def minutes(self) -> int:
        return int(self.cleaned_data["hours"] * 60)
