"""Lists of donations: who sees them, which are due, which rows wait for a decision."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from donors.enums import ENTER
from donors.models import DonationList, DonationRow
from ledger.actor import Actor
from people.enums import ImportState, RowVerdict
from people.models import Unit
from people.rules import offices_that_may

LEASE = timedelta(minutes=10)


def list_units(by: Actor) -> QuerySet[Unit]:
    """Standing units for which the actor may enter donations."""
    units = Unit.objects.filter(valid__contains=by.on).order_by("code")
    return units if by.is_system else units.filter(pk__in=by.unit_ids(offices_that_may(ENTER, by.on)))


def visible_lists(by: Actor) -> QuerySet[DonationList]:
    """Lists of the units for which the actor may enter donations."""
    lists = DonationList.objects.select_related("unit", "file", "drive", "result")
    return lists if by.is_system else lists.filter(unit__in=by.unit_ids(offices_that_may(ENTER, by.on)))


def due_lists(now: datetime | None = None) -> list[int]:
    """Keys of the lists to be tried or written, or whose result file is missing; oldest first."""
    now = now or timezone.now()
    free = Q(claim=None) | Q(claimed_at__lt=now - LEASE)
    waiting = Q(state__in=[ImportState.TRYING, ImportState.QUEUED, ImportState.RUNNING])
    unfinished = Q(state=ImportState.DONE, result=None, finished_at__gt=now - timedelta(days=1))
    due = DonationList.objects.filter(free).filter(waiting | unfinished).exclude(file__file="")
    return list(due.order_by("created_at", "pk").values_list("pk", flat=True))


def waiting_rows(batch: DonationList) -> QuerySet[DonationRow]:
    """Doubtful rows of a written list that nobody has decided on."""
    return batch.rows.filter(verdict=RowVerdict.DOUBTFUL, decision="").order_by("number")
