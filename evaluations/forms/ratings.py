"""The forms of a rating: report, points, decision, petition; what was typed is always kept."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from evaluations.enums import Level, Stage
from evaluations.models import Criterion, Evidence, Points, Rating
from foundation.dates import format_date
from people.forms.acts import LARGEST_FILE, type_of

DEDUCTIONS = 4


class PointsField(forms.DecimalField):
    """Points for one criterion: 0 to its most; empty where it does not apply."""

    def __init__(self, criterion: Criterion) -> None:
        super().__init__(
            label=criterion.name,
            required=False,
            min_value=0,
            max_value=criterion.most,
            max_digits=5,
            decimal_places=2,
            localize=True,
        )
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off", "size": "6"})


class VersionedForm(forms.Form):
    """Remembers the version it was opened at: who saves an older one is told."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def reread(self, rating: Rating) -> None:
        """After somebody else's save: what was typed stays, the version is today's."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["version"] = str(rating.version)  # type: ignore[index]


class PointsForm(VersionedForm):
    """Points by criterion; `stage` says whose."""

    def __init__(self, *args: Any, rating: Rating, stage: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rating, self.stage = rating, stage
        self.initial["version"] = rating.version
        self.criteria = list(Criterion.objects.filter(criteria_set=rating.criteria_set_id))
        self.saved = saved_points(rating)
        mine = self.saved.get(stage, {})
        proposed = mine or (self.saved.get(Stage.SELF, {}) if stage != Stage.SELF else {})
        for one in self.criteria:
            self.fields[f"c{one.pk}"] = PointsField(one)
            found = proposed.get(one.pk)
            self.initial[f"c{one.pk}"] = found.given if found else None
            if stage == Stage.SELF:
                self.fields[f"e{one.pk}"] = forms.CharField(
                    label=pgettext("evaluations", "Evidence"), required=False, max_length=500
                )
                self.initial[f"e{one.pk}"] = found.evidence if found else ""

    def lines(self) -> Iterable[dict[str, Any]]:
        """Criterion, its field, the evidence, what others gave."""
        own, department = self.saved.get(Stage.SELF, {}), self.saved.get(Stage.DEPARTMENT, {})
        for one in self.criteria:
            yield {
                "criterion": one,
                "field": self[f"c{one.pk}"],
                "evidence_field": self[f"e{one.pk}"] if f"e{one.pk}" in self.fields else None,
                "own": own.get(one.pk),
                "department": department.get(one.pk),
            }

    def given(self) -> dict[int, Decimal | None]:
        return {one.pk: self.cleaned_data[f"c{one.pk}"] for one in self.criteria}

    def evidence(self) -> dict[int, str]:
        return {one.pk: self.cleaned_data.get(f"e{one.pk}", "") for one in self.criteria}


class ReportForm(PointsForm):
    words = forms.CharField(
        label=gettext_lazy("What was done in the period, what remained, why"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, *args: Any, rating: Rating, last_on: date, is_late: bool, **kwargs: Any) -> None:
        super().__init__(*args, rating=rating, stage=Stage.SELF, **kwargs)
        self.last_on, self.is_late = last_on, is_late
        self.initial["words"] = rating.self_report
        self.fields["late_reason"] = forms.CharField(
            label=_("Why late"),
            max_length=300,
            required=False,
            help_text=_("Needed after %(day)s.") % {"day": format_date(self.last_on)},
        )
        if not self.is_late:
            del self.fields["late_reason"]
        self.files_of: dict[int, list[Evidence]] = {}
        for row in Evidence.objects.filter(rating=rating).select_related("file"):
            self.files_of.setdefault(row.criterion_id, []).append(row)
            self.fields[f"x{row.pk}"] = forms.BooleanField(label=_("take away"), required=False)
        for one in self.criteria:
            self.fields[f"f{one.pk}"] = forms.FileField(
                label=pgettext("evaluations", "Add a file"),
                required=False,
                widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
            )

    def lines(self) -> Iterable[dict[str, Any]]:
        """Each criterion with its field for a file and the files kept."""
        for line in super().lines():
            pk = line["criterion"].pk
            held = [(row, self[f"x{row.pk}"]) for row in self.files_of.get(pk, [])]
            yield {**line, "file_field": self[f"f{pk}"], "held": held}

    def clean(self) -> dict[str, Any]:
        """Files as (criterion, file, type), evidence to take away."""
        found = super().clean() or {}
        found["files"] = []
        for one in self.criteria:
            file = found.get(f"f{one.pk}")
            if file is None:
                continue
            kind = "" if (file.size or 0) > LARGEST_FILE else type_of(file)
            if not kind:
                self.add_error(f"f{one.pk}", _("A PDF, JPEG or PNG file of at most 20 MB."))
            else:
                found["files"].append((one.pk, file, kind))
        kept = [row for rows in self.files_of.values() for row in rows]
        found["drop"] = [row.pk for row in kept if found.get(f"x{row.pk}")]
        return found


class ScoreForm(PointsForm):
    """The department's points, deductions with their cause, a reason if the self-report is missing."""

    late_reason = forms.CharField(
        label=gettext_lazy("Why there is no self-report"), max_length=500, required=False
    )

    def __init__(self, *args: Any, rating: Rating, needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, rating=rating, stage=Stage.DEPARTMENT, **kwargs)
        if not needs_reason:
            del self.fields["late_reason"]
        before = list(rating.deductions.all())
        for number in range(DEDUCTIONS):
            self.fields[f"d{number}"] = forms.DecimalField(
                label=_("Points taken off"),
                required=False,
                min_value=0,
                max_value=100,
                max_digits=5,
                decimal_places=2,
                localize=True,
            )
            self.fields[f"r{number}"] = forms.CharField(
                label=pgettext_lazy("evaluations", "Cause"), required=False, max_length=300
            )
            if number < len(before):
                self.initial[f"d{number}"], self.initial[f"r{number}"] = (
                    before[number].points,
                    before[number].cause,
                )

    def deduction_lines(self) -> list[Any]:
        return [(self[f"d{number}"], self[f"r{number}"]) for number in range(DEDUCTIONS)]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        found["deductions"] = []
        for number in range(DEDUCTIONS):
            points, cause = found.get(f"d{number}"), (found.get(f"r{number}") or "").strip()
            if points and not cause:
                self.add_error(f"r{number}", _("Each deduction needs its cause."))
            elif points:
                found["deductions"].append((points, cause))
        return found


class DecideForm(VersionedForm):
    score = forms.DecimalField(
        label=gettext_lazy("Score"), min_value=0, max_value=100, max_digits=5, decimal_places=2, localize=True
    )
    level = forms.ChoiceField(
        label=pgettext_lazy("evaluations", "Level"),
        choices=[("", "–"), *Level.choices],
        required=False,
    )
    satisfaction = forms.DecimalField(
        label=gettext_lazy("Satisfaction of those served (%)"),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        localize=True,
    )
    is_disciplined = forms.BooleanField(
        label=gettext_lazy("Disciplined, prosecuted or in custody in the period"), required=False
    )
    reason = forms.CharField(
        label=pgettext_lazy("evaluations", "Reason"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Needed when the score differs from the department's."),
    )

    def __init__(
        self, *args: Any, rating: Rating, needs_level: bool, has_score: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(
            version=rating.version,
            score=rating.score,
            level=rating.level,
            satisfaction=rating.satisfaction,
            is_disciplined=rating.is_disciplined,
        )
        if not needs_level:
            del self.fields["level"]
        if not has_score:
            del self.fields["score"]
            del self.fields["is_disciplined"]
            self.fields["reason"].help_text = _("Needed when the level differs from the law's.")
        elif needs_level:
            self.fields["score"].required = False
        if not rating.employment.is_head:
            del self.fields["satisfaction"]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=pgettext_lazy("evaluations", "Reason"), max_length=500)


class AnswerForm(forms.Form):
    score = forms.DecimalField(
        label=gettext_lazy("Score"), min_value=0, max_value=100, max_digits=5, decimal_places=2, localize=True
    )
    answer = forms.CharField(
        label=gettext_lazy("Answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )
    late_reason = forms.CharField(label=gettext_lazy("Why late"), max_length=300, required=False)
    level = forms.ChoiceField(
        label=pgettext_lazy("evaluations", "Level"), choices=[("", "–"), *Level.choices], required=False
    )
    field_order = ("score", "level", "answer", "late_reason")

    def __init__(
        self, *args: Any, is_late: bool, needs_level: bool = False, has_score: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not is_late:
            del self.fields["late_reason"]
        if not needs_level:
            del self.fields["level"]
        if not has_score:
            del self.fields["score"]
        elif needs_level:
            self.fields["score"].required = False


class WordsForm(forms.Form):
    """A comment on a colleague, or a petition."""

    words = forms.CharField(
        label=gettext_lazy("Text"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )


def saved_points(rating: Rating) -> Mapping[str, dict[int, Points]]:
    """Points by stage and criterion. 1 query."""
    found: dict[str, dict[int, Points]] = {}
    for row in Points.objects.filter(rating=rating):
        found.setdefault(row.stage, {})[row.criterion_id] = row
    return found
