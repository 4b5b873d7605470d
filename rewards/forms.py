"""Request text becomes values."""

import re
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donors.models import Drive
from foundation.dates import today
from people.forms.acts import LARGEST_FILE, type_of
from rewards.enums import (
    FamilyCounting,
    Fund,
    Grantor,
    GroupCounting,
    HandedHow,
    HandedProof,
    Kind,
    MoveKind,
    PaperUse,
    Reply,
)
from rewards.models import Gift, Policy
from rewards.rules import asked_papers, authorities

LINE = re.compile(r"\s*(\d{1,6})\s*[:.\-]\s*(.+?)\s*")


class DayInput(forms.DateInput):
    """A day as dd/mm/yyyy, typed."""

    def __init__(self) -> None:
        super().__init__(format="%d/%m/%Y", attrs={"inputmode": "numeric", "placeholder": "dd/mm/yyyy"})


def day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput, required=required, help_text=help_text)


def words(label: Any, *, required: bool = True, help_text: Any = "", limit: int = 300) -> forms.CharField:
    return forms.CharField(label=label, max_length=limit, required=required, help_text=help_text)


class PolicyForm(forms.Form):
    """A new draft."""

    name = words(_("Name"), limit=160)
    effective_from = day(_("In force from"))
    effective_to = day(_("In force until"), required=False, help_text=_("Leave empty until it is succeeded."))
    reached_from = day(
        _("Counts rungs reached since"),
        required=False,
        help_text=_("Only of the first policy: rungs reached before the portal."),
    )
    budget_vnd = forms.IntegerField(label=_("Budget of a year (đồng)"), required=False, min_value=0)
    family_counting = forms.ChoiceField(
        label=_("Families are counted by"),
        choices=FamilyCounting.choices,
        required=False,
        help_text=_("Decision 122 does not say how: unconfirmed."),
    )
    group_counting = forms.ChoiceField(
        label=_("Groups are counted by"),
        choices=GroupCounting.choices,
        required=False,
        help_text=_("Decision 122, Art. 4 asks for the approved target and does not say how: unconfirmed."),
    )
    copy_of = forms.ModelChoiceField(
        Policy.objects.all(),
        label=_("Rungs taken from"),
        required=False,
        empty_label=_("Decision 122/QĐ-BCĐQG"),
    )


class RungForm(forms.Form):
    """A rung entered or changed."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    threshold = forms.IntegerField(
        label=_("Rung (times)"),
        min_value=1,
        max_value=1000,
        help_text=_("Of a group: percent of its yearly target."),
    )
    honour = words(_("Form of honour"), required=False, help_text=_("Empty: to be decided."), limit=160)
    grantor = forms.ChoiceField(label=_("Granted by"), choices=Grantor.choices)
    bonus_vnd = forms.IntegerField(label=_("Money (đồng)"), min_value=0, initial=0)
    gift = forms.ModelChoiceField(
        Gift.objects.filter(fund=Fund.CHAPTER),
        label=pgettext_lazy("rewards", "Gift"),
        required=False,
        empty_label=_("without"),
    )
    citation = words(_("Legal source"), limit=200)
    source = words(_("Where it was read"), limit=200)
    is_confirmed = forms.BooleanField(label=_("Confirmed"), required=False)


class ApproveForm(forms.Form):
    decision_number = words(_("Number of the decision"), limit=60)
    decided_on = day(_("Day of the decision"))


class FileForm(forms.Form):
    """A scanned or signed decision; what it really is stands as `file_type` in the cleaned data."""

    file = forms.FileField(
        label=_("File of the decision"),
        help_text=_("PDF, JPEG or PNG, at most 20 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )

    def clean_file(self) -> "UploadedFile[Any]":
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 20 MB."))
        self.cleaned_data["file_type"] = type_of(file)
        if not self.cleaned_data["file_type"]:
            raise forms.ValidationError(_("This is no PDF, JPEG or PNG file."))
        return file


class ReasonForm(forms.Form):
    reason = words(_("Reason"))


class SimulateForm(forms.Form):
    """The days on which reaching a rung counts in the simulation."""

    tu = day(_("From"))
    den = day(_("Until"))
    dot = forms.ModelChoiceField(
        Drive.objects.none(),
        label=_("With a planned drive"),
        required=False,
        empty_label=_("without"),
        help_text=_("Counts everybody with a seat there as giving on its day."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["dot"]
        field.queryset = Drive.objects.filter(on__gte=today()).order_by("on", "name")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("tu") and data.get("den") and data["den"] < data["tu"]:
            self.add_error("den", pgettext_lazy("rewards", "The last day lies before the first."))
        return data


class RunForm(forms.Form):
    as_of = day(_("As of"))


class AnswerForm(forms.Form):
    answer = words(_("Reason"))


class RoundForm(forms.Form):
    """A new round."""

    name = words(_("Name"), limit=160)
    guidance = words(_("Guidance letter"), required=False, limit=80)
    cut_off = day(_("Counted up to"))
    deadline = day(_("Units report by"))
    ceremony_on = day(_("Ceremony on"))
    place = words(pgettext_lazy("rewards", "Place"), required=False, limit=200)


class ProofForm(forms.Form):
    proof = words(
        pgettext_lazy("rewards", "Proof"),
        help_text=_("Certificate with serial, or confirmation of the facility."),
    )


class CrossForm(forms.Form):
    is_posthumous = forms.BooleanField(label=_("After death (posthumous)"), required=False)
    note = words(
        pgettext_lazy("rewards", "Conclusion"),
        required=False,
        help_text=_("Needed where a discipline is known."),
    )


class UndoDecisionForm(forms.Form):
    decision_number = words(_("Number of the decision"), limit=60)
    reason = words(_("Reason"))


class MeetingForm(forms.Form):
    """The council's minutes."""

    minutes_number = words(_("Number of the minutes"), limit=60)
    held_on = day(_("Held on"))
    members = forms.IntegerField(label=_("Members of the council"), min_value=1, max_value=200)
    present = forms.IntegerField(label=_("Members present"), min_value=1, max_value=200)
    against = forms.CharField(
        label=_("Votes against"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line: the number in the list, a colon, how many. All others had every vote."),
    )
    failed = forms.CharField(
        label=_("Not agreed"), required=False, help_text=_("Numbers in the list, with commas between.")
    )

    def clean_against(self) -> dict[int, int]:
        found = {}
        for line in self.cleaned_data["against"].splitlines():
            match = LINE.fullmatch(line)
            if line.strip() and (match is None or not match[2].isdigit()):
                raise forms.ValidationError(_("Write “12: 2” on each line."))
            if match is not None:
                found[int(match[1])] = int(match[2])
        return found

    def clean_failed(self) -> list[int]:
        words = [word for word in re.split(r"[\s,;]+", self.cleaned_data["failed"]) if word]
        if not all(word.isdigit() and len(word) < 7 for word in words):
            raise forms.ValidationError(_("Write numbers of the list, with commas between."))
        return [int(word) for word in words]


class DossierForm(forms.Form):
    """Where a dossier goes."""

    grantor = forms.ChoiceField(label=_("Addressed to"))
    submission_number = words(_("Number of the submission"), limit=60)
    sent_on = day(_("Sent on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = authorities(today())
        choices = [(code, label) for code, label in Grantor.choices if code in codes]
        self.fields["grantor"].choices = choices  # type: ignore[attr-defined]


class DossierPaperForm(forms.Form):
    """A paper of a dossier: its number, or why it is left out."""

    paper = forms.ChoiceField(label=_("Paper"))
    number = words(_("Number of the paper"), limit=60, required=False)
    reason = words(_("Why the dossier goes without"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        on = today()
        choices = [
            (f"{grantor}:{code}", f"{Grantor(grantor).label}: {name}")
            for grantor in authorities(on)
            for code, name in asked_papers(grantor, on)
            if code != PaperUse.SUBMISSION
        ]
        self.fields["paper"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        found["grantor"], _colon, found["code"] = found.pop("paper", "").partition(":")
        return found


class AppraisalForm(forms.Form):
    """Their office has looked at the dossier."""

    on = day(_("Appraised on"))
    words = words(_("What the appraisal said"), required=False)


class DecisionForm(forms.Form):
    """Their decision; who was not granted, by the number in the list."""

    decision_number = words(_("Number of their decision"), limit=60)
    decided_on = day(_("Day of their decision"))
    signer = words(_("Signed by"), limit=120)
    refused = forms.CharField(
        label=_("Not granted"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line: the number in the list, a colon, the reason. All others are granted."),
    )

    def clean_refused(self) -> dict[int, str]:
        found = {}
        for line in self.cleaned_data["refused"].splitlines():
            if not line.strip():
                continue
            match = LINE.fullmatch(line)
            if match is None:
                raise forms.ValidationError(_("Write “12: reason” on each line."))
            found[int(match[1])] = match[2]
        return found


class CeremonyGiftForm(forms.Form):
    """The chapter's gift for everybody whose paper is in hand."""

    gift = forms.ModelChoiceField(
        Gift.objects.filter(fund=Fund.CHAPTER).order_by("name"), label=pgettext_lazy("rewards", "Gift")
    )


class DayForm(forms.Form):
    on = day(_("Day"))


class HandForm(forms.Form):
    """How an award came into the person's hands."""

    on = day(_("Day"))
    how = forms.ChoiceField(label=_("Handed over"), choices=HandedHow.choices)
    received_by = words(_("Received by"), required=False, limit=120)
    proof = forms.ChoiceField(label=_("Shown by"), choices=HandedProof.choices, required=False)


class MisspeltForm(forms.Form):
    name_on_paper = words(
        _("Name as misspelt on the paper"),
        required=False,
        help_text=_("Empty once it has been exchanged."),
        limit=120,
    )


class RevokeForm(forms.Form):
    on = day(_("Day"))
    reason = words(_("Reason"), help_text=_("With the number of the decision."))


class ReplyForm(forms.Form):
    """What the invited answers."""

    reply = forms.ChoiceField(
        label=_("Reply"),
        choices=[choice for choice in Reply.choices if choice[0] != Reply.NONE],
        widget=forms.RadioSelect,
    )
    receiver = words(
        _("Who receives instead"), required=False, help_text=_("Full name, if another receives."), limit=120
    )


class PaperForm(forms.Form):
    """Which paper of a round to draft."""

    use = forms.ChoiceField(label=_("Paper"), choices=PaperUse.choices)
    grantor = forms.ChoiceField(
        label=_("Addressed to"), required=False, help_text=_("Of a submission or an achievement report only.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = authorities(today())
        choices = [("", "–"), *((code, label) for code, label in Grantor.choices if code in codes)]
        self.fields["grantor"].choices = choices  # type: ignore[attr-defined]


class EmergencyForm(forms.Form):
    """A drive that answered a call."""

    name = words(_("Name of the call"), limit=160)
    drive = forms.ModelChoiceField(Drive.objects.none(), label=pgettext_lazy("rewards", "Drive"))
    decision_number = words(_("Number of the decision"), limit=60)
    decided_on = day(_("Day of the decision"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["drive"]
        field.queryset = Drive.objects.filter(on__lte=today()).order_by("-on", "name")


class GiftForm(forms.Form):
    """A gift for the catalogue of a store."""

    name = words(_("Name"), limit=120)
    fund = forms.ChoiceField(label=_("Fund"), choices=Fund.choices, help_text=_("Funds never mix."))
    value_vnd = forms.IntegerField(label=_("Value of one (đồng)"), min_value=0, max_value=10**9)
    given_from = day(_("Given from"))
    given_to = day(_("Given until"), required=False)


class MoveForm(forms.Form):
    """Received, handed out, written off."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("rewards", "What happened"),
        choices=[choice for choice in MoveKind.choices if choice[0] != MoveKind.COUNT],
    )
    quantity = forms.IntegerField(label=_("How many"), min_value=1, max_value=10**6)
    on = day(_("Day"))
    what_for = words(_("For what"), limit=200)


class CountForm(forms.Form):
    """Counted by hand."""

    counted = forms.IntegerField(label=_("Counted"), min_value=0, max_value=10**6)
    on = day(_("Day"))
    reason = words(
        _("Reason"), required=False, help_text=_("Needed where the count differs from the book."), limit=200
    )


class DriveGiftForm(forms.Form):
    """A gift for everybody who gave at a drive."""

    gift = forms.ModelChoiceField(Gift.objects.none(), label=pgettext_lazy("rewards", "Gift"))

    def __init__(self, *args: Any, gifts: QuerySet[Gift], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["gift"]
        field.queryset = gifts


class PeriodForm(forms.Form):
    """A period of figures, both days included."""

    tu = day(_("From"))
    den = day(_("Until"))
