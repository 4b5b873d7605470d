"""What must be true of the machine before bin/serve starts anything; each refusal is one sentence."""

import fcntl
import os
import shutil
import socket
from pathlib import Path
from typing import TextIO

import psycopg
import redis

MEGABYTE = 1024 * 1024
SPACE_NEEDED = 300 * MEGABYTE


class CannotStart(Exception):
    """Why the portal does not start: one sentence in Vietnamese, and the same in English."""

    def __init__(self, vietnamese: str, english: str) -> None:
        super().__init__(f"{vietnamese} ({english})")


def data_dir(root: Path) -> Path:
    folder = Path(os.environ.get("DATA_DIR") or root / ".data").resolve()
    try:
        for path in (folder, folder / "run", folder / "logs"):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotStart(f"Không ghi được vào {folder}: {error.strerror}.", "Cannot write there.") from None
    return folder


def only_one_here(folder: Path) -> TextIO:
    """An open file whose lock this process holds until it ends."""
    lock = (folder / "run" / "serve.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CannotStart(
            "bin/serve đang chạy ở thư mục này rồi; hãy dừng nó trước (Ctrl-C).",
            "bin/serve already runs in this checkout; stop it first.",
        ) from None
    return lock


def check_space(folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < SPACE_NEEDED:
        raise CannotStart(
            f"Đĩa không đủ chỗ: {folder} còn {free // MEGABYTE} MB, cần {SPACE_NEEDED // MEGABYTE} MB.",
            "The disk is full.",
        )


def check_port(host: str, port: int) -> None:
    """Asks for the port as a stranger would: no sharing, so another server's is never joined."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
    except (OSError, OverflowError) as error:
        told = getattr(error, "strerror", None) or str(error)
        raise CannotStart(
            f"Không mở được cổng {port} tại {host}: {told}; hãy chọn cổng khác bằng --port.",
            f"Port {port} is taken or not allowed; choose another.",
        ) from None


def check_postgresql(url: str) -> None:
    """Raises CannotStart unless a PostgreSQL 15 or later answers at this URL; its password is never shown."""
    scheme, _, rest = url.partition("://")
    if scheme not in {"postgresql", "postgres", "psql", "pgsql"}:
        raise CannotStart("DATABASE_URL phải là postgresql://…", "DATABASE_URL must be a PostgreSQL address.")
    try:
        with psycopg.connect(f"postgresql://{rest}", connect_timeout=5) as connection:
            version = connection.info.server_version
    except psycopg.Error as error:
        kind = type(error).__name__
        raise CannotStart(
            f"Không kết nối được PostgreSQL ở DATABASE_URL ({kind}).", "PostgreSQL does not answer."
        ) from None
    if version < 150000:
        raise CannotStart(
            f"Cần PostgreSQL 15 trở lên; DATABASE_URL trỏ tới bản {version // 10000}.",
            "PostgreSQL 15 or later is needed.",
        )


def check_redis(url: str) -> None:
    """Raises CannotStart unless a Redis 7 or later, or a Valkey, answers at this URL."""
    try:
        with redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5) as client:
            version = str(client.info("server")["redis_version"])
    except (redis.RedisError, ValueError) as error:
        kind = type(error).__name__
        raise CannotStart(
            f"Không kết nối được Redis hay Valkey ở REDIS_URL ({kind}).", "Redis does not answer."
        ) from None
    if int(version.partition(".")[0]) < 7:
        raise CannotStart(f"Cần Redis 7 trở lên; REDIS_URL là bản {version}.", "Redis 7 is needed.")
