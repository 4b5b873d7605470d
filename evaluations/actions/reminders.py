"""A letter to who owes a self-report."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from evaluations.enums import RatingState
from evaluations.models import Rating
from evaluations.queries.board import calendar
from evaluations.queries.due import AFTER, letter_key
from foundation.dates import format_date
from ledger.actor import Actor, NotAllowed
from letters.actions import enqueue


@transaction.atomic
def remind(*, by: Actor, pk: int, occasion: str) -> bool:
    """Write the reminder of the occasion, once; False when the report is handed over meanwhile."""
    if not by.is_system:
        raise NotAllowed(["Reminders are written by the clock."])
    rows = Rating.objects.select_for_update(of=("self",)).filter(pk=pk, state=RatingState.OPEN)
    rating = rows.select_related("cycle__unit", "person__user").first()
    if rating is None or rating.person.user is None:
        return False
    enqueue(
        by=by,
        template="evaluations.report",
        key=letter_key(pk, occasion),
        address=rating.person.user.email,
        context={
            "name": rating.person.full_name,
            "period": rating.cycle.name,
            "day": format_date(calendar(rating.cycle).self_report_by),
            "is_late": occasion == AFTER,
            "path": reverse("mine_rating", args=[rating.key]),
            "site_url": settings.SITE_URL,
        },
        user=rating.person.user,
        recipient_name=rating.person.full_name,
        unit_code=rating.cycle.unit.code,
    )
    return True
