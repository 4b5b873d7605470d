"""The two lists of a drive side by side."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet

from donors.enums import DonationState, DriveState, RowState, Source
from donors.models import Donation, Drive, FacilityRow
from donors.rules.reconciling import Line

OPEN = (RowState.VOLUME, RowState.TWICE, RowState.UNSURE, RowState.MISSING)


@dataclass(frozen=True, slots=True)
class Compared:
    """Counts of both lists, and what is open."""

    ours: int
    theirs: int
    same: int
    open: int
    left: int


def ours(drive: Drive) -> QuerySet[Donation]:
    """Our standing donations of the drive."""
    return Donation.objects.standing().filter(drive=drive)


def ours_left(drive: Drive) -> QuerySet[Donation]:
    """Those of ours that no line of the facility's list means."""
    rows = ours(drive).filter(facility_rows=None).select_related("donor__person")
    return rows.order_by("donor__person__sort_key", "pk")


def our_lines(drive: Drive, taken: set[int]) -> list[Line]:
    """Our donations as lines, without those already taken. 1 query."""
    rows = ours(drive).exclude(pk__in=taken).order_by("pk")
    wanted = (
        "pk",
        "donor__person__full_name",
        "donor__person__birth_year",
        "volume_ml",
        "certificate_serial",
    )
    return [Line(*row) for row in rows.values_list(*wanted)]


def compared(drive: Drive) -> Compared:
    """What the page tells. 2 queries."""
    states = Counter(FacilityRow.objects.filter(drive=drive).values_list("state", flat=True))
    mine = ours(drive)
    total = mine.count()
    left = mine.filter(facility_rows=None).count()
    return Compared(
        ours=total,
        theirs=sum(states.values()),
        same=states[RowState.SAME] + states[RowState.SETTLED],
        open=sum(states[state] for state in OPEN),
        left=left,
    )


def waits_for_the_facility(donation: Donation) -> bool:
    """True while a donation of a drive may not count: both lists have not been compared yet."""
    drive = donation.drive
    return (
        donation.state == DonationState.RECORDED
        and donation.source == Source.DRIVE
        and drive is not None
        and drive.state != DriveState.RECONCILED
    )
