"""What can be done with a drive and a place at it: pure questions, answered with reasons."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from donors.enums import DriveState
from foundation.dates import format_date
from foundation.refusal import Reason

# From one state to the next; the past of a drive stays as it was.
NEXT: dict[str, tuple[str, ...]] = {
    DriveState.PLANNED: (DriveState.OPEN, DriveState.CANCELLED),
    DriveState.OPEN: (DriveState.RUNNING, DriveState.CLOSED, DriveState.CANCELLED),
    DriveState.RUNNING: (DriveState.CLOSED,),
}


def against_sign_up(state: str, on: date, today: date) -> list[Reason]:
    """Why nobody can sign up, move or give back a place now; empty if they can."""
    if state == DriveState.CANCELLED:
        return [Reason(_("The drive does not take place."))]
    if on < today:
        return [Reason(_("The drive is over."))]
    if state not in {DriveState.OPEN, DriveState.RUNNING}:
        return [Reason(_("Sign-up is not open."))]
    return []


def against_step(state: str, wanted: str) -> list[Reason]:
    """Why a drive does not go from its state to the wanted one."""
    if wanted in NEXT.get(state, ()):
        return []
    told = {"state": DriveState(state).label, "wanted": DriveState(wanted).label}
    return [Reason(_("The drive is “%(state)s”: it cannot become “%(wanted)s”.") % told)]


def against_day(wanted: str, on: date, today: date) -> list[Reason]:
    """Why a drive does not begin or close yet: what is closed is never opened again."""
    if today >= on or wanted not in {DriveState.RUNNING, DriveState.CLOSED}:
        return []
    words = _("The drive is on %(day)s: before that day it can only be cancelled.")
    return [Reason(words % {"day": format_date(on)})]


def slot_hours(starts_at: time, ends_at: time, minutes: int) -> Iterator[time]:
    """The beginnings of the slots; the last one ends when the drive ends, or before."""
    day = date(2000, 1, 1)
    at, end = datetime.combine(day, starts_at), datetime.combine(day, ends_at)
    while at + timedelta(minutes=minutes) <= end:
        yield at.time()
        at += timedelta(minutes=minutes)


def same_weekday_next_year(day: date) -> date:
    """The day 52 weeks later: a Sunday drive stays on a Sunday."""
    return day + timedelta(weeks=52)
