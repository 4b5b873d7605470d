"""A list of people is tried dry, then written: judged on a stage, all or nothing."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from ledger.actor import Actor
from ledger.audit import record
from people.actions.duplicates import find_pairs
from people.actions.import_writes import keep_rows, lock_imports, write_people
from people.actions.list_work import (
    Progress,
    Work,
    end_trial,
    end_writing,
    held_in,
    opened,
    rows_after,
    work,
)
from people.models import ImportBatch
from people.queries.imports import RIGHT, due_imports, unit_names
from people.queries.matching import match_stage, open_stage, put_on_stage
from people.queries.staging import covered, held_of, staged
from people.rules.cells import is_header_again, is_no_person, read_row
from people.rules.findings import Speaker
from people.sealing import seal_row
from people.sheets import Book


def work_import(*, by: Actor, pk: int) -> bool:
    """Do what a due list waits for, with the rights its sender has now; False if another does it."""
    return work(LISTS, by=by, pk=pk)


def _try(batch: ImportBatch, by: Actor, progress: Progress) -> None:
    """Judge every row of the file; write nothing but the verdicts."""
    names = unit_names(batch.unit, by.on)
    open_stage()
    with opened(batch) as book:
        put_on_stage(_tried(batch, book, names, by.on, progress))
    counts = _match(batch, by)
    keep_rows(batch)
    end_trial(batch, counts)
    record(by=by, act="people.try_import", subject=batch, after={"rows": sum(counts.values())})


def _tried(
    batch: ImportBatch, book: Book, names: dict[str, int], on: date, progress: Progress
) -> Iterator[Sequence[Any]]:
    first = batch.header_row + batch.header_height
    for done, (number, values) in enumerate(book.rows(batch.sheet)):
        if number < first or is_no_person(values, on) or is_header_again(values, batch.headers):
            continue
        draft = read_row(values, batch.columns, row=number, on=on)
        held = held_of(draft, names)
        sealed = seal_row(json.dumps(held, ensure_ascii=False, separators=(",", ":")))
        yield staged(number, held, sealed, batch.fixes_names)
        if done % 1000 == 0:
            progress.tell(done)


def _match(batch: ImportBatch, by: Actor, *, locks: bool = False) -> dict[str, int]:
    units, is_top = covered(by, RIGHT)
    return match_stage(units=units, is_top=is_top, on=by.on, locks=locks)


def _write(batch: ImportBatch, by: Actor, progress: Progress) -> None:
    """Judge the rows again as things stand now, and write; one transaction."""
    lock_imports()
    open_stage()
    total = batch.rows_total
    last = 0
    while rows := list(rows_after(batch, last, "sealed_values")):
        last = rows[-1][0]
        put_on_stage(_again(batch, rows))
        progress.tell(min(len(rows) + last, total) * 2 // 5)
    counts = _match(batch, by, locks=True)
    changed = write_people(batch, by, lambda share: progress.tell(total * share // 100))
    counts["written"] = changed
    record(by=by, act="people.run_import", subject=batch, after=counts)
    end_writing(batch, counts)


def _again(batch: ImportBatch, rows: Iterable[tuple[Any, ...]]) -> Iterator[Sequence[Any]]:
    for number, sealed in rows:
        held = held_in(sealed)
        if held is not None:
            yield staged(number, held, b"", batch.fixes_names, is_last=True)


def _pairs(batch: ImportBatch, by: Actor) -> int:
    return find_pairs(by=by, cause=f"import:{batch.pk}")


LISTS = Work(ImportBatch, due_imports, RIGHT, _try, _write, Speaker, _pairs)
