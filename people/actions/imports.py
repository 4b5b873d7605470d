"""What an officer does with a list: send it, correct its columns, try it, have it written, give it up."""

import tempfile
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import celery
from django.core.files.base import File
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.dates import format_date
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from letters.actions import enqueue
from people.actions.files import store_file
from people.actions.list_work import layout_fields, read_header
from people.enums import ImportState, OfficeCode
from people.models import ImportBatch, ImportRow, OfficeGrant, Unit
from people.permissions import acting
from people.queries.imports import RIGHT, wall
from people.rules.columns import FIELDS, LOOK_AT, Layout, More, find_layout, layout_at
from people.rules.rights import consent_texts, term
from people.sheets import Book, open_book

SWEEP = "people.run_due_imports"
OPEN = (ImportState.READ, ImportState.TRIED, ImportState.FAILED)
GROUNDS = {
    "signed": ("Phiếu đồng ý có chữ ký của từng người", "Luật 91/2025/QH15, Điều 9"),
    "before": ("Đồng ý đã có trước ngày 01/01/2026", "Luật 91/2025/QH15, Điều 39"),
    "agreement": ("Thực hiện thỏa thuận với hội viên, tình nguyện viên", "Luật 91/2025/QH15, Điều 19"),
}
WITH_CONSENT = ("signed", "before")


@transaction.atomic
def take_in_list(
    *,
    by: Actor,
    unit: Unit,
    file: File,  # type: ignore[type-arg]
    source: str,
    ground: str,
    purposes: Sequence[str] = (),
    text_version: date | None = None,
) -> ImportBatch:
    """Keep an uploaded list and guess its columns; nothing is judged yet. Returns the batch.

    `ground` is a code of GROUNDS; where people consented, `purposes` and the day of the form's wording
    say to what. Refuses what is no list.
    """
    by = acting(by, RIGHT, unit.pk)
    reasons = []
    if not source.strip():
        reasons.append(Reason(_("Say where the list comes from."), field="source"))
    if ground not in GROUNDS:
        reasons.append(Reason(_("Say on what ground the data may be kept."), field="ground"))
    known = consent_texts(by.on)
    if ground not in WITH_CONSENT and purposes:
        reasons.append(Reason(_("Without consents there is nothing they agreed to."), field="purposes"))
    if purposes and (text_version is None or text_version > by.on or set(purposes) - set(known)):
        reasons.append(Reason(_("Say the day of the form they signed."), field="text_version"))
    if reasons:
        raise Refused(reasons)
    name = Path(file.name or "danh-sach").name[:150]
    with tempfile.NamedTemporaryFile() as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        book = open_book(Path(copy.name), name)
        sheet, layout = best_layout(book, by.on)
    file.seek(0)
    stored = store_file(
        by=by,
        name=name,
        content_type="application/octet-stream",
        file=file,
        days=term("import_file_days", by.on),
    )
    batch = ImportBatch(
        unit=unit,
        by_user=by.user,
        file=stored,
        sheet=sheet,
        source=" ".join(source.split()),
        ground="{} ({})".format(*GROUNDS[ground]),
        consents={"purposes": list(purposes), "text_version": text_version.isoformat()}
        if purposes and text_version
        else {},
        notices=book.notices,
        **layout_fields(layout),
    )
    batch.full_clean(exclude=["counts", "columns", "headers"])
    batch.save()
    record(by=by, act="people.take_in_list", subject=batch, after={"unit": unit.code, "file": name})
    return batch


def best_layout(book: Book, on: date, more: More | None = None) -> tuple[str, Layout]:
    """The sheet whose header is understood best, and its layout; refuses if none has one.

    `more` are the fields an upper app looks for beside those of a person.
    """
    found: list[tuple[int, str, Layout]] = []
    for sheet in book.sheets[:20]:
        rows = [values for _number, values in islice(book.rows(sheet), LOOK_AT + 1)]
        if layout := find_layout(rows, on, more):
            found.append((len(layout.columns), sheet, layout))
        elif any(any(values) for values in rows):
            first = next(place for place, values in enumerate(rows) if any(values))
            found.append((0, sheet, layout_at(rows, first, on, more)))
    if not found:
        raise Refused([_("The file holds no sheet with rows.")])
    _score, sheet, layout = max(found, key=lambda one: one[0])
    return sheet, layout


@transaction.atomic
def choose_header(*, by: Actor, batch: ImportBatch, sheet: str, row: int) -> ImportBatch:
    """Read the header from another sheet or row, and guess the columns anew."""
    batch, by = _locked(by, batch)
    batch.save(update_fields=read_header(batch, by.on, sheet, row))
    return batch


@transaction.atomic
def ask_try(*, by: Actor, batch: ImportBatch, columns: Mapping[str, int]) -> ImportBatch:
    """Take the officer's columns and have every row judged; nothing is written by it."""
    batch, by = _locked(by, batch)
    reasons = []
    if set(columns) - set(FIELDS) or any(not 0 <= place < len(batch.headers) for place in columns.values()):
        reasons.append(Reason(_("Choose among the columns of the list.")))
    if len(set(columns.values())) < len(columns):
        reasons.append(Reason(_("Each column can be used once.")))
    if not ("full_name" in columns or {"family_name", "given_name"} <= set(columns)):
        reasons.append(Reason(_("Say which column holds the name.")))
    if reasons:
        raise Refused(reasons)
    batch.columns = dict(columns)
    batch.state, batch.problem, batch.claim, batch.rows_done = ImportState.TRYING, "", None, 0
    batch.save(update_fields=["columns", "state", "problem", "claim", "rows_done"])
    record(by=by, act="people.ask_import_try", subject=batch, after={"columns": dict(columns)})
    nudge_after_commit()
    return batch


@transaction.atomic
def ask_run(*, by: Actor, batch: ImportBatch, fixes_names: bool, takes_elsewhere: bool) -> ImportBatch:
    """Have a list that was tried written in the background, all or nothing."""
    batch, by = _locked(by, batch)
    if batch.state != ImportState.TRIED:
        raise Refused([_("Try the list first.")])
    batch.fixes_names, batch.takes_elsewhere = fixes_names, takes_elsewhere
    batch.state, batch.claim, batch.rows_done = ImportState.QUEUED, None, 0
    batch.save(update_fields=["fixes_names", "takes_elsewhere", "state", "claim", "rows_done"])
    after = {"fixes_names": fixes_names, "takes_elsewhere": takes_elsewhere}
    record(by=by, act="people.ask_import_run", subject=batch, after=after)
    nudge_after_commit()
    return batch


@transaction.atomic
def cancel_import(*, by: Actor, batch: ImportBatch) -> ImportBatch:
    """Give a list up before it is written; its rows are deleted now."""
    batch, by = _locked(by, batch)
    ImportRow.objects.filter(batch=batch).delete()
    batch.state, batch.finished_at = ImportState.CANCELLED, timezone.now()
    batch.save(update_fields=["state", "finished_at"])
    record(by=by, act="people.cancel_import", subject=batch)
    return batch


def _locked(by: Actor, batch: ImportBatch) -> tuple[ImportBatch, Actor]:
    """The batch under a lock and the actor who may change it; refuses once it is under way or over."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    by = acting(by, RIGHT, batch.unit_id)
    if batch.state not in OPEN:
        raise Refused([_("This list is under way or done: nothing can be changed on it.")])
    return batch, by


@transaction.atomic
def remind_units(*, by: Actor, since: date, due_on: date) -> int:
    """One letter to each officer of the units that have sent no list since a day; asked twice, sent once.

    Returns how many units were reminded. Units without an officer who reads mail come to the list of calls.
    """
    acting(by, "people.remind")
    missing = [one.unit for one in wall(by, since) if not one.sent_at]
    grants = (
        OfficeGrant.objects.in_force(by.on)
        .filter(unit__in=missing, office=OfficeCode.UNIT_OFFICER, person__user__isnull=False)
        .select_related("person__user", "unit")
    )
    reminded = set()
    for grant in grants:
        user = grant.person.user
        assert user is not None  # noqa: S101  filtered above
        reminded.add(grant.unit_id)
        enqueue(
            by=by,
            template="people.remind_list",
            key=f"people.remind_list:{since}:{grant.unit_id}:{user.pk}:{by.on}",
            address=user.email,
            user=user,
            recipient_name=grant.person.full_name,
            unit_code=grant.unit.code,
            context={
                "name": grant.person.full_name,
                "unit": grant.unit.name,
                "due_on": format_date(due_on),
                "path": reverse("import_new"),
            },
        )
    return len(reminded)


def clear_old_rows(*, by: Actor) -> int:
    """Delete the rows of lists that were over a set time ago; returns how many lists."""
    with transaction.atomic():
        before = timezone.now() - timedelta(days=term("import_file_days", by.on))
        old = ImportBatch.objects.filter(created_at__lt=before, rows__isnull=False).distinct()
        old = old.exclude(state__in=[ImportState.QUEUED, ImportState.RUNNING, ImportState.TRYING])
        keys = list(old.values_list("pk", flat=True))
        for batch in ImportBatch.objects.filter(pk__in=keys):
            ImportRow.objects.filter(batch=batch).delete()
            if batch.state in OPEN:
                batch.state, batch.finished_at = ImportState.CANCELLED, timezone.now()
                batch.save(update_fields=["state", "finished_at"])
            record(by=by, act="people.clear_import_rows", subject=batch)
    return len(keys)


def nudge_after_commit() -> None:
    """Wake the sweep; without a broker the list waits for the next tick."""
    transaction.on_commit(_nudge)


def _nudge() -> None:
    try:
        celery.current_app.send_task(SWEEP, expires=30, retry=False)
    except Exception:  # noqa: S110  the beat finds the row
        pass
