"""Runs with real processes: killed twenty times, two at once, the database gone, the broker gone."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import psycopg
import pytest
from pytest_django import DjangoDbBlocker

from redcross import embedded
from redcross.processes import Child, wait_until
from tests.rewards.host import REFUSED
from tests.schema import copy_schema

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent.parent
DONORS = 2_000
COMING = 500
CHUNK = 25
KILLS = 20
AWARDS = 20
SEED = 2026
PROPOSED = "SELECT person_id, honour, occasion, rung_id, reached_on FROM rewards_nomination ORDER BY 1, 2, 3"


@dataclass
class Portal:
    """A PostgreSQL of this test alone, no broker at all, and a host that forks workers."""

    folder: Path
    sockets: Path
    server: Child
    host: subprocess.Popen[str]

    def tell(self, command: str) -> int:
        """The pid of the child that does it, or the exit code waited for."""
        assert self.host.stdin is not None
        assert self.host.stdout is not None
        self.host.stdin.write(f"{command}\n")
        self.host.stdin.flush()
        return int(self.host.stdout.readline())

    def done(self, *commands: str) -> list[int]:
        """All of them at once, each in a process of its own; their exit codes."""
        pids = [self.tell(command) for command in commands]
        return [self.tell(f"wait {pid}") for pid in pids]

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(host=str(self.sockets), user="postgres", dbname="redcross") as link:
            return link.execute(sql.encode()).fetchall()

    def value(self, sql: str) -> Any:
        ((value,),) = self.rows(sql)
        return value

    def write(self, sql: str) -> None:
        with psycopg.connect(host=str(self.sockets), user="postgres", dbname="redcross") as link:
            link.execute(sql.encode())

    def restart_database(self) -> None:
        """SIGKILL to PostgreSQL and everything it started, then a new one that recovers."""
        process = self.server.process
        assert process is not None
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.server.start()
        embedded.wait_for(self.server, self.sockets)


def has_come(portal: Portal, sql: str, due: int) -> bool:
    return bool(portal.value(sql) >= due)


@pytest.fixture(scope="module")
def portal(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Portal]:
    tmp_path = tmp_path_factory.mktemp("kill")
    with ExitStack() as stack:
        sockets = embedded.make_socket_folder()
        stack.callback(shutil.rmtree, sockets, ignore_errors=True)
        server = Child(embedded.postgresql(tmp_path, sockets), tmp_path, tmp_path)
        server.start()
        stack.callback(lambda: embedded.stop_servers([server]))
        embedded.wait_for(server, sockets)
        embedded.make_database(sockets)
        with django_db_blocker.unblock():
            copy_schema(sockets)
        environment = os.environ | {
            "REDCROSS_MODE": "test",
            "DJANGO_SETTINGS_MODULE": "redcross.settings",
            "DATA_DIR": str(tmp_path),
            "DATABASE_URL": embedded.addresses(sockets).database_url,
            "REDIS_URL": f"unix://{sockets}/nobody-listens.sock",
        }
        with (tmp_path / "host.log").open("w") as log:
            host = subprocess.Popen(
                [sys.executable, "-m", "tests.rewards.host"],
                cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                text=True,
            )  # fmt: skip
        stack.callback(host.wait)
        stack.callback(host.kill)
        made = Portal(tmp_path, sockets, server, host)
        assert made.done(f"fill {DONORS}") == [0]
        yield made


def test_killed_twenty_times_while_donations_come(portal: Portal) -> None:
    chance = random.Random(SEED)
    assert sorted(portal.done("ask", "ask")) == [0, REFUSED], "two runs at once"
    giver = portal.tell(f"give 1 {COMING}")
    last = portal.value("SELECT max(id) FROM people_person")
    killed = restarted = 0
    while killed < KILLS:
        workers = [portal.tell(f"work {CHUNK}"), portal.tell(f"work {CHUNK}")]
        due = last * killed // (KILLS + 2)
        assert wait_until(partial(has_come, portal, "SELECT cursor FROM rewards_rewardrun", due), 120)
        for _moment in range(chance.randrange(5)):
            portal.value("SELECT 1")
        if killed == KILLS // 2 and not restarted:
            portal.restart_database()
            restarted += 1
        for pid in workers:
            os.kill(pid, signal.SIGKILL)
            killed += portal.tell(f"wait {pid}") == -signal.SIGKILL
    open_still = portal.value("SELECT state FROM rewards_rewardrun")
    portal.done("work 500")
    portal.tell(f"wait {giver}")
    portal.done(f"give 1 {COMING}")
    assert portal.done("ask_night") == [0]
    assert portal.done("work 500", "work 500") == [0, 0]

    assert (open_still, restarted) == ("running", 1)
    assert portal.rows("SELECT DISTINCT state FROM rewards_rewardrun") == [("done",)]
    disturbed = portal.rows(PROPOSED)
    entries = portal.value("SELECT count(*) FROM ledger_auditentry WHERE act = 'rewards.propose'")
    assert portal.value("SELECT count(*) FROM rewards_finding") == 0

    portal.write("TRUNCATE rewards_nomination, rewards_rewardrun CASCADE")
    assert portal.done("ask") == [0]
    assert portal.done("work 500") == [0]
    assert disturbed == portal.rows(PROPOSED)
    assert len(disturbed) == entries > 300


def test_a_letter_is_written_once_however_often_its_worker_is_killed(portal: Portal) -> None:
    assert portal.done("ask") == [0]
    assert portal.done("work 500") == [0]
    assert portal.done(f"grant {AWARDS}") == [0]
    letters = "SELECT key FROM letters_letter WHERE key LIKE 'rewards.granted:%'"
    for number in range(1, 4):
        workers = [portal.tell("work 500"), portal.tell("work 500")]
        wait_until(partial(has_come, portal, f"SELECT count(*) FROM ({letters}) one", number * 5), 10)
        for pid in workers:
            os.kill(pid, signal.SIGKILL)
            portal.tell(f"wait {pid}")
    assert portal.done("work 500", "work 500") == [0, 0]

    keys = [key for (key,) in portal.rows(letters)]
    assert (len(keys), len(set(keys))) == (AWARDS, AWARDS)


def test_overlapping_policies_and_a_number_used_twice_at_the_same_moment(portal: Portal) -> None:
    assert portal.done("draft 30", "draft 60", "draft 90", "draft 120") == [0, 0, 0, 0]
    same_day = portal.done("approve 0 7/QĐ", "approve 0 8/QĐ")
    assert sorted(same_day) == [0, REFUSED], "one draft approved twice"
    twice = portal.done("approve 0 9/QĐ", "approve 1 9/QĐ")
    assert sorted(twice) == [0, REFUSED], "one number for two policies"
    spans = portal.rows(
        "SELECT decision_number, effective_from, effective_to FROM rewards_policy"
        " WHERE state = 'approved' ORDER BY 2"
    )
    assert len(spans) == 3, json.dumps(spans, default=str)
    assert all(one[2] is not None and one[2] < two[1] for one, two in pairwise(spans))

    last = spans[-1][0]
    assert sorted(portal.done(f"undo {last}", f"undo {last}")) == [0, REFUSED], "taken back twice at once"
    still = portal.rows(
        "SELECT effective_to FROM rewards_policy WHERE state = 'approved' ORDER BY effective_from"
    )
    assert still[-1] == (None,), "the one before has its days again"


def test_one_number_is_one_decision_whoever_comes_first(portal: Portal) -> None:
    assert portal.done("agree") == [0]
    for act in ("grant_round", "decide"):
        one_number = portal.done(f"{act} 0 77/QĐ", f"{act} 1 77/QĐ")
        assert sorted(one_number) == [0, REFUSED], f"{act}: one number for two decisions"
        left = one_number.index(REFUSED)
        one_list = portal.done(f"{act} {left} 78/QĐ", f"{act} {left} 79/QĐ")
        assert sorted(one_list) == [0, REFUSED], f"{act}: one list decided twice"
    told = (
        "SELECT count(*), count(DISTINCT nomination_id) FROM rewards_award WHERE decision_number LIKE '7%/QĐ'"
    )
    assert portal.rows(told) == [(4, 4)]


def test_the_store_never_falls_below_zero(portal: Portal) -> None:
    assert portal.done("stock 26") == [0]
    assert portal.done(*["hand_out_drive"] * 3) == [0, 0, 0]
    assert portal.value("SELECT stock FROM rewards_gift") == 6, "once for each donation"
    ends = portal.done(*["hand_out 1"] * 9)
    assert sorted(ends) == [0] * 6 + [REFUSED] * 3
    assert portal.rows("SELECT stock, (SELECT sum(quantity) FROM rewards_giftmove) FROM rewards_gift") == [
        (0, 0)
    ]
