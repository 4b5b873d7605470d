"""Employment, timesheet, the year's decision."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from evaluations.enums import PayTrack
from evaluations.models import Employment
from foundation.dates import today
from foundation.money import parse_vnd
from people.forms.offices import DayInput
from people.forms.unit_choice import UnitChoice
from people.models import Person, Unit

FIELDS = (
    "department",
    "post",
    "status",
    "group",
    "track",
    "ground",
    "is_confirmed",
    "salary",
    "allowance",
    "is_head",
    "rated_above",
    "decision",
)


class EmploymentForm(forms.ModelForm):  # type: ignore[type-arg]
    """How somebody works for a unit from a day on."""

    person = forms.ModelChoiceField(Person.objects.none(), label=pgettext_lazy("evaluations", "Person"))
    unit = UnitChoice(Unit.objects.none(), label=pgettext_lazy("evaluations", "Unit"), to_field_name="code")
    from_on = forms.DateField(
        label=gettext_lazy("From the day"),
        widget=DayInput,
        help_text=gettext_lazy("What held before ends the day before."),
    )

    class Meta:
        model = Employment
        fields = FIELDS

    field_order = ("person", "unit", "from_on", *FIELDS)

    def __init__(
        self, *args: Any, people: Any, units: Any, before: Employment | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        for name in ("salary", "allowance"):
            self.fields[name].localize = True
            self.fields[name].widget.is_localized = True
        if before is not None:
            del self.fields["person"]
            self.initial.update({name: getattr(before, name) for name in FIELDS})
            self.initial.update(unit=before.unit.code, decision="")
        self.initial.setdefault("from_on", today().replace(day=1))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("track") == PayTrack.COEFFICIENT and found.get("salary") is None:
            self.add_error("salary", _("Who is paid by coefficient needs one."))
        return found

    def _post_clean(self) -> None:
        """The action checks the row under the lock; the form only its own fields."""

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}


class EndForm(forms.Form):
    last_on = forms.DateField(label=gettext_lazy("Last day of work"), widget=DayInput)
    reason = forms.CharField(label=pgettext_lazy("evaluations", "Reason"), max_length=300)


class TimesheetForm(forms.Form):
    unit = UnitChoice(Unit.objects.none(), label=pgettext_lazy("evaluations", "Unit"), to_field_name="code")
    month = forms.CharField(
        label=gettext_lazy("Month"),
        max_length=7,
        widget=forms.TextInput(attrs={"placeholder": "09/2026", "inputmode": "numeric"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Timesheet"),
        help_text=gettext_lazy("The template of this page, filled in: Excel (.xlsx, .xls) or .csv."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
        required=False,
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        first = today().replace(day=1)
        self.initial.setdefault("month", f"{first.month:02}/{first.year}")

    def clean_month(self) -> Any:
        return month_of(self.cleaned_data["month"])


def month_of(text: str) -> Any:
    """The first day of a month typed as 09/2026; ValidationError otherwise."""
    month, slash, year = text.strip().partition("/")
    if not (slash and month.isdecimal() and year.isdecimal() and 1 <= int(month) <= 12 and len(year) == 4):
        raise ValidationError(_("Enter the month as month/year, for example 09/2026."))
    return date(int(year), int(month), 1)


class YearRateForm(forms.Form):
    first_on = forms.DateField(label=gettext_lazy("First day"), widget=DayInput)
    last_on = forms.DateField(label=gettext_lazy("Last day"), widget=DayInput)
    coefficient = forms.DecimalField(
        label=gettext_lazy("Year's coefficient"), min_value=0, max_digits=4, decimal_places=2, localize=True
    )
    fixed_sum = forms.CharField(label=gettext_lazy("Fixed sum a month (đồng)"), max_length=30)
    decision = forms.CharField(label=gettext_lazy("Decision of the city"), max_length=120)
    is_confirmed = forms.BooleanField(
        label=gettext_lazy("The decision was read and confirmed"), required=False
    )

    def clean_fixed_sum(self) -> int:
        return parse_vnd(self.cleaned_data["fixed_sum"])
