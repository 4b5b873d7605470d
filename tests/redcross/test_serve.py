"""bin/serve as a person meets it: it refuses in one sentence, comes back after every kill, leaves nothing."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

import pytest

from redcross.processes import mark, marked, read_pid, wait_until

ROOT = Path(__file__).resolve().parents[2]
SERVE = [sys.executable, "-m", "redcross.serving"]
CHILDREN = ["postgresql", "valkey", "web", "worker", "beat"]


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "Hội chữ thập đỏ" / ".data"
    folder.mkdir(parents=True, mode=0o700)
    return folder


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(data_dir: Path) -> dict[str, str]:
    """This process' environment without what the suite set for itself."""
    ours = {"DATABASE_URL", "REDIS_URL", "SITE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "REDCROSS_MODE"}
    return {name: value for name, value in os.environ.items() if name not in ours} | {
        "DATA_DIR": str(data_dir)
    }


class Serve:
    """A bin/serve that was started, and what it has said so far."""

    def __init__(self, data_dir: Path, port: int) -> None:
        self.data_dir, self.port = data_dir, port
        self.output = data_dir.parent / "output.txt"
        self.start()

    def start(self) -> None:
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [*SERVE, "--no-demo", "--port", str(self.port)],
                cwd=ROOT,
                env=environment(self.data_dir),
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        ready = f"http://127.0.0.1:{self.port}/"
        wait_until(lambda: ready in self.output.read_text() or self.process.poll() is not None, 240)
        assert ready in self.output.read_text(), self.output.read_text()

    def pids(self) -> dict[str, int | None]:
        return {name: read_pid(self.data_dir / "run" / f"{name}.pid") for name in CHILDREN}

    def is_new_since(self, before: dict[str, int | None]) -> bool:
        """Whether each child runs, and none is one of those."""
        now = self.pids()
        return all(pid and pid != before[name] for name, pid in now.items())

    def answers(self) -> bool:
        try:
            with build_opener(ProxyHandler({})).open(
                f"http://127.0.0.1:{self.port}/suc-khoe/", timeout=10
            ) as page:
                return bool(page.status == 200)
        except HTTPError:
            return False
        except OSError:
            return False


@pytest.fixture
def serve(data_dir: Path, port: int) -> Iterator[Serve]:
    begun = Serve(data_dir, port)
    yield begun
    begun.process.send_signal(signal.SIGTERM)
    begun.process.wait(90)


def test_a_day_of_bin_serve(serve: Serve) -> None:
    assert serve.answers()
    assert (serve.data_dir / "secret-key").stat().st_mode & 0o777 == 0o600

    second = run(serve.data_dir, "--port", str(serve.port))
    assert (second.returncode, second.stdout) == (2, "")
    assert second.stderr.count("\n") == 1
    assert "đang chạy" in second.stderr
    assert serve.answers()

    before = serve.pids()
    assert None not in before.values()
    for pid in before.values():
        os.kill(pid or 0, signal.SIGKILL)
    assert wait_until(lambda: serve.is_new_since(before) and serve.answers(), 240), serve.output.read_text()

    serve.process.kill()
    serve.process.wait()
    serve.start()
    assert serve.answers()

    serve.process.send_signal(signal.SIGINT)
    assert serve.process.wait(90) == 0
    assert marked(mark(serve.data_dir)) == []
    assert set(serve.pids().values()) == {None}
    assert "Traceback" not in serve.output.read_text()


def run(data_dir: Path, *arguments: str, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*before, *SERVE, *arguments], cwd=ROOT, env=environment(data_dir), capture_output=True, text=True
    )


def test_taken_port_is_one_sentence(data_dir: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run(data_dir, "--port", str(port))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert f"cổng {port}" in done.stderr
    assert marked(mark(data_dir)) == []


def test_full_disk_is_one_sentence(data_dir: Path) -> None:
    mount = 'mount -t tmpfs -o size=20m none "$0" && exec "$@"'
    apart = ("unshare", "--user", "--map-root-user", "--mount", "/bin/sh", "-c")
    if subprocess.run([*apart, mount, str(data_dir), "true"], capture_output=True).returncode:
        pytest.skip("no user namespace here: a small disk cannot be mounted")
    done = run(data_dir, before=(*apart, mount, str(data_dir)))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "Đĩa không đủ chỗ" in done.stderr


def test_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = run(tmp_path / "file" / ".data")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_python_too_old_is_one_sentence(tmp_path: Path) -> None:
    commands = tmp_path / "bin"
    commands.mkdir()
    for name in ("sh", "dirname"):
        (commands / name).symlink_to(str(shutil.which(name)))
    old = commands / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" && exit 0\nexit 1\n')
    old.chmod(0o755)
    done = subprocess.run(
        [ROOT / "bin" / "serve"], env={"PATH": str(commands)}, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "Cần Python 3.11" in done.stderr
    assert "Python 3.9.2" in done.stderr
