"""A job's run as a row: started, counted, ended."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from foundation.dates import today
from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.enums import JobState, Via
from ledger.models import JobRun

Thing = TypeVar("Thing")

# How often a run writes its counts, and after what silence the next run takes it for killed.
TOUCH = timedelta(seconds=2)
LEASE = timedelta(minutes=10)


@dataclass
class Run:
    """The open run a task counts into; `by` is the actor its actions are told."""

    row: JobRun
    by: Actor
    reasons: Counter[str] = field(default_factory=Counter)

    def each(self, things: Iterable[Thing], act: Callable[[Thing], bool]) -> None:
        """Call `act(thing)` for every thing, usually an id; True counts as changed, False as skipped.

        A refusal is skipped with its reason; any other error counts as failed, is
        named by its class only (no personal data in the log), and the next goes on.
        """
        for thing in things:
            self.row.seen += 1
            try:
                if act(thing):
                    self.row.changed += 1
                else:
                    self.row.skipped += 1
            except Refused as refused:
                self.row.skipped += 1
                self.reasons[str(refused)[:200]] += 1
            except Exception as error:
                self.row.failed += 1
                self.reasons[type(error).__name__] += 1
            if timezone.now() - self.row.touched_at > TOUCH:
                self.touch()

    def touch(self) -> None:
        """Write the counts so far: a page can show them, and the run is known to live."""
        self.row.touched_at = timezone.now()
        self.row.reasons = dict(self.reasons)
        self.row.save()


@contextmanager
def job_run(job: str, lease: timedelta = LEASE) -> Iterator[Run]:
    """Open a JobRun; close it with its counts when the block ends, failed if it raises.

    A running one of the same job that gave no sign of life for `lease` was killed: it is marked
    abandoned, with what it had counted. Should it live after all, its own end overwrites that.
    Empty runs do not pile up: a run that saw nothing takes the place of the previous empty one,
    so the latest row always tells when the job last ran.
    """
    now = timezone.now()
    silent = JobRun.objects.filter(job=job, state=JobState.RUNNING, touched_at__lt=now - lease)
    silent.update(state=JobState.ABANDONED, ended_at=now)
    row = JobRun.objects.create(job=job, started_at=now, touched_at=now)
    run = Run(row, Actor(user=None, via=Via.JOB, on=today(), run_id=row.pk, is_system=True))
    try:
        yield run
    except BaseException as error:
        run.reasons[type(error).__name__] += 1
        row.state = JobState.FAILED
        # Inside a broken transaction nothing can be written: the row falls with it.
        if not transaction.get_connection().needs_rollback:
            _end(run)
        raise
    row.state = JobState.DONE
    _end(run)


def _end(run: Run) -> None:
    row = run.row
    row.ended_at = timezone.now()
    with transaction.atomic():
        run.touch()
        if not row.seen and row.state == JobState.DONE:
            JobRun.objects.filter(job=row.job, seen=0, state=JobState.DONE, pk__lt=row.pk).delete()
