"""What may be seen, and the values in force."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from evaluations.enums import DECIDE, MANAGE, PAY, SCORE, RatingState
from evaluations.models import Cycle, Rating, Sheet, YearRate
from evaluations.rules import Law
from foundation.dated import NoRule, in_force, load_table
from foundation.dates import format_date
from ledger.actor import Actor
from people.rules import offices_that_may

TOLD = (RatingState.PUBLISHED, RatingState.PETITIONED, RatingState.FINAL)


def covered(by: Actor, *rights: str) -> frozenset[int]:
    """Ids of the units on which the actor holds one of the rights."""
    return frozenset().union(*(by.unit_ids(offices_that_may(right, by.on)) for right in rights))


def visible_cycles(by: Actor) -> QuerySet[Cycle]:
    """Cycles of units on which the actor manages, scores or decides."""
    if by.is_system:
        return Cycle.objects.all()
    scoring = covered(by, SCORE)
    here = Q(unit__in=covered(by, MANAGE, DECIDE)) | Q(ratings__employment__unit__in=scoring)
    return Cycle.objects.filter(here).distinct()


def visible_to(by: Actor) -> QuerySet[Rating]:
    """Ratings in the actor's units that are not the actor's own."""
    if by.is_system:
        return Rating.objects.all()
    here = Q(cycle__unit__in=covered(by, MANAGE, DECIDE)) | Q(employment__unit__in=covered(by, SCORE))
    rows = Rating.objects.filter(here)
    return rows.exclude(person__user=by.user) if by.user else rows


def own_ratings(by: Actor) -> QuerySet[Rating]:
    """The actor's own ratings."""
    return Rating.objects.filter(person__user=by.user) if by.user else Rating.objects.none()


def visible_sheets(by: Actor) -> QuerySet[Sheet]:
    """Pay sheets of units on which the actor does the accounts; nobody else sees another's pay."""
    return Sheet.objects.all() if by.is_system else Sheet.objects.filter(cycle__unit__in=covered(by, PAY))


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
