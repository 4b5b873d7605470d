"""Working through a run: a chunk of people in each transaction. Killed anywhere, it goes on from there."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from ledger.actor import Actor
from ledger.audit import record
from rewards.enums import RunState
from rewards.models import DueRow, RewardRun
from rewards.queries.due import ALL, spans_in_force
from rewards.queries.turns import Turns
from rewards.queries.working import changed_people, chunk_end, find, last_person, look, propose

CHUNK = 250_000
# What changed a little before the last run's beginning may have been committed after it had looked.
OVERLAP = timedelta(minutes=10)


def work_run(*, by: Actor, pk: int, turns: Turns, chunk: int = CHUNK) -> bool:
    """Work a run to its end, or until it is paused, braked or cancelled; True if it ended done.

    Two workers at once do no harm: each chunk locks the run's row and moves its cursor.
    """
    while work_chunk(by=by, pk=pk, turns=turns, chunk=chunk):
        pass
    return RewardRun.objects.filter(pk=pk, state=RunState.DONE).exists()


@transaction.atomic
def work_chunk(*, by: Actor, pk: int, turns: Turns, chunk: int = CHUNK) -> bool:
    """One step of a run: look what is due, or propose and find for a chunk; a nightly run is one step.

    True if there is more to do.
    """
    run = RewardRun.objects.select_for_update().filter(pk=pk).first()
    if run is None or run.state not in (RunState.WAITING, RunState.RUNNING):
        return False
    spans = spans_in_force(run.as_of)
    only = changed_people(turns, run.since - OVERLAP) if run.since is not None else None
    is_first = run.looked_at is None
    if is_first:
        begin(by, run, look(run, turns, spans, only=only))
    if run.state == RunState.RUNNING and (only is not None or not is_first):
        end = ALL if only is not None else chunk_end(run.cursor, chunk)
        if end is not None:
            run.proposed += propose(by, run, act="rewards.propose", after=run.cursor, until=end)
            run.found += find(
                by, run, turns, spans, act="rewards.find", after=run.cursor, until=end, only=only
            )
            run.cursor = end if only is None else run.last
        if end is None or only is not None:
            finish(by, run)
    run.touched_at = timezone.now()
    run.save()
    return run.state == RunState.RUNNING


def begin(by: Actor, run: RewardRun, due: int) -> None:
    """It has looked: it goes on, or the brake holds it before anything is proposed."""
    run.looked_at = timezone.now()
    if run.expected is None:
        run.expected, run.last = due, last_person()
    run.state = RunState.RUNNING
    if due > run.brake and not run.is_released:
        run.state, run.looked_at = RunState.BRAKED, None
        DueRow.objects.filter(run=run).delete()
        record(by=by, act="rewards.brake_run", subject=run, after={"expected": due})


def finish(by: Actor, run: RewardRun) -> None:
    """Done; what it had looked up goes."""
    DueRow.objects.filter(run=run).delete()
    run.state, run.ended_at = RunState.DONE, timezone.now()
    record(by=by, act="rewards.end_run", subject=run, after={"proposed": run.proposed, "found": run.found})
