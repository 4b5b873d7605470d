"""A place at a drive: taken, waited for, moved, given back. `Slot.taken` moves only under the slot's lock."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from donors.enums import DRIVE_MANAGE, SignUpState
from donors.models import Drive, SignUp, Slot
from donors.rules.drives import against_sign_up
from foundation.dates import format_date
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from letters.actions import enqueue
from people.models import Person
from people.permissions import acting


def acting_for(by: Actor, person: Person, drive: Drive) -> Actor:
    """The person for themselves, or an officer of the drive's unit."""
    if by.user is not None and person.user_id == by.user.pk:
        return by
    return acting(by, DRIVE_MANAGE, drive.unit_id)


def locked(*slot_ids: int) -> dict[int, Slot]:
    """The slots under lock, always in the same order; the drive is read after it."""
    rows = Slot.objects.select_for_update(of=("self",)).select_related("drive")
    return {slot.pk: slot for slot in rows.filter(pk__in=slot_ids).order_by("pk")}


def ask_rule(by: Actor, drive: Drive) -> None:
    """Refuses while the drive takes no sign-ups; its state is read again under the slot's lock."""
    drive.refresh_from_db(fields=["state", "on"])
    against = against_sign_up(drive.state, drive.on, by.on)
    if against:
        raise Refused(against)


def seat(sign_up: SignUp, slot: Slot) -> None:
    """A seat if the locked slot has one left, else the end of its waiting list."""
    sign_up.slot = slot
    if slot.left > 0:
        slot.taken += 1
        slot.save(update_fields=["taken"])
        sign_up.state, sign_up.waiting_since = SignUpState.SEATED, None
    else:
        sign_up.state, sign_up.waiting_since = SignUpState.WAITING, timezone.now()


@transaction.atomic
def sign_up(*, by: Actor, person: Person, slot: Slot) -> SignUp:
    """The person's place in the slot: a seat, or the waiting list once the seats are gone."""
    slot = locked(slot.pk)[slot.pk]
    by = acting_for(by, person, slot.drive)
    ask_rule(by, slot.drive)
    if SignUp.objects.standing().filter(drive=slot.drive, person=person).exists():
        raise Refused(Reason(_("There is a place at this drive already."), field="slot"))
    made = SignUp(drive=slot.drive, person=person)
    seat(made, slot)
    made.full_clean()
    made.save()
    after = {"slot": str(slot), "state": made.state}
    record(by=by, act="donors.sign_up", subject=made, after=after)
    return made


@transaction.atomic
def move_sign_up(*, by: Actor, place: SignUp, slot: Slot) -> SignUp:
    """To another slot of the same drive that still has a seat; a full one is refused, the old seat stays."""
    slots = locked(place.slot_id, slot.pk)
    place = SignUp.objects.select_for_update().get(pk=place.pk)
    by = acting_for(by, place.person, slots[slot.pk].drive)
    ask_rule(by, slots[slot.pk].drive)
    old, new = slots.get(place.slot_id), slots[slot.pk]
    if place.state == SignUpState.CANCELLED or old is None or new.drive_id != place.drive_id:
        raise Refused([_("This place has changed meanwhile: look again.")])
    if old.pk == new.pk:
        return place
    if new.left < 1:
        raise Refused(Reason(_("No seat is left at %(hour)s.") % {"hour": new}, field="slot"))
    before = {"slot": str(old), "state": place.state}
    had_seat = place.state == SignUpState.SEATED
    seat(place, new)
    place.save(update_fields=["slot", "state", "waiting_since"])
    if had_seat:
        free_seat(by, old)
    after = {"slot": str(new), "state": place.state}
    record(by=by, act="donors.move_sign_up", subject=place, before=before, after=after)
    return place


@transaction.atomic
def cancel_sign_up(*, by: Actor, place: SignUp) -> SignUp:
    """The place is given back; who waits longest for the slot gets the seat and a letter."""
    slot = locked(place.slot_id)[place.slot_id]
    place = SignUp.objects.select_for_update().get(pk=place.pk)
    by = acting_for(by, place.person, slot.drive)
    ask_rule(by, slot.drive)
    if place.state == SignUpState.CANCELLED:
        return place
    if place.slot_id != slot.pk:
        raise Refused([_("This place has changed meanwhile: look again.")])
    before = {"state": place.state}
    place.state, place.waiting_since = SignUpState.CANCELLED, None
    place.save(update_fields=["state", "waiting_since"])
    record(by=by, act="donors.cancel_sign_up", subject=place, before=before, after={"state": place.state})
    if before["state"] == SignUpState.SEATED:
        free_seat(by, slot)
    return place


def free_seat(by: Actor, slot: Slot) -> None:
    """The locked slot's seat goes to who waits longest, or becomes free."""
    waiting = SignUp.objects.select_for_update(of=("self",)).filter(slot=slot, state=SignUpState.WAITING)
    first = waiting.select_related("person").order_by("waiting_since", "pk").first()
    if first is None:
        slot.taken -= 1
        slot.save(update_fields=["taken"])
        return
    first.state, first.waiting_since = SignUpState.SEATED, None
    first.save(update_fields=["state", "waiting_since"])
    before, after = {"state": SignUpState.WAITING}, {"state": SignUpState.SEATED}
    record(by=by, act="donors.seat_from_list", subject=first, before=before, after=after)
    drive = slot.drive
    told = {
        "name": first.person.full_name,
        "drive": drive.name,
        "day": format_date(drive.on),
        "hour": str(slot),
        "place": drive.place,
        "path": reverse("mine_drive", args=[drive.pk]),
        "site_url": settings.SITE_URL,
    }
    enqueue(
        by=by,
        template="donors.seat",
        key=f"donors.seat:{first.pk}:{slot.pk}",
        address=first.person.email,
        context=told,
        user=first.person.user,
        recipient_name=first.person.full_name,
        unit_code=drive.unit.code,
    )
