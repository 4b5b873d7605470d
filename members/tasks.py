"""What members does by the clock."""

from celery import shared_task

from ledger.jobs import job_run
from members.actions import clear_drafts


@shared_task(name="members.clear_drafts")
def clear_old_drafts() -> None:
    """Every night: applications begun and not gone on with for a set time; safe to run twice."""
    with job_run("members.clear_drafts") as run:
        run.each([None], lambda _all: bool(clear_drafts(by=run.by)))
