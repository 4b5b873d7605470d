"""Reminders and thanks: each once, its row and its letter in one transaction."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from donors.enums import Component, DonationState, DriveState, NoticeKind, SignUpState
from donors.models import CallUp, Donation, Donor, Drive, Notice, SignUp
from donors.queries.notices import MESSAGES, last_given
from donors.queries.rules import giving_rules, stricter_rules
from donors.queries.verdicts import facts_of
from donors.rules.verdict import Outcome, assess
from foundation.dates import format_date
from ledger.actor import Actor, NotAllowed
from ledger.audit import record
from letters.actions import enqueue
from people.models import Consent, Person


def by_clock(by: Actor) -> None:
    """Only jobs and commands tell people what is due."""
    if not by.is_system:
        raise NotAllowed([_("This is done by the clock.")])


def tell(
    by: Actor,
    person: Person,
    kind: NoticeKind,
    about: str,
    context: dict[str, Any],
    unit_code: str,
    call_up: CallUp | None = None,
) -> bool:
    """Write the notice and its letter; False if the person was told before."""
    made, is_new = Notice.objects.get_or_create(
        person=person, kind=kind, about=about, defaults={"call_up": call_up}
    )
    if not is_new:
        return False
    enqueue(
        by=by,
        template=f"donors.{kind.value}",
        key=f"donors.{kind.value}:{about}:{person.pk}",
        address=person.email,
        context={"name": person.full_name, "site_url": settings.SITE_URL, **context},
        user=person.user,
        recipient_name=person.full_name,
        unit_code=unit_code,
    )
    record(by=by, act="donors.tell", subject=made, after={"kind": kind.value, "about": about})
    return True


def about_drive(drive: Drive) -> dict[str, Any]:
    """What a letter tells of a drive."""
    return {
        "drive": drive.name,
        "day": format_date(drive.on),
        "place": drive.place,
        "unit": drive.unit.name,
        "contact": drive.contact,
        "path": reverse("mine_drive", args=[drive.pk]),
        "calendar": reverse("drive_calendar"),
    }


def may_give(donor: Donor, by: Actor) -> bool:
    """No dated rule stands against whole blood on the actor's day; weight and health are asked there."""
    facts = facts_of(donor, Component.WHOLE_BLOOD)
    verdict = assess(facts, giving_rules(by.on), on=by.on, stricter=stricter_rules(by.on))
    return verdict.outcome != Outcome.NOT_YET


@transaction.atomic
def remind_again(*, by: Actor, pk: int) -> bool:
    """Tell a donor that they may give again, once an interval; False where it is not (or no more) due."""
    by_clock(by)
    donor = Donor.objects.select_for_update(of=("self",)).select_related("person__user").get(pk=pk)
    consents = Consent.objects.filter(person=donor.person, purpose=MESSAGES, withdrawn_at=None)
    last = last_given(donor)
    if last is None or not donor.is_available or not consents.exists() or not may_give(donor, by):
        return False
    told = {
        "last": format_date(last),
        "calendar": reverse("drive_calendar"),
        "mine": reverse("mine_donations"),
    }
    return tell(by, donor.person, NoticeKind.AGAIN, last.isoformat(), told, "")


@transaction.atomic
def remind_tomorrow(*, by: Actor, pk: int) -> bool:
    """Remind who has a seat on the day before the drive."""
    by_clock(by)
    seats = SignUp.objects.select_related("drive__unit", "slot", "person__user")
    seat = seats.select_for_update(of=("self",)).get(pk=pk)
    if seat.state != SignUpState.SEATED or seat.drive.state not in {DriveState.OPEN, DriveState.RUNNING}:
        return False
    told = {**about_drive(seat.drive), "hour": str(seat.slot)}
    return tell(by, seat.person, NoticeKind.TOMORROW, str(seat.drive_id), told, seat.drive.unit.code)


@transaction.atomic
def tell_cancelled(*, by: Actor, pk: int) -> bool:
    """Tell who had a place that the drive does not take place."""
    by_clock(by)
    places = SignUp.objects.select_related("drive__unit", "slot", "person__user")
    place = places.select_for_update(of=("self",)).get(pk=pk)
    if place.state == SignUpState.CANCELLED or place.drive.state != DriveState.CANCELLED:
        return False
    told = {**about_drive(place.drive), "why": place.drive.cancelled_why}
    return tell(by, place.person, NoticeKind.CANCELLED, str(place.drive_id), told, place.drive.unit.code)


@transaction.atomic
def thank(*, by: Actor, pk: int) -> bool:
    """Thank who gave at a drive."""
    by_clock(by)
    rows = Donation.objects.select_related("drive__unit", "donor__person__user")
    given = rows.select_for_update(of=("self",)).get(pk=pk)
    if given.state == DonationState.VOIDED or given.drive is None:
        return False
    told = {**about_drive(given.drive), "mine": reverse("mine_donations")}
    person = given.donor.person
    return tell(by, person, NoticeKind.THANKS, str(given.drive_id), told, given.drive.unit.code)
