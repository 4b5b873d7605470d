"""Django's own PostgreSQL engine; a look at an idle connection costs no query, and SQL can be prepared."""

import select
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.utils import CursorWrapper
from psycopg import Cursor
from psycopg.pq import ConnStatus


class PreparedCursor(Cursor[Any]):
    """A cursor whose values travel beside the SQL, which PostgreSQL plans once a connection.

    Not prepared where `prepare_threshold` is None (a pooler in front that knows no prepared statements).
    """

    def execute(self, query: Any, params: Any = None, **options: Any) -> "PreparedCursor":
        super().execute(query, params, prepare=True, **options)
        return self


class DatabaseWrapper(base.DatabaseWrapper):
    """What `connection` is."""

    def is_usable(self) -> bool:
        """True if the server has not closed the connection.

        Nothing waits to be read on a healthy idle connection; where something does (the end, a notice),
        the server is asked, as Django does before the first query of every request.
        """
        if self.connection is None or self.connection.pgconn.status != ConnStatus.OK:
            return False
        waiting = select.poll()
        waiting.register(self.connection.pgconn.socket, select.POLLIN | select.POLLPRI)
        return bool(super().is_usable()) if waiting.poll(0) else True

    def prepared_cursor(self) -> CursorWrapper:
        """Like `cursor()`, for SQL with %s that is asked again and again with other values."""
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            cursor = PreparedCursor(self.connection)
        wrapped: CursorWrapper = self._prepare_cursor(cursor)  # type: ignore[attr-defined]
        return wrapped
