"""Granting and ending an office, entering a person, giving an account."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.dates import today
from ledger.actor import Actor
from people.enums import OfficeCode
from people.forms.unit_choice import UnitChoice
from people.models import Person, Unit
from people.queries import visible_units
from people.rules import offices_that_may


class DayInput(forms.DateInput):
    """A day as dd/mm/yyyy, typed."""

    def __init__(self) -> None:
        super().__init__(format="%d/%m/%Y", attrs={"inputmode": "numeric", "placeholder": "dd/mm/yyyy"})


class GrantForm(forms.Form):
    person = forms.ModelChoiceField(Person.objects.none(), label=_("Person"))
    office = forms.ChoiceField(choices=OfficeCode.choices, label=_("Office"))
    unit = UnitChoice(
        Unit.objects.none(), label=_("Unit"), help_text=_("The office covers this unit and all below it.")
    )
    from_on = forms.DateField(label=pgettext_lazy("office", "From"), widget=DayInput)
    until_on = forms.DateField(
        label=pgettext_lazy("office", "Through"),
        widget=DayInput,
        required=False,
        help_text=_("Leave empty while no end is decided."),
    )
    reason = forms.CharField(
        label=_("Ground"), max_length=300, help_text=_("Number and day of the decision.")
    )

    def __init__(self, *args: object, by: Actor, people: QuerySet[Person], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        granting = by.unit_ids(offices_that_may("office.grant", by.on))
        self.fields["unit"].queryset = (  # type: ignore[attr-defined]
            visible_units(by).filter(pk__in=granting).order_by("code")
        )
        self.initial.setdefault("from_on", today())


class EndForm(forms.Form):
    last_on = forms.DateField(label=_("Last day"), widget=DayInput)
    reason = forms.CharField(label=_("Why"), max_length=300)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.initial.setdefault("last_on", today())


class AccountForm(forms.Form):
    username = forms.CharField(
        label=_("Login name"),
        max_length=60,
        help_text=_("Small letters without accents, digits, dots and dashes, for example nguyen.van.an."),
    )
