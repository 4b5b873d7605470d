"""An Excel list and a printed annex: what they hold, why, who signs."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.queries.exports import COLUMNS, Column

SIGNING = [
    ("one", _("One signature: head of unit")),
    ("two", _("Two signatures: made by, head of unit")),
]


class ExportForm(forms.Form):
    """Columns and reason; protected columns are never ticked beforehand."""

    columns = forms.MultipleChoiceField(
        label=_("Columns of the list"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    protected = forms.MultipleChoiceField(
        label=_("Protected columns"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Only with a reason. Each person on the list can read that it was made, and why."),
    )
    reason = forms.CharField(label=_("Reason"), required=False, max_length=300)

    def __init__(
        self, *args: Any, with_identity: bool, known: Mapping[str, Column] = COLUMNS, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        plain = [(code, column.label) for code, column in known.items() if not column.is_protected]
        self.fields["columns"].choices = plain  # type: ignore[attr-defined]
        self.fields["columns"].initial = [code for code, _label in plain]
        self.fields["protected"].choices = [  # type: ignore[attr-defined]
            (code, column.label)
            for code, column in known.items()
            if column.is_protected and (with_identity or code != "identity")
        ]

    def chosen(self) -> list[str]:
        return [*self.cleaned_data["columns"], *self.cleaned_data["protected"]]


class AnnexForm(forms.Form):
    """Heading and signatures of a printed list."""

    tieu_de = forms.CharField(label=_("Heading of the list"), max_length=120, required=False)
    chu_ky = forms.ChoiceField(label=_("Signatures"), choices=SIGNING, required=False)
