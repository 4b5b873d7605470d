"""A congress: its words, the seats of branches, delegates, who was elected."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.dates import today
from ledger.actor import Actor
from members.enums import ACT, DelegateWay
from members.models import Congress
from members.queries.congress import BranchSeats
from members.queries.units import base_units
from people.enums import BodyKind
from people.forms.offices import DayInput
from people.forms.units import UnitField
from people.models import Person
from people.rules import offices_that_may

BODIES = (BodyKind.EXECUTIVE, BodyKind.STANDING, BodyKind.PRESIDIUM, BodyKind.INSPECTION)


class CongressForm(forms.Form):
    """When, where, how many delegates, for which term."""

    unit = UnitField(label=_("Unit"))
    name = forms.CharField(label=_("Name"), max_length=200)
    held_on = forms.DateField(label=_("Day of the congress"), widget=DayInput)
    place = forms.CharField(label=_("Place of the congress"), required=False, max_length=200)
    term_first = forms.DateField(label=_("Term begins"), widget=DayInput)
    term_last = forms.DateField(label=_("Term ends"), widget=DayInput)
    seats = forms.IntegerField(label=_("Delegates to be elected"), min_value=1, max_value=2000)
    counted_on = forms.DateField(
        label=_("Members counted on"), widget=DayInput, help_text=_("Seats go by the members of that day.")
    )
    basis = forms.CharField(label=_("Decision on the allocation"), required=False, max_length=200)

    def __init__(self, *args: Any, by: Actor, congress: Congress | None = None, **kwargs: Any) -> None:
        names = (
            "name", "held_on", "place", "term_first", "term_last", "seats", "counted_on", "basis"
        )  # fmt: skip
        shown = {name: getattr(congress, name) for name in names} if congress else {"counted_on": today()}
        kwargs["initial"] = shown
        super().__init__(*args, **kwargs)
        if congress:
            del self.fields["unit"]
            return
        covered = by.unit_ids(offices_that_may(ACT, by.on))
        units = base_units(by.on)
        self.fields["unit"].units = units if by.is_system else units.filter(pk__in=covered)  # type: ignore[attr-defined]


class SeatsForm(forms.Form):
    """A number for each branch."""

    def __init__(self, *args: Any, branches: Sequence[BranchSeats], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in branches:
            self.fields[f"seats_{row.unit.pk}"] = forms.IntegerField(
                label=row.unit.name, min_value=0, max_value=500, initial=row.seats
            )

    def seats(self) -> dict[int, int]:
        return {int(name.removeprefix("seats_")): value for name, value in self.cleaned_data.items()}


class DelegateForm(forms.Form):
    """Who; for those beside the branches' seats also how."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Member"), empty_label="–")
    way = forms.ChoiceField(
        label=_("How"),
        choices=[(way.value, way.label) for way in (DelegateWay.OFFICE, DelegateWay.APPOINTED)],
    )

    def __init__(self, *args: Any, people: QuerySet[Person], is_elected: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["person"].label_from_instance = label_of  # type: ignore[attr-defined]
        if is_elected:
            del self.fields["way"]


def label_of(person: Person) -> str:
    return f"{person.full_name}, {person.birth_year}" if person.birth_year else person.full_name


class ResultForm(forms.Form):
    """Into which body, who, which post, how many votes."""

    body_kind = forms.ChoiceField(
        label=pgettext_lazy("congress", "Body"), choices=[(kind.value, kind.label) for kind in BODIES]
    )
    person = forms.ModelChoiceField(Person.objects.none(), label=_("Member"), empty_label="–")
    post = forms.CharField(
        label=pgettext_lazy("congress", "Post"),
        max_length=80,
        widget=forms.TextInput(attrs={"list": "posts"}),
    )
    votes = forms.IntegerField(label=_("Votes"), required=False, min_value=0, max_value=5000)

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["person"].label_from_instance = label_of  # type: ignore[attr-defined]
