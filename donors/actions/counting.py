"""Figures of large years are counted beforehand, by the clock. It decides nothing and stands in no log."""

from django.db import transaction
from django.utils import timezone

from donors.actions.notices import by_clock
from donors.models import CountedYear
from donors.queries.figures import counted_rows, last_day
from donors.queries.targets import units_with_targets
from ledger.actor import Actor


@transaction.atomic
def count_year(*, by: Actor, year: int) -> bool:
    """The whole chapter's year counted anew from donations. Doing it twice does no harm; True."""
    by_clock(by)
    began, until = timezone.now(), last_day(year, by.on)
    units = list(units_with_targets(by, by.on).values_list("pk", flat=True))
    rows = counted_rows(year, until, units=units)
    values = {
        "until": until,
        "counted_at": began,
        "turns": sum(row[3] for row in rows if row[0] == "month"),
        "numbers": rows,
    }
    CountedYear.objects.update_or_create(year=year, defaults=values)
    return True
