"""What is due and not yet done: results to become final, self-reports to remind of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from evaluations.enums import CycleState, RatingState
from evaluations.models import Cycle, Rating
from evaluations.queries.board import calendar
from evaluations.rules import petition_limits
from foundation.dated import in_force, load_table
from foundation.dates import add_working_days
from letters.models import Letter

BEFORE, AFTER = "before", "after"
AHEAD = 2  # working days before the last day


@dataclass(frozen=True, slots=True)
class Due:
    """A rating to remind of: two days ahead, or once the day has passed."""

    pk: int
    occasion: str


def due_final(on: date) -> Iterator[Rating]:
    """Published results whose petition window has passed; asked again under the lock by make_final."""
    entry = in_force(load_table("evaluations", "procedure"), on)
    rows = Rating.objects.filter(state=RatingState.PUBLISHED, published_on__lt=on).select_related("cycle")
    for rating in rows.order_by("pk").iterator(2000):
        if rating.published_on and on > petition_limits(rating.published_on, None, entry)[0]:
            yield rating


def due_reminders(on: date) -> Iterator[Due]:
    """Open forms of cycles under way whose letter of the occasion was not written yet."""
    for cycle in Cycle.objects.filter(state=CycleState.OPEN, opened_on__lte=on):
        last = calendar(cycle).self_report_by
        if on > last:
            occasion = AFTER
        elif on >= add_working_days(last, -AHEAD):
            occasion = BEFORE
        else:
            continue
        for pk in owed(cycle).values_list("pk", flat=True).iterator(2000):
            if not Letter.objects.filter(key=letter_key(pk, occasion)).exists():
                yield Due(pk, occasion)


def owed(cycle: Cycle) -> QuerySet[Rating]:
    """Forms whose self-report is not handed over, of people with an account."""
    rows = Rating.objects.filter(cycle=cycle, state=RatingState.OPEN, employment__rated_above=False)
    return rows.filter(person__user__isnull=False).order_by("pk")


def letter_key(pk: int, occasion: str) -> str:
    return f"evaluations.report:{pk}:{occasion}"
