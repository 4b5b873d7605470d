"""How the actions of blood drives are called, for the walk over actions."""

from datetime import time, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from donors.actions import calls, checkins, dossiers, drives, notices, reconciling, signups, targets
from donors.enums import DriveState
from donors.models import CallUp, CheckIn, CheckInDevice, Drive, FacilityRow, SignUp
from donors.rules.reconciling import Line
from foundation.dates import today
from ledger.actor import Actor
from people.actors import system_actor
from tests.factories import drives as make
from tests.factories import people as make_people
from tests.guarded import SYSTEM, Guarded
from tests.world import World


def _plan(w: World, by: Actor) -> Any:
    values = {
        "name": "Ngày hội",
        "facility": "Trung tâm",
        "place": "Nhà văn hóa",
        "on": today(),
        "starts_at": time(7),
        "ends_at": time(11),
        "target": 10,
    }
    return drives.plan_drive(by=by, unit=w.cast.ward, values=values, slot_minutes=60, seats=5)


def _place(w: World) -> SignUp:
    someone = make_people.person("Người Hiến Máu", w.cast.ward, with_user=False)
    slots = w.drive.slots.all()
    return signups.sign_up(by=system_actor(), person=someone, slot=slots[0])


def _device(w: World) -> CheckInDevice:
    drive = make.opened(w.cast.ward, today())
    return checkins.open_device(by=system_actor(), drive=drive, name="Máy 1")[0]


def _check_in(w: World) -> CheckIn:
    entry = checkins.Entry(uuid4(), timezone.now(), full_name="Người Đến", birth_year=1990)
    return checkins.receive_check_ins(by=system_actor(), device=_device(w), entries=[entry])[0]


def _closed(w: World) -> Drive:
    today_s = make.opened(w.cast.ward, today())
    drive = drives.step_drive(by=system_actor(), drive=today_s, wanted=DriveState.CLOSED)
    lines = [Line(1, "Người Lạ", 1990, 350, "")]
    reconciling.take_facility_list(by=system_actor(), drive=drive, lines=lines)
    return drive


def _call(w: World, by: Actor | None = None) -> CallUp:
    ward = w.cast.ward
    about: dict[str, Any] = {"groups": ["O-"], "on": today(), "cap": 10, "words": "Cần máu"}
    return calls.plan_call(by=by or system_actor(), unit=ward, area=ward, **about)


# A place is taken, moved and given back by its holder, or by an officer of the drive's unit.
CALLS: dict[str, Guarded] = {
    "donors.actions.drives.plan_drive": Guarded("drive.manage", _plan),
    "donors.actions.drives.change_drive": Guarded(
        "drive.manage", lambda w, by: drives.change_drive(by=by, drive=w.drive, values={"target": 5})
    ),
    "donors.actions.drives.step_drive": Guarded(
        "drive.manage",
        lambda w, by: drives.step_drive(by=by, drive=w.drive, wanted=DriveState.CANCELLED, reason="Mưa bão"),
    ),
    "donors.actions.drives.count_drive": Guarded(
        "drive.manage",
        lambda w, by: drives.count_drive(by=by, drive=make.opened(w.cast.ward, today()), came=3, passed=2),
    ),
    "donors.actions.drives.copy_drive": Guarded(
        "drive.manage",
        lambda w, by: drives.copy_drive(by=by, drive=w.drive, on=today() + timedelta(days=30)),
    ),
    "donors.actions.checkins.open_device": Guarded(
        "drive.manage",
        lambda w, by: checkins.open_device(by=by, drive=make.opened(w.cast.ward, today()), name="Máy 1"),
    ),
    "donors.actions.checkins.revoke_device": Guarded(
        "drive.manage", lambda w, by: checkins.revoke_device(by=by, device=_device(w))
    ),
    "donors.actions.checkins.receive_check_ins": Guarded(
        "drive.manage", lambda w, by: checkins.receive_check_ins(by=by, device=_device(w), entries=[])
    ),
    "donors.actions.checkins.settle_check_in": Guarded(
        "drive.manage",
        lambda w, by: checkins.settle_check_in(by=by, check_in=_check_in(w), counts=False),
    ),
    "donors.actions.reconciling.take_facility_list": Guarded(
        "drive.manage",
        lambda w, by: reconciling.take_facility_list(
            by=by, drive=_closed(w), lines=[Line(1, "Người Lạ", 1990, 350, "")]
        ),
    ),
    "donors.actions.reconciling.match_again": Guarded(
        "drive.manage", lambda w, by: reconciling.match_again(by=by, drive=_closed(w))
    ),
    "donors.actions.reconciling.settle_row": Guarded(
        "drive.manage",
        lambda w, by: reconciling.settle_row(
            by=by, row=FacilityRow.objects.get(drive=_closed(w)), note="Không phải của Hội"
        ),
    ),
    "donors.actions.reconciling.reconcile_drive": Guarded(
        "donor.confirm",
        lambda w, by: reconciling.reconcile_drive(by=by, drive=_closed(w), minutes="01/BB-CTĐ"),
    ),
    "donors.actions.dossiers.save_dossier": Guarded(
        "drive.manage", lambda w, by: dossiers.save_dossier(by=by, drive=w.drive, words={"head": "Ai đó"})
    ),
    "donors.actions.dossiers.draft_drive_paper": Guarded(
        "drive.manage", lambda w, by: dossiers.draft_drive_paper(by=by, drive=w.drive, kind="plan")
    ),
    "donors.actions.targets.set_targets": Guarded(
        "drive.target",
        lambda w, by: targets.set_targets(by=by, year=2026, turns={w.cast.ward.pk: 5}, decision="QĐ 1"),
    ),
    "donors.actions.calls.plan_call": Guarded("donor.call", _call),
    "donors.actions.calls.start_call": Guarded(
        "donor.call", lambda w, by: calls.start_call(by=by, call=_call(w), seen=0)
    ),
    "donors.actions.calls.stop_call": Guarded(
        "donor.call", lambda w, by: calls.stop_call(by=by, call=_call(w), reason="Đủ người")
    ),
    "donors.actions.calls.call_donor": Guarded(
        SYSTEM, lambda w, by: calls.call_donor(by=by, call=_call(w), pk=w.donation.donor_id)
    ),
    "donors.actions.calls.finish_call": Guarded(
        SYSTEM, lambda w, by: calls.finish_call(by=by, call=_call(w))
    ),
    "donors.actions.notices.remind_again": Guarded(
        SYSTEM, lambda w, by: notices.remind_again(by=by, pk=w.donation.donor_id)
    ),
    "donors.actions.notices.remind_tomorrow": Guarded(
        SYSTEM, lambda w, by: notices.remind_tomorrow(by=by, pk=_place(w).pk)
    ),
    "donors.actions.notices.tell_cancelled": Guarded(
        SYSTEM, lambda w, by: notices.tell_cancelled(by=by, pk=_place(w).pk)
    ),
    "donors.actions.notices.thank": Guarded(SYSTEM, lambda w, by: notices.thank(by=by, pk=w.donation.pk)),
    "donors.actions.signups.sign_up": Guarded(
        "drive.manage",
        lambda w, by: signups.sign_up(by=by, person=w.cast.member, slot=w.drive.slots.all()[0]),
    ),
    "donors.actions.signups.move_sign_up": Guarded(
        "drive.manage",
        lambda w, by: signups.move_sign_up(by=by, place=_place(w), slot=w.drive.slots.all()[1]),
    ),
    "donors.actions.signups.cancel_sign_up": Guarded(
        "drive.manage", lambda w, by: signups.cancel_sign_up(by=by, place=_place(w))
    ),
}
