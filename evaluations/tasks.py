"""What evaluations does by the clock."""

from celery import shared_task

from evaluations.actions import make_final, remind
from evaluations.queries.due import due_final, due_reminders
from ledger.jobs import job_run


@shared_task(name="evaluations.make_final")
def make_due_final() -> None:
    """Every night: results whose time for petitions has passed become final, person by person."""
    with job_run("evaluations.make_final") as run:
        run.each(due_final(run.by.on), lambda rating: make_final(by=run.by, rating=rating))


@shared_task(name="evaluations.remind")
def remind_late() -> None:
    """Every morning: who owes a self-report, two working days before its last day and once it has passed."""
    with job_run("evaluations.remind") as run:
        run.each(due_reminders(run.by.on), lambda due: remind(by=run.by, pk=due.pk, occasion=due.occasion))
