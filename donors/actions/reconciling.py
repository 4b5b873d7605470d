"""Our list of a drive against the collecting facility's: only what stands on both counts for honours."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from donors.enums import CONFIRM, DRIVE_MANAGE, DonationState, DriveState, RowState
from donors.models import CheckIn, Donation, Drive, FacilityRow
from donors.queries.reconciling import OPEN, compared, our_lines
from donors.rules.reconciling import Line, matched
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record, record_many
from people.permissions import acting


@transaction.atomic
def take_facility_list(*, by: Actor, drive: Drive, lines: Sequence[Line]) -> int:
    """The facility's list in place of the one before, each line matched; returns how many lines."""
    drive, by = _closed(by, drive)
    if not lines:
        raise Refused(Reason(_("No line with a person was found in this list."), field="file"))
    FacilityRow.objects.filter(drive=drive).delete()
    found = {match.line: match for match in matched(lines, our_lines(drive, set()))}
    rows = [
        FacilityRow(
            drive=drive,
            line=line.key,
            full_name=line.name[:120],
            birth_year=line.year,
            volume_ml=line.ml,
            serial=line.serial[:30],
            donation_id=found[line.key].donation,
            state=found[line.key].state,
        )
        for line in lines
    ]
    FacilityRow.objects.bulk_create(rows, batch_size=1000)
    record(by=by, act="donors.take_facility_list", subject=drive, after={"lines": len(rows)})
    return len(rows)


@transaction.atomic
def match_again(*, by: Actor, drive: Drive) -> int:
    """Lines not settled yet are matched anew, after ours was changed; returns how many are open."""
    drive, by = _closed(by, drive)
    rows = FacilityRow.objects.filter(drive=drive).exclude(state__in=[RowState.SAME, RowState.SETTLED])
    rows = rows.select_for_update()
    again = {row.line: row for row in rows}
    taken = FacilityRow.objects.filter(drive=drive).exclude(pk__in=[row.pk for row in again.values()])
    used = set(taken.exclude(donation=None).values_list("donation", flat=True))
    lines = [Line(n, row.full_name, row.birth_year, row.volume_ml, row.serial) for n, row in again.items()]
    FacilityRow.objects.filter(pk__in=[row.pk for row in again.values()]).update(donation=None)
    for match in matched(lines, our_lines(drive, used)):
        row = again[match.line]
        row.state, row.donation_id = match.state, match.donation
        row.save(update_fields=["state", "donation"])
    left = compared(drive).open
    record(by=by, act="donors.match_again", subject=drive, after={"open": left})
    return left


@transaction.atomic
def settle_row(
    *,
    by: Actor,
    row: FacilityRow,
    note: str = "",
    donation: Donation | None = None,
    takes_their_volume: bool = False,
) -> FacilityRow:
    """An officer's answer to a difference: it is this donation of ours, theirs is right, or why not."""
    drive, by = _closed(by, row.drive)
    row = FacilityRow.objects.select_for_update().get(pk=row.pk)
    if row.state not in OPEN:
        raise Refused([_("This line is settled already.")])
    before = {"state": row.state, "donation": row.donation_id}
    if donation is not None:
        row.donation = donation if donation.drive_id == drive.pk else None
        if row.donation is None or donation.state == DonationState.VOIDED:
            raise Refused([_("Choose a donation of this drive.")])
        is_same = row.volume_ml in (None, donation.volume_ml)
        row.state = RowState.SAME if is_same else RowState.VOLUME
    elif takes_their_volume:
        _correct(by, row)
        row.state = RowState.SAME
    elif note.strip():
        row.note, row.state = note.strip()[:200], RowState.SETTLED
    else:
        raise Refused(Reason(_("Write how this line was settled."), field="note"))
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Refused([_("Another line means this donation already.")]) from error
    after = {"state": row.state, "donation": row.donation_id}
    record(by=by, act="donors.settle_row", subject=row, before=before, after=after, reason=row.note)
    return row


def _correct(by: Actor, row: FacilityRow) -> None:
    """Our recorded volume becomes theirs."""
    donation = row.donation and Donation.objects.select_for_update().get(pk=row.donation.pk)
    if donation is None or row.volume_ml is None or donation.state != DonationState.RECORDED:
        raise Refused([_("Only the volume of a recorded donation can be corrected.")])
    before = {"volume_ml": donation.volume_ml}
    donation.volume_ml = row.volume_ml
    donation.full_clean()
    donation.save(update_fields=["volume_ml"])
    after = {"volume_ml": donation.volume_ml}
    record(by=by, act="donors.correct_volume", subject=donation, before=before, after=after)


@transaction.atomic
def reconcile_drive(
    *, by: Actor, drive: Drive, minutes: str, came: int | None = None, passed: int | None = None
) -> Drive:
    """Both lists agree: what stands on both is confirmed and counts; the facility's list itself goes.

    Ours that they do not have stay recorded and do not count. Names of people who had not signed up go.
    """
    drive = Drive.objects.select_for_update().get(pk=drive.pk)
    by = acting(by, CONFIRM, drive.unit_id)
    if drive.state != DriveState.CLOSED:
        raise Refused([_("Close the drive first: its list may still change.")])
    told = compared(drive)
    if told.theirs == 0:
        raise Refused([_("Bring in the facility's list first.")])
    if told.open:
        raise Refused([_("%(n)s lines are not settled yet.") % {"n": told.open}])
    if CheckIn.objects.open_conflicts().filter(drive=drive).exists():
        raise Refused([_("Entries of the check-in are still to be looked at.")])
    if not minutes.strip():
        raise Refused(Reason(_("Write the number of the minutes with the facility."), field="minutes"))
    pairs = FacilityRow.objects.filter(drive=drive).exclude(donation=None)
    waiting = Donation.objects.filter(facility_rows__in=pairs, state=DonationState.RECORDED)
    keys = list(waiting.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    Donation.objects.filter(pk__in=keys).update(
        state=DonationState.CONFIRMED, decided_by=by.user, decided_at=timezone.now()
    )
    states = {"state": DonationState.RECORDED}, {"state": DonationState.CONFIRMED}
    record_many(by=by, act="donors.confirm", model=Donation, rows=((pk, *states) for pk in keys))
    counted = CheckIn.objects.counted().filter(drive=drive).count()
    drive.came = came if came is not None else drive.came if drive.came is not None else counted or None
    drive.passed = passed if passed is not None else drive.passed
    drive.minutes, drive.reconciled_on, drive.state = minutes.strip(), by.on, DriveState.RECONCILED
    drive.reconciled = {"theirs": told.theirs, "confirmed": len(keys), "left": told.left}
    if drive.came is not None and drive.passed is not None and drive.passed > drive.came:
        raise Refused(Reason(_("More passed than came: compare the two counts."), field="passed"))
    drive.full_clean()
    drive.save()
    FacilityRow.objects.filter(drive=drive).delete()
    walked_in = CheckIn.objects.filter(drive=drive, sign_up=None)
    walked_in.update(full_name="", birth_year=None, phone_tail="")
    after = {"state": drive.state, "minutes": drive.minutes, **drive.reconciled}
    record(by=by, act="donors.reconcile_drive", subject=drive, after=after)
    return drive


def _closed(by: Actor, drive: Drive) -> tuple[Drive, Actor]:
    """The drive under lock, closed and not yet reconciled; the actor in the office that runs it."""
    drive = Drive.objects.select_for_update().get(pk=drive.pk)
    by = acting(by, DRIVE_MANAGE, drive.unit_id)
    if drive.state != DriveState.CLOSED:
        raise Refused([_("Lists are compared once the drive is closed, and before it is reconciled.")])
    return drive, by
