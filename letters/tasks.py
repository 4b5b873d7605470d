"""The sweep: finds due letters and sends them, one action each."""

from contextlib import closing

from celery import shared_task

from ledger.jobs import job_run
from letters.actions import claim_due, release_stale, send_claimed
from letters.actions.sending import Channels
from letters.actions.writing import SWEEP


@shared_task(name=SWEEP)
def send_due_letters() -> None:
    """Runs twice without harm; killed anywhere, it loses nothing."""
    with job_run(SWEEP) as run, closing(Channels()) as channels:
        release_stale(channels)
        run.each(claim_due(channels), lambda letter: send_claimed(letter, channels))
