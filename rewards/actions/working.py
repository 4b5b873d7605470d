"""Working through a run: a chunk of people in each transaction. Killed anywhere, it goes on from there."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from ledger.actor import Actor
from ledger.audit import record, record_many
from rewards.enums import RunState
from rewards.models import Finding, Nomination, RewardRun
from rewards.queries.due import ALL, outcome, spans_in_force
from rewards.queries.turns import Turns
from rewards.queries.working import changed_people, chunk_end, find, last_person, propose

CHUNK = 50_000
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
    """One step of a run; True if there is more to do."""
    run = RewardRun.objects.select_for_update().filter(pk=pk).first()
    if run is None or run.state not in (RunState.WAITING, RunState.RUNNING):
        return False
    spans = spans_in_force(run.as_of)
    only = changed_people(turns, run.since - OVERLAP) if run.since is not None else None
    if run.state == RunState.WAITING and run.cursor == 0:
        run.expected = outcome(turns, spans, run.as_of, only=only).nominations
        run.last = last_person()
        if run.expected > run.brake and not run.is_released:
            run.state = RunState.BRAKED
            record(by=by, act="rewards.brake_run", subject=run, after={"expected": run.expected})
    if run.state != RunState.BRAKED:
        run.state = RunState.RUNNING
        # A nightly run is one step: its people are few.
        end = ALL if only is not None else chunk_end(run.cursor, chunk)
        if end is not None:
            proposed = propose(run, turns, spans, after=run.cursor, until=end, only=only)
            found = find(run, turns, as_of=run.as_of, after=run.cursor, until=end, only=only)
            log_rows(by, proposed, found)
            run.proposed += len(proposed)
            run.found += len(found)
            run.cursor = end if only is None else run.last
        if end is None or only is not None:
            run.state, run.ended_at = RunState.DONE, timezone.now()
            record(
                by=by,
                act="rewards.end_run",
                subject=run,
                after={"proposed": run.proposed, "found": run.found},
            )
    run.touched_at = timezone.now()
    run.save()
    return run.state == RunState.RUNNING


def log_rows(by: Actor, proposed: list[int], found: list[int]) -> None:
    """One entry for each row a chunk wrote."""
    record_many(by=by, act="rewards.propose", model=Nomination, rows=((pk, None, None) for pk in proposed))
    record_many(by=by, act="rewards.find", model=Finding, rows=((pk, None, None) for pk in found))
