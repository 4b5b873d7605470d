"""A drive planned, changed, opened, closed; its counts; last year's made anew."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from donors.enums import DRIVE_MANAGE, DriveState
from donors.models import Drive, DriveDossier, Slot
from donors.rules.drives import NEXT, against_day, against_step, slot_hours
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record, snapshot
from people.models import Unit
from people.permissions import acting

ABOUT = ("name", "facility", "place", "on", "starts_at", "ends_at", "target", "contact")


@transaction.atomic
def plan_drive(*, by: Actor, unit: Unit, values: dict[str, Any], slot_minutes: int, seats: int) -> Drive:
    """A drive with its slots of so many minutes and seats, not yet open for sign-up."""
    by = acting(by, DRIVE_MANAGE, unit.pk)
    drive = Drive(unit=unit, **values)
    if drive.on < by.on:
        raise Refused(Reason(_("A drive is planned for today or later."), field="on"))
    drive.full_clean()
    drive.save()
    make_slots(drive, slot_minutes, seats)
    record(by=by, act="donors.plan_drive", subject=drive, after=snapshot(drive, ABOUT))
    return drive


def make_slots(drive: Drive, slot_minutes: int, seats: int) -> None:
    """Slots from the first hour to the last; refuses hours that hold none."""
    if drive.starts_at is None or drive.ends_at is None:
        raise Refused(Reason(_("Slots need the first and the last hour."), field="starts_at"))
    hours = list(slot_hours(drive.starts_at, drive.ends_at, slot_minutes))
    if not hours:
        raise Refused(Reason(_("The hours hold no slot of this length."), field="slot_minutes"))
    Slot.objects.bulk_create(Slot(drive=drive, starts_at=hour, seats=seats) for hour in hours)


@transaction.atomic
def change_drive(*, by: Actor, drive: Drive, values: dict[str, Any]) -> Drive:
    """Name, facility, place, target, contact; day and hours only before sign-up is open."""
    drive = Drive.objects.select_for_update().get(pk=drive.pk)
    by = acting(by, DRIVE_MANAGE, drive.unit_id)
    if drive.state not in NEXT:
        raise Refused([_("A drive that is over stays as it was.")])
    fixed = {"on", "starts_at", "ends_at"} if drive.state != DriveState.PLANNED else {"starts_at", "ends_at"}
    moved = [name for name in fixed & set(values) if getattr(drive, name) != values[name]]
    if moved:
        raise Refused(
            [
                Reason(_("People have chosen their hour: cancel this drive and plan another."), field=name)
                for name in sorted(moved)
            ]
        )
    before = snapshot(drive, ABOUT)
    for name, value in values.items():
        setattr(drive, name, value)
    drive.full_clean()
    drive.save()
    record(by=by, act="donors.change_drive", subject=drive, before=before, after=snapshot(drive, ABOUT))
    return drive


@transaction.atomic
def step_drive(*, by: Actor, drive: Drive, wanted: DriveState, reason: str = "") -> Drive:
    """Open, begin, close or cancel a drive; cancelling needs a reason. Waits for sign-ups under way."""
    list(Slot.objects.select_for_update().filter(drive=drive).order_by("pk"))
    drive = Drive.objects.select_for_update().get(pk=drive.pk)
    by = acting(by, DRIVE_MANAGE, drive.unit_id)
    against = against_step(drive.state, wanted) or against_day(wanted, drive.on, by.on)
    if against:
        raise Refused(against)
    if wanted == DriveState.CANCELLED and not reason.strip():
        raise Refused(Reason(_("Write why the drive does not take place."), field="words"))
    before = {"state": drive.state}
    drive.state = wanted
    drive.cancelled_why = " ".join(reason.split())[:300] if wanted == DriveState.CANCELLED else ""
    drive.save(update_fields=["state", "cancelled_why"])
    record(
        by=by,
        act="donors.step_drive",
        subject=drive,
        before=before,
        after={"state": drive.state},
        reason=reason,
    )
    return drive


@transaction.atomic
def count_drive(*, by: Actor, drive: Drive, came: int | None, passed: int | None) -> Drive:
    """How many came and how many passed the examination: counts only, never who or why not."""
    drive = Drive.objects.select_for_update().get(pk=drive.pk)
    by = acting(by, DRIVE_MANAGE, drive.unit_id)
    if drive.on > by.on:
        raise Refused([_("The day of the drive has not come.")])
    if drive.state == DriveState.RECONCILED:
        raise Refused([_("The drive is reconciled: its counts stay.")])
    if came is not None and passed is not None and passed > came:
        raise Refused(Reason(_("More passed than came: compare the two counts."), field="passed"))
    before = snapshot(drive, ("came", "passed"))
    drive.came, drive.passed = came, passed
    drive.full_clean()
    drive.save(update_fields=["came", "passed"])
    after = snapshot(drive, ("came", "passed"))
    record(by=by, act="donors.count_drive", subject=drive, before=before, after=after)
    return drive


@transaction.atomic
def copy_drive(*, by: Actor, drive: Drive, on: date) -> Drive:
    """The same drive on another day, planned anew: slots empty, counts unwritten, papers to draft."""
    by = acting(by, DRIVE_MANAGE, drive.unit_id)
    if on < by.on:
        raise Refused(Reason(_("A drive is planned for today or later."), field="on"))
    about = {name: getattr(drive, name) for name in ABOUT if name != "on"}
    made = Drive(unit_id=drive.unit_id, on=on, copied_from=drive, **about)
    made.full_clean()
    made.save()
    slots = [Slot(drive=made, starts_at=s.starts_at, seats=s.seats) for s in drive.slots.all()]
    Slot.objects.bulk_create(slots)
    told = DriveDossier.objects.filter(drive=drive).first()
    if told is not None:
        DriveDossier.objects.create(drive=made, words=told.words)
    record(by=by, act="donors.copy_drive", subject=made, after=snapshot(made, ABOUT))
    return made
