"""What a device may know of a drive, and what the drive knows of its entries."""

from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Right
from django.utils import timezone

from donors.enums import DriveState, SignUpState
from donors.models import CheckIn, CheckInDevice, Drive, SignUp
from donors.rules.checkins import Known, Seen, seen_of
from people.models import Phone

OVER = {DriveState.CLOSED, DriveState.RECONCILED, DriveState.CANCELLED}


def list_is_gone(device: CheckInDevice, now: datetime | None = None) -> bool:
    """True if the device holds no list any more: revoked, the drive over, or its hours passed."""
    now = now or timezone.now()
    return bool(device.revoked_at) or device.drive.state in OVER or now >= device.list_until


def people_of(drive: Drive) -> list[dict[str, Any]]:
    """Standing places by hour: name, year of birth, last 3 digits, whether they came. 2 queries."""
    phone = Phone.objects.filter(person=OuterRef("person")).order_by("pk").values(tail=Right("number", 3))
    places = SignUp.objects.standing().filter(drive=drive).select_related("slot", "person")
    places = places.annotate(tail=Subquery(phone[:1]))
    came = set(CheckIn.objects.counted().filter(drive=drive).values_list("sign_up", flat=True))
    return [
        {
            "id": place.pk,
            "name": place.person.full_name,
            "year": place.person.birth_year,
            "tail": getattr(place, "tail", None) or "",
            "hour": f"{place.slot.starts_at:%H:%M}",
            "waiting": place.state == SignUpState.WAITING,
            "came": place.pk in came,
        }
        for place in places
    ]


def known_of(drive: Drive, is_revoked: bool, has_walk_ins: bool) -> Known:
    """The facts of the rule on entries. 2 queries, 4 with people who had not signed up."""
    places = dict(SignUp.objects.filter(drive=drive).values_list("pk", "state"))
    counted = CheckIn.objects.counted().filter(drive=drive)
    known = Known(
        on=drive.on,
        state=drive.state,
        is_revoked=is_revoked,
        places=places,
        counted=set(counted.exclude(sign_up=None).values_list("sign_up", flat=True)),
    )
    if has_walk_ins:
        known.listed = [seen_of(one["name"], one["year"], one["tail"]) for one in people_of(drive)]
        rows = counted.filter(sign_up=None).values_list("full_name", "birth_year", "phone_tail")
        known.walked_in = [seen_of(*row) for row in rows]
    return known


def seen_in(check_in: CheckIn) -> Seen:
    """The person of an entry as the rule compares people."""
    return seen_of(check_in.full_name, check_in.birth_year, check_in.phone_tail)
