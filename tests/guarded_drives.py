"""How the actions of blood drives are called, for the walk over actions."""

from datetime import time, timedelta
from typing import Any

from donors.actions import drives, signups
from donors.enums import DriveState
from donors.models import SignUp
from foundation.dates import today
from ledger.actor import Actor
from people.actors import system_actor
from tests.factories import drives as make
from tests.factories import people as make_people
from tests.guarded import Guarded
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


# A place is taken, moved and given back by its holder, or by an officer of the drive's unit.
CALLS: dict[str, Guarded] = {
    "donors.actions.drives.plan_drive": Guarded("drive.manage", _plan),
    "donors.actions.drives.change_drive": Guarded(
        "drive.manage", lambda w, by: drives.change_drive(by=by, drive=w.drive, values={"target": 5})
    ),
    "donors.actions.drives.step_drive": Guarded(
        "drive.manage", lambda w, by: drives.step_drive(by=by, drive=w.drive, wanted=DriveState.RUNNING)
    ),
    "donors.actions.drives.count_drive": Guarded(
        "drive.manage",
        lambda w, by: drives.count_drive(by=by, drive=make.opened(w.cast.ward, today()), came=3, passed=2),
    ),
    "donors.actions.drives.copy_drive": Guarded(
        "drive.manage",
        lambda w, by: drives.copy_drive(by=by, drive=w.drive, on=today() + timedelta(days=30)),
    ),
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
