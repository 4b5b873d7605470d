"""Opening a cycle, its steps, criteria, publication, fund."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from evaluations.enums import CriterionGroup, StaffGroup, Step
from evaluations.models import Criterion, Cycle
from foundation.dates import quarter_of, today
from foundation.money import parse_vnd
from people.forms.acts import LARGEST_FILE, type_of
from people.forms.offices import DayInput
from people.forms.unit_choice import UnitChoice
from people.models import Unit

PERIODS = [
    ("1", gettext_lazy("Quarter I")),
    ("2", gettext_lazy("Quarter II")),
    ("3", gettext_lazy("Quarter III")),
    ("4", gettext_lazy("Quarter IV")),
    ("0", gettext_lazy("The whole year")),
]
LINES = 20


class OpenForm(forms.Form):
    unit = UnitChoice(
        Unit.objects.none(),
        label=pgettext_lazy("evaluations", "Unit"),
        to_field_name="code",
        help_text=gettext_lazy("Everybody employed there and in the units below gets a form."),
    )
    year = forms.IntegerField(label=pgettext_lazy("evaluations", "Year"), min_value=2000, max_value=2100)
    number = forms.TypedChoiceField(label=gettext_lazy("Period"), choices=PERIODS, coerce=int)
    steps = forms.MultipleChoiceField(
        label=gettext_lazy("Steps between self-report and decision"),
        choices=Step.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("As the unit's own regulation has them."),
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if len(few := list(units[:2])) == 1:
            self.initial.setdefault("unit", few[0].code)
        quarter = quarter_of(today())
        self.initial.setdefault("year", quarter.year)
        self.initial.setdefault("number", str(quarter.number))
        self.initial.setdefault("steps", [Step.COMMENTS, Step.DEPARTMENT, Step.COUNCIL])


class StepForm(forms.Form):
    step = forms.ChoiceField(label=gettext_lazy("Step"))
    held_on = forms.DateField(label=gettext_lazy("Held on"), widget=DayInput)
    words = forms.CharField(
        label=gettext_lazy("Who came, what was concluded"), max_length=5000, widget=forms.Textarea
    )
    file = forms.FileField(
        label=pgettext_lazy("evaluations", "File"),
        required=False,
        help_text=gettext_lazy(
            "PDF, JPEG or PNG, at most 20 MB. The Party committee's opinion is a document."
        ),
    )

    def __init__(self, *args: Any, cycle: Cycle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [(step, Step(step).label) for step in cycle.steps]  # type: ignore[attr-defined]
        self.initial.setdefault("held_on", today())

    def clean_file(self) -> "UploadedFile[Any] | None":
        """The file, with what it really is kept as `file_type` in the cleaned data."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        self.cleaned_data["file_type"] = ""
        if file is None:
            return None
        if (file.size or 0) > LARGEST_FILE:
            raise ValidationError(_("The file is larger than 20 MB."))
        self.cleaned_data["file_type"] = type_of(file)
        if not self.cleaned_data["file_type"]:
            raise ValidationError(_("This is no PDF, JPEG or PNG file."))
        return file


class MoveForm(forms.Form):
    limit_on = forms.DateField(
        label=gettext_lazy("To be decided before"),
        widget=DayInput,
        help_text=gettext_lazy("Every other day is counted back from this one, in working days."),
    )
    reason = forms.CharField(
        label=pgettext_lazy("evaluations", "Why"),
        max_length=300,
        help_text=gettext_lazy("For example holidays decided since, a change of the rules, their document."),
    )


class PublishForm(forms.Form):
    decision = forms.CharField(label=gettext_lazy("Number of the decision"), max_length=120)
    late_reason = forms.CharField(label=gettext_lazy("Why late"), max_length=300, required=False)

    def __init__(self, *args: Any, is_late: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_late:
            del self.fields["late_reason"]


class FundForm(forms.Form):
    amount = forms.CharField(label=gettext_lazy("Fund for the period (đồng)"), max_length=30)
    decision = forms.CharField(label=pgettext_lazy("evaluations", "Ground"), max_length=120)

    def clean_amount(self) -> int:
        return parse_vnd(self.cleaned_data["amount"])


class CriteriaForm(forms.Form):
    """Head of a criteria set, and its lines as numbered fields."""

    unit = UnitChoice(Unit.objects.none(), label=pgettext_lazy("evaluations", "Unit"), to_field_name="code")
    group = forms.ChoiceField(label=gettext_lazy("Staff group"), choices=StaffGroup.choices)
    from_on = forms.DateField(label=gettext_lazy("In force from"), widget=DayInput)
    decision = forms.CharField(label=gettext_lazy("Issued by decision"), max_length=120)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.initial.setdefault("from_on", today())
        for number in range(LINES):
            self.fields[f"group{number}"] = forms.ChoiceField(
                label=pgettext_lazy("evaluations", "Group"), choices=CriterionGroup.choices, required=False
            )
            self.fields[f"name{number}"] = forms.CharField(
                label=gettext_lazy("Criterion"), max_length=300, required=False
            )
            self.fields[f"guidance{number}"] = forms.CharField(
                label=gettext_lazy("Guidance"), max_length=500, required=False
            )
            self.fields[f"most{number}"] = forms.DecimalField(
                label=gettext_lazy("Most points"),
                min_value=0,
                max_value=100,
                max_digits=5,
                decimal_places=2,
                required=False,
            )

    def lines(self) -> list[Any]:
        """The bound fields line by line, for the template."""
        return [
            [self[f"{name}{number}"] for name in ("group", "name", "guidance", "most")]
            for number in range(LINES)
        ]

    def clean(self) -> dict[str, Any]:
        """The lines that have a name, as criteria without a set."""
        found = super().clean() or {}
        criteria = []
        for number in range(LINES):
            name, most = (found.get(f"name{number}") or "").strip(), found.get(f"most{number}")
            if not name and most is None:
                continue
            if not name or most is None:
                self.add_error(f"name{number}", _("A criterion has a name and its most points."))
                continue
            criteria.append(
                Criterion(
                    group=found.get(f"group{number}") or CriterionGroup.RESULTS,
                    name=name,
                    guidance=(found.get(f"guidance{number}") or "").strip(),
                    most=most,
                )
            )
        found["criteria"] = criteria
        return found
