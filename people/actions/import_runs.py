"""A list is tried dry, then written: claimed, judged on a stage, all or nothing, its progress seen outside.

Progress goes through a connection of its own: the writing transaction stays closed until its end.
"""

import json
import shutil
import tempfile
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any, Self

from django.core.files.base import File
from django.db import connection, connections, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.audit import record
from ledger.enums import Via
from people.actions.duplicates import find_pairs
from people.actions.files import store_file
from people.actions.import_writes import keep_rows, lock_imports, write_people
from people.actors import actor_for
from people.enums import ImportState, RowVerdict
from people.models import ImportBatch, ImportRow
from people.permissions import acting
from people.queries.imports import RIGHT, due_imports, unit_names
from people.queries.matching import match_stage, open_stage, put_on_stage
from people.queries.staging import covered, held_of, staged
from people.rules.cells import is_header_again, is_no_person, read_row
from people.rules.findings import Speaker
from people.rules.rights import term
from people.sealing import seal_row, unseal_row
from people.sheets import XLSX, Book, annotate, is_plain, open_book, write_result

CHUNK = 5_000
TELL = "UPDATE {table} SET rows_done = %s, claimed_at = now() WHERE id = %s AND claim = %s"
TOUCH = 1.0  # seconds between two signs of life


class Lost(Refused):
    """Another worker has taken the list over."""


class Progress:
    """Tells outside the transaction how far a claimed list is, of this or an upper app; its sign of life."""

    def __init__(self, batch: Any) -> None:
        self.batch, self.last = batch, 0.0
        self.words = TELL.format(table=batch._meta.db_table)
        self.aside = connections[connection.alias].copy()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.aside.close()

    def tell(self, done: int, *, now: bool = False) -> None:
        if not now and monotonic() - self.last < TOUCH:
            return
        self.last = monotonic()
        with self.aside.cursor() as cursor:
            cursor.execute(self.words, [done, self.batch.pk, self.batch.claim])


def work_import(*, by: Actor, pk: int) -> bool:
    """Do what a due list waits for, with the rights its sender has now; False if another does it.

    Killed anywhere it is due again, and nothing is written twice: the end is conditional on the claim.
    """
    batch = _claim(pk)
    if batch is None:
        return False
    sender = replace(actor_for(batch.by_user, Via.JOB), run_id=by.run_id)
    try:
        if batch.state != ImportState.DONE:
            sender = acting(sender, RIGHT, batch.unit_id)
            with Progress(batch) as progress, transaction.atomic():
                if batch.state == ImportState.TRYING:
                    _try(batch, sender, progress)
                else:
                    _write(batch, sender, progress)
        if batch.state == ImportState.DONE:
            find_pairs(by=sender, cause=f"import:{batch.pk}")
            _make_result(batch, sender)
    except Lost:
        return False
    except Refused as refused:
        _fail(batch, str(refused))
    except Exception:
        _fail(batch, _("Something went wrong; nothing was written. Send the list again."))
        raise
    return True


def _claim(pk: int) -> ImportBatch | None:
    with transaction.atomic():
        rows = ImportBatch.objects.select_for_update(of=("self",), skip_locked=True)
        batch = rows.select_related("unit", "file", "by_user").filter(pk=pk, pk__in=due_imports()).first()
        if batch is None:
            return None
        batch.claim, batch.claimed_at, batch.rows_done = uuid.uuid4(), timezone.now(), 0
        if batch.state == ImportState.QUEUED:
            batch.state = ImportState.RUNNING
        batch.save(update_fields=["claim", "claimed_at", "rows_done", "state"])
        return batch


def _end(batch: ImportBatch, state: ImportState, **fields: Any) -> None:
    """What the claim came to: changes exactly one row, or all is undone."""
    held = ImportBatch.objects.filter(pk=batch.pk, claim=batch.claim)
    if held.update(state=state, **fields) != 1:
        raise Lost([_("Another worker has taken this list over.")])
    batch.state = state


def _fail(batch: ImportBatch, problem: str) -> None:
    if batch.state == ImportState.DONE:  # only its result file is missing
        ImportBatch.objects.filter(pk=batch.pk, claim=batch.claim).update(claim=None, claimed_at=None)
        return
    ImportBatch.objects.filter(pk=batch.pk, claim=batch.claim).update(
        state=ImportState.FAILED, claim=None, problem=problem[:300], finished_at=timezone.now()
    )


@contextmanager
def opened(batch: Any) -> Iterator[Book]:
    """The batch's file as a book, from a private copy on this machine."""
    with tempfile.NamedTemporaryFile() as copy, closing(batch.file.file.open("rb")) as stored:
        shutil.copyfileobj(stored, copy)
        copy.flush()
        yield open_book(Path(copy.name), batch.file.name)


def _try(batch: ImportBatch, by: Actor, progress: Progress) -> None:
    """Judge every row of the file; write nothing but the verdicts."""
    names = unit_names(batch.unit, by.on)
    open_stage()
    with opened(batch) as book:
        put_on_stage(_tried(batch, book, names, by.on, progress))
    counts = _match(batch, by)
    keep_rows(batch)
    total = sum(counts.values())
    if not total:
        raise Refused([_("No row below the header names a person. Check the header's row.")])
    record(by=by, act="people.try_import", subject=batch, after={"rows": total})
    _end(batch, ImportState.TRIED, counts=counts, rows_total=total, rows_done=total, claim=None)


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


def held_in(sealed: bytes | memoryview) -> dict[str, Any] | None:
    """What a row's sealed values held; None once they were deleted."""
    held: dict[str, Any] | None = json.loads(unseal_row(bytes(sealed))) if sealed else None
    return held


def _match(batch: ImportBatch, by: Actor, *, locks: bool = False) -> dict[str, int]:
    units, is_top = covered(by, RIGHT)
    return match_stage(units=units, is_top=is_top, on=by.on, locks=locks)


def _write(batch: ImportBatch, by: Actor, progress: Progress) -> None:
    """Judge the rows again as things stand now, and write; one transaction."""
    lock_imports()
    open_stage()
    total = batch.rows_total
    last = 0
    while rows := list(_rows_after(batch, last, "sealed_values")):
        last = rows[-1][0]
        put_on_stage(_again(batch, rows))
        progress.tell(min(len(rows) + last, total) * 2 // 5)
    counts = _match(batch, by, locks=True)
    changed = write_people(batch, by, lambda share: progress.tell(total * share // 100))
    counts["written"] = changed
    record(by=by, act="people.run_import", subject=batch, after=counts)
    now = timezone.now()
    _end(batch, ImportState.DONE, counts=counts, rows_done=total, finished_at=now)


def _rows_after(batch: ImportBatch, number: int, *fields: str) -> Iterable[tuple[Any, ...]]:
    """The next rows: the number and these fields."""
    rows = ImportRow.objects.filter(batch=batch, number__gt=number).order_by("number")
    return rows.values_list("number", *fields)[:CHUNK]


def _again(batch: ImportBatch, rows: Iterable[tuple[Any, ...]]) -> Iterator[Sequence[Any]]:
    for number, sealed in rows:
        held = held_in(sealed)
        if held is not None:
            yield staged(number, held, b"", batch.fixes_names, is_last=True)


def _make_result(batch: ImportBatch, by: Actor) -> None:
    """The file as it came with two more columns: the verdict, and the reasons in words.

    A workbook comes back with its formats and formulas; an old one, or one that points to other files, as
    its values alone.
    """
    as_text = Path(batch.file.name).suffix.lower() in {".csv", ".txt", ".tsv"}
    name = f"{Path(batch.file.name).stem[:150]}-ket-qua{'.csv' if as_text else '.xlsx'}"
    with tempfile.TemporaryFile() as out, opened(batch) as book:
        if book.kind == "xlsx" and is_plain(book.path):
            width = len(next(book.rows(batch.sheet))[1])
            annotate(out, book.path, batch.sheet, _words_of_rows(batch), width)
        else:
            write_result(out, _with_reasons(batch, book), as_text=as_text)
        out.seek(0)
        with transaction.atomic():
            stored = store_file(
                by=by,
                name=name,
                content_type="text/csv" if as_text else XLSX,
                file=File(out),
                days=term("import_file_days", by.on),
            )
            _end(batch, ImportState.DONE, result=stored, claim=None)


def _words_of_rows(batch: ImportBatch) -> Iterator[tuple[int, str, str]]:
    yield batch.header_row, _("Verdict"), _("Reasons")
    yield from _judged(batch)


def _with_reasons(batch: ImportBatch, book: Book) -> Iterator[tuple[Sequence[Any], str, str]]:
    judged = _judged(batch)
    head = batch.header_row
    following = next(judged, None)
    for number, values in book.rows(batch.sheet):
        verdict = reasons = ""
        if number == head:
            verdict, reasons = _("Verdict"), _("Reasons")
        elif following is not None and following[0] == number:
            verdict, reasons = following[1:]
            following = next(judged, None)
        yield values, verdict, reasons


def _judged(batch: ImportBatch) -> Iterator[tuple[int, str, str]]:
    labels = {verdict.value: str(verdict.label) for verdict in RowVerdict}
    words = Speaker()
    last = 0
    while rows := list(_rows_after(batch, last, "verdict", "reasons")):
        for number, verdict, reasons in rows:
            yield number, labels[verdict], " ".join(map(words, reasons))
        last = rows[-1][0]
