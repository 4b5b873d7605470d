"""Alternating rounds: every turn of a round loads another server, so drift of the machine hits all alike."""

import json
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.report import Cell, Speed
from bench.servers import Web, answers, cpu_seconds

CONNECTIONS = 8
WARM_SECONDS = 0.3


@dataclass
class Turn:
    """One server with one kind of page: what is asked, and what was measured so far.

    `database` is PostgreSQL's first process: only this server is loaded while it has its turn.
    """

    web: Web
    plan: list[dict[str, Any]]
    queries: int
    database: int
    runs: list[dict[str, float]] = field(default_factory=list)
    peak_mb: float = 0.0

    def load(self, seconds: float) -> dict[str, float]:
        """Load the server for so long, the client in a process of its own; a wrong answer ends the bench.

        Each address is asked once before, so that what is kept for a minute or for ten is kept on both sides.
        """
        for ask in self.plan:
            answers(self.web.port, ask["path"])
        before, database = self.web.cpu_seconds(), cpu_seconds(self.database)
        client = str(Path(__file__).with_name("load.py"))
        done = subprocess.run(
            [sys.executable, client, str(self.web.port), str(seconds), str(CONNECTIONS)],
            input=json.dumps(self.plan),
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            raise SystemExit(f"bench: {self.web.site.name}: {done.stderr.strip().splitlines()[-1]}")
        self.peak_mb = max(self.peak_mb, self.web.memory_mb())
        run: dict[str, float] = json.loads(done.stdout)
        run["cpu"] = (self.web.cpu_seconds() - before) / run["requests"] * 1000
        run["database"] = (cpu_seconds(self.database) - database) / run["requests"] * 1000
        return run

    def median(self, name: str) -> float:
        """The median over the rounds of one of the client's figures."""
        return statistics.median(run[name] for run in self.runs)

    def cell(self) -> Cell:
        """The medians of the rounds."""
        names = ("rate", "p50", "p95", "cpu", "database")
        speed = Speed(*(self.median(name) for name in names))
        return Cell(speed, self.queries, self.peak_mb)


def alternate(turns: list[Turn], rounds: int, seconds: float) -> None:
    """Warm every turn once, then load them one after the other, round by round."""
    for turn in turns:
        turn.load(WARM_SECONDS)
    for _ in range(rounds):
        for turn in turns:
            turn.runs.append(turn.load(seconds))


def client_ceiling(turns: list[Turn]) -> float:
    """Requests/s one client process could ask at most, from its own CPU time against the fastest server."""
    fastest = max(turns, key=lambda turn: turn.median("rate"))
    return 1e6 / fastest.median("own_us")
