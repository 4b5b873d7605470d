"""The register's filters; entering and changing a person."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from foundation.dates import parse_date, today
from foundation.text import proper_name
from ledger.actor import Actor
from people.enums import BelongingKind, Sex, UnitKind
from people.forms.unit_choice import UnitChoice
from people.models import Person, Unit
from people.queries import visible_units
from people.queries.exports import COLUMNS, national
from people.queries.register import Wanted
from people.rules import offices_that_may

COMMUNES = (UnitKind.WARD, UnitKind.COMMUNE, UnitKind.SPECIAL_ZONE)
OLDEST = 1900
ORDERS = [("name", _("By given name")), ("unit", _("By unit")), ("newest", _("Entered last first"))]
SEXES = [(code, capfirst(label)) for code, label in Sex.choices]
SHOWN = ["unit", "kinds", "birth_year"]
SHOWABLE = ["unit", "kinds", "sex", "birth_year", "phone", "email", "entered"]


class RegisterForm(forms.Form):
    """What stands in the register's address; unknown or wrong values count as not given."""

    q = forms.CharField(required=False, max_length=120)
    don_vi = forms.ModelChoiceField(Unit.objects.none(), required=False, to_field_name="code")
    loai = forms.ChoiceField(choices=BelongingKind.choices, required=False)
    gioi_tinh = forms.ChoiceField(choices=Sex.choices, required=False)
    tuoi_tu = forms.IntegerField(min_value=0, max_value=130, required=False)
    tuoi_den = forms.IntegerField(min_value=0, max_value=130, required=False)
    dien_thoai = forms.ChoiceField(choices=[("co", ""), ("khong", "")], required=False)
    sap_xep = forms.ChoiceField(choices=ORDERS, required=False)
    cot = forms.MultipleChoiceField(choices=[(code, code) for code in SHOWABLE], required=False)

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["don_vi"].queryset = visible_units(by)  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """The filters as the register takes them."""
        self.is_valid()
        given = self.cleaned_data
        phone = given.get("dien_thoai")
        return Wanted(
            query=given.get("q", ""),
            unit=given.get("don_vi"),
            kind=given.get("loai", ""),
            sex=given.get("gioi_tinh", ""),
            age_from=given.get("tuoi_tu"),
            age_to=given.get("tuoi_den"),
            has_phone=phone == "co" if phone else None,
            order=given.get("sap_xep") or "name",
        )

    def columns(self) -> list[str]:
        """Codes of the columns to show beside the name."""
        return self.cleaned_data.get("cot") or SHOWN

    def column_choices(self) -> list[tuple[str, Any, bool]]:
        shown = self.columns()
        return [(code, COLUMNS[code].label, code in shown) for code in SHOWABLE]


class BirthField(forms.CharField):
    """A day as dd/mm/yyyy, or a year alone; gives (date or None, year or None)."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None, None
        if re.fullmatch(r"\d{4}", text):
            born, year = None, int(text)
        else:
            born = parse_date(text)
            year = born.year
        if not OLDEST <= year <= today().year or (born and born > today()):
            raise ValidationError(_("Check the year of birth."))
        return born, year

    def validate(self, value: Any) -> None:
        super().validate(value and value[1])


def birth_text(born: date | None, year: int | None) -> str:
    """As the field shows it again."""
    return f"{born:%d/%m/%Y}" if born else str(year or "")


class PersonForm(forms.Form):
    """A record; the identity number is typed only to be set or replaced, never shown."""

    full_name = forms.CharField(
        label=_("Full name"),
        max_length=120,
        help_text=_("As on the identity card."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )
    unit = UnitChoice(Unit.objects.none(), label=_("Unit"), help_text=_("The unit that keeps the record."))
    birth = BirthField(
        label=_("Date or year of birth"),
        required=False,
        max_length=10,
        help_text=_("05/06/1990, or 1990 where only the year is known."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    sex = forms.ChoiceField(label=_("Sex"), required=False, choices=[("", _("Not stated")), *SEXES])
    phones = forms.CharField(
        label=_("Phones"),
        required=False,
        max_length=200,
        help_text=_("Several are parted by commas. Landlines and old numbers are taken too."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    address = forms.CharField(label=_("Address as given"), required=False, max_length=300)
    address_unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Ward or commune"), required=False, empty_label=_("Not stated")
    )
    identity = forms.CharField(
        label=_("Identity number"),
        required=False,
        max_length=20,
        help_text=_("Kept sealed. What looks wrong is told, and saved all the same."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=300,
        help_text=_("Nothing about health, belief or origin: the person can read this."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: Actor, person: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if person is None:
            entering = by.unit_ids(offices_that_may("people.enter", by.on))
            self.fields["unit"].queryset = (  # type: ignore[attr-defined]
                visible_units(by).filter(pk__in=entering, valid__contains=by.on).order_by("code")
            )
        else:
            del self.fields["unit"]
            self.initial = self.initial or initial_of(person)
            held = person.identity_numbers.exists()
            if held:
                self.fields["identity"].help_text = _("One is held. Type a number only to replace it.")
        self.fields["address_unit"].queryset = (  # type: ignore[attr-defined]
            Unit.objects.standing(by.on).filter(kind__in=COMMUNES).order_by("code")
        )

    def values(self) -> dict[str, Any]:
        """What the action takes for the record itself."""
        names = ("full_name", "sex", "email", "address", "address_unit", "note")
        born, year = self.cleaned_data["birth"]
        return {name: self.cleaned_data[name] for name in names} | {"birth_date": born, "birth_year": year}

    def phone_list(self) -> list[str]:
        return [part.strip() for part in re.split(r"[,;\n]", self.cleaned_data["phones"]) if part.strip()]

    def better_name(self) -> str:
        """The name with proper capitals, "" if it has them already."""
        typed = " ".join(self.cleaned_data["full_name"].split())
        better = proper_name(typed)
        return better if better != typed else ""


def initial_of(person: Person) -> dict[str, Any]:
    """The record as the form shows it; the identity number stays out."""
    return {
        "full_name": person.full_name,
        "birth": birth_text(person.birth_date, person.birth_year),
        "sex": person.sex,
        "phones": ", ".join(national(phone.number) for phone in person.phones.order_by("pk")),
        "email": person.email,
        "address": person.address,
        "address_unit": person.address_unit_id,
        "note": person.note,
        "version": person.version,
    }


class DigitsForm(forms.Form):
    digits = forms.CharField(label=_("Last four digits of the identity number, or all of it"), max_length=20)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is needed"), max_length=300, help_text=_("The person can read this reason.")
    )
