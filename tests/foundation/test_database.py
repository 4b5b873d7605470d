"""The engine: an idle connection is looked at without a query, SQL is prepared."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.database.base import DatabaseWrapper

ASKED = "SELECT name FROM pg_prepared_statements WHERE statement LIKE %s"


@pytest.mark.django_db
def test_a_connection_is_usable_until_the_server_closes_it() -> None:
    one = connection.copy()
    assert isinstance(one, DatabaseWrapper)
    assert not one.is_usable()
    one.ensure_connection()
    with CaptureQueriesContext(one) as queries:
        assert one.is_usable()
    assert len(queries) == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [one.connection.info.backend_pid])
    assert not one.is_usable()
    one.close()
    one.ensure_connection()
    assert one.is_usable()
    one.close()


@pytest.mark.django_db
def test_sql_is_planned_once_and_filled_with_other_values() -> None:
    cursor: Any
    for number in (7, 8):
        with connection.prepared_cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute("SELECT 'đã chuẩn bị %%' || %s::text", [number])
            assert cursor.fetchone() == (f"đã chuẩn bị %{number}",)
            cursor.execute(ASKED, ["%đã chuẩn bị%"])
            assert len(cursor.fetchall()) == 1
