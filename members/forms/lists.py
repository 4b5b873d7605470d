"""What narrows a list of members; what stands in its address, unknown or wrong values count as not given."""

from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.actor import Actor
from members.enums import Ending
from members.queries.lists import RIGHT, Asked, ListRule
from members.rules import kind_rules
from members.rules.volunteers import named
from people.enums import Sex
from people.forms.offices import DayInput
from people.forms.units import UnitField
from people.models import Unit
from people.queries import visible_units
from people.rules import offices_that_may

ANY = [("", "–")]
ALWAYS = ("q", "don_vi", "ngay")
FIELDS = {
    "tu": "first", "den": "last", "q": "q", "loai": "kind", "gioi_tinh": "sex", "tuoi_tu": "age_from",
    "tuoi_den": "age_to", "ly_do": "ending", "nam": "year", "hoat_dong": "active", "ky_nang": "skill",
    "ngon_ngu": "language", "linh_vuc": "field", "thoi_gian": "free", "dia_ban": "area", "quy_tac": "conduct",
}  # fmt: skip
# A filter of a list's row and the fields it shows.
SHOWS = {
    "period": ("tu", "den"),
    "age": ("tuoi_tu", "tuoi_den"),
    "sex": ("gioi_tinh",),
    "kind": ("loai",),
    "ending": ("ly_do",),
    "year": ("nam",),
    "active": ("hoat_dong",),
    "skill": ("ky_nang",),
    "language": ("ngon_ngu",),
    "field": ("linh_vuc",),
    "free": ("thoi_gian",),
    "area": ("dia_ban",),
    "conduct": ("quy_tac",),
}


class DayField(forms.DateField):
    def __init__(self, label: Any) -> None:
        super().__init__(label=label, required=False, widget=DayInput)


def _choice(label: Any, choices: Any = ()) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[*ANY, *choices])


class ListForm(forms.Form):
    """The filters of one list; others are taken away."""

    q = forms.CharField(label=_("Name"), required=False, max_length=120)
    don_vi = UnitField(label=_("Unit"), required=False, help_text="")
    ngay = DayField(_("As of"))
    tu = DayField(_("From"))
    den = DayField(_("Until"))
    loai = _choice(_("Kind"))
    gioi_tinh = _choice(_("Sex"), [(code, capfirst(label)) for code, label in Sex.choices])
    tuoi_tu = forms.IntegerField(label=_("Age from"), min_value=0, max_value=130, required=False)
    tuoi_den = forms.IntegerField(label=_("Age to"), min_value=0, max_value=130, required=False)
    ly_do = _choice(_("Ended by"), [(code, capfirst(label)) for code, label in Ending.choices])
    nam = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2200, required=False)
    hoat_dong = _choice(pgettext_lazy("volunteer", "Active"), [("yes", _("Active")), ("no", _("Not active"))])
    ky_nang = _choice(_("Skill"))
    ngon_ngu = _choice(_("Language"))
    linh_vuc = _choice(_("Field of work"))
    thoi_gian = _choice(_("Free on"))
    dia_ban = forms.CharField(label=pgettext_lazy("volunteer", "Where"), required=False, max_length=60)
    quy_tac = _choice(_("Code of conduct"), [("yes", _("Signed")), ("no", _("Not signed"))])

    def __init__(self, *args: Any, rule: ListRule, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        fields: Any = self.fields
        kinds = kind_rules(by.on)
        shown = set(ALWAYS)
        for filter_ in rule.filters:
            name, _colon, only = filter_.partition(":")
            shown.update(SHOWS[name])
            if name == "kind":
                codes = only.split(",") if only else list(kinds)
                fields["loai"].choices = [*ANY, *((code, kinds[code].name) for code in codes)]
        for field, what in (
            ("ky_nang", "skills"),
            ("ngon_ngu", "languages"),
            ("linh_vuc", "fields"),
            ("thoi_gian", "availability"),
        ):
            fields[field].choices = [*ANY, *named(what, by.on).items()]
        for name in set(self.fields) - shown:
            del self.fields[name]
        units = visible_units(by)
        if not by.is_system:
            units = units.filter(pk__in=by.unit_ids(offices_that_may(RIGHT, by.on)))
        fields["don_vi"].units = units.order_by("code")

    def always(self) -> list[forms.BoundField]:
        """The filters every list has."""
        return [self[name] for name in ALWAYS]

    def more(self) -> list[forms.BoundField]:
        """The list's own filters."""
        return [field for field in self if field.name not in ALWAYS]

    def has_more(self) -> bool:
        """True if one of the list's own filters is in use."""
        return any(self.data.get(field.name) for field in self.more())

    def asked(self) -> Asked:
        """The filters as the list takes them; a day to come counts as today."""
        self.is_valid()
        given = self.cleaned_data
        day: date = min(given.get("ngay") or self.by.on, self.by.on)
        unit: Unit | None = given.get("don_vi")
        values = {name: given[field] for field, name in FIELDS.items() if given.get(field) not in (None, "")}
        return Asked(on=day, unit=unit, **values)
