"""What news does by itself."""

from celery import shared_task
from django.utils import timezone

from foundation.dates import today
from ledger.jobs import job_run
from news import actions, queries
from news.actions.document_files import read_file
from news.actions.sendings import write_to_unit
from news.queries.media import pictures_to_sweep
from news.queries.oldsite import due_old_sites
from news.queries.sendings import due_letters
from news.queries.shelf import waiting_files


@shared_task(name="news.make_due_renditions")
def make_due_renditions() -> None:
    """Pictures at their widths; safe to run twice and beside itself."""
    with job_run("news.make_due_renditions") as run:
        due = queries.due_renditions(timezone.now() - actions.pictures.STALE)
        run.each(due, lambda pk: actions.make_rendition(by=run.by, pk=pk))


@shared_task(name="news.read_documents")
def read_documents() -> None:
    """Text of the library's files; safe to run twice and beside itself."""
    with job_run("news.read_documents") as run:
        run.each(waiting_files(), lambda pk: read_file(by=run.by, pk=pk))


@shared_task(name="news.write_to_units")
def write_to_units() -> None:
    """Letters about documents sent to units: of the sending, and reminders; safe to run twice."""
    with job_run("news.write_to_units") as run:
        run.each(due_letters(today()), lambda pk: write_to_unit(by=run.by, pk=pk))


@shared_task(name="news.send_out_due_posts")
def send_out_due_posts() -> None:
    """Scheduled posts whose time has come, however long ago; safe to run twice and beside itself."""
    with job_run("news.send_out_due_posts") as run:
        while count := actions.send_out_posts(by=run.by, now=timezone.now()):
            run.row.seen += count
            run.row.changed += count


@shared_task(name="news.sweep_withdrawn")
def sweep_withdrawn() -> None:
    """Files of withdrawn pictures that are still there, because a worker was killed or storage was away."""
    with job_run("news.sweep_withdrawn") as run:
        run.each(pictures_to_sweep(), lambda pk: actions.sweep_picture(by=run.by, pk=pk))


@shared_task(name="news.work_old_sites")
def work_old_sites() -> None:
    """Exports of old sites tried, or brought in."""
    with job_run("news.work_old_sites") as run:
        run.each(
            due_old_sites(timezone.now() - actions.oldsite.LEASE),
            lambda pk: actions.work_old_site(by=run.by, pk=pk),
        )
