"""Request text becomes values: documents, their files and relations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.actor import Actor
from news.enums import DocumentKind, RelationKind
from news.models import Document, Topic
from news.queries.shelf import document_by_number, units_to_keep_for
from people.forms.offices import DayInput


class DocumentForm(forms.Form):
    """A document as the library knows it."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    unit = forms.ModelChoiceField(label=_("Library of"), queryset=Document.objects.none())
    kind = forms.ChoiceField(label=pgettext_lazy("document", "Kind"), choices=DocumentKind.choices)
    number = forms.CharField(
        label=_("Number and sign"),
        max_length=60,
        required=False,
        help_text=_("As on the document, for example 07/NQ-BCH. Citations on other pages find it by this."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    title = forms.CharField(
        label=_("What it is about"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    issuer = forms.CharField(label=pgettext_lazy("document", "Issued by"), max_length=200)
    signer = forms.CharField(label=_("Signed by"), max_length=120, required=False)
    issued_on = forms.DateField(label=_("Day of issue"), widget=DayInput, required=False)
    effective_from = forms.DateField(
        label=pgettext_lazy("document", "In force from"),
        widget=DayInput,
        required=False,
        help_text=_("Leave empty where it is not known; readers then see that it is not known."),
    )
    effective_to = forms.DateField(
        label=_("In force up to"),
        widget=DayInput,
        required=False,
        help_text=_("Only if the document itself names its last day."),
    )
    topic = forms.ModelChoiceField(label=_("Topic"), queryset=Topic.objects.none(), required=False)
    summary = forms.CharField(
        label=_("Summary"),
        max_length=2000,
        required=False,
        help_text=_("What it means for units and members, in a few plain sentences."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    is_confirmed = forms.BooleanField(label=_("Checked against the original"), required=False, initial=True)

    def __init__(self, by: Actor, *args: Any, document: Document | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = Topic.objects.all()  # type: ignore[attr-defined]
        if document is None:
            self.fields["unit"].queryset = units_to_keep_for(by)  # type: ignore[attr-defined]
        else:
            del self.fields["unit"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        first, last = found.get("effective_from"), found.get("effective_to")
        if first and last and last < first:
            self.add_error("effective_to", _("The last day lies before the first."))
        return found

    def values(self) -> dict[str, Any]:
        """What actions are told."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"version", "unit"}}


class FileForm(forms.Form):
    """One file more."""

    file = forms.FileField(
        label=_("PDF or Word file"),
        help_text=_("Text inside is read for the search. Scripts, macros and attachments are not taken in."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx", "data-rc-largest": "30"}),
    )
    title = forms.CharField(
        label=_("What the file is"),
        max_length=200,
        required=False,
        help_text=_("For example “Phụ lục I”; empty for the document itself."),
    )


class RelationForm(forms.Form):
    """What this document does to an older one."""

    kind = forms.ChoiceField(label=_("This document"), choices=RelationKind.choices)
    older = forms.CharField(
        label=_("Number of the older document"),
        max_length=60,
        help_text=_("It must stand in the library already."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    from_on = forms.DateField(
        label=pgettext_lazy("document", "From"),
        widget=DayInput,
        required=False,
        help_text=_("Empty: from the day this document comes into force."),
    )
    note = forms.CharField(
        label=_("Which part"),
        max_length=300,
        required=False,
        help_text=_("For example “Điều 4”; empty if the whole."),
    )

    def __init__(self, by: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_older(self) -> Document:
        found = document_by_number(self.by, self.cleaned_data["older"])
        if len(found) > 1:
            raise forms.ValidationError(
                _("Several documents bear this number; add the issuer’s name after it.")
            )
        if not found:
            raise forms.ValidationError(_("The library holds no document of this number. Enter it first."))
        return found[0]
