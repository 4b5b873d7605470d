"""Drives an actor may see, the public calendar, a drive's funnel."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, Sum

from donors.enums import DRIVE_MANAGE, DRIVE_SEE, DriveState, NoticeKind, SignUpState
from donors.models import CheckIn, Donation, Drive, Notice, SignUp
from donors.models.drives import DriveQuerySet
from ledger.actor import Actor
from people.models import Person
from people.rules import offices_that_may


@dataclass(frozen=True, slots=True)
class Funnel:
    """Counts only, no reason: None where nobody has entered one yet."""

    seated: int
    waiting: int
    came: int | None
    passed: int | None
    gave: int
    checked_in: int


def visible_drives(by: Actor) -> DriveQuerySet:
    """Drives of the units the actor's offices cover; all for the system."""
    drives = Drive.objects.select_related("unit")
    if by.is_system:
        return drives
    return drives.filter(unit__in=by.unit_ids(offices_that_may(DRIVE_SEE, by.on)))


def calendar(on: date, limit: int | None = None) -> list[Drive]:
    """The drives the public is invited to, with seats and taken, nearest first. 1 query."""
    return list(Drive.objects.announced(on).with_seats().select_related("unit")[:limit])


def place_of(person: Person, drive: Drive) -> SignUp | None:
    """The person's standing place at the drive."""
    return (
        SignUp.objects.standing().filter(person=person, drive=drive).select_related("slot", "drive").first()
    )


def places_before(sign_up: SignUp) -> int:
    """How many wait for the same slot before this one."""
    return SignUp.objects.filter(
        slot=sign_up.slot_id, state=SignUpState.WAITING, waiting_since__lt=sign_up.waiting_since
    ).count()


def funnel(drive: Drive) -> Funnel:
    """Registered, came (as written by hand, else as checked in), passed, gave. 3 queries."""
    signed = SignUp.objects.filter(drive=drive).aggregate(
        seated=Count("pk", filter=Q(state=SignUpState.SEATED)),
        waiting=Count("pk", filter=Q(state=SignUpState.WAITING)),
    )
    gave = Donation.objects.standing().filter(drive=drive).aggregate(n=Sum("turns", default=0))["n"]
    checked_in = CheckIn.objects.counted().filter(drive=drive).count()
    came = drive.came if drive.came is not None else checked_in or None
    return Funnel(signed["seated"], signed["waiting"], came, drive.passed, gave, checked_in)


def first_timers(drive: Drive) -> int:
    """How many gave at the drive who have no earlier donation here. 1 query."""
    given = Donation.objects.standing().filter(drive=drive)
    earlier = Donation.objects.standing().filter(donor=OuterRef("donor"), on__lt=drive.on)
    return given.filter(~Exists(earlier)).values("donor").distinct().count()


def told_of(drive: Drive) -> int:
    """How many were told that the drive does not take place. 1 query."""
    return Notice.objects.filter(kind=NoticeKind.CANCELLED, about=str(drive.pk)).count()


def drives_waiting(by: Actor, most: int) -> list[Drive]:
    """Drives closed and not yet compared, and others with entries nobody has looked at; oldest first."""
    conflicts = CheckIn.objects.open_conflicts().filter(drive=OuterRef("pk"))
    waiting = Q(state=DriveState.CLOSED) | Q(
        Exists(conflicts), state__in=[DriveState.OPEN, DriveState.RUNNING]
    )
    drives = visible_drives(by)
    if not by.is_system:
        drives = drives.filter(unit__in=by.unit_ids(offices_that_may(DRIVE_MANAGE, by.on)))
    return list(drives.filter(waiting).order_by("on", "pk")[:most])
