"""Money, points and levels in templates."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _

from evaluations.enums import Absence, FactKind, Level, RatingState
from evaluations.models import StaffFact
from foundation.dates import DAY, format_date
from foundation.money import format_vnd

register = template.Library()
TONES = {
    RatingState.OPEN: "",
    RatingState.REPORTED: "info",
    RatingState.SCORED: "info",
    RatingState.DECIDED: "wait",
    RatingState.PUBLISHED: "wait",
    RatingState.PETITIONED: "bad",
    RatingState.FINAL: "ok",
    RatingState.EXEMPT: "",
}


@register.filter
def vnd(amount: int | None) -> str:
    """An amount as "1.234.567 đ"; nothing for nothing."""
    return "" if amount is None else format_vnd(int(amount))


@register.filter
def exact_vnd(amount: Decimal) -> str:
    """An amount before rounding, with what stands behind the point."""
    whole, _point, rest = f"{amount:f}".partition(".")
    rest = rest.rstrip("0")
    return f"{int(whole):,}".replace(",", ".") + (f",{rest}" if rest else "") + " đ"


@register.filter
def points(value: Decimal | None) -> str:
    """Points or a coefficient without idle zeros; a dash for none."""
    if value is None or value == "":
        return "–"
    text = f"{Decimal(value):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


@register.filter
def tone(state: str) -> str:
    """The badge of a state."""
    return TONES.get(RatingState(state), "")


@register.filter
def level_tone(level: str) -> str:
    """The badge of a level."""
    return {"excellent": "ok", "good": "info", "fair": "wait", "poor": "bad"}.get(level, "")


@register.filter
def level_name(level: str) -> str:
    return str(Level(level).label).capitalize() if level else ""


@register.filter
def absence(code: str) -> str:
    return str(Absence(code).label) if code in Absence.values else code


@register.filter
def fact_days(fact: StaffFact) -> str:
    """The days of a fact: one of a discipline, "from – to" of what lasts."""
    first, after = fact.during.lower, fact.during.upper
    if fact.kind == FactKind.DISCIPLINE or (after and after - DAY == first):
        return format_date(first)
    return f"{format_date(first)} – {format_date(after - DAY) if after else '…'}"


@register.filter
def at(mapping: Mapping[Any, Any], key: Any) -> Any:
    """The value of a key; nothing if there is none."""
    return mapping.get(key)


@register.filter
def rounding_name(code: str) -> str:
    """A rounding rule in words."""
    return {
        "HALF_UP": _("to the đồng, a half upwards"),
        "HALF_EVEN": _("to the đồng, a half to the even one"),
        "DOWN": _("to the đồng, downwards"),
        "UP": _("to the đồng, upwards"),
        "HALF_UP_HUNDRED": _("to a hundred đồng, a half upwards"),
        "HALF_UP_THOUSAND": _("to a thousand đồng, a half upwards"),
        "DOWN_THOUSAND": _("to a thousand đồng, downwards"),
    }.get(code, code)
