"""bin/test: every check, then pytest in two workers on a PostgreSQL and a Valkey of its own.

With arguments only pytest runs, with these arguments. DATABASE_URL and REDIS_URL, both set, are used.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import psycopg

from redcross import embedded
from redcross.premises import CannotStart

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
IMPORT_LINTER = "from importlinter.cli import lint_imports_command; lint_imports_command()"
WORKERS = "2"
TEMPLATE = "redcross_template"

# The longest first: two run at a time.
CHECKS = {
    "types": [PYTHON, "-m", "mypy", "."],
    "templates": [PYTHON, "-m", "djlint", "--lint", "--quiet", "templates"],
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "translations": ["bin/messages", "--check"],
    "floors and rooms": [PYTHON, "-c", IMPORT_LINTER, "--no-logo"],
    "lint": [PYTHON, "-m", "ruff", "check", "--quiet", "--output-format", "concise", "."],
    "format": [PYTHON, "-m", "ruff", "format", "--check", "--output-format", "concise", "."],
}


def main(arguments: list[str]) -> int:
    """The exit code: of the checks if one fails, else of pytest."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    os.chdir(ROOT)
    try:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="redcross-test-")))
            is_ours = set_environment(stack, folder)
            if arguments == ["--only-checks"]:
                return check_all()
            if not arguments:
                migrating = start_template() if is_ours else None
                if check_all():
                    if migrating is not None:
                        migrating.kill()
                    return 1
                use_template(migrating)
            return run_pytest(arguments)
    except CannotStart as reason:
        print(reason, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def set_environment(stack: ExitStack, folder: Path) -> bool:
    """Points settings at servers that forget; they end with the stack. True if the servers are ours."""
    os.environ |= {"REDCROSS_MODE": "test", "DATA_DIR": str(folder)}
    (folder / "static").mkdir()
    os.environ.setdefault("SITE_URL", "http://localhost:8000")
    if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
        addresses = stack.enter_context(embedded.running(folder, durable=False))
        os.environ["DATABASE_URL"] = addresses.database_url
        os.environ["REDIS_URL"] = addresses.redis_url
        return True
    return False


def start_template() -> subprocess.Popen[bytes]:
    """Migrates a database of our own server while the checks run: every worker gets a copy of it."""
    address = os.environ["DATABASE_URL"]
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {TEMPLATE}")
    environment = os.environ | {"DATABASE_URL": address.replace("/redcross?", f"/{TEMPLATE}?")}
    return subprocess.Popen([PYTHON, "manage.py", "migrate", "--verbosity", "0"], env=environment)


def use_template(migrating: subprocess.Popen[bytes] | None) -> None:
    """From now on test databases are copies of the migrated one; if it failed, pytest will say why."""
    if migrating is not None and migrating.wait() == 0:
        os.environ["TEST_DATABASE_TEMPLATE"] = TEMPLATE


def check_all() -> int:
    """How many checks failed; each tells its name, its seconds and, when it failed, what it said."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        failures = sum(pool.map(check, CHECKS))
    if failures:
        print(f"{failures} of {len(CHECKS)} checks failed; pytest was not started.", flush=True)
    return failures


def check(name: str) -> int:
    began = time.monotonic()
    done = subprocess.run(CHECKS[name], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    verdict = "ok" if done.returncode == 0 else "FAILED"
    said = "" if done.returncode == 0 else "\n" + done.stdout.rstrip()
    print(f"{name}: {verdict} ({time.monotonic() - began:.1f} s){said}", flush=True)
    return int(done.returncode != 0)


def run_pytest(arguments: list[str]) -> int:
    """pytest's own exit code. One named test runs in this process' one child, without workers' start."""
    collect = [PYTHON, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(collect, check=True)  # pages name their hashed files
    chosen = arguments or ["-n", WORKERS, "--dist", "loadfile", "--durations=30"]
    process = subprocess.Popen([PYTHON, "-m", "pytest", *chosen])
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # the terminal told pytest too; it says what it has and ends
            process.terminate()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
