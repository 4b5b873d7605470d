"""The timetable as a page shows it: each job with its last run, its next one, and whether a run is missed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from celery.schedules import crontab
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ledger.models import JobRun
from redcross.celery import app

# What each job of the timetable is called. A job without a name here fails a test.
NAMES: dict[str, Promise] = {
    "letters.send_due_letters": gettext_lazy("Send letters that are due"),
    "news.make_due_renditions": gettext_lazy("Make pictures in every width"),
    "news.work_old_sites": gettext_lazy("Try and bring in old sites"),
    "news.sweep_withdrawn": gettext_lazy("Delete files of withdrawn pictures"),
    "news.write_to_units": gettext_lazy("Write to units about documents to read"),
    "news.read_documents": gettext_lazy("Read files of the library"),
    "news.send_out_due_posts": gettext_lazy("Tell of scheduled posts whose time has come"),
    "people.make_exports": gettext_lazy("Make Excel lists that were asked for"),
    "people.delete_old_files": gettext_lazy("Delete made files past their term"),
    "people.carry_out_due_acts": gettext_lazy("Carry out acts on units whose day has come"),
    "people.escalate_late_approvals": gettext_lazy("Hand up approvals past their deadline"),
    "people.run_due_imports": gettext_lazy("Try and write lists brought in"),
    "evaluations.make_final": gettext_lazy("Make ratings final after the time for petitions"),
    "evaluations.remind": gettext_lazy("Remind of self-reports"),
    "rewards.work_runs": gettext_lazy("Work through reward runs"),
    "rewards.make_sheets": gettext_lazy("Make certificates, invitations and thank-you letters asked for"),
    "rewards.ask_nightly": gettext_lazy("Ask for the nightly reward run"),
    "people.find_duplicates": gettext_lazy("Look for doubles"),
    "people.clear_imports": gettext_lazy("Clear rows of old lists"),
    "donors.clear_lists": gettext_lazy("Clear rows of old lists of donations"),
    "members.clear_drafts": gettext_lazy("Delete applications nobody went on with"),
    "members.reconcile_dues": gettext_lazy("Reconcile dues of open years"),
    "members.remind_dues": gettext_lazy("Remind members of dues"),
    "members.remind_applicants": gettext_lazy("Remind applicants of questions not answered"),
    "members.remind_cards": gettext_lazy("Tell members that their card waits"),
    "members.forget_applications": gettext_lazy("Empty applications refused long ago"),
    "members.remove_unpaid": gettext_lazy("Carry out approved removals for unpaid dues"),
    "donors.count_years": gettext_lazy("Count the years of blood donation anew"),
    "donors.run_due_lists": gettext_lazy("Try and write lists of donations"),
    "donors.remind_again": gettext_lazy("Tell donors that they may give again"),
    "donors.remind_tomorrow": gettext_lazy("Remind of tomorrow's drives"),
    "donors.tell_cancelled": gettext_lazy("Tell who signed up that a drive is cancelled"),
    "donors.thank": gettext_lazy("Thank who gave blood"),
    "donors.work_calls": gettext_lazy("Send calls for blood"),
    "rewards.tell": gettext_lazy("Send letters about honours"),
    "redcross.clear_sessions": gettext_lazy("Clear ended sessions"),
}
GRACE = timedelta(minutes=15)  # a tick this late is no missed run: a worker may be busy


@dataclass(frozen=True, slots=True)
class Job:
    """One job: its task's name, what it is called, how often, its last run, when it runs next.

    `missed_at` is the moment of a run that should have been and was not; None if all is well.
    """

    task: str
    name: str
    rhythm: str
    last: JobRun | None
    next_at: datetime
    missed_at: datetime | None


def timetable() -> dict[str, Any]:
    """The schedule of every task in the timetable."""
    return {entry["task"]: as_schedule(entry["schedule"]) for entry in app.conf.beat_schedule.values()}


def jobs(now: datetime) -> list[Job]:
    """Every job of the timetable, missed ones first, then by name. 1 query."""
    schedules = timetable()
    latest = latest_runs(schedules)
    found = [job(task, schedule, latest.get(task), now) for task, schedule in schedules.items()]
    return sorted(found, key=lambda one: (one.missed_at is None, one.name))


def job(task: str, schedule: Any, last: JobRun | None, now: datetime) -> Job:
    """One job as of a moment."""
    missed_at = None
    if last is not None:
        due = due_after(schedule, last.started_at)
        grace = GRACE if isinstance(schedule, crontab) else max(GRACE, 5 * schedule)
        missed_at = due if due + grace < now else None
    next_at = due_after(schedule, now)
    return Job(task, name_of(task), rhythm(schedule), last, next_at, missed_at)


def latest_runs(tasks: Iterable[str]) -> dict[str, JobRun]:
    """The latest run of each task that ever ran."""
    rows = JobRun.objects.filter(job__in=list(tasks)).order_by("job", "-started_at", "-pk").distinct("job")
    return {row.job: row for row in rows}


def name_of(task: str) -> str:
    """What a job is called."""
    return str(NAMES.get(task, task))


def times_of_day(hours: list[int], minutes: list[int]) -> str:
    """Few times one by one; many as the first, the last and how far apart."""
    every = [60 * hour + minute for hour in hours for minute in minutes]
    words = [f"{at // 60:02}:{at % 60:02}" for at in every]
    gaps = {later - at for at, later in pairwise(every)}
    if len(every) <= 4 or len(gaps) != 1:
        return ", ".join(words)
    told = {"first": words[0], "last": words[-1], "gap": gaps.pop()}
    return _("%(first)s to %(last)s, every %(gap)d minutes") % told


def as_schedule(raw: Any) -> crontab | timedelta:
    """A timetable's entry as one of two kinds: a crontab, or so much time between two ticks."""
    return raw if isinstance(raw, crontab) else timedelta(seconds=float(raw))


def due_after(schedule: Any, moment: datetime) -> datetime:
    """The first moment after this one at which the job is due."""
    if isinstance(schedule, timedelta):
        return moment + schedule
    last, delta, _now = schedule.remaining_delta(timezone.localtime(moment))
    return last + delta  # type: ignore[no-any-return]


def rhythm(schedule: Any) -> str:
    """How often, in words."""
    if isinstance(schedule, timedelta):
        seconds = round(schedule.total_seconds())
        return ngettext("every %(count)d second", "every %(count)d seconds", seconds) % {"count": seconds}
    hours, minutes = sorted(schedule.hour), sorted(schedule.minute)
    if len(hours) == 24:
        if len(minutes) == 1:
            return _("every hour, at minute %(minute)d") % {"minute": minutes[0]}
        return _("every %(count)d minutes") % {"count": minutes[1] - minutes[0]}
    times = times_of_day(hours, minutes)
    if len(schedule.day_of_month) < 31:
        days = ", ".join(str(day) for day in sorted(schedule.day_of_month))
        return _("on day %(days)s of the month at %(times)s") % {"days": days, "times": times}
    if len(schedule.day_of_week) < 7:
        return _("on set weekdays at %(times)s") % {"times": times}
    return _("every day at %(times)s") % {"times": times}
