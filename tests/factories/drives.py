"""Drives for tests."""

from datetime import date, time, timedelta
from typing import Any

from donors.actions.drives import plan_drive, step_drive
from donors.enums import DriveState
from donors.models import Drive
from foundation.dates import today
from people.actors import system_actor
from people.models import Unit


def planned(unit: Unit, on: date | None = None, seats: int = 2, **values: Any) -> Drive:
    """A morning of four hours, not yet open; in a week where no day is given."""
    about = {
        "name": "Giọt hồng tháng Sáu",
        "facility": "Trung tâm Hiến máu (mẫu)",
        "place": "Nhà văn hóa Mẫu 1",
        "on": on or today() + timedelta(days=7),
        "starts_at": time(7),
        "ends_at": time(11),
        "target": 150,
        **values,
    }
    return plan_drive(by=system_actor(), unit=unit, values=about, slot_minutes=60, seats=seats)


def opened(unit: Unit, on: date | None = None, seats: int = 2, **values: Any) -> Drive:
    """The same, open for sign-up."""
    made = planned(unit, on, seats, **values)
    return step_drive(by=system_actor(), drive=made, wanted=DriveState.OPEN)
