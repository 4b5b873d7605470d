"""Check-in at a drive: devices opened and revoked, entries received once, conflicts settled."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from donors.enums import DRIVE_MANAGE, CheckInState, DriveState
from donors.models import CheckIn, CheckInDevice, Drive
from donors.queries.checkins import known_of, seen_in
from donors.queries.settings import drive_settings
from donors.rules.checkins import conflict_of, key_digest
from foundation.dates import ZONE
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from people.permissions import acting


@dataclass(frozen=True, slots=True)
class Entry:
    """One press on a device: its own id, a place or a person who had not signed up, and when."""

    key: UUID
    came_at: datetime
    place: int | None = None
    full_name: str = ""
    birth_year: int | None = None
    phone_tail: str = ""


@transaction.atomic
def open_device(*, by: Actor, drive: Drive, name: str) -> tuple[CheckInDevice, str]:
    """A device that may check in at this drive, and its key, told this once."""
    drive = Drive.objects.select_for_update().get(pk=drive.pk)
    by = acting(by, DRIVE_MANAGE, drive.unit_id)
    if drive.state not in {DriveState.OPEN, DriveState.RUNNING}:
        raise Refused([_("Check-in goes with a drive that is open or under way.")])
    rule = drive_settings(by.on)
    if drive.on > by.on + timedelta(days=rule["list_days_before"]):
        raise Refused([_("The list is taken on a device on the day before the drive, or on the day.")])
    if not name.strip():
        raise Refused(Reason(_("Name the device, so that it can be told from others."), field="name"))
    key = secrets.token_urlsafe(32)
    device = CheckInDevice(
        drive=drive,
        name=name.strip(),
        digest=key_digest(key),
        opened_by=by.user,
        list_until=timezone.now() + timedelta(hours=rule["list_hours"]),
    )
    device.full_clean()
    device.save()
    record(by=by, act="donors.open_device", subject=device, after={"drive": drive.pk})
    return device, key


@transaction.atomic
def revoke_device(*, by: Actor, device: CheckInDevice) -> CheckInDevice:
    """The device gets no list any more and wipes the one it holds; what it sends is looked at first."""
    device = CheckInDevice.objects.select_for_update().select_related("drive").get(pk=device.pk)
    by = acting(by, DRIVE_MANAGE, device.drive.unit_id)
    if device.revoked_at is None:
        device.revoked_at = timezone.now()
        device.save(update_fields=["revoked_at"])
        record(by=by, act="donors.revoke_device", subject=device)
    return device


@transaction.atomic
def receive_check_ins(*, by: Actor, device: CheckInDevice, entries: Sequence[Entry]) -> list[CheckIn]:
    """Each entry as it stands now, in the order given; one sent before is not written again."""
    drive = Drive.objects.select_for_update().get(pk=device.drive_id)
    by = acting(by, DRIVE_MANAGE, drive.unit_id)
    device.refresh_from_db(fields=["revoked_at"])
    stored = CheckIn.objects.filter(key__in=[entry.key for entry in entries])
    rows = {row.key: row for row in stored}
    if any(row.drive_id != drive.pk for row in rows.values()):
        raise Refused([_("An entry of another drive was sent.")])
    fresh = [entry for entry in dict.fromkeys(entries) if entry.key not in rows]
    known = known_of(drive, device.revoked_at is not None, any(entry.place is None for entry in fresh))
    for entry in fresh:
        if entry.key in rows:
            continue
        row = CheckIn(
            drive=drive,
            device=device,
            key=entry.key,
            sign_up_id=entry.place if entry.place in known.places else None,
            full_name="" if entry.place else entry.full_name,
            birth_year=None if entry.place else entry.birth_year,
            phone_tail="" if entry.place else entry.phone_tail,
            came_at=entry.came_at,
        )
        who = seen_in(row)
        conflict = conflict_of(known, entry.came_at.astimezone(ZONE).date(), entry.place, who)
        row.conflict, row.state = conflict or "", CheckInState.CONFLICT if conflict else CheckInState.COUNTED
        row.full_clean(validate_constraints=False)
        row.save()
        rows[row.key] = row
        if conflict is None and entry.place is not None:
            known.counted.add(entry.place)
        elif conflict is None:
            known.walked_in.append(who)
        after = {"state": row.state, "conflict": row.conflict}
        record(by=by, act="donors.check_in", subject=row, after=after)
    device.seen_at = timezone.now()
    device.save(update_fields=["seen_at"])
    return [rows[entry.key] for entry in entries]


@transaction.atomic
def settle_check_in(*, by: Actor, check_in: CheckIn, counts: bool) -> CheckIn:
    """An officer has looked: the entry counts, or it does not."""
    drive = Drive.objects.select_for_update().get(pk=check_in.drive_id)
    check_in = CheckIn.objects.select_for_update().get(pk=check_in.pk)
    by = acting(by, DRIVE_MANAGE, drive.unit_id)
    if drive.state == DriveState.RECONCILED:
        raise Refused([_("The drive is reconciled: its counts stay.")])
    wanted = CheckInState.COUNTED if counts else CheckInState.DROPPED
    if check_in.state == wanted:
        return check_in
    others = CheckIn.objects.counted().filter(sign_up=check_in.sign_up_id).exclude(pk=check_in.pk)
    if counts and check_in.sign_up_id and others.exists():
        raise Refused([_("This place is counted already: take the other entry off first.")])
    before = {"state": check_in.state}
    check_in.state = wanted
    check_in.save(update_fields=["state"])
    record(by=by, act="donors.settle_check_in", subject=check_in, before=before, after={"state": wanted})
    return check_in
