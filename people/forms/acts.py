"""Entering an act on units, line by line."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.dates import today
from people.enums import ActKind, UnitKind
from people.forms.offices import DayInput
from people.forms.units import UnitField
from people.models import Person, Unit, UnitAct

LARGEST_FILE = 20 * 1024 * 1024
# What a scanned or signed decision begins with.
FILE_TYPES = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n": "image/png"}


def type_of(file: "UploadedFile[Any]") -> str:
    """The content type by the file's first bytes; "" for anything else."""
    start = file.read(8)
    file.seek(0)
    return next((name for magic, name in FILE_TYPES.items() if start.startswith(magic)), "")


HERE, OUTSIDE = "here", "outside"
OF_OUTSIDE = ("decision_number", "decided_on", "issuer")


class ActForm(forms.Form):
    kind = forms.ChoiceField(choices=ActKind.choices, label=gettext_lazy("What is done"))
    effective_on = forms.DateField(
        label=gettext_lazy("Takes effect on"),
        widget=DayInput,
        help_text=gettext_lazy("A day that has passed or one to come."),
    )
    decision = forms.ChoiceField(
        label=gettext_lazy("The decision"),
        choices=[
            (HERE, gettext_lazy("Is drafted here: signed and issued, it lets the act take effect")),
            (OUTSIDE, gettext_lazy("Comes from outside: it has its number and day already")),
        ],
        widget=forms.RadioSelect,
        initial=HERE,
    )
    decision_number = forms.CharField(
        label=gettext_lazy("Number of the decision"), max_length=60, required=False
    )
    decided_on = forms.DateField(label=gettext_lazy("Day of the decision"), widget=DayInput, required=False)
    issuer = forms.CharField(
        label=gettext_lazy("Who decided"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("The body that signed, for example Ban Thường vụ Thành Hội."),
    )
    decision_file = forms.FileField(
        label=gettext_lazy("The decision as a file"),
        required=False,
        help_text=gettext_lazy("PDF, JPEG or PNG, at most 20 MB."),
    )

    def __init__(self, *args: Any, may_draft: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("effective_on", today())
        if not may_draft:
            self.fields["decision"].initial = OUTSIDE
            self.fields["decision"].choices = self.fields["decision"].choices[1:]  # type: ignore[attr-defined]

    def outside_fields(self) -> list[forms.BoundField]:
        """What is asked about a decision from outside only."""
        return [self[name] for name in (*OF_OUTSIDE, "decision_file")]

    def clean(self) -> dict[str, Any]:
        """A decision from outside is named whole; one drafted here has nothing of it yet."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("decision") == OUTSIDE:
            for name in OF_OUTSIDE:
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, self.fields[name].error_messages["required"])
        else:
            for name in (*OF_OUTSIDE, "decision_file"):
                self.errors.pop(name, None)
                data[name] = None
        return data

    def clean_decision_file(self) -> "UploadedFile[Any] | None":
        """The file, with what it really is kept as `file_type` in the cleaned data."""
        file: UploadedFile[Any] | None = self.cleaned_data["decision_file"]
        if file is None:
            return None
        if (file.size or 0) > LARGEST_FILE:
            raise ValidationError(_("The file is larger than 20 MB."))
        self.cleaned_data["file_type"] = type_of(file)
        if not self.cleaned_data["file_type"]:
            raise ValidationError(_("This is no PDF, JPEG or PNG file."))
        return file


class TargetField(UnitField):
    """A unit that stands, or the code of one that the act founds."""

    new_codes: dict[str, str]

    def clean(self, value: Any) -> Any:
        """A Unit, the code of a new one, or None."""
        text = str(value or "").strip()
        for code, name in self.new_codes.items():
            if text.casefold() in {code.casefold(), name.casefold()}:
                return code
        return super().clean(value)


class LineForm(forms.Form):
    """What every line asks: where to."""

    target = TargetField(label=gettext_lazy("To"))

    def __init__(self, *args: Any, act: UnitAct, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, UnitField):
                field.units = units
            if isinstance(field, TargetField):
                field.new_codes = {row["code"]: row["name"] for row in act.details["new_units"]}


class WholeForm(LineForm):
    source = UnitField(label=gettext_lazy("The unit that goes whole"))
    field_order = ("source", "target")

    def __init__(self, *args: Any, act: UnitAct, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, act=act, units=units, **kwargs)
        if act.kind in {ActKind.DISSOLVE, ActKind.SPLIT}:
            self.fields["target"].required = False
            self.fields["target"].help_text = gettext_lazy(
                "Where what is left goes; empty if nobody and nothing is left."
            )


class PartForm(LineForm):
    parts = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Branches that go"),
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("parts", "target")

    def __init__(self, *args: Any, parts: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parts"].queryset = parts  # type: ignore[attr-defined]


class PeopleForm(LineForm):
    people = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label=gettext_lazy("People who go"),
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("people", "target")

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people  # type: ignore[attr-defined]


class NewUnitForm(forms.Form):
    code = forms.SlugField(
        label=gettext_lazy("Code"),
        max_length=40,
        help_text=gettext_lazy(
            "Letters without accents, digits and dashes, for example P114; it never changes."
        ),
    )
    kind = forms.ChoiceField(choices=UnitKind.choices, label=gettext_lazy("Kind"))
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    short_name = forms.CharField(label=gettext_lazy("Short name"), max_length=80, required=False)
    official_code = forms.CharField(
        label=gettext_lazy("Official code"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("The code of the ward, commune or special zone in the State's list."),
    )
    parent = UnitField(label=gettext_lazy("Stands under"))

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].units = units  # type: ignore[attr-defined]


class RenameForm(forms.Form):
    unit = UnitField(label=gettext_lazy("Unit"))
    name = forms.CharField(label=gettext_lazy("New name"), max_length=200)
    short_name = forms.CharField(label=gettext_lazy("New short name"), max_length=80, required=False)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].units = units  # type: ignore[attr-defined]


class SourceForm(forms.Form):
    """?tu=: from which unit the branches or people go."""

    tu = UnitField(label=gettext_lazy("From which unit"))

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tu"].units = units  # type: ignore[attr-defined]


class ConfirmForm(forms.Form):
    """The number of people, typed back where the brake asks for it."""

    people_count = forms.IntegerField(
        label=gettext_lazy("Number of people this act moves"),
        min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class CancelForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=300)
