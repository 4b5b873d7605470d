"""Request text becomes values: drafting, the small forms beside a paper, a unit's head, a code to check."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.dates import today
from ledger.actor import Actor
from papers.enums import DRAFT, SIGN, Capacity
from papers.models import Paper, Series
from papers.models.letterheads import GENERAL
from papers.queries import units_below, units_for, units_to_choose
from papers.rules import Skeleton, ranges
from people.forms.unit_choice import UnitChoice
from people.models import Person, Unit
from people.rules import offices_that_may

LONG = 60_000


class DayInput(forms.DateInput):
    """A day as dd/mm/yyyy, typed."""

    def __init__(self) -> None:
        super().__init__(format="%d/%m/%Y", attrs={"inputmode": "numeric", "placeholder": "dd/mm/yyyy"})


def lines(label: Any, rows: int, help_text: Any = "", limit: int = 5000) -> forms.CharField:
    """A field of several lines, one thing a line."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=limit,
        help_text=help_text,
        strip=False,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the drafting form; `extra` is folded away until something stands in it."""

    code: str
    title: str
    text: str
    fields: list[forms.BoundField]
    extra: list[forms.BoundField]
    is_open: bool


SECTIONS: tuple[tuple[str, Any, Any, tuple[str, ...], tuple[str, ...]], ...] = (
    ("what", _("What it is"), "", ("kind", "unit", "series", "abstract"), ()),
    ("to-whom", _("To whom"), "", ("addressees", "to_all", "units"), ("issued_to",)),
    ("grounds", _("On what ground"), "", ("authority", "grounds"), ()),
    ("text", pgettext_lazy("papers", "What it says"), "", ("body",), ()),
    (
        "annexes",
        _("Annexed lists"),
        "",
        ("annex_1_title", "annex_1_rows"),
        ("annex_2_title", "annex_2_rows"),
    ),
    ("receivers", _("Receivers at the foot"), "", ("receivers",), ()),
    (
        "signing",
        _("Who signs"),
        _("Read from the unit's bodies; change it where somebody else signs."),
        ("capacity", "on_behalf_of", "post", "signer", "signer_name"),
        ("second_post", "second_name"),
    ),
)


class PaperForm(forms.Form):
    """What an officer types; plain lines, no markup."""

    unit = UnitChoice(Unit.objects.none(), label=_("Unit"))
    series = forms.ChoiceField(label=_("Series of numbers"), required=False)
    abstract = forms.CharField(label=_("Abstract"), max_length=300, required=False)
    addressees = lines(pgettext_lazy("paper", "To"), 2, _("One a line. Leave empty on a decision."))
    authority = forms.CharField(
        label=_("Who issues it"),
        max_length=200,
        required=False,
        help_text=_("Stands in capitals above the grounds of a decision."),
    )
    grounds = lines(_("Grounds"), 4, _("One a line; the marks at the end are set by themselves."))
    body = lines(_("Text"), 14, _("A line is a paragraph. “Điều 1. …” begins an article."), LONG)
    receivers = lines(_("Receivers"), 3, _("One a line, “Lưu: VT” last."))
    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label=_("Units to which it is issued"),
        required=False,
        help_text=_("Once it is issued they find it among their incoming papers, with its annexes."),
        widget=forms.CheckboxSelectMultiple,
    )
    to_all = forms.BooleanField(label=_("Every unit directly below"), required=False)
    issued_to = lines(
        _("People and others to whom it is issued"),
        2,
        _("Names, one a line. A single name stands on its proof, masked."),
    )
    capacity = forms.ChoiceField(label=_("Signs as"), choices=Capacity.choices)
    on_behalf_of = forms.CharField(
        label=_("In whose name"),
        max_length=120,
        required=False,
        help_text=_("The body (Ban Thường vụ) or the head (Chủ tịch)."),
    )
    post = forms.CharField(label=_("Post of the signer"), max_length=120, required=False)
    signer = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Signer"),
        required=False,
        help_text=_("If chosen, only this person can sign."),
    )
    signer_name = forms.CharField(label=_("Name as it stands on the paper"), max_length=120, required=False)
    second_post = forms.CharField(
        label=_("Second signature, post"),
        max_length=120,
        required=False,
        help_text=_("Minutes: the secretary, on the left."),
    )
    second_name = forms.CharField(label=_("Second signature, name"), max_length=120, required=False)
    annex_1_title = forms.CharField(label=_("Annex, title"), max_length=200, required=False)
    annex_1_rows = lines(
        _("Annex, table"),
        6,
        _("Paste from a sheet, head in the first line. No identity numbers, no phone numbers."),
        LONG,
    )
    annex_2_title = forms.CharField(label=_("Second annex, title"), max_length=200, required=False)
    annex_2_rows = lines(_("Second annex, table"), 3, "", LONG)
    kind = forms.CharField(widget=forms.HiddenInput)
    has_code = forms.IntegerField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, by: Actor, paper: Paper | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = units_for(by, DRAFT).order_by("code")
        fields: Any = self.fields
        self.by = by
        fields["units"].queryset = units_to_choose(by, paper)
        fields["unit"].queryset = units
        names = Series.objects.filter(unit__in=units).exclude(code=GENERAL).order_by("name")
        fields["series"].choices = [
            (GENERAL, _("General series")),
            *dict(names.values_list("code", "name")).items(),
        ]
        fields["signer"].queryset = (
            Person.objects.filter(
                offices__office__in=offices_that_may(SIGN, by.on), offices__during__contains=by.on
            )
            .distinct()
            .order_by("sort_key")
        )
        if not by.is_system:
            covered = by.unit_ids(offices_that_may(DRAFT, by.on))
            above = Unit.objects.filter(covers__unit__in=covered, covers__during__contains=by.on)
            fields["signer"].queryset = fields["signer"].queryset.filter(offices__unit__in=above)
        if paper is not None:
            for name in ("unit", "series"):
                fields[name].disabled = True
                fields[name].required = False
            if paper.effect:
                for name in ("annex_1_title", "annex_1_rows", "annex_2_title", "annex_2_rows"):
                    fields[name].disabled = True
                fields["annex_1_rows"].help_text = _(
                    "This list takes effect with the paper: it is changed where it was made, not here."
                )
            if paper.recipients.exclude(person=None).exists():
                del fields["issued_to"]

    def sections(self) -> list[Section]:
        """The form part by part, in the order a paper is written; a part with nothing to ask falls away."""
        parts = []
        series: Any = self.fields["series"]
        left_out = {"series"} if len(series.choices) < 2 else set()
        for code, title, text, names, folded in SECTIONS:
            asked = [self[name] for name in names if name in self.fields.keys() - left_out]
            asked = [field for field in asked if not field.is_hidden]
            extra = [self[name] for name in folded if name in self.fields]
            is_open = any(field.value() or field.errors for field in extra)
            if asked or extra:
                parts.append(Section(code, str(title), str(text), asked, extra, is_open))
        return parts

    def values(self) -> dict[str, Any]:
        """What the actions take as `values`."""
        named = {"unit", "series", "kind", "version", "to_all"}
        values = {name: value for name, value in self.cleaned_data.items() if name not in named}
        if self.cleaned_data["to_all"]:
            below = units_below(self.cleaned_data["unit"], self.by.on)
            values["units"] = [*values["units"], *below]
        return values


def initial_of(paper: Paper) -> dict[str, Any]:
    """The form's fields as they were typed."""
    return {
        **paper.form,
        "unit": paper.unit_id,
        "series": paper.series.code,
        "kind": paper.kind,
        "signer": paper.signer_id,
        "units": list(paper.recipients.filter(unit__isnull=False).values_list("unit_id", flat=True)),
        "version": paper.version,
    }


def initial_from(skeleton: Skeleton, words: dict[str, str]) -> dict[str, Any]:
    """The form's fields as a skeleton begins them."""
    filled = skeleton.filled(words)
    joined = {name: "\n".join(filled[name]) for name in ("addressees", "grounds", "receivers")}
    return {
        **{
            name: filled[name]
            for name in ("abstract", "authority", "body", "capacity", "post", "second_post")
        },
        **joined,
        "kind": skeleton.kind,
        "on_behalf_of": "Ban Thường vụ" if skeleton.capacity == Capacity.FOR_BODY else "",
        "annex_1_title": skeleton.annex_title,
        "annex_1_rows": "\t".join(skeleton.annex_head),
        "has_code": int(skeleton.has_code),
    }


class WordsForm(forms.Form):
    """A reason, or comments."""

    words = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class CommentsForm(forms.Form):
    words = forms.CharField(
        label=_("What is to be changed"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class NumberForm(forms.Form):
    on = forms.DateField(label=_("Day of issue"), widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", today())


class ExternalForm(forms.Form):
    number = forms.CharField(
        label=_("Number and sign"), max_length=60, help_text=_("As on the paper: 07/QĐ-CTĐ.")
    )
    issued_on = forms.DateField(label=_("Day on the paper"), widget=DayInput)


class ScanForm(forms.Form):
    file = forms.FileField(label=_("Scan or signed file"), help_text=_("PDF, JPEG or PNG, at most 30 MB."))


class EndForm(WordsForm):
    on = forms.DateField(label=_("Ends on"), widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", today())


class ActDecisionForm(forms.Form):
    """In whose name an act on units is decided; the number of people, where the brake asks for it."""

    unit = UnitChoice(Unit.objects.none(), label=_("Unit that decides"), empty_label=None)
    people_count = forms.IntegerField(
        label=_("Number of people this act moves"),
        min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], is_large: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if not is_large:
            del self.fields["people_count"]


class LetterheadForm(forms.Form):
    """What stands at the head of a unit's papers, and its main sizes."""

    superior = forms.CharField(label=_("Superior body"), max_length=200, required=False)
    issuer = forms.CharField(label=_("Issuing body"), max_length=200)
    place = forms.CharField(label=pgettext_lazy("paper", "Place"), max_length=80)
    address = forms.CharField(label=_("Address at the foot"), max_length=200, required=False)
    paragraph = forms.FloatField(label=_("Size of the text"), required=False)
    left = forms.FloatField(label=_("Left margin, mm"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bounds = ranges(today())
        for name in ("paragraph", "left"):
            least, most, used = bounds[name]
            self.fields[name].help_text = f"{least:g}–{most:g}"
            self.fields[name].widget.attrs["placeholder"] = f"{used:g}"

    def sizes(self) -> dict[str, float]:
        """The sizes that were chosen."""
        return {name: self.cleaned_data[name] for name in ("paragraph", "left") if self.cleaned_data[name]}


class SeriesForm(forms.Form):
    code = forms.SlugField(label=_("Code"), max_length=20)
    name = forms.CharField(label=_("Name of the council or committee"), max_length=120)
    sign = forms.CharField(label=_("Sign"), max_length=20, help_text=_("Stands after the kind: HĐTĐKT."))
