"""A job's run as a row: started, counted, ended."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from foundation.dates import today
from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.enums import JobState, Via
from ledger.models import JobRun


@dataclass
class Run:
    """The open run a task counts into; `by` is the actor its actions are told."""

    row: JobRun
    by: Actor
    reasons: Counter[str] = field(default_factory=Counter)

    def each(self, pks: Iterator[int], act: Callable[[int], bool]) -> None:
        """Call `act(pk)` for every pk; True counts as changed, False as skipped.

        A refusal is skipped with its reason; any other error counts as failed, is
        named by its class only (no personal data in the log), and the next goes on.
        """
        for pk in pks:
            self.row.seen += 1
            try:
                if act(pk):
                    self.row.changed += 1
                else:
                    self.row.skipped += 1
            except Refused as refused:
                self.row.skipped += 1
                self.reasons[str(refused)[:200]] += 1
            except Exception as error:
                self.row.failed += 1
                self.reasons[type(error).__name__] += 1


@contextmanager
def job_run(job: str) -> Iterator[Run]:
    """Open a JobRun; close it with its counts when the block ends, failed if it raises.

    Empty runs do not pile up: a run that saw nothing takes the place of the
    previous empty one, so the latest row always tells when the job last ran.
    """
    row = JobRun.objects.create(job=job)
    run = Run(row, Actor(user=None, via=Via.JOB, on=today(), run_id=row.pk, is_system=True))
    try:
        yield run
        row.state = JobState.DONE
    except BaseException as error:
        row.state = JobState.FAILED
        run.reasons[type(error).__name__] += 1
        raise
    finally:
        row.ended_at = timezone.now()
        row.reasons = dict(run.reasons)
        with transaction.atomic():
            row.save()
            if not row.seen:
                empty = JobRun.objects.filter(job=job, seen=0, state=JobState.DONE, pk__lt=row.pk)
                empty.delete()
