"""A death ends the employment by law, that day: no decision is needed, and none could be taken otherwise.

The labour contract ends with the life (Labour Code 2019, Art. 34), and no other employment outlasts it.
Forms of the period stay: the days worked until then are rated by the head and due to the heirs.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q
from django.utils.translation import gettext as _

from evaluations.actions.employment import checked, end_employment
from evaluations.models import Employment
from foundation.dates import DAY
from foundation.refusal import Refused
from ledger.actor import Actor, NotAllowed
from ledger.audit import record
from people.enums import BelongingKind
from people.models import Belonging, Person


@transaction.atomic
def end_by_death(*, by: Actor, person: Person, on: date) -> dict[str, Any]:
    """The person's employment ends on the day it held; what was changed, for an undo, {} for nothing.

    Told by the register of members in its own transaction. One that begins later stays: an entry to look at.
    """
    if not by.is_system:
        raise NotAllowed([_("Enter the last day in the staff register.")])
    running = Q(during__endswith=None) | Q(during__endswith__gt=on + DAY)
    job = Employment.objects.select_for_update().filter(running, person=person, during__contains=on).first()
    if job is None:
        return {}
    held = Belonging.objects.filter(person=person, kind=BelongingKind.STAFF, during__contains=on)
    before = {str(one.pk): _text(one.during.upper) for one in held}
    until = _text(job.during.upper)
    end_employment(by=by, employment=job, last_on=on, reason=_("Died, by the register of members."))
    return {"job": job.pk, "last_on": _text(on), "until": until, "places": before}


@transaction.atomic
def undo_end_by_death(*, by: Actor, kept: Mapping[str, Any]) -> None:
    """The death was an error: the employment goes on as it did. Left alone where it was changed since;
    refused where another employment has begun."""
    if not by.is_system:
        raise NotAllowed([_("Enter the last day in the staff register.")])
    after = date.fromisoformat(kept["last_on"]) + DAY
    job = Employment.objects.select_for_update().filter(pk=kept["job"], during__endswith=after).first()
    if job is None:
        return
    job.during = DateRange(job.during.lower, _day(kept["until"]))
    others = Employment.objects.filter(person=job.person_id, during__overlap=job.during).exclude(pk=job.pk)
    if others.exists():
        raise Refused([_("Another employment has begun since: the staff register decides which one holds.")])
    checked(job)
    job.save(update_fields=["during"])
    for place in Belonging.objects.filter(pk__in=kept["places"], during__endswith=after):
        place.during = DateRange(place.during.lower, _day(kept["places"][str(place.pk)]))
        place.save(update_fields=["during"])
    record(by=by, act="evaluations.undo_end_by_death", subject=job, after={"until": kept["until"]})


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
