"""bin/serve: the whole portal on one machine, and all of it ended together.

PostgreSQL, Valkey (unless DATABASE_URL, REDIS_URL name others), web, worker and beat run as children;
one that dies is started again. Each reason not to start is one sentence and exit code 2.
"""

import argparse
import os
import secrets
import shlex
import shutil
import signal
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, Request, build_opener

from redcross import embedded
from redcross.premises import (
    CannotStart,
    check_port,
    check_postgresql,
    check_redis,
    check_space,
    data_dir,
    only_one_here,
)
from redcross.processes import Child, Program, stop_orphans, wait_until

ROOT = Path(__file__).resolve().parent.parent
READY_SECONDS = 60
LONGEST_PAUSE = 10.0
STEADY_SECONDS = 30.0


def main() -> int:
    """The exit code: 0 after Ctrl-C or SIGTERM, 2 after a sentence about why it cannot start."""
    options = read_arguments()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup keeps it
            signal.signal(number, signal.default_int_handler)
    try:
        with only_one_here(data_dir(ROOT)):
            serve(options)
    except CannotStart as reason:
        print(reason, file=sys.stderr)
        return 2
    except OSError as error:  # a disk that filled up, a folder that is not ours
        print(f"Không chạy được: {error.strerror} {error.filename or ''} (Cannot start.)", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        say("Đã dừng.", "Stopped.")
    return 0


def say(vietnamese: str, english: str) -> None:
    print(f"{vietnamese} ({english})", flush=True)


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "bin/serve", description="Chạy cả cổng trên máy này. (Serves the portal.)"
    )
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ lắng nghe (address to listen on)")
    parser.add_argument("--port", type=int, default=8000, help="cổng (port), 8000")
    parser.add_argument("--no-demo", action="store_true", help="không nạp dữ liệu mẫu (without demo data)")
    return parser.parse_args()


def serve(options: argparse.Namespace) -> None:
    """Ends by exception only: CannotStart, or KeyboardInterrupt when asked to stop; leaves no child."""
    folder = data_dir(ROOT)
    check_space(folder)
    found = stop_orphans(folder)
    remove_sockets(folder)
    if found:
        say("Đã dừng tiến trình của lần chạy trước.", "Stopped what an earlier run left.")
    check_port(options.host, options.port)
    children: list[Child] = []
    try:
        set_environment(options, folder)
        children += start_embedded(folder)
        write_environment(folder)
        accounts = prepare(folder)
        for program in portal(options):
            children.append(Child(program, folder, ROOT))
            children[-1].start()
            if program.name == "web":  # first, and alone: it answers sooner
                wait_for_web(options, children[-1])
        say(f"Cổng chạy tại {os.environ['SITE_URL']}/ , dừng bằng Ctrl-C.", "Ctrl-C stops it.")
        print(accounts, end="", flush=True)
        keep_running(children)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        end_all(children, folder)


def set_environment(options: argparse.Namespace, folder: Path) -> None:
    """What every child reads; what is already set stays."""
    host = {"0.0.0.0": "localhost", "::": "localhost"}.get(options.host, options.host)  # noqa: S104
    shown = f"[{host}]" if ":" in host else host
    os.environ["REDCROSS_MODE"] = "local" if options.no_demo else "demo"
    os.environ["DATA_DIR"] = str(folder)
    os.environ.setdefault("SITE_URL", f"http://{shown}:{options.port}")
    hosts = ["localhost", "127.0.0.1", "[::1]", shown]
    if options.host in {"0.0.0.0", "::"}:  # noqa: S104
        hosts = ["*"]
    os.environ.setdefault("ALLOWED_HOSTS", ",".join(dict.fromkeys(hosts)))
    os.environ["PYTHONUNBUFFERED"] = "1"
    if not os.environ.get("SECRET_KEY"):
        os.environ["SECRET_KEY"] = secret_key(folder / "secret-key")


def secret_key(path: Path) -> str:
    """The checkout's own key, made once, readable by its owner alone."""
    if not path.exists() or not path.read_text().strip():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50) + "\n")
    return path.read_text().strip()


def start_embedded(folder: Path) -> list[Child]:
    """The servers nobody else provides, running; the given ones are asked for their version."""
    given = {name: os.environ.get(f"{name}_URL", "") for name in ("DATABASE", "REDIS")}
    if given["DATABASE"]:
        check_postgresql(given["DATABASE"])
    if given["REDIS"]:
        check_redis(given["REDIS"])
    if all(given.values()):
        return []
    sockets = embedded.make_socket_folder()
    (folder / "run" / "sockets").write_text(str(sockets))
    children = embedded.start_servers(
        folder, sockets, with_postgresql=not given["DATABASE"], with_valkey=not given["REDIS"]
    )
    addresses = embedded.addresses(sockets)
    os.environ["DATABASE_URL"] = given["DATABASE"] or addresses.database_url
    os.environ["REDIS_URL"] = given["REDIS"] or addresses.redis_url
    return children


def write_environment(folder: Path) -> None:
    """For bin/manage: what the children read, in shell words, readable by the owner alone."""
    names = [
        "REDCROSS_MODE",
        "DATA_DIR",
        "SITE_URL",
        "ALLOWED_HOSTS",
        "SECRET_KEY",
        "DATABASE_URL",
        "REDIS_URL",
    ]
    path = folder / "run" / "environment"
    path.touch(mode=0o600)
    path.write_text("".join(f"{name}={shlex.quote(os.environ[name])}\n" for name in names))


def prepare(folder: Path) -> str:
    """Runs redcross.preparing; returns what it tells the person (the demo accounts)."""
    say("Đang chuẩn bị dữ liệu…", "Preparing.")
    said = folder / "run" / "prepared.txt"
    command = ["/bin/sh", "-c", 'exec "$0" -m redcross.preparing >"$1"', sys.executable, str(said)]
    child = Child(Program("prepare", command), folder, ROOT)
    try:
        if child.start().wait() != 0:
            raise embedded.failure(child)
        return said.read_text()
    finally:
        child.stop()


def portal(options: argparse.Namespace) -> list[Program]:
    """Web, worker and beat. Granian starts a lost web worker again itself."""
    python = [sys.executable, "-m"]
    web = [*python, "granian", "--interface", "wsgi", "--host", options.host, "--port", str(options.port)]
    web += ["--workers", "2", "--blocking-threads", "2", "--http", "1", "--no-ws", "--respawn-failed-workers"]
    # More threads than that only fight for the interpreter (docs/measured.md); a longer idle time keeps
    # each thread's database connection.
    web += ["--backpressure", "64", "--blocking-threads-idle-timeout", "600"]
    web += ["--workers-kill-timeout", "5", "redcross.wsgi:application"]
    celery = [*python, "celery", "--app", "redcross", "--workdir", str(ROOT)]
    worker = [
        *celery,
        "worker",
        "--concurrency",
        "2",
        "--without-gossip",
        "--without-mingle",
        "--loglevel",
        "INFO",
    ]
    schedule = str(data_dir(ROOT) / "run" / "beat-schedule")
    beat = [*celery, "beat", "--schedule", schedule, "--pidfile", "", "--loglevel", "WARNING"]
    return [Program("web", web), Program("worker", worker), Program("beat", beat)]


def wait_for_web(options: argparse.Namespace, web: Child) -> None:
    """Comes back once a page was answered; raises CannotStart when the web process ended or is silent."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(options.host, options.host)  # noqa: S104
    name = urlsplit(os.environ["SITE_URL"]).netloc
    opener = build_opener(ProxyHandler({}))

    def answers() -> bool:
        request = Request(f"http://{host}:{options.port}/", headers={"Host": name})
        try:
            with opener.open(request, timeout=10):
                return True
        except OSError as error:  # an error page is an answer
            return getattr(error, "code", None) is not None

    wait_until(lambda: web.has_ended() or answers(), READY_SECONDS)
    if web.has_ended() or not answers():
        raise embedded.failure(web)


def keep_running(children: list[Child]) -> None:
    """Starts again whatever dies: at once, then after longer and longer pauses; until interrupted."""
    pauses = dict.fromkeys(children, 0.0)
    due: dict[Child, float] = {}
    begun = dict.fromkeys(children, time.monotonic())
    while True:
        now = time.monotonic()
        for child in children:
            if not child.has_ended():
                if now - begun[child] > STEADY_SECONDS:
                    pauses[child] = 0.0
            elif child not in due:
                child.clear_session()
                due[child] = now + pauses[child]
                pauses[child] = min(max(0.5, 2 * pauses[child]), LONGEST_PAUSE)
                say(f"{time.strftime('%H:%M:%S')} {child.program.name} dừng, chạy lại.", "Restarting.")
            elif now >= due[child]:
                del due[child]
                begun[child] = now
                child.start()
        time.sleep(0.1)


def end_all(children: list[Child], folder: Path) -> None:
    """Web, worker and beat first, then what they stand on; in the end nothing of this checkout runs."""
    servers = [child for child in children if child.program.name in {"valkey", "postgresql"}]
    for group in ([child for child in children if child not in servers], servers):
        for child in group:
            child.ask_to_stop()
        for child in group:
            child.stop()
    stop_orphans(folder)
    remove_sockets(folder)
    (folder / "run" / "environment").unlink(missing_ok=True)


def remove_sockets(folder: Path) -> None:
    """Removes the socket folder of the run that ended, if it is ours."""
    note = folder / "run" / "sockets"
    if note.exists():
        sockets = Path(note.read_text())
        if (
            sockets.name.startswith("redcross-")
            and sockets.is_dir()
            and sockets.stat().st_uid == os.geteuid()
        ):
            shutil.rmtree(sockets, ignore_errors=True)
        note.unlink()


if __name__ == "__main__":
    sys.exit(main())
