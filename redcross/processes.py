"""Children of bin/serve and bin/test: started, recorded, found again after a crash, and stopped.

Each child leads its own session, carries MARK in its environment, and is recorded in a pid file with
the moment it started, so that a pid which now belongs to a stranger is never touched.
"""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

MARK = "REDCROSS_CHECKOUT"
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)


def stat_fields(pid: int) -> list[str]:
    """The fields of /proc/<pid>/stat after the name: state first; empty when there is no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def started(pid: int) -> str | None:
    """Boot and clock tick at which this process began; None when it has ended (a zombie has)."""
    fields = stat_fields(pid)
    if not fields or fields[0] in "ZX":
        return None
    boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    return f"{boot} {fields[19]}"


def mark(data_dir: Path) -> str:
    """What tells this checkout's processes from any other's: the data folder's device and inode."""
    status = data_dir.stat()
    return f"{status.st_dev}:{status.st_ino}"


def marked(value: str) -> list[int]:
    """Living processes that were started for this data folder, other than the one asking."""
    needle = f"{MARK}={value}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            environment = (entry / "environ").read_bytes()
        except OSError:
            continue
        if needle in environment.split(b"\0") and started(int(entry.name)):
            found.append(int(entry.name))
    return found


def write_pid(path: Path, pid: int) -> None:
    path.write_text(f"{pid} {started(pid)}\n")


def read_pid(path: Path) -> int | None:
    """The recorded process if it still is that very process, else None."""
    try:
        pid, _, moment = path.read_text().strip().partition(" ")
        return int(pid) if started(int(pid)) == moment else None
    except (OSError, ValueError):
        return None


def wait_until(true: Callable[[], bool], seconds: float) -> bool:
    """Whether it came true in time."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def send(pids: Iterable[int], number: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


def end(pids: Iterable[int], number: signal.Signals, seconds: float) -> None:
    """Asks these processes to end, waits, then kills what is left."""
    moments = {pid: moment for pid in pids if (moment := started(pid))}

    def left() -> list[int]:
        return [pid for pid, moment in moments.items() if started(pid) == moment]

    send(left(), number)
    if not wait_until(lambda: not left(), seconds):
        send(left(), signal.SIGKILL)
        wait_until(lambda: not left(), 5)


@dataclass(frozen=True)
class Program:
    """A command that runs in the foreground, and how it wants to be ended."""

    name: str
    command: list[str]
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 10.0
    environment: dict[str, str] = field(default_factory=dict)


class Child:
    """One running Program: recorded in run/<name>.pid, writing to logs/<name>.log under the data folder."""

    LOG_BYTES = 5 * 1024 * 1024

    def __init__(self, program: Program, data_dir: Path, folder: Path) -> None:
        self.program = program
        self.folder = folder
        self.pid_file = data_dir / "run" / f"{program.name}.pid"
        self.log = data_dir / "logs" / f"{program.name}.log"
        self.mark = mark(data_dir)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> subprocess.Popen[bytes]:
        for path in (self.pid_file, self.log):
            path.parent.mkdir(mode=0o700, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > self.LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self.log_start = log.tell()
            self.process = subprocess.Popen(
                self.program.command,
                cwd=self.folder,
                env=os.environ | self.program.environment | {MARK: self.mark},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=end_with_parent(self.program.stop_signal),  # noqa: PLW1509  no threads here
            )
        write_pid(self.pid_file, self.process.pid)
        return self.process

    def has_ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def said(self) -> str:
        """What it wrote since its last start."""
        with self.log.open("rb") as log:
            log.seek(self.log_start)
            return log.read().decode(errors="replace")

    def ask_to_stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(self.program.stop_signal)

    def stop(self) -> None:
        """Ends it with every process of its session."""
        if self.process is None:
            return
        self.ask_to_stop()
        try:
            self.process.wait(self.program.patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.clear_session()
        self.pid_file.unlink(missing_ok=True)
        self.process = None

    def clear_session(self) -> None:
        """Kills what a dead leader left behind (a pool's workers), so that a new one finds the place free."""
        if self.process:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                pass


def end_with_parent(number: signal.Signals) -> Callable[[], None]:
    """For subprocess: the kernel sends this signal to the child when its starter dies, however it dies."""

    def ask_kernel() -> None:
        LIBC.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)

    return ask_kernel


def stop_orphans(data_dir: Path) -> list[str]:
    """Stops what an earlier start left running on this data folder; returns the names found.

    Only PostgreSQL is given time: the others may be killed anywhere without loss, and a worker
    whose broker went first would wait in vain.
    """
    found = []
    run = data_dir / "run"
    for name in ("web", "beat", "worker", "prepare", "valkey", "postgresql"):
        pid = read_pid(run / f"{name}.pid")
        if pid:
            found.append(name)
            if name == "postgresql":
                end([pid], signal.SIGINT, 20)
            else:
                end([pid], signal.SIGTERM, 1)
        (run / f"{name}.pid").unlink(missing_ok=True)
    left = marked(mark(data_dir))
    end(left, signal.SIGTERM, 1)
    return found or [str(pid) for pid in left]
