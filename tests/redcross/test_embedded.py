"""PostgreSQL and Valkey from the wheels, really started, on a path with a space and Vietnamese letters."""

import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
import redis

from redcross import embedded
from redcross.premises import CannotStart, check_postgresql, check_redis
from redcross.processes import Child, Program, marked, read_pid, started, stop_orphans, wait_until

ROOT = Path(__file__).resolve().parents[2]
# A child that outlives its starter: it takes back the kernel's promise to end it.
OUTLIVES = (
    "import ctypes, signal; ctypes.CDLL(None).prctl(1, 0, 0, 0, 0); print('up', flush=True); signal.pause()"
)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "Hội chữ thập đỏ" / ".data"
    folder.mkdir(parents=True, mode=0o700)
    return folder


@pytest.fixture
def stranger() -> Iterator[subprocess.Popen[bytes]]:
    """A process that is none of ours."""
    with subprocess.Popen(["sleep", "600"]) as process:
        yield process
        process.kill()


def test_both_servers_answer_and_leave_nothing(data_dir: Path) -> None:
    with embedded.running(data_dir, durable=False) as addresses:
        sockets = Path(parse_qs(urlsplit(addresses.database_url).query)["host"][0])
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
        check_postgresql(addresses.database_url)
        check_redis(addresses.redis_url)
        with psycopg.connect(addresses.database_url) as connection:
            found = connection.execute(
                "SELECT lower('HỘI ĐẮK'), current_setting('listen_addresses')"
            ).fetchone()
            assert found == ("hội đắk", "")
        with redis.Redis.from_url(addresses.redis_url) as client:
            assert client.config_get("port") == {"port": "0"}
    assert marked(embedded_mark(data_dir)) == []
    assert not sockets.exists()


def embedded_mark(data_dir: Path) -> str:
    status = data_dir.stat()
    return f"{status.st_dev}:{status.st_ino}"


def test_data_survives_kill(data_dir: Path) -> None:
    sockets = embedded.make_socket_folder()
    children = embedded.start_servers(data_dir, sockets)
    addresses = embedded.addresses(sockets)
    with psycopg.connect(addresses.database_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'máu' AS word")
    with redis.Redis.from_url(addresses.redis_url) as client:
        client.rpush("queue", "letter")
    for child in children:
        assert child.process
        child.process.kill()
    embedded.stop_servers(children)
    shutil.rmtree(sockets)
    with embedded.running(data_dir) as again:
        with psycopg.connect(again.database_url) as connection:
            assert connection.execute("SELECT word FROM kept").fetchall() == [("máu",)]
        with redis.Redis.from_url(again.redis_url) as client:
            assert client.lrange("queue", 0, -1) == [b"letter"]


def test_half_made_cluster_is_begun_again(data_dir: Path) -> None:
    (data_dir / "postgresql.new" / "base").mkdir(parents=True)
    with embedded.running(data_dir, durable=False) as addresses:
        check_postgresql(addresses.database_url)
    assert not (data_dir / "postgresql.new").exists()


def test_data_of_another_major_version_is_refused_and_kept(data_dir: Path) -> None:
    (data_dir / "postgresql").mkdir()
    (data_dir / "postgresql" / "PG_VERSION").write_text("13\n")
    with pytest.raises(CannotStart, match="của PostgreSQL 13"), embedded.running(data_dir):
        pass
    assert (data_dir / "postgresql" / "PG_VERSION").read_text() == "13\n"
    assert marked(embedded_mark(data_dir)) == []


def test_orphan_is_found_by_its_pid_file_and_stopped(data_dir: Path) -> None:
    pid = leave_orphan(data_dir)
    assert read_pid(data_dir / "run" / "worker.pid") == pid
    assert stop_orphans(data_dir) == ["worker"]
    assert started(pid) is None


def test_orphan_without_pid_file_is_found_by_its_mark(data_dir: Path) -> None:
    pid = leave_orphan(data_dir)
    (data_dir / "run" / "worker.pid").unlink()
    assert marked(embedded_mark(data_dir)) == [pid]
    assert stop_orphans(data_dir)
    assert started(pid) is None


def leave_orphan(data_dir: Path) -> int:
    """The pid of a child whose starter was killed."""
    script = (
        "import sys, os, signal; from pathlib import Path; from redcross.processes import *\n"
        "data = Path(sys.argv[1])\n"
        "child = Child(Program('worker', [sys.executable, '-c', sys.argv[2]]), data, data)\n"
        "child.start(); wait_until(lambda: 'up' in child.said(), 60)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(data_dir), OUTLIVES], cwd=ROOT)
    assert done.returncode == -signal.SIGKILL
    pid = read_pid(data_dir / "run" / "worker.pid")
    assert pid is not None
    return pid


def test_child_ends_with_its_killed_starter(data_dir: Path) -> None:
    child = Child(Program("valkey", ["sleep", "600"]), data_dir, data_dir)
    reader, writer = os.pipe()
    starter = os.fork()
    if starter == 0:
        os.write(writer, str(child.start().pid).encode())
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(starter, 0)
    pid = int(os.read(reader, 20))
    assert wait_until(lambda: started(pid) is None, 60)


def test_stranger_who_got_the_pid_is_left_alone(data_dir: Path, stranger: subprocess.Popen[bytes]) -> None:
    (data_dir / "run").mkdir()
    boot = str(started(stranger.pid)).split()[0]
    (data_dir / "run" / "postgresql.pid").write_text(f"{stranger.pid} {boot} 1\n")
    assert stop_orphans(data_dir) == []
    assert stranger.poll() is None
    assert not (data_dir / "run" / "postgresql.pid").exists()


@pytest.mark.parametrize(
    "url", ["postgresql:///redcross?host=/nonexistent&password=sesame", "mysql://localhost/redcross"]
)
def test_unreachable_database_is_one_sentence_without_its_password(url: str) -> None:
    with pytest.raises(CannotStart) as refusal:
        check_postgresql(url)
    assert "DATABASE_URL" in str(refusal.value)
    assert "sesame" not in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("url", ["unix:///nonexistent/v.sock", "http://localhost"])
def test_unreachable_redis_is_one_sentence(url: str) -> None:
    with pytest.raises(CannotStart, match="REDIS_URL"):
        check_redis(url)
