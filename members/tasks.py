"""What members does by the clock."""

import logging

from celery import shared_task
from django.utils.translation import gettext as _

from foundation.dates import today
from ledger.jobs import job_run
from members.actions import clear_drafts
from members.actions.applications import forget_application
from members.actions.dues_campaigns import reconcile_campaign
from members.actions.dues_reminders import remind_dues
from members.actions.dues_removals import remove_unpaid
from members.actions.joining_letters import remind_applicant, remind_card
from members.models import DuesCampaign
from members.queries.dues import open_campaigns
from members.queries.dues_reminders import due_reminders, without_letter
from members.queries.dues_removals import due_removals
from members.queries.joining_letters import cards_to_recall, old_refusals, unanswered

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


@shared_task(name="members.remind_dues")
def remind_of_dues() -> None:
    """Every morning: who owes is reminded once for each day of the table; a missed day is made up once."""
    with job_run("members.remind_dues") as run:
        run.each(
            due_reminders(today()),
            lambda one: remind_dues(
                by=run.by, campaign_id=one.campaign_id, person_id=one.person_id, day=one.day
            ),
        )
        if unreached := without_letter(today()):
            run.row.seen += unreached
            run.row.skipped += unreached
            run.reasons[_("No e-mail: they stand on the branch's list")] += unreached


@shared_task(name="members.remind_applicants")
def remind_applicants() -> None:
    """Every morning: questions to applicants that wait past their term, each recalled once."""
    with job_run("members.remind_applicants") as run:
        run.each(unanswered(today()), lambda pk: remind_applicant(by=run.by, pk=pk))


@shared_task(name="members.remind_cards")
def remind_cards() -> None:
    """Every morning: cards that wait at the unit past their term, each told once."""
    with job_run("members.remind_cards") as run:
        run.each(cards_to_recall(today()), lambda pk: remind_card(by=run.by, pk=pk))


@shared_task(name="members.forget_applications")
def forget_applications() -> None:
    """Every night: applications refused or taken back past their term keep their course and nobody's data."""
    with job_run("members.forget_applications") as run:
        run.each(old_refusals(today()), lambda pk: forget_application(by=run.by, pk=pk))
