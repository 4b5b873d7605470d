"""What rewards does by itself."""

from celery import shared_task

from foundation.dates import today
from ledger.jobs import job_run
from rewards.actions.runs import ask_nightly
from rewards.actions.working import work_run
from rewards.queries.turns import donation_turns
from rewards.queries.working import due_runs


@shared_task(name="rewards.work_runs")
def work_runs() -> None:
    """Runs that wait or were killed; safe to run twice and beside itself."""
    with job_run("rewards.work_runs") as run:
        run.each(due_runs(), lambda pk: work_run(by=run.by, pk=pk, turns=donation_turns()))


@shared_task(name="rewards.ask_nightly")
def nightly() -> None:
    """A run over what changed since the last one, once a night; refused while another is open."""
    with job_run("rewards.ask_nightly") as run:
        run.each([today()], lambda day: ask_nightly(by=run.by, as_of=day) is not None)
