"""Request text becomes values: documents, their files and relations."""

from collections import Counter
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.actor import Actor
from news.choosing import SomePictures
from news.enums import DocumentKind, ExampleKind, RelationKind
from news.models import Category, Document, Example, Picture, Topic
from news.queries.examples import units_to_propose_for
from news.queries.sendings import ACK, KINDS, units_i_send_for, units_to_send_to
from news.queries.shelf import document_by_number, units_to_keep_for
from people.enums import OfficeCode, UnitKind
from people.forms.offices import DayInput
from people.models import Unit
from people.rules import offices_that_may


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


class SendingForm(forms.Form):
    """Whom a document is sent to, until when it is read and carried out."""

    unit = forms.ModelChoiceField(label=_("Sent by"), queryset=Unit.objects.none())
    kinds = forms.MultipleChoiceField(
        label=_("To all units of these kinds"), required=False, widget=forms.CheckboxSelectMultiple
    )
    units = forms.ModelMultipleChoiceField(
        label=_("And to these"),
        queryset=Unit.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "rc-ticks"}),
    )
    office = forms.ChoiceField(
        label=_("To be acknowledged by"),
        required=False,
        help_text=_("Leave empty: any officer of the unit who reads what comes."),
    )
    due_on = forms.DateField(label=_("To be read by the day"), widget=DayInput)
    carry_out_on = forms.DateField(
        label=_("To be carried out by"),
        widget=DayInput,
        required=False,
        help_text=_("Only if units shall tell what they did."),
    )
    words = forms.CharField(
        label=_("What is asked"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences to the unit’s officer."),
    )
    to_everyone = forms.BooleanField(
        label=_("Show it to members and volunteers under “Mine” too"), required=False
    )

    def __init__(self, by: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        senders = units_i_send_for(by)
        first = senders.first()
        self.fields["unit"].queryset = senders  # type: ignore[attr-defined]
        self.initial.setdefault("unit", first)
        raw = self.data.get("unit", "") if self.is_bound else ""
        sender = senders.filter(pk=raw).first() if raw.isascii() and raw.isdigit() else first
        below = units_to_send_to(by, sender) if sender else Unit.objects.none()
        self.below = below
        counted = Counter(below.values_list("kind", flat=True))
        labels = dict(UnitKind.choices)
        self.fields["kinds"].choices = [  # type: ignore[attr-defined]
            (code, f"{str(labels[code]).capitalize()} ({counted[code]})") for code in KINDS if counted[code]
        ]
        self.fields["units"].queryset = below.exclude(kind=UnitKind.BRANCH).order_by("code")  # type: ignore[attr-defined]
        may = [
            (code, OfficeCode(code).label)
            for code in OfficeCode.values
            if code in offices_that_may(ACK, by.on)
        ]
        self.fields["office"].choices = [("", _("any of them")), *may]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("kinds") and not found.get("units"):
            self.add_error("kinds", _("Choose at least one unit."))
        return found

    def chosen(self) -> list[Unit]:
        """The units, each once, by code."""
        picked = [one.pk for one in self.cleaned_data["units"]]
        return list(self.below.filter(Q(kind__in=self.cleaned_data["kinds"]) | Q(pk__in=picked)))


class ExtendForm(forms.Form):
    """A later day, with the reason."""

    due_on = forms.DateField(label=_("To be read by the day"), widget=DayInput)
    carry_out_on = forms.DateField(label=_("To be carried out by"), widget=DayInput, required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The units read it."),
    )


class DoneForm(forms.Form):
    """What the unit did."""

    note = forms.CharField(
        label=_("What was done"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("When, with how many people, what came of it. No names of people who were helped."),
    )


class ExampleForm(forms.Form):
    """A good example as its unit tells it."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    unit = forms.ModelChoiceField(label=_("Proposed by"), queryset=Unit.objects.none())
    kind = forms.ChoiceField(label=pgettext_lazy("example", "Kind"), choices=ExampleKind.choices)
    name = forms.CharField(
        label=_("Person, group or way of working"),
        max_length=200,
        help_text=_("As it shall be named, for example “Chi hội khu phố 4” or “Tủ thuốc đầu hẻm”."),
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(
        label=_("Summary"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    story = forms.CharField(
        label=_("Story"),
        max_length=20_000,
        required=False,
        help_text=_("What was done, how, with how many people, what came of it, what others can copy."),
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    names_person = forms.BooleanField(label=_("A person is named or can be recognised"), required=False)
    consent = forms.CharField(
        label=_("Paper on which the person has agreed"),
        max_length=300,
        required=False,
        help_text=_(
            "For example “Giấy đồng ý ngày 03/10/2026, lưu tại Hội phường”. Without it nothing is shown."
        ),
    )
    consent_on = forms.DateField(label=_("Day of the consent"), widget=DayInput, required=False)

    def __init__(self, by: Actor, data: Any = None, example: Example | None = None) -> None:
        names = (
            "kind",
            "name",
            "title",
            "summary",
            "story",
            "names_person",
            "consent",
            "consent_on",
            "version",
        )
        initial = {name: getattr(example, name) for name in names} if example else {}
        super().__init__(data, initial=initial)
        if example is None:
            self.fields["unit"].queryset = units_to_propose_for(by)  # type: ignore[attr-defined]
            return
        del self.fields["unit"]
        self.fields["pictures"] = SomePictures(
            label=_("Pictures of the unit’s library"),
            queryset=Picture.objects.standing().filter(unit=example.unit_id),
            unit=example.unit_id,
            initial=example.example_pictures.values_list("picture_id", flat=True),
            help_text=_("Only pictures whose ground for showing people is proven are shown."),
        )

    def values(self) -> dict[str, Any]:
        """What actions are told."""
        return {k: v for k, v in self.cleaned_data.items() if k not in {"version", "unit", "pictures"}}

    def pictures(self) -> list[Picture]:
        """The pictures chosen."""
        return list(self.cleaned_data.get("pictures", ()))


class CategoryForm(forms.Form):
    """Where a post will stand."""

    category = forms.ModelChoiceField(label=_("Category"), queryset=Category.objects.all())


class ListForm(forms.Form):
    """A spreadsheet of documents."""

    unit = forms.ModelChoiceField(label=_("Library of"), queryset=Unit.objects.none())
    file = forms.FileField(
        label=_("List (.xlsx, .xls, .csv)"),
        help_text=_(
            "Columns by their heads: number, kind, title, issuer, signer, days, topic. At most 500 rows. "
            "Sent twice, entered once."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )

    def __init__(self, by: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = units_to_keep_for(by)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.initial["unit"] = next((h.unit_id for h in by.holds if "document.manage" in h.may), None)
