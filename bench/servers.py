"""Starts what is measured: the portal or a peer under granian, one process each, on the same servers."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from redcross.embedded import Addresses
from redcross.processes import Child, Program, stat_fields, wait_until

ROOT = Path(__file__).resolve().parent.parent
THREADS = 2
KEYS_NOT_PASSED_ON = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL", "PYTHONDONTWRITEBYTECODE")


@dataclass(frozen=True)
class Site:
    """A Django project as it is run: where its modules are, its WSGI application and its environment."""

    name: str
    folder: Path
    application: str
    environment: dict[str, str]

    def all_environment(self) -> dict[str, str]:
        """The environment of every process of this site."""
        kept = {key: value for key, value in os.environ.items() if key not in KEYS_NOT_PASSED_ON}
        return kept | {"PYTHONPATH": f"{self.folder}{os.pathsep}{ROOT}"} | self.environment

    def python(self, *words: str) -> str:
        """What a Python command of this site printed; ends the bench with its complaint if it failed."""
        done = subprocess.run(
            [sys.executable, *words],
            cwd=self.folder,
            env=self.all_environment(),
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            raise SystemExit(f"bench: {self.name}: {' '.join(words)}\n{done.stderr[-3000:]}")
        return done.stdout

    def queries(self, *paths: str) -> dict[str, int]:
        """SQL queries per path in the steady state, counted in a process of its own."""
        counted = json.loads(self.python("-m", "bench.count_queries", *paths))
        return {path: int(count) for path, count in counted.items()}


def second_database(addresses: Addresses, name: str) -> Addresses:
    """An empty database on the same PostgreSQL server; Valkey stays the same one."""
    with psycopg.connect(addresses.database_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return Addresses(addresses.database_url.replace("/redcross?", f"/{name}?"), addresses.redis_url)


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def granian(application: str, port: int) -> list[str]:
    """The command of the web server, the same words for every side."""
    options = {
        "--interface": "wsgi",
        "--host": "127.0.0.1",
        "--port": str(port),
        "--http": "1",
        "--workers": "1",
        "--blocking-threads": str(THREADS),
        "--blocking-threads-idle-timeout": "600",
        "--runtime-mode": "st",
        "--backpressure": "64",
        "--log-level": "warning",
    }
    words = [word for pair in options.items() for word in pair]
    return [str(Path(sys.executable).parent / "granian"), *words, "--no-ws", application]


def answers(port: int, path: str) -> bool:
    """True once the server answers this path with 200."""
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", path, headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    except OSError:
        return False


@dataclass(frozen=True)
class Web:
    """A running web server."""

    site: Site
    port: int
    pid: int

    def memory_mb(self) -> float:
        """Proportional set size of the server's processes together, in MB of 1,000,000 bytes."""
        return sum(pss(pid) for pid in family(self.pid)) / 1e6

    def cpu_seconds(self) -> float:
        """CPU time, user and system, that the server's processes have used so far."""
        return cpu_seconds(self.pid)


@contextmanager
def serving(site: Site, data_dir: Path, path: str) -> Iterator[Web]:
    """The site's web server for the length of a block, answering `path` before it begins."""
    port = free_port()
    program = Program(site.name, granian(site.application, port), signal.SIGTERM, 10, site.all_environment())
    child = Child(program, data_dir, site.folder)
    child.start()
    try:
        wait_until(lambda: child.has_ended() or answers(port, path), 60)
        if child.process is None or child.has_ended() or not answers(port, path):
            raise SystemExit(f"bench: {site.name} does not answer {path}:\n{child.said()[-3000:]}")
        yield Web(site, port, child.process.pid)
    finally:
        child.stop()


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    found = [pid]
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text().split():
            found += family(int(child))
    return found


def cpu_seconds(pid: int) -> float:
    """CPU time, user and system, of a process and all that descend from it and still live."""
    return sum(cpu_ticks(one) for one in family(pid)) / os.sysconf("SC_CLK_TCK")


def postmaster(folder: Path) -> int:
    """The first process of the PostgreSQL started under this folder."""
    return int(next(folder.rglob("postmaster.pid")).read_text().split()[0])


def cpu_ticks(pid: int) -> int:
    """Clock ticks of CPU time of one process; 0 if it has ended."""
    fields = stat_fields(pid)
    return int(fields[11]) + int(fields[12]) if fields else 0


def pss(pid: int) -> int:
    """Proportional set size of one process in bytes; 0 if it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next(int(text.split()[1]) * 1024 for text in lines if text.startswith("Pss:"))
