"""What rewards does by itself."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from celery import shared_task
from django.db.models import QuerySet

from foundation.dates import today
from ledger.actor import Actor
from ledger.jobs import job_run
from rewards.actions.runs import ask_nightly
from rewards.actions.sheets import make_sheets as make_one
from rewards.actions.telling import tell_award, tell_collect, tell_first_day, tell_invitation
from rewards.actions.working import work_run
from rewards.queries.sheets import due_sheets
from rewards.queries.telling import awards_to_collect, awards_to_tell, first_days, invitations_to_send
from rewards.queries.turns import donation_turns
from rewards.queries.working import due_runs

logger = logging.getLogger(__name__)


@shared_task(name="rewards.work_runs")
def work_runs() -> None:
    """Runs that wait or were killed; safe to run twice and beside itself."""
    with job_run("rewards.work_runs") as run:
        run.each(due_runs(), lambda pk: work_run(by=run.by, pk=pk, turns=donation_turns()))


def wake_sheets() -> None:
    """Make due sheets now; without a broker they wait for the next tick."""
    try:
        make_sheets.apply_async(expires=30, retry=False)
    except Exception as error:
        logger.warning("sheets wait for the next tick: %s", type(error).__name__)


@shared_task(name="rewards.make_sheets")
def make_sheets() -> None:
    """Sheets of rounds that were asked for; safe to run twice and beside itself."""
    with job_run("rewards.make_sheets") as run:
        run.each(due_sheets(), lambda pk: make_one(by=run.by, pk=pk))


@shared_task(name="rewards.ask_nightly")
def nightly() -> None:
    """A run over what changed since the last one, once a night; refused while another is open."""
    with job_run("rewards.ask_nightly") as run:
        run.each([today()], lambda day: ask_nightly(by=run.by, as_of=day) is not None)


@shared_task(name="rewards.tell")
def tell() -> None:
    """Congratulations, invitations, reminders to collect, wishes: due and not yet written."""
    with job_run("rewards.tell") as run:
        on = run.by.on
        for rows, act in (
            (awards_to_tell(on), tell_award),
            (invitations_to_send(on), tell_invitation),
            (awards_to_collect(on), tell_collect),
            (first_days(on), tell_first_day),
        ):
            run.each(keys_of(rows), partial(told, run.by, act))


def told(by: Actor, act: Callable[..., bool], pk: int) -> bool:
    """Call the action with the key last, as a run wants it."""
    return act(by=by, pk=pk)


def keys_of(rows: QuerySet[Any]) -> list[int]:
    """The keys of what is due now."""
    return list(rows.values_list("pk", flat=True))
