"""What members does by the clock."""

import logging

from celery import shared_task

from ledger.jobs import job_run
from members.actions import clear_drafts
from members.actions.dues_campaigns import reconcile_campaign
from members.actions.dues_removals import remove_unpaid
from members.models import DuesCampaign
from members.queries.dues import open_campaigns
from members.queries.dues_removals import due_removals

logger = logging.getLogger(__name__)


def wake_removals() -> None:
    """Carry out approved removals now; without a broker they wait for the next tick."""
    try:
        remove_all_unpaid.apply_async(expires=30, retry=False)
    except Exception as error:
        logger.warning("removals wait for the next tick: %s", type(error).__name__)


@shared_task(name="members.clear_drafts")
def clear_old_drafts() -> None:
    """Every night: applications begun and not gone on with for a set time; safe to run twice."""
    with job_run("members.clear_drafts") as run:
        run.each([None], lambda _all: bool(clear_drafts(by=run.by)))


@shared_task(name="members.reconcile_dues")
def reconcile_dues() -> None:
    """Every night: what is owed in every open year, computed and compared; a second run changes nothing."""
    with job_run("members.reconcile_dues") as run:
        run.each(
            open_campaigns(),
            lambda pk: reconcile_campaign(by=run.by, campaign=DuesCampaign.objects.get(pk=pk)) > 0,
        )


@shared_task(name="members.remove_unpaid")
def remove_all_unpaid() -> None:
    """Lists of removals that were approved and have their decision, line by line; safe to run twice."""
    with job_run("members.remove_unpaid") as run:
        run.each(due_removals(), lambda pk: remove_unpaid(by=run.by, pk=pk))
