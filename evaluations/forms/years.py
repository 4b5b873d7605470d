"""Facts of a year and of a working life; the unit's own regulation."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from evaluations.enums import FactKind, Mode, Penalty, Reading
from evaluations.forms.ratings import VersionedForm
from evaluations.models import Rating, Regulation, YearFacts
from evaluations.queries.annual import CONDITIONS, year_facts
from foundation.dates import today
from people.forms.offices import DayInput
from people.forms.unit_choice import UnitChoice
from people.models import Unit

BY_SHARES = ("done", "on_time", "exceeded")
OF_UNITS = ("units_fair", "units_good")
BY_PRODUCTS = ("general", "assigned", "finished", "errors", "delays")


class YearForm(VersionedForm):
    """What the department knows of the year, by the decree that rates the person."""

    late_reason = forms.CharField(
        label=gettext_lazy("Why there is no self-report"), max_length=500, required=False
    )

    def __init__(self, *args: Any, rating: Rating, kind: str, needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = rating.version
        leads = rating.employment.is_head
        wanted = list(BY_SHARES if kind == CONDITIONS else BY_PRODUCTS)
        if leads:
            wanted += OF_UNITS if kind == CONDITIONS else OF_UNITS[:1]
        wanted.append("is_degraded")
        if leads:
            wanted.append("has_corruption")
        row = year_facts(rating)
        columns = {one.name: one for one in YearFacts._meta.concrete_fields}
        for name in wanted:
            field = columns[name].formfield()
            if field is None:
                continue
            if isinstance(field, forms.DecimalField):
                field.localize = field.widget.is_localized = True
                field.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off"})
            self.fields[name] = field
            self.initial[name] = getattr(row, name)
        self.names = wanted
        if not needs_reason:
            del self.fields["late_reason"]
        else:
            self.order_fields([*wanted, "late_reason"])

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.names}


class FactForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("What happened"), choices=FactKind.choices)
    penalty = forms.ChoiceField(
        label=gettext_lazy("Form of the discipline"), choices=[("", "–"), *Penalty.choices], required=False
    )
    first_on = forms.DateField(
        label=gettext_lazy("First day"),
        widget=DayInput,
        help_text=gettext_lazy("Of a discipline: the day of its decision."),
    )
    last_on = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=DayInput,
        required=False,
        help_text=gettext_lazy("Empty while it runs on."),
    )
    decision = forms.CharField(label=pgettext_lazy("evaluations", "Decision"), max_length=120, required=False)
    words = forms.CharField(label=pgettext_lazy("evaluations", "Note"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("kind") == FactKind.DISCIPLINE and not found.get("penalty"):
            self.add_error("penalty", _("Choose the form of the discipline."))
        return found


class EndFactForm(forms.Form):
    last_on = forms.DateField(label=gettext_lazy("Last day"), widget=DayInput)


class RegulationForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the unit's own regulation chose; empty: as the law's table says."""

    unit = UnitChoice(Unit.objects.none(), label=pgettext_lazy("evaluations", "Unit"), to_field_name="code")
    from_on = forms.DateField(label=gettext_lazy("In force from"), widget=DayInput)
    cap_reading = forms.ChoiceField(
        label=gettext_lazy("The share of “excellent” is taken"),
        choices=[("", gettext_lazy("as the law's table says")), *Reading.choices],
        required=False,
    )
    cap_mode = forms.ChoiceField(
        label=gettext_lazy("A share of a year above the cap"),
        choices=[("", gettext_lazy("as the law's table says")), *Mode.choices],
        required=False,
    )

    class Meta:
        model = Regulation
        fields = ("decision", "is_confirmed", "cap_reading", "cap_mode", "excellent", "good", "fair")

    field_order = ("unit", "from_on", *Meta.fields)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if len(few := list(units[:2])) == 1:
            self.initial.setdefault("unit", few[0].code)
        self.initial.setdefault("from_on", today().replace(month=1, day=1))
        for name in ("excellent", "good", "fair"):
            self.fields[name].localize = self.fields[name].widget.is_localized = True
        self.fields["excellent"].help_text = _(
            "Lowest points of a year for those whom no decree rates by points; leave the three empty where"
            " the head chooses the level."
        )

    def _post_clean(self) -> None:
        """The action checks the row under the lock; the form only its own fields."""

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name != "decision"}
