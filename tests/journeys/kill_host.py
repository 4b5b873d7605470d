"""A process that has Django and Celery ready and forks what a test may kill.

Reads a command a line: "worker LOG", "beat LOG SCHEDULE", "alive PID", "write COUNT", "settle FILE". Answers
with the pid of a worker or of beat, or with 0 (ended, failed) or 1. Each forked one leads its own session.
"""

import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import django
from django.db import transaction


def worker(log: str) -> None:
    from redcross.celery import app

    app.worker_main(
        ["worker", "--concurrency", "2", "--without-gossip", "--without-mingle", "--logfile", log]
    )


def beat(log: str, schedule: str) -> None:
    from redcross.celery import app

    app.start(["beat", "--schedule", schedule, "--pidfile", "", "--logfile", log])


def write(count: str) -> None:
    """So many letters that wait."""
    from letters.actions import enqueue
    from people.actors import system_actor

    with transaction.atomic():
        for number in range(int(count)):
            enqueue(
                by=system_actor(),
                template="account.exists",
                key=f"kill:{number}",
                address=f"nguoi-{number}@example.org",
                context={"url": "https://example.org/"},
            )


def settle(file: str) -> None:
    """What an officer does with an unsure letter: look whether the recipient has it, then say so."""
    from letters.actions import mark_arrived, retry_letter
    from letters.channels.mail import message_id
    from letters.models import Letter
    from people.actors import system_actor

    arrived = set(Path(file).read_text().split())
    for letter in Letter.objects.filter(state="unsure"):
        act = mark_arrived if message_id(letter.key) in arrived else retry_letter
        act(by=system_actor(), letter=letter)


def forked(job: Callable[..., None], given: list[str]) -> int:
    """The pid of a child that does the job and ends."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        os.setsid()
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # the answer is the parent's to give
        job(*given)
        code = 0
    except SystemExit as ending:
        code = int(ending.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def ended(pid: int, *, wait: bool) -> int | None:
    """The exit code of a child; None while it runs."""
    try:
        found, status = os.waitpid(pid, 0 if wait else os.WNOHANG)
    except ChildProcessError:
        return -signal.SIGKILL
    return os.waitstatus_to_exitcode(status) if found else None


STAYING: dict[str, Callable[..., None]] = {"worker": worker, "beat": beat}
ENDING: dict[str, Callable[..., None]] = {"write": write, "settle": settle}


def main() -> None:
    # Read once here: what is forked begins at once.
    from redcross.celery import app

    app.loader.import_default_modules()
    app.finalize()
    print("ready", flush=True)
    for line in sys.stdin:
        word, *given = line.split()
        if word == "alive":
            print(int(ended(int(given[0]), wait=False) is None), flush=True)
        elif word in STAYING:
            print(forked(STAYING[word], given), flush=True)
        else:
            pid = forked(ENDING[word], given)
            print(int(ended(pid, wait=True) == 0), flush=True)


if __name__ == "__main__":
    django.setup()
    main()
