"""Advisory locks between two real connections."""

from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.transaction import TransactionManagementError
from hypothesis import given
from hypothesis import strategies as st

from foundation.locks import lock, lock_key, try_lock


@pytest.fixture
def other() -> Iterator[BaseDatabaseWrapper]:
    """A second connection to the same database, as another worker has it."""
    second = connection.copy()
    try:
        yield second
    finally:
        second.close()


def is_free(other: BaseDatabaseWrapper, *names: object) -> bool:
    """Whether the other connection could take the lock now; it lets go at once (autocommit)."""
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [lock_key(*names)])
        row = cursor.fetchone()
    return bool(row and row[0])


def test_a_key_is_the_same_in_every_process_and_fits_a_bigint() -> None:
    assert lock_key("register", 7, 2026) == -9165786014755899114
    assert lock_key("a", 1, 23) != lock_key("a", 12, 3)


@given(st.lists(st.text()))
def test_a_key_fits_a_bigint(names: list[str]) -> None:
    assert -(2**63) <= lock_key(*names) < 2**63


@pytest.mark.django_db(transaction=True)
def test_a_lock_keeps_others_out_until_the_transaction_ends(other: BaseDatabaseWrapper) -> None:
    with transaction.atomic():
        lock("register", 7)
        lock("register", 7)  # taken twice by the same transaction does no harm
        assert not is_free(other, "register", 7)
        assert is_free(other, "register", 8)
        with other.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
            with pytest.raises(OperationalError):
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock_key("register", 7)])
    assert is_free(other, "register", 7)


@pytest.mark.django_db(transaction=True)
def test_a_rollback_lets_go(other: BaseDatabaseWrapper) -> None:
    with transaction.atomic():
        lock("sweep")
        assert not is_free(other, "sweep")
        transaction.set_rollback(True)
    assert is_free(other, "sweep")


@pytest.mark.django_db(transaction=True)
def test_trying_answers_at_once(other: BaseDatabaseWrapper) -> None:
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [lock_key("sweep")])
    with transaction.atomic():
        assert try_lock("sweep") is False
        assert try_lock("other sweep") is True
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [lock_key("sweep")])
    with transaction.atomic():
        assert try_lock("sweep") is True


@pytest.mark.django_db(transaction=True)
def test_a_lock_outside_a_transaction_is_an_error() -> None:
    with pytest.raises(TransactionManagementError):
        lock("register")
    with pytest.raises(TransactionManagementError):
        try_lock("register")
