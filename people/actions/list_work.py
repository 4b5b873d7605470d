"""What lists share, of people and of an upper app: claimed, worked on, ended, handed back with its reasons.

Progress goes through a connection of its own: the writing transaction stays closed until its end. Killed
anywhere a list is due again, and nothing is written twice: the end is conditional on the claim.
"""

import json
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import Any, Self

from django.core.files.base import File
from django.db import connection, connections, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.enums import Via
from people.actions.files import store_file
from people.actors import actor_for
from people.enums import ImportState, RowVerdict
from people.permissions import acting
from people.rules.columns import LOOK_AT, Layout, More, layout_at
from people.rules.rights import term
from people.sealing import unseal_row
from people.sheets import XLSX, Book, annotate, is_plain, open_book, write_result

CHUNK = 5_000
TELL = "UPDATE {table} SET rows_done = %s, claimed_at = now() WHERE id = %s AND claim = %s"
TOUCH = 1.0  # seconds between two signs of life


class Lost(Refused):
    """Another worker has taken the list over."""


class Progress:
    """Tells outside the transaction how far a claimed list is; its sign of life."""

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


@dataclass(frozen=True, slots=True)
class Work:
    """One kind of list. `speaker` makes a fresh one that says a stored reason in words; `afterwards` is what
    follows a list that was written, and does no harm twice."""

    model: Any
    due: Callable[[], list[int]]
    right: str
    try_it: Callable[[Any, Actor, Progress], None]
    write_it: Callable[[Any, Actor, Progress], None]
    speaker: Callable[[], Callable[[Mapping[str, Any]], str]]
    afterwards: Callable[[Any, Actor], object] = lambda _batch, _by: None


def work(kind: Work, *, by: Actor, pk: int) -> bool:
    """Do what a due list waits for, with the rights its sender has now; False if another does it."""
    batch = _claim(kind, pk)
    if batch is None:
        return False
    sender = replace(actor_for(batch.by_user, Via.JOB), run_id=by.run_id)
    try:
        if batch.state != ImportState.DONE:
            sender = acting(sender, kind.right, batch.unit_id)
            do = kind.try_it if batch.state == ImportState.TRYING else kind.write_it
            with Progress(batch) as progress, transaction.atomic():
                do(batch, sender, progress)
        if batch.state == ImportState.DONE:
            kind.afterwards(batch, sender)
            _make_result(batch, sender, kind.speaker())
    except Lost:
        return False
    except Refused as refused:
        _fail(batch, str(refused))
    except Exception:
        _fail(batch, _("Something went wrong; nothing was written. Send the list again."))
        raise
    return True


def _claim(kind: Work, pk: int) -> Any:
    with transaction.atomic():
        rows = kind.model.objects.select_for_update(of=("self",), skip_locked=True)
        batch = rows.select_related("unit", "file", "by_user").filter(pk=pk, pk__in=kind.due()).first()
        if batch is None:
            return None
        batch.claim, batch.claimed_at, batch.rows_done = uuid.uuid4(), timezone.now(), 0
        if batch.state == ImportState.QUEUED:
            batch.state = ImportState.RUNNING
        batch.save(update_fields=["claim", "claimed_at", "rows_done", "state"])
        return batch


def _held(batch: Any) -> Any:
    return type(batch).objects.filter(pk=batch.pk, claim=batch.claim)


def end(batch: Any, state: ImportState, **fields: Any) -> None:
    """What the claim came to: changes exactly one row, or all is undone."""
    if _held(batch).update(state=state, **fields) != 1:
        raise Lost([_("Another worker has taken this list over.")])
    batch.state = state


def end_trial(batch: Any, counts: dict[str, int]) -> None:
    """Tried: refuses where no row named a person."""
    total = sum(counts.values())
    if not total:
        raise Refused([_("No row below the header names a person. Check the header's row.")])
    end(batch, ImportState.TRIED, counts=counts, rows_total=total, rows_done=total, claim=None)


def end_writing(batch: Any, counts: dict[str, int]) -> None:
    """Written; the claim stays until the result file is made."""
    now = timezone.now()
    end(batch, ImportState.DONE, counts=counts, rows_done=batch.rows_total, finished_at=now)


def _fail(batch: Any, problem: str) -> None:
    if batch.state == ImportState.DONE:  # only its result file is missing
        _held(batch).update(claim=None, claimed_at=None)
        return
    failed = ImportState.FAILED
    _held(batch).update(state=failed, claim=None, problem=problem[:300], finished_at=timezone.now())


@contextmanager
def opened(batch: Any) -> Iterator[Book]:
    """The batch's file as a book, from a private copy on this machine."""
    with tempfile.NamedTemporaryFile() as copy, closing(batch.file.file.open("rb")) as stored:
        shutil.copyfileobj(stored, copy)
        copy.flush()
        yield open_book(Path(copy.name), batch.file.name)


def looked_at(batch: Any) -> tuple[list[str], list[list[Any]]]:
    """The file's sheets, and the first five rows below the header, for a page; no rows of a broken file."""
    first = batch.header_row + batch.header_height
    try:
        with opened(batch) as book:
            below = (values for number, values in book.rows(batch.sheet) if number >= first)
            rows = [
                ["" if value is None else value for value in values[: len(batch.headers)]]
                for values in islice(below, 5)
            ]
            return book.sheets, rows
    except (Refused, OSError, ValueError):
        return [batch.sheet], []


def read_header(batch: Any, on: date, sheet: str, row: int, more: More | None = None) -> list[str]:
    """Puts the header of that sheet and row on the batch, columns guessed; the names of what changed."""
    with opened(batch) as book:
        if sheet not in book.sheets:
            raise Refused([_("The file has no such sheet.")])
        rows = [values for _number, values in islice(book.rows(sheet), max(row, LOOK_AT) + 1)]
    if not 1 <= row <= len(rows):
        raise Refused([_("The sheet has no such row.")])
    found = {"sheet": sheet, **layout_fields(layout_at(rows, row - 1, on, more))}
    for name, value in found.items():
        setattr(batch, name, value)
    return list(found)


def layout_fields(layout: Layout) -> dict[str, Any]:
    """A layout as a batch keeps it."""
    return {
        "header_row": layout.header_row,
        "header_height": layout.height,
        "headers": list(layout.headers),
        "columns": dict(layout.columns),
    }


def held_in(sealed: bytes | memoryview) -> dict[str, Any] | None:
    """What a row's sealed values held; None once they were deleted."""
    held: dict[str, Any] | None = json.loads(unseal_row(bytes(sealed))) if sealed else None
    return held


def rows_after(batch: Any, number: int, *fields: str) -> Iterable[tuple[Any, ...]]:
    """The next rows: the number and these fields."""
    rows = batch.rows.filter(number__gt=number).order_by("number")
    return list(rows.values_list("number", *fields)[:CHUNK])


Say = Callable[[Mapping[str, Any]], str]


def _make_result(batch: Any, by: Actor, say: Say) -> None:
    """The file as it came with two more columns: the verdict, and the reasons in words.

    A workbook comes back with its formats and formulas; an old one, or one that points to other files, as
    its values alone.
    """
    as_text = Path(batch.file.name).suffix.lower() in {".csv", ".txt", ".tsv"}
    name = f"{Path(batch.file.name).stem[:150]}-ket-qua{'.csv' if as_text else '.xlsx'}"
    with tempfile.TemporaryFile() as out, opened(batch) as book:
        if book.kind == "xlsx" and is_plain(book.path):
            width = len(next(book.rows(batch.sheet))[1])
            annotate(out, book.path, batch.sheet, _words_of_rows(batch, say), width)
        else:
            write_result(out, _with_reasons(batch, book, say), as_text=as_text)
        out.seek(0)
        with transaction.atomic():
            stored = store_file(
                by=by,
                name=name,
                content_type="text/csv" if as_text else XLSX,
                file=File(out),
                days=term("import_file_days", by.on),
            )
            end(batch, ImportState.DONE, result=stored, claim=None)


def _words_of_rows(batch: Any, say: Say) -> Iterator[tuple[int, str, str]]:
    yield batch.header_row, _("Verdict"), _("Reasons")
    yield from _judged(batch, say)


def _with_reasons(batch: Any, book: Book, say: Say) -> Iterator[tuple[Sequence[Any], str, str]]:
    told = _words_of_rows(batch, say)
    following = next(told, None)
    for number, values in book.rows(batch.sheet):
        verdict = reasons = ""
        if following is not None and following[0] == number:
            verdict, reasons = following[1:]
            following = next(told, None)
        yield values, verdict, reasons


def _judged(batch: Any, say: Say) -> Iterator[tuple[int, str, str]]:
    labels = {verdict.value: str(verdict.label) for verdict in RowVerdict}
    last = 0
    while rows := rows_after(batch, last, "verdict", "reasons"):
        for number, verdict, reasons in rows:
            yield number, labels[verdict], " ".join(map(say, reasons))
            last = number
