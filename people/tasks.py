"""What people does by itself."""

import logging

from celery import shared_task

from foundation.dates import today
from ledger.jobs import job_run
from people.actions.acts import carry_out_due_act
from people.actions.approvals import escalate
from people.actions.duplicates import find_pairs
from people.actions.exports import make_export
from people.actions.files import delete_old_file
from people.actions.import_runs import work_import
from people.actions.imports import SWEEP, clear_old_rows
from people.queries.acts import due_acts
from people.queries.approvals import late_approvals
from people.queries.exports import due_exports, old_files
from people.queries.imports import LEASE, due_imports

logger = logging.getLogger(__name__)


def wake_exports() -> None:
    """Make due exports now; without a broker they wait for the next tick."""
    try:
        make_exports.apply_async(expires=30, retry=False)
    except Exception as error:
        logger.warning("exports wait for the next tick: %s", type(error).__name__)


@shared_task(name="people.make_exports")
def make_exports() -> None:
    """Excel lists that were asked for; safe to run twice and beside itself."""
    with job_run("people.make_exports") as run:
        run.each(due_exports(), lambda pk: make_export(by=run.by, pk=pk))


@shared_task(name="people.delete_old_files")
def delete_old_files() -> None:
    """Private files whose day to go has come; safe to run twice."""
    with job_run("people.delete_old_files") as run:
        run.each(old_files(), lambda pk: delete_old_file(by=run.by, pk=pk))


@shared_task(name="people.carry_out_due_acts")
def carry_out_due_acts() -> None:
    """Acts on units whose day has come, one by one; one that cannot be says why and is tried again."""
    with job_run("people.carry_out_due_acts") as run:
        run.each(
            due_acts(today()).values_list("pk", flat=True), lambda pk: carry_out_due_act(by=run.by, pk=pk)
        )


@shared_task(name="people.escalate_late_approvals")
def escalate_late_approvals() -> None:
    """Approvals past their deadline go to the level above, once."""
    with job_run("people.escalate_late_approvals") as run:
        run.each(
            late_approvals(today()).values_list("pk", flat=True),
            lambda pk: bool(escalate(by=run.by, pk=pk)),
        )


@shared_task(name=SWEEP)
def run_due_imports() -> None:
    """Lists waiting to be tried or written, and result files not made yet; safe to run twice."""
    with job_run(SWEEP, lease=LEASE) as run:
        run.each(due_imports(), lambda pk: work_import(by=run.by, pk=pk))


@shared_task(name="people.find_duplicates")
def find_duplicates() -> None:
    """Every night: who may be one person. Nothing is merged by it."""
    with job_run("people.find_duplicates") as run:
        run.each([None], lambda _all: bool(find_pairs(by=run.by)))


@shared_task(name="people.clear_imports")
def clear_imports() -> None:
    """Every night: rows of lists that were over a set time ago."""
    with job_run("people.clear_imports") as run:
        run.each([None], lambda _all: bool(clear_old_rows(by=run.by)))
