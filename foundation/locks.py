"""PostgreSQL advisory locks by name, held until the transaction ends."""

from hashlib import blake2b

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.transaction import TransactionManagementError


def lock_key(*names: object) -> int:
    """A signed 64-bit key, the same in every process; ("a", 1, 23) and ("a", 12, 3) differ."""
    text = "\x1f".join(str(name) for name in names)
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def lock(*names: object, using: str = DEFAULT_DB_ALIAS) -> None:
    """Wait for the lock of that name; it falls at commit or rollback, a crash included.

    Raises TransactionManagementError outside `atomic`, where it would fall at once.
    """
    _ask("SELECT pg_advisory_xact_lock(%s)", names, using)


def try_lock(*names: object, using: str = DEFAULT_DB_ALIAS) -> bool:
    """Take the lock if it is free: True if it is now ours, False at once if another holds it."""
    return _ask("SELECT pg_try_advisory_xact_lock(%s)", names, using) is True


def _ask(sql: str, names: tuple[object, ...], using: str) -> object:
    connection = connections[using]
    if not connection.in_atomic_block:
        raise TransactionManagementError("an advisory lock needs a transaction to live in")
    with connection.cursor() as cursor:
        cursor.execute(sql, [lock_key(*names)])
        row = cursor.fetchone()
    return row[0] if row else None
