"""The values in force on a day."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from evaluations.models import YearRate
from evaluations.rules import Law
from foundation.dated import NoRule, in_force, load_table
from foundation.dates import format_date


def base_law(on: date) -> Law | None:
    """The base salary of the day."""
    return _law("base_salary", "amount", on)


def income_laws(on: date) -> tuple[Law | None, Law | None]:
    """(year's coefficient, fixed sum) of the day: of the law's table, else of the year's decision."""
    found = _law("income", "coefficient", on), _law("income", "fixed_sum", on)
    if any(found):
        return found
    row = YearRate.objects.filter(during__contains=on).first()
    if row is None:
        return None, None
    return (
        Law(row.coefficient, row.decision, row.is_confirmed),
        Law(Decimal(row.fixed_sum), row.decision, row.is_confirmed),
    )


def share_law(level: str, on: date) -> Law:
    """The share of the most that is paid for a level, as a factor; raises NoRule."""
    cited = in_force(load_table("evaluations", "quarter_scale"), on).cited[f"share_{level}"]
    return Law(Decimal(cited.value) / 100, cited.citation, cited.confirmed)


def _law(table: str, name: str, on: date) -> Law | None:
    try:
        cited: Mapping[str, object] = in_force(load_table("evaluations", table), on).cited
    except NoRule:
        return None
    found = cited.get(name)
    if found is None:
        return None
    value, citation, confirmed = found.value, found.citation, found.confirmed  # type: ignore[attr-defined]
    return Law(Decimal(value), citation, confirmed)


def no_value(what: str, on: date) -> str:
    """The sentence for a value nobody has entered for a day."""
    return _("%(what)s is missing for %(day)s.") % {"what": what, "day": format_date(on)}
