"""Housekeeping of the house itself."""

from celery import shared_task
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from ledger.jobs import job_run


@shared_task(name="redcross.clear_sessions")
def clear_sessions() -> None:
    """Sessions that have ended are deleted; idempotent."""
    with job_run("redcross.clear_sessions") as run:
        run.each([None], lambda _all: bool(_clear()))


def _clear() -> int:
    """How many sessions had ended; they are gone now."""
    ended = Session.objects.filter(expire_date__lt=timezone.now()).count()
    call_command("clearsessions")
    return ended
