"""Five hundred letters go out while everything is killed at random: each arrives once, none is lost."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from pytest_django import DjangoDbBlocker

from redcross import embedded
from redcross.processes import Child, wait_until
from tests.letters.mail_server import MailServer
from tests.schema import copy_schema

pytestmark = pytest.mark.django_db  # the suite's database is there, to copy its tables
ROOT = Path(__file__).resolve().parent.parent.parent
LETTERS = 500
SEED = 2026
SECONDS = 180.0
MOST_ENDED = 6
KILLS = {"worker": 3, "postgresql": 3, "valkey": 3, "beat": 3}
SERVERS = {"postgresql": embedded.postgresql, "valkey": embedded.valkey}


@dataclass
class Portal:
    """Servers, worker and beat of this test alone, each of which may be killed and started again.

    Worker and beat are forked from a host that has read all modules; each leads a session of its own.
    """

    folder: Path
    sockets: Path
    host: "subprocess.Popen[str]"
    servers: dict[str, Child] = field(default_factory=dict)
    forked: dict[str, int] = field(default_factory=dict)
    kills: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)

    def tell(self, command: str) -> int:
        """What the host answers."""
        assert self.host.stdin is not None
        assert self.host.stdout is not None
        self.host.stdin.write(f"{command}\n")
        self.host.stdin.flush()
        return int(self.host.stdout.readline())

    def start(self, name: str) -> None:
        if name in SERVERS:
            child = Child(SERVERS[name](self.folder, self.sockets), self.folder, self.folder)
            child.start()
            self.servers[name] = child
        else:
            log = self.folder / f"{name}.log"
            words = f" {self.folder / 'schedule'}" if name == "beat" else ""
            self.forked[name] = self.tell(f"{name} {log}{words}")

    def kill(self, name: str) -> None:
        """SIGKILL to the program and everything it started, then a new one."""
        if name in SERVERS:
            process = self.servers[name].process
            assert process is not None
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        else:
            os.killpg(self.forked[name], signal.SIGKILL)
            assert wait_until(lambda: not self.tell(f"alive {self.forked[name]}"), 30)
        self.kills[name] += 1
        self.start(name)
        if name in SERVERS:
            embedded.wait_for(self.servers[name], self.sockets)

    def keep_running(self) -> None:
        """Start again what ended by itself, as bin/serve does: Celery may end when its broker is killed."""
        gone = [name for name, child in self.servers.items() if child.has_ended()]
        gone += [name for name, pid in self.forked.items() if not self.tell(f"alive {pid}")]
        for name in gone:
            self.ended[name] += 1
            assert self.ended.total() <= MOST_ENDED, f"{name} ends again and again: {self.said(name)}"
            if name in SERVERS:
                self.servers[name].clear_session()
            else:
                with suppress(ProcessLookupError):
                    os.killpg(self.forked[name], signal.SIGKILL)
            self.start(name)

    def said(self, name: str) -> str:
        """The end of what it wrote."""
        log = self.folder / f"{name}.log"
        text = self.servers[name].said() if name in SERVERS else log.read_text() if log.exists() else ""
        return text[-2000:]

    def states(self) -> Counter[str]:
        """How many letters are in each state; empty while PostgreSQL is away."""
        try:
            with psycopg.connect(host=str(self.sockets), user="postgres", dbname="redcross") as connection:
                rows = connection.execute("SELECT state, count(*) FROM letters_letter GROUP BY state")
                return Counter(dict(rows.fetchall()))
        except psycopg.OperationalError:
            return Counter()


@pytest.fixture
def portal(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path, mail_server_alone: MailServer
) -> Iterator[Portal]:
    with ExitStack() as stack:
        sockets = embedded.make_socket_folder()
        stack.callback(lambda: subprocess.run(["rm", "-rf", str(sockets)], check=True))
        addresses = embedded.addresses(sockets)
        environment = os.environ | {
            "REDCROSS_MODE": "test",
            "DJANGO_SETTINGS_MODULE": "redcross.settings",
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
        with (tmp_path / "host.log").open("w") as log:
            host = subprocess.Popen(
                [sys.executable, "-m", "tests.journeys.kill_host"],
                cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                text=True,
            )  # fmt: skip
        stack.callback(host.wait)
        stack.callback(host.kill)
        made = Portal(tmp_path, sockets, host)
        stack.callback(lambda: embedded.stop_servers(list(made.servers.values())))
        stack.callback(stop_forked, made)
        made.start("valkey")
        made.start("postgresql")
        for name in ("valkey", "postgresql"):
            embedded.wait_for(made.servers[name], sockets)
        embedded.make_database(sockets)
        with django_db_blocker.unblock():
            copy_schema(sockets)
        assert host.stdout is not None
        assert host.stdout.readline() == "ready\n", (tmp_path / "host.log").read_text()
        yield made


def stop_forked(portal: Portal) -> None:
    for pid in portal.forked.values():
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)


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
    assert portal.tell(f"write {LETTERS}")
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
        arrived = portal.folder / "arrived"
        arrived.write_text("\n".join(mail.ids()))
        assert portal.tell(f"settle {arrived}")
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
