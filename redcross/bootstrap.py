"""Makes the checkout's .venv from the lock file; standard library only, run before anything is installed.

bin/setup runs this file with any Python 3.11 or later, isolated (-I). When the stamp in .venv
says that this very lock file is installed, nothing is done.
"""

import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / ".redcross-lock.json"
DATA_DIR = Path(os.environ.get("DATA_DIR") or ROOT / ".data")
MEGABYTE = 1024 * 1024
# Measured: the runtime set takes 250 MB, with the tests' tools 700 MB; pip unpacks beside it.
SPACE_NEEDED = {"requirements.txt": 600 * MEGABYTE, "requirements-dev.txt": 1400 * MEGABYTE}


def main(arguments: list[str]) -> int:
    """The exit code: 0 when .venv holds the lock file, 2 after one sentence about why it cannot."""
    lock = ROOT / ("requirements-dev.txt" if "--dev" in arguments else "requirements.txt")
    try:
        if is_installed(lock):
            return 0
        with one_setup_at_a_time():
            if not is_installed(lock):
                install(lock)
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        return refuse(
            f"Không tạo được môi trường Python: {error.strerror} ({error.filename}).",
            f"Cannot make the Python environment: {error.strerror}.",
        )
    except SystemExit as refusal:
        return int(refusal.code or 0)
    return 0


def refuse(vietnamese: str, english: str) -> int:
    """Exit code 2, after one line to the person at the terminal."""
    print(f"{vietnamese} ({english})", file=sys.stderr)
    return 2


def one_setup_at_a_time() -> TextIO:
    """An open file holding a lock, so that two first starts do not write the same .venv."""
    DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = (DATA_DIR / "setup.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("Đang chờ một lần cài đặt khác xong… (Waiting for another setup.)", flush=True)
        fcntl.flock(lock, fcntl.LOCK_EX)
    return lock


def digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def installed() -> dict[str, str]:
    """What the stamp tells: the interpreter behind .venv, and a digest for each lock file installed."""
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return stamp


def is_installed(lock: Path) -> bool:
    stamp = installed()
    return (
        stamp.get(lock.name) == digest(lock)
        and stamp.get("python") == str(PYTHON.resolve())
        and os.access(PYTHON, os.X_OK)
    )


def install(lock: Path) -> None:
    """Leaves .venv holding exactly the lock file's versions; raises SystemExit(2) after a sentence."""
    free = shutil.disk_usage(ROOT).free
    if free < SPACE_NEEDED[lock.name]:
        raise SystemExit(no_space(free, SPACE_NEEDED[lock.name]))
    if not is_usable():
        make_venv()
    print(f"Đang cài các gói của {lock.name}… (Installing packages.)", flush=True)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    done = subprocess.run(
        [*pip, "install", "--quiet", "--no-deps", "--require-hashes", "--requirement", str(lock)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode != 0:
        raise SystemExit(failed(done.stdout))
    stamp = {"python": str(PYTHON.resolve()), lock.name: digest(lock)}
    if lock.name == "requirements-dev.txt":  # it holds the runtime set whole
        stamp["requirements.txt"] = digest(ROOT / "requirements.txt")
    STAMP.write_text(json.dumps(stamp, indent=1) + "\n")


def is_usable() -> bool:
    """Whether .venv has a pip and a Python that still runs (an upgraded system may have taken it away)."""
    if not PYTHON.exists():
        return False
    probe = "import pip, sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))"
    return subprocess.run([str(PYTHON), "-c", probe], capture_output=True).returncode == 0


def make_venv() -> None:
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise SystemExit(no_venv())
    print("Đang tạo .venv… (Making .venv.)", flush=True)
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if made.returncode != 0:
        raise SystemExit(no_venv() if "ensurepip" in made.stdout else failed(made.stdout))


def no_venv() -> int:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return refuse(
        f"Python {version} thiếu venv; trên Debian, Ubuntu: apt install python{version}-venv.",
        f"This Python has no venv; on Debian or Ubuntu: apt install python{version}-venv.",
    )


def no_space(free: int, needed: int) -> int:
    return refuse(
        f"Đĩa không đủ chỗ: còn {free // MEGABYTE} MB, cần {needed // MEGABYTE} MB tại {ROOT}.",
        f"The disk is full: {free // MEGABYTE} MB free, {needed // MEGABYTE} MB needed.",
    )


def failed(output: str) -> int:
    if "No space left on device" in output:
        return no_space(shutil.disk_usage(ROOT).free, SPACE_NEEDED["requirements.txt"])
    lines = [line for line in output.splitlines() if line.strip()]
    told = next((line for line in lines if line.startswith("ERROR")), lines[-1] if lines else "?")
    return refuse(f"Không cài được các gói Python: {told}", "Cannot install the Python packages.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
