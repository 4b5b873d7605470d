"""Workers of a run killed at random while donations keep coming; the end beside that of a run left alone.

The processes are those of tests/rewards/host.py, which the suite uses with 2,000 donors.
"""

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from bench.servers import ROOT, Site
from redcross.processes import wait_until

KILLS = 20
COMING = 500
STEPS = 80
PATIENCE = 300
PROPOSED = """
SELECT count(*), md5(string_agg(concat_ws('|', person_id, honour, occasion, rung_id, reached_on), ';'
    ORDER BY person_id, honour, occasion)) FROM rewards_nomination
"""
ENTRIES = "SELECT count(*) FROM ledger_auditentry WHERE act = 'rewards.propose'"
LETTERS = "SELECT count(*) - count(DISTINCT key) FROM letters_letter"


@dataclass(frozen=True)
class Found:
    """What came out: kills, donations that came, proposals, seconds of both, whether both ends are equal."""

    kills: int
    coming: int
    proposed: int
    seconds: float
    alone: float
    is_equal: bool


@dataclass
class Host:
    """The process that forks workers, and the database they work on."""

    process: subprocess.Popen[str]
    database: str

    def tell(self, command: str) -> int:
        """The pid of the child that does it, or the exit code of the one waited for."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{command}\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def done(self, *commands: str) -> None:
        """All at once, each in a process of its own; ends the bench if one fails."""
        pids = [self.tell(command) for command in commands]
        codes = [self.tell(f"wait {pid}") for pid in pids]
        if any(codes):
            raise SystemExit(f"bench: {commands} ended with {codes}")

    def row(self, sql: str) -> tuple[Any, ...]:
        with psycopg.connect(self.database) as link:
            found: tuple[Any, ...] | None = link.execute(sql.encode()).fetchone()
        assert found is not None
        return found


def disturbed(site: Site, folder: Path, donors: int) -> Found:
    """Two workers at a time, killed until 20 are dead; then the same donations in one undisturbed run."""
    with (folder / "host.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.rewards.host"],
            cwd=ROOT,
            env=site.all_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    host = Host(process, site.environment["DATABASE_URL"])
    try:
        began = time.monotonic()
        kills = killed_run(host, max(25, donors // STEPS), donors)
        seconds = time.monotonic() - began
        (count, digest), (entries,), (doubles,) = map(host.row, (PROPOSED, ENTRIES, LETTERS))
        with psycopg.connect(host.database) as link:
            link.execute("TRUNCATE rewards_nomination, rewards_rewardrun CASCADE")
        host.done("ask")
        began = time.monotonic()
        host.done(f"work {donors}")
        alone = time.monotonic() - began
        is_equal = (count, digest) == host.row(PROPOSED) and entries == count and not doubles
        return Found(kills, COMING, count, seconds, alone, is_equal)
    finally:
        process.kill()
        process.wait()


def killed_run(host: Host, chunk: int, donors: int) -> int:
    """From the asking to the night's run after it; how many workers were killed."""
    chance = random.Random(2026)
    host.done("ask")
    giver = host.tell(f"give 1 {COMING}")
    kills = 0
    while kills < KILLS:
        workers = [host.tell(f"work {chunk}"), host.tell(f"work {chunk}")]
        wait_until(partial(_has_come, host, donors * kills // (KILLS + 2)), PATIENCE)
        time.sleep(chance.random() / 5)
        for pid in workers:
            os.kill(pid, signal.SIGKILL)
            kills += host.tell(f"wait {pid}") == -signal.SIGKILL
    if host.row("SELECT state FROM rewards_rewardrun") != ("running",):
        raise SystemExit("bench: the run ended before its workers were killed")
    host.done(f"work {chunk}")
    host.tell(f"wait {giver}")
    host.done(f"give 1 {COMING}")
    host.done("ask_night")
    host.done(f"work {chunk}", f"work {chunk}")
    return kills


def _has_come(host: Host, due: int) -> bool:
    return bool(host.row("SELECT cursor FROM rewards_rewardrun")[0] >= due)
