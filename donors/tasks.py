"""What donors does by the clock."""

from functools import partial

from celery import shared_task

from donors.actions.calls import call_donor, finish_call
from donors.actions.counting import count_year
from donors.actions.list_runs import work_list
from donors.actions.lists import SWEEP, clear_old_list_rows
from donors.actions.notices import remind_again, remind_tomorrow, tell_cancelled, thank
from donors.models import CallUp
from donors.queries.calls import next_called, open_calls
from donors.queries.figures import due_years
from donors.queries.lists import LEASE, due_lists
from donors.queries.notices import due_again, due_cancelled, due_thanks, due_tomorrow
from foundation.dates import today
from ledger.actor import Actor
from ledger.jobs import job_run


@shared_task(name="donors.remind_again")
def remind_who_may_give_again() -> None:
    """Every morning; safe to run twice, a missed day is made up."""
    with job_run("donors.remind_again") as run:
        run.each(due_again(today()), lambda pk: remind_again(by=run.by, pk=pk))


@shared_task(name="donors.remind_tomorrow")
def remind_of_tomorrow() -> None:
    """Every hour of the day: who has a seat at a drive of tomorrow."""
    with job_run("donors.remind_tomorrow") as run:
        run.each(due_tomorrow(today()), lambda pk: remind_tomorrow(by=run.by, pk=pk))


@shared_task(name="donors.tell_cancelled")
def tell_of_cancelled() -> None:
    """Every minute: who had a place at a drive that was cancelled."""
    with job_run("donors.tell_cancelled") as run:
        run.each(due_cancelled(today()), lambda pk: tell_cancelled(by=run.by, pk=pk))


@shared_task(name="donors.thank")
def thank_who_gave() -> None:
    """Every morning: who gave at a drive."""
    with job_run("donors.thank") as run:
        run.each(due_thanks(today()), lambda pk: thank(by=run.by, pk=pk))


@shared_task(name="donors.work_calls")
def work_calls() -> None:
    """Every minute: the next people of each call, so many a minute; ends the calls that are through."""
    with job_run("donors.work_calls") as run:
        for call in open_calls():
            run.each(next_called(call), partial(_call, run.by, call))
            if not next_called(call):
                run.each([call], lambda one: finish_call(by=run.by, call=one))


def _call(by: Actor, call: CallUp, pk: int) -> bool:
    return call_donor(by=by, call=call, pk=pk)


@shared_task(name=SWEEP)
def run_due_lists() -> None:
    """Lists of donations that wait to be tried or written; safe to run twice and beside itself."""
    with job_run(SWEEP, lease=LEASE) as run:
        run.each(due_lists(), lambda pk: work_list(by=run.by, pk=pk))


@shared_task(name="donors.clear_lists")
def clear_lists() -> None:
    """Every night: what the rows of old lists said."""
    with job_run("donors.clear_lists") as run:
        run.each([None], lambda _all: bool(clear_old_list_rows(by=run.by)))


@shared_task(name="donors.count_years")
def count_years() -> None:
    """Every ten minutes: figures of the years in which something moved."""
    with job_run("donors.count_years") as run:
        run.each(due_years(run.by.on), lambda year: count_year(by=run.by, year=year))
