"""A job's run: counted, failed, killed, empty."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.refusal import Refused
from ledger.enums import JobState
from ledger.jobs import LEASE, job_run
from ledger.models import JobRun, User

pytestmark = pytest.mark.django_db


def judge(number: int) -> bool:
    """Changes the even, skips the odd, refuses 5, fails on 7."""
    if number == 5:
        raise Refused(["Năm thì không."])
    if number == 7:
        raise KeyError("an@example.org")
    return number % 2 == 0


def test_a_run_counts_and_says_why() -> None:
    with job_run("test.count") as run:
        run.each(range(10), judge)

    row = JobRun.objects.get()
    assert (row.state, row.seen, row.changed, row.skipped, row.failed) == (JobState.DONE, 10, 5, 4, 1)
    assert row.reasons == {"Năm thì không.": 1, "KeyError": 1}
    assert row.ended_at is not None


def test_a_run_that_raises_has_failed() -> None:
    def fail() -> None:
        with job_run("test.fail") as run:
            run.each([2], judge)
            raise ZeroDivisionError("an@example.org")

    with pytest.raises(ZeroDivisionError):
        fail()

    row = JobRun.objects.get()
    assert (row.state, row.seen, row.changed, row.reasons) == (
        JobState.FAILED,
        1,
        1,
        {"ZeroDivisionError": 1},
    )


def test_a_broken_transaction_tells_its_own_error() -> None:
    def break_it() -> None:
        with transaction.atomic(), job_run("test.broken"):
            User.objects.create(username="hai-lan")
            User.objects.create(username="hai-lan")

    with pytest.raises(IntegrityError):
        break_it()

    assert not JobRun.objects.exists()


def test_a_killed_run_is_found_by_the_next() -> None:
    now = timezone.now()
    killed = JobRun.objects.create(job="test.kill", seen=4, changed=3, touched_at=now - LEASE - timedelta(1))
    living = JobRun.objects.create(job="test.kill", seen=1, touched_at=now)
    another = JobRun.objects.create(job="test.other", touched_at=now - LEASE - timedelta(1))

    with job_run("test.kill"):
        pass

    for row in (killed, living, another):
        row.refresh_from_db()
    assert [r.state for r in (killed, living, another)] == [
        JobState.ABANDONED,
        JobState.RUNNING,
        JobState.RUNNING,
    ]
    assert (killed.seen, killed.changed) == (4, 3)


def test_empty_runs_do_not_pile_up() -> None:
    with job_run("test.empty") as run:
        run.each([2], judge)
    for _n in range(3):
        with job_run("test.empty"):
            pass

    assert [row.seen for row in JobRun.objects.order_by("pk")] == [1, 0]


def test_counts_can_be_read_while_it_runs() -> None:
    with job_run("test.long") as run:
        run.row.touched_at -= timedelta(minutes=1)
        run.each([2, 4], judge)
        assert JobRun.objects.get().seen == 1
    assert JobRun.objects.get().seen == 2
