"""The rule table in words, for the page that shows the law in force."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from donors.enums import Component
from foundation.dated import Cited, Entry


class LawLine(NamedTuple):
    """One value of the table: what it is, what it asks, its article."""

    label: str
    value: str
    citation: str
    confirmed: bool


def law_lines(entry: Entry) -> list[LawLine]:
    """Every value of the entry, in the order of the table."""
    return [
        LawLine(label, value, cited.citation, cited.confirmed)
        for name, cited in entry.cited.items()
        for label, value in _said(name, cited)
    ]


def _said(name: str, cited: Cited) -> Iterator[tuple[str, str]]:
    value = cited.value
    if name.startswith("after_"):
        yield value["name"][:1].upper() + value["name"][1:], period_words(value)
    elif name == "least_kg":
        yield _("Least weight for whole blood"), _("women %(female)s kg, men %(male)s kg") % dict(value)
    elif name == "apheresis":
        words = [_("from %(least_kg)s kg: %(most_ml)s ml") % dict(tier) for tier in value]
        yield _("Most by apheresis, by weight"), "; ".join(words)
    elif name == "bags_ml":
        yield _("Bags in use"), ", ".join(f"{bag} ml" for bag in value)
    elif name == "interval_days":
        for code, days in value.items():
            label = str(Component(code).label)
            told = {"component": label}
            yield _("Days after %(component)s") % told, _("%(n)s days") % {"n": days}
    elif name == "granulocytes":
        yield (
            str(Component.GRANULOCYTES.label).capitalize(),
            _("at most %(most)s in %(days)s days") % dict(value),
        )
    elif name in {"systolic", "diastolic"}:
        label = _("Upper blood pressure") if name == "systolic" else _("Lower blood pressure")
        yield label, f"{value['least']} – < {value['below']} mmHg"
    elif name == "pulse":
        yield _("Pulse"), f"{value['least']} – {value['most']}"
    else:
        label, unit = plain_words()[name]
        yield label, f"{value} {unit}".strip()


def plain_words() -> dict[str, tuple[str, str]]:
    return {
        "least_age": (_("Youngest age"), ""),
        "most_age": (_("Oldest age"), ""),
        "light_below_kg": (_("A light donor is below"), "kg"),
        "light_most_ml": (_("A light donor gives at most"), "ml"),
        "most_ml_per_kg": (_("At most for each kg"), "ml"),
        "most_ml": (_("At most at one time"), "ml"),
        "least_hb": (_("Least haemoglobin"), "g/l"),
        "least_hb_large": (_("Least haemoglobin for a large bag"), "g/l"),
        "hb_large_over_ml": (_("A large bag is over"), "ml"),
        "off_duty_hours": (_("Hours off duty for dangerous work"), ""),
        "off_duty_work": (_("Dangerous work"), ""),
    }


def period_words(period: Mapping[str, Any]) -> str:
    """12 months, 4 weeks, 7 days."""
    if months := period.get("months"):
        return _("%(n)s months") % {"n": months}
    if weeks := period.get("weeks"):
        return _("%(n)s weeks") % {"n": weeks}
    return _("%(n)s days") % {"n": period["days"]}
