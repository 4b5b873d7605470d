"""Writes of the roof itself."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.refusal import Refused
from ledger.actor import Actor, NotAllowed
from ledger.audit import record
from ledger.models import JobRun
from redcross.celery import app
from redcross.jobs import timetable

RUN_JOBS = "jobs.run"


@transaction.atomic
def replay_job(*, by: Actor, task: str) -> None:
    """Run a job of the timetable now, a missed day's work with it; refuses when the queue does not answer.

    Every job asks the rows what is due and not yet done, so one run makes up all that was missed,
    and running it beside the timetable's own run does no harm.
    """
    if not by.is_system:
        hold = by.hold_that_may(RUN_JOBS, "")
        if hold is None:
            raise NotAllowed([pgettext("redcross", "Your offices do not allow this here.")])
        by = by.as_(hold)
    if task not in timetable():
        raise Refused([_("The timetable has no such job.")])
    latest = JobRun.objects.filter(job=task).order_by("-started_at").first() or JobRun(job=task)
    record(by=by, act="redcross.replay_job", subject=latest, after={"job": task})
    try:
        app.send_task(task, expires=600, retry=False)
    except Exception as error:
        raise Refused([_("The queue of jobs does not answer. The job runs at its next time.")]) from error
