"""Background jobs: when each ran last and runs next, what it saw, changed, skipped, failed, and why."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.refusal import Refused
from ledger.enums import JobState
from ledger.models import JobRun
from people.access import with_right
from people.actors import actor_of
from redcross.actions import RUN_JOBS, replay_job
from redcross.jobs import job, jobs, timetable

SEE_JOBS = "jobs.see"
SHOWN = 50
BADGES = {
    JobState.DONE: "ok",
    JobState.RUNNING: "info",
    JobState.FAILED: "bad",
    JobState.ABANDONED: "bad",
}


def badge_of(run: JobRun | None) -> str:
    """The colour of a run's state: a run that failed on some rows is no good run."""
    if run is None:
        return ""
    return "bad" if run.failed else BADGES[JobState(run.state)]


@with_right(SEE_JOBS)
@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    """Every job of the timetable; missed and failed ones are told first."""
    found = jobs(timezone.now())
    context = {
        "rows": [(one, badge_of(one.last)) for one in found],
        "missed": [one for one in found if one.missed_at],
        "failed": [one for one in found if badge_of(one.last) == "bad"],
        "may_run": actor_of(request).may(RUN_JOBS, ""),
    }
    return render(request, "redcross/job_list.html", context)


@with_right(SEE_JOBS)
@require_safe
def job_page(request: HttpRequest, task: str) -> HttpResponse:
    """One job with its latest runs and the reasons they noted."""
    schedule = timetable().get(task)
    if schedule is None:
        raise Http404
    runs = list(JobRun.objects.filter(job=task).order_by("-started_at", "-pk")[:SHOWN])
    context = {
        "job": job(task, schedule, runs[0] if runs else None, timezone.now()),
        "rows": [(run, badge_of(run)) for run in runs],
        "shown": SHOWN,
        "may_run": actor_of(request).may(RUN_JOBS, ""),
    }
    return render(request, "redcross/job_page.html", context)


@with_right(RUN_JOBS)
@require_POST
def job_replay(request: HttpRequest, task: str) -> HttpResponse:
    """Run it now."""
    if task not in timetable():
        raise Http404
    try:
        replay_job(by=actor_of(request), task=task)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The job is asked to run now. Open this page again in a moment."))
    return redirect("job_page", task)
