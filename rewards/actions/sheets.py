"""Sheets for everybody of a round as one PDF: asked, made in the background, stopped.

Nothing but the file is made here: the code of a certificate is its award's own since the decision, and an
invitation's is its own too. However often a file is made, nobody has a second one.
"""

from collections.abc import Callable
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.money import dotted
from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.audit import record
from ledger.enums import Via
from people.actions.files import store_file
from people.actors import actor_for
from people.rules.rights import term
from rewards.enums import MANAGE, SheetKind, SheetState
from rewards.models import Round, SheetJob
from rewards.permissions import acting_city
from rewards.printing import certificates_pdf, sheets_pdf
from rewards.queries.sheets import due_sheets, sheet_rows

MOST_SHEETS = 10_000
MOST_TRIES = 3
NAMES = {
    SheetKind.INVITATION: "giay-moi",
    SheetKind.THANKS: "thu-cam-on",
    SheetKind.CERTIFICATE: "giay-chung-nhan",
}


class LetGo(Exception):
    """The work is no longer this worker's: stopped, or taken for dead and begun by another."""


@transaction.atomic
def ask_sheets(*, by: Actor, cycle: Round, kind: str) -> SheetJob:
    """The row of a PDF to be made; the one under way, if these have been asked for already."""
    by = acting_city(by, MANAGE)
    cycle = Round.objects.select_for_update().get(pk=cycle.pk)
    under_way = SheetJob.objects.filter(round=cycle, kind=kind, ended_at=None).first()
    if under_way is not None:
        return under_way
    sheets = sheet_rows(cycle, kind).count()
    if not sheets:
        raise Refused([_("There is nobody yet to print these for.")])
    if sheets > MOST_SHEETS:
        raise Refused(
            [_("More than %(most)s sheets do not go into one file.") % {"most": dotted(MOST_SHEETS)}]
        )
    job = SheetJob(round=cycle, kind=kind, by_user=by.user, sheets=sheets)
    job.full_clean()
    job.save()
    record(by=by, act="rewards.ask_sheets", subject=job, after={"kind": kind, "sheets": sheets})
    return job


@transaction.atomic
def cancel_sheets(*, by: Actor, job: SheetJob) -> SheetJob:
    """It is not made; a worker in the midst of it lets go after the hundred in hand."""
    by = acting_city(by, MANAGE)
    job = SheetJob.objects.select_for_update().get(pk=job.pk)
    if not job.is_open:
        raise Refused(
            [
                _("This is not possible in the state it is in now: %(state)s.")
                % {"state": job.get_state_display()}
            ]
        )
    _end(job, SheetState.CANCELLED)
    record(by=by, act="rewards.cancel_sheets", subject=job, after={"done": job.done})
    return job


def make_sheets(*, by: Actor, pk: int) -> bool:
    """Make the file of a due row with the rights its asker has now; False if it is not ours to make.

    Killed anywhere it is due again, at most MOST_TRIES times; the file and the end are one transaction.
    """
    job = claim(pk)
    if job is None:
        return False
    if job.tries > MOST_TRIES:
        problem = _(
            "It was begun %(tries)s times and never ended. Ask for it again, or tell the administrator."
        )
        return _give_up(job, problem % {"tries": MOST_TRIES})
    try:
        maker = acting_city(actor_for(job.by_user, Via.JOB), MANAGE)
    except Refused as refused:
        return _give_up(job, str(refused))
    try:
        made = _typeset(job, maker, sign_of_life(job))
    except LetGo:
        return False
    if not made:
        return _give_up(job, _("There is nobody yet to print these for."))
    with transaction.atomic():
        mine = SheetJob.objects.select_for_update().filter(pk=pk, ended_at=None, claimed_at=job.claimed_at)
        if not mine.exists():
            return False
        name = f"{NAMES[SheetKind(job.kind)]}-{job.round_id}-{job.pk}.pdf"
        days = term("export_file_days", maker.on)
        job.file = store_file(
            by=maker, name=name, content_type="application/pdf", file=ContentFile(made), days=days
        )
        job.done = job.sheets
        _end(job, SheetState.DONE)
        record(by=maker, act="rewards.make_sheets", subject=job, after={"sheets": job.sheets})
    return True


@transaction.atomic
def claim(pk: int) -> SheetJob | None:
    """The row, ours from now on; None where another has it or it has ended."""
    if pk not in due_sheets():
        return None
    rows = SheetJob.objects.select_for_update(skip_locked=True, of=("self",)).select_related(
        "by_user", "round"
    )
    job = rows.filter(pk=pk, ended_at=None).first()
    if job is None:
        return None
    job.state, job.claimed_at, job.done, job.tries = SheetState.MAKING, timezone.now(), 0, job.tries + 1
    job.save(update_fields=["state", "claimed_at", "done", "tries"])
    return job


def _typeset(job: SheetJob, maker: Actor, told: Callable[[int], None]) -> bytes:
    rows = list(sheet_rows(job.round, job.kind)[:MOST_SHEETS])
    job.sheets = len(rows)
    if job.kind == SheetKind.CERTIFICATE:
        return certificates_pdf(rows, told)
    return sheets_pdf(job.kind, job.round, rows, maker.on, told)


def sign_of_life(job: SheetJob) -> Callable[[int], None]:
    """Writes how many are done; raises LetGo where the row is no longer ours."""

    def told(done: int) -> None:
        now: datetime = timezone.now()
        mine = SheetJob.objects.filter(pk=job.pk, ended_at=None, claimed_at=job.claimed_at)
        if not mine.update(done=done, sheets=job.sheets, claimed_at=now):
            raise LetGo
        job.done, job.claimed_at = done, now

    return told


def _give_up(job: SheetJob, problem: str) -> bool:
    """Not made, and why; False if it has ended meanwhile."""
    mine = SheetJob.objects.filter(pk=job.pk, ended_at=None, claimed_at=job.claimed_at)
    return bool(mine.update(state=SheetState.FAILED, ended_at=timezone.now(), problem=problem[:300]))


def _end(job: SheetJob, state: SheetState) -> None:
    job.state, job.ended_at = state, timezone.now()
    job.save(update_fields=["state", "ended_at", "file", "sheets", "done"])
