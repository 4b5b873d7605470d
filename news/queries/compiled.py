"""A queryset compiled once a process, asked again with other values.

Django spends longer on writing the SQL of a public page than PostgreSQL on answering it; PostgreSQL
again spends longer on planning the union around an article than on running it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from psycopg import ClientCursor

Value = str | int | datetime


@dataclass(frozen=True, slots=True)
class Sql:
    """A statement with a %s for each of its parameters: what a queryset becomes, or is set into."""

    text: str
    params: tuple[Any, ...]

    @classmethod
    def of(cls, queryset: QuerySet[Any, Any]) -> "Sql":
        return cls(*queryset.query.sql_with_params())


Build = Callable[..., "QuerySet[Any, Any] | Sql"]


def ask(build: Build, *shape: str | int | None, **values: Value) -> list[tuple[Any, ...]]:
    """The rows of `build(*shape, **values)`, a values_list, planned once a connection. 1 query.

    `shape` is what changes the SQL itself (kept for 256 shapes); `values` only fill it and
    must reach it unchanged: each is looked for in the compiled parameters. Whatever else is
    among them stands in the SQL as it is, so that the plan may use a partial index.
    """
    sql, names = _compiled(build, shape, _kinds(values))
    cursor: Any
    with connection.prepared_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(sql, [values[name] for name in names])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def ask_anew(build: Build, *shape: str | int | None, **values: Value) -> list[tuple[Any, ...]]:
    """The same, planned for these very values: where their number decides the way, as in a search."""
    sql, names = _compiled(build, shape, _kinds(values))
    with connection.cursor() as cursor:
        cursor.execute(sql, [values[name] for name in names])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _kinds(values: dict[str, Value]) -> tuple[tuple[str, type], ...]:
    return tuple((name, type(value)) for name, value in values.items())


@lru_cache(maxsize=256)
def _compiled(
    build: Build, shape: tuple[Any, ...], kinds: tuple[tuple[str, type], ...]
) -> tuple[str, list[str]]:
    """The SQL with a %s for each value, and the values' names in that order."""
    marks = {name: _mark(kind, number) for number, (name, kind) in enumerate(kinds)}
    built = build(*shape, **marks)
    asked = built if isinstance(built, Sql) else Sql.of(built)
    names: list[str] = []
    left = iter(asked.params)
    connection.ensure_connection()
    literal = ClientCursor(connection.connection)

    def filled(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%%"
        param = next(left)
        name = next((n for n, mark in marks.items() if type(mark) is type(param) and mark == param), None)
        if name is None:
            name = next((n for n, mark in marks.items() if isinstance(param, int) and mark == param), None)
        if name is None:
            return literal.mogrify("%s", [param]).replace("%", "%%")
        names.append(name)
        return "%s"

    sql = re.sub("%[s%]", filled, asked.text)
    missing = marks.keys() - set(names)
    if missing:
        raise ValueError(f"not found among the parameters: {sorted(missing)}")
    return sql, names


def _mark(kind: type, number: int) -> Value:
    """A value that no real query holds."""
    if kind is str:
        return f"\x01place-{number}"
    if kind is int:
        return 1_900_000_001 + number
    return datetime(1901, 1, 1, tzinfo=UTC) + timedelta(days=number)
