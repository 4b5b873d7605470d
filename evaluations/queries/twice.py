"""One person, one form of a period: who is in a unit and has the form in another unit's list."""

from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, OuterRef, QuerySet

from evaluations.enums import RatingState
from evaluations.models import Cycle, Employment, Rating
from evaluations.queries.seen import TOLD
from foundation.dates import DAY
from people.models import UnitCover

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Somebody of the unit and the other list; `is_told`: a form here as well, that one being published."""

    name: str
    unit: str
    is_told: bool


def same_period(cycle: Cycle) -> QuerySet[Rating]:
    """Forms of the same quarter or year in the lists of other units."""
    rows = Rating.objects.filter(
        cycle__kind=cycle.kind, cycle__year=cycle.year, cycle__number=cycle.number
    ).exclude(cycle__unit=cycle.unit_id)
    return rows.select_related("cycle__unit")


def rated_elsewhere(cycle: Cycle) -> list[Elsewhere]:
    """People employed in the unit in the period whose form, or a published one besides, is elsewhere.

    At most SHOWN, by name. 1 query.
    """
    covers = UnitCover.objects.filter(ancestor=cycle.unit_id, during__contains=cycle.last_on).values("unit")
    here = Employment.objects.filter(
        person=OuterRef("person"),
        unit__in=covers,
        during__overlap=DateRange(cycle.first_on, cycle.last_on + DAY),
    )
    form = Rating.objects.filter(cycle=cycle, person=OuterRef("person")).exclude(state=RatingState.EXEMPT)
    rows = same_period(cycle).filter(Exists(here)).exclude(state=RatingState.EXEMPT)
    rows = rows.annotate(has_form=Exists(form)).select_related("person").order_by("person__sort_key", "pk")
    return [
        Elsewhere(one.person.full_name, one.cycle.unit.name, one.has_form)
        for one in rows[: SHOWN + 1]
        if not one.has_form or one.state in TOLD
    ][:SHOWN]
