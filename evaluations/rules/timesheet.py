"""From a line of the timesheet to the days that are paid; from days employed to a part of the month."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from foundation.dated import Entry
from foundation.dates import DAY, is_working_day
from foundation.refusal import Reason

HALF = Decimal("0.5")


def paid_days(worked: Decimal, working: Decimal, absences: Mapping[str, str], entry: Entry) -> Decimal:
    """Days worked and the absences that count as worked, at most the month's working days.

    Source: the procedure table, `counted` and `not_counted` (Official letter 4634/UBND-VX of 2019).
    """
    counted = sum(
        (Decimal(days) for code, days in absences.items() if code in entry.values["counted"]), Decimal()
    )
    return min(worked + counted, working)


def faults_of(worked: Decimal, working: Decimal, absences: Mapping[str, str], entry: Entry) -> list[Reason]:
    """Why a line of the timesheet cannot be right."""
    known = {*entry.values["counted"], *entry.values["not_counted"]}
    reasons = []
    total = worked
    for code, text in absences.items():
        try:
            days = Decimal(text)
        except InvalidOperation:
            days = Decimal(-1)
        if code not in known or not days.is_finite() or days < 0:
            reasons.append(
                Reason(_("“%(code)s” is no reason of absence with a number of days.") % {"code": code})
            )
        else:
            total += days
    if total > working:
        reasons.append(
            Reason(
                _("%(total)s days worked and absent are more than the month's %(working)s working days.")
                % {"total": f"{total.normalize():f}", "working": f"{working.normalize():f}"},
                field="worked",
            )
        )
    return reasons


def working_days(first: date, after: date) -> int:
    """Working days from the first day up to, not with, the day after."""
    return sum(is_working_day(first + DAY * number) for number in range((after - first).days))
