"""A queryset compiled once a process, asked again with other values.

Django spends longer on writing the SQL of a public page than PostgreSQL on answering it.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet

Build = Callable[..., QuerySet[Any, Any]]
Value = str | int | datetime


def ask(build: Build, *shape: str | int | None, **values: Value) -> list[tuple[Any, ...]]:
    """The rows of `build(*shape, **values)`, a values_list. 1 query.

    `shape` is what changes the SQL itself (kept for 256 shapes); `values` only fill it and
    must reach it unchanged: each is looked for in the compiled parameters.
    """
    kinds = tuple((name, type(value)) for name, value in values.items())
    sql, places = _compiled(build, shape, kinds)
    params = [values[place.name] if isinstance(place, _Place) else place for place in places]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


class _Place:
    """Where a value goes among the parameters."""

    def __init__(self, name: str) -> None:
        self.name = name


@lru_cache(maxsize=256)
def _compiled(
    build: Build, shape: tuple[Any, ...], kinds: tuple[tuple[str, type], ...]
) -> tuple[str, list[Any]]:
    marks = {name: _mark(kind, number) for number, (name, kind) in enumerate(kinds)}
    sql, params = build(*shape, **marks).query.sql_with_params()
    places: list[Any] = []
    for param in params:
        name = next((n for n, mark in marks.items() if type(mark) is type(param) and mark == param), None)
        if name is None:
            name = next((n for n, mark in marks.items() if isinstance(param, int) and mark == param), None)
        places.append(_Place(name) if name else param)
    missing = marks.keys() - {place.name for place in places if isinstance(place, _Place)}
    if missing:
        raise ValueError(f"not found among the parameters: {sorted(missing)}")
    return sql, places


def _mark(kind: type, number: int) -> Value:
    """A value that no real query holds."""
    if kind is str:
        return f"\x01place-{number}"
    if kind is int:
        return 1_900_000_001 + number
    return datetime(1901, 1, 1, tzinfo=UTC) + timedelta(days=number)
