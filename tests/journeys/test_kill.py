"""Five hundred letters go out while everything is killed at random: each arrives once, none is lost."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from redcross import embedded
from redcross.processes import Child, Program, wait_until
from tests.letters.mail_server import MailServer

ROOT = Path(__file__).resolve().parent.parent.parent
LETTERS = 500
SEED = 2026
SECONDS = 60.0
MOST_ENDED = 6
KILLS = {"worker": 3, "postgresql": 3, "valkey": 3, "beat": 3}
# What an officer does with an unsure letter: look whether the recipient has it, then say so.
SETTLE = """
import sys
from letters.actions import mark_arrived, retry_letter
from letters.channels.mail import message_id
from letters.models import Letter
from people.actors import system_actor
arrived = set(sys.stdin.read().split())
for letter in Letter.objects.filter(state="unsure"):
    act = mark_arrived if message_id(letter.key) in arrived else retry_letter
    act(by=system_actor(), letter=letter)
"""
WRITE = f"""
from django.core.management import call_command
from django.db import transaction
from letters.actions import enqueue
from people.actors import system_actor
call_command("migrate", verbosity=0)
with transaction.atomic():
    for number in range({LETTERS}):
        enqueue(by=system_actor(), template="account.exists", key=f"kill:{{number}}",
                address=f"nguoi-{{number}}@example.org", context={{"url": "https://example.org/"}})
"""


@dataclass
class Portal:
    """Servers, worker and beat of this test alone, each of which may be killed and started again."""

    folder: Path
    sockets: Path
    environment: dict[str, str]
    children: dict[str, Child] = field(default_factory=dict)
    kills: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)

    def program(self, name: str) -> Program:
        if name == "postgresql":
            return embedded.postgresql(self.folder, self.sockets)
        if name == "valkey":
            return embedded.valkey(self.folder, self.sockets)
        celery = [sys.executable, "-m", "celery", "--app", "redcross", "--workdir", str(ROOT)]
        if name == "worker":
            command = [*celery, "worker", "--concurrency", "2", "--without-gossip", "--without-mingle"]
        else:
            command = [*celery, "beat", "--schedule", str(self.folder / "schedule"), "--pidfile", ""]
        return Program(name, command, environment=self.environment)

    def start(self, name: str) -> None:
        child = Child(self.program(name), self.folder, ROOT if name in {"worker", "beat"} else self.folder)
        child.start()
        self.children[name] = child

    def kill(self, name: str) -> None:
        """SIGKILL to the program and everything it started, then a new one."""
        process = self.children[name].process
        assert process is not None
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.kills[name] += 1
        self.start(name)
        if name in {"postgresql", "valkey"}:
            embedded.wait_for(self.children[name], self.sockets)

    def keep_running(self) -> None:
        """Start again what ended by itself, as bin/serve does: Celery may end when its broker is killed."""
        for name, child in list(self.children.items()):
            if child.has_ended():
                self.ended[name] += 1
                assert self.ended.total() <= MOST_ENDED, (
                    f"{name} ends again and again: {child.said()[-2000:]}"
                )
                child.clear_session()
                self.start(name)

    def manage(self, code: str, given: str = "") -> None:
        subprocess.run(
            [sys.executable, "manage.py", "shell", "--no-imports", "-c", code],
            cwd=ROOT,
            env=os.environ | self.environment,
            input=given,
            text=True,
            check=True,
            capture_output=True,
        )

    def states(self) -> Counter[str]:
        """How many letters are in each state; empty while PostgreSQL is away."""
        try:
            with psycopg.connect(host=str(self.sockets), user="postgres", dbname="redcross") as connection:
                rows = connection.execute("SELECT state, count(*) FROM letters_letter GROUP BY state")
                return Counter(dict(rows.fetchall()))
        except psycopg.OperationalError:
            return Counter()


@pytest.fixture
def portal(tmp_path: Path, mail_server_alone: MailServer) -> Iterator[Portal]:
    with ExitStack() as stack:
        sockets = embedded.make_socket_folder()
        stack.callback(lambda: subprocess.run(["rm", "-rf", str(sockets)], check=True))
        addresses = embedded.addresses(sockets)
        environment = {
            "REDCROSS_MODE": "test",
            "DATA_DIR": str(tmp_path),
            "DATABASE_URL": addresses.database_url,
            "REDIS_URL": addresses.redis_url,
            "LETTERS_EMAIL_CHANNEL": "smtp",
            "SMTP_URL": mail_server_alone.url,
            "LETTERS_SWEEP_SECONDS": "1",
            "LETTERS_CLAIM_SECONDS": "2",
            "LETTERS_HAND_OVER_SECONDS": "3",
            "LETTERS_RECORD_SECONDS": "30",
        }
        made = Portal(tmp_path, sockets, environment)
        stack.callback(lambda: embedded.stop_servers(list(made.children.values())))
        made.start("valkey")
        made.start("postgresql")
        for name in ("valkey", "postgresql"):
            embedded.wait_for(made.children[name], sockets)
        embedded.make_database(sockets)
        yield made


@pytest.fixture
def mail_server_alone() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


def poll(portal: Portal, true: Callable[[], bool]) -> None:
    """Comes back when it is true; fails when time is up."""

    def tended() -> bool:
        portal.keep_running()
        return true()

    assert wait_until(tended, SECONDS), f"letters stand still: {portal.states()}"


def test_kill(portal: Portal, mail_server_alone: MailServer) -> None:
    portal.manage(WRITE)
    assert portal.states() == {"waiting": LETTERS}
    chance = random.Random(SEED)
    victims = [name for name, times in KILLS.items() for _n in range(times)]
    chance.shuffle(victims)
    mail = mail_server_alone
    began = time.monotonic()
    portal.start("worker")
    portal.start("beat")

    # One kill each time so many more letters have gone out: spread over the whole run, at odd moments.
    for number, victim in enumerate(victims, 1):
        due = LETTERS * number // (len(victims) + 1) - chance.randrange(10)
        poll(portal, lambda due=due: len(mail.taken) >= due)  # type: ignore[misc]
        portal.kill(victim)

    settled = 0
    while portal.states() != {"sent": LETTERS}:
        poll(portal, lambda: set(portal.states()) in ({"sent"}, {"sent", "unsure"}, {"unsure"}))
        settled += portal.states()["unsure"]
        portal.manage(SETTLE, "\n".join(mail.ids()))
    seconds = time.monotonic() - began
    print(
        f"{LETTERS} letters in {seconds:.1f} s, killed {dict(portal.kills)}, {settled} unsure settled,"
        f" ended by themselves {dict(portal.ended)}"
    )

    assert portal.kills == KILLS
    assert portal.states() == {"sent": LETTERS}
    assert len(mail.ids()) == LETTERS
    assert set(mail.ids().values()) == {1}
    assert {str(m["To"]) for m in mail.taken} == {f"nguoi-{n}@example.org" for n in range(LETTERS)}
