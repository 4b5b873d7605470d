"""Lists that units sent: who sees them, which are due, who has not sent one yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from foundation.dates import ZONE
from foundation.text import fold
from ledger.actor import Actor
from people.enums import ImportState, UnitKind
from people.models import ImportBatch, Unit, UnitCover
from people.rules import offices_that_may

RIGHT = "people.import"
LEASE = timedelta(minutes=10)
SENDING = (UnitKind.WARD, UnitKind.COMMUNE, UnitKind.SPECIAL_ZONE, UnitKind.ATTACHED)


@dataclass(frozen=True, slots=True)
class Sent:
    """One unit on the wall: since when it has sent a list, and whether one is under way."""

    unit: Unit
    sent_at: datetime | None
    is_under_way: bool

    @property
    def tone(self) -> str:
        """For the badge: sent, under way, not yet."""
        if self.sent_at:
            return "ok"
        return "wait" if self.is_under_way else "bad"


def import_units(by: Actor) -> QuerySet[Unit]:
    """Standing units for which the actor may send a list."""
    units = Unit.objects.filter(valid__contains=by.on).order_by("code")
    return units if by.is_system else units.filter(pk__in=by.unit_ids(offices_that_may(RIGHT, by.on)))


def visible_batches(by: Actor) -> QuerySet[ImportBatch]:
    """Lists of the units for which the actor may send one."""
    batches = ImportBatch.objects.select_related("unit", "file", "result")
    if by.is_system:
        return batches
    return batches.filter(unit__in=by.unit_ids(offices_that_may(RIGHT, by.on)))


def due_imports(now: datetime | None = None) -> list[int]:
    """Keys of the lists to be tried or written, or whose result file is missing; oldest first."""
    now = now or timezone.now()
    free = Q(claim=None) | Q(claimed_at__lt=now - LEASE)
    waiting = Q(state__in=[ImportState.TRYING, ImportState.QUEUED, ImportState.RUNNING])
    unfinished = Q(state=ImportState.DONE, result=None, finished_at__gt=now - timedelta(days=1))
    due = ImportBatch.objects.filter(free).filter(waiting | unfinished).exclude(file__file="")
    return list(due.order_by("created_at", "pk").values_list("pk", flat=True))


def unit_names(unit: Unit, on: date) -> dict[str, int]:
    """What the units from this one down are called in lists, folded, to their ids; no name that two share."""
    names: dict[str, int] = {}
    shared: set[str] = set()
    covered = UnitCover.objects.filter(ancestor=unit, during__contains=on).select_related("unit")
    for cover in covered:
        for called in _names(cover.unit):
            if names.setdefault(called, cover.unit_id) != cover.unit_id:
                shared.add(called)
    return {name: pk for name, pk in names.items() if name not in shared}


def _names(unit: Unit) -> Iterator[str]:
    for name in {unit.name, unit.short_name, unit.code} - {""}:
        yield unit_word(name)


def unit_word(text: str) -> str:
    """A unit's name as lists are compared: folded, "P." as "phuong", without what all share."""
    words = fold(text).replace("p.", "phuong ").replace("x.", "xa ").replace("hoi chu thap do", " ")
    return " ".join(words.split())


def wall(by: Actor, since: date) -> list[Sent]:
    """Every sending unit the actor covers, those that have not sent first. 3 queries."""
    units = list(import_units(by).filter(kind__in=SENDING))
    start = datetime.combine(since, time.min, tzinfo=ZONE)
    batches = ImportBatch.objects.filter(unit__in=units, created_at__gte=start)
    done = dict(batches.filter(state=ImportState.DONE).values_list("unit").annotate(last=Max("finished_at")))
    open_states = [ImportState.READ, ImportState.TRYING, ImportState.TRIED, ImportState.QUEUED]
    under_way = set(
        batches.filter(state__in=[*open_states, ImportState.RUNNING]).values_list("unit_id", flat=True)
    )
    sent = [Sent(unit, done.get(unit.pk), unit.pk in under_way) for unit in units]
    return sorted(sent, key=lambda one: (bool(one.sent_at), one.is_under_way, one.unit.code))
