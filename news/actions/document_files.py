"""Files of documents: taken in, read in the background, taken off; what a document does to another."""

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import F, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.dated import in_force, load_table
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from news.actions.documents import RIGHT, index_words
from news.actions.looking import Reading, looked_at, told_of
from news.enums import DocumentState, FileState
from news.models import Document, DocumentFile, DocumentRelation
from news.page_cache import forget_pages
from news.rules.files import PDF, NotAccepted, plain_name
from news.rules.texts import fold_in_place, is_vietnamese
from people.actions.files import drop_file, store_file
from people.permissions import acting

STALE = timedelta(minutes=10)
TRIES = 3


@transaction.atomic
def add_file(*, by: Actor, document: Document, file: "File[Any]", title: str = "") -> DocumentFile:
    """A PDF or Word file of the document, looked at before it is kept; returns its row, to be read."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    by = acting(by, RIGHT, document.unit_id)
    limits = in_force(load_table("news", "documents"), by.on).values
    name = plain_name(file.name or "")
    if not file.size:
        raise _refused(_("The file is empty."))
    if file.size > limits["largest_mb"] * 1024 * 1024:
        raise _refused(
            _("The file is over %(most)d MB. Send a smaller one.") % {"most": limits["largest_mb"]}
        )
    if document.files.count() >= limits["most_files"]:
        raise _refused(_("A document has at most %(most)d files.") % {"most": limits["most_files"]})
    try:
        kind = looked_at(file, name, limits)
    except NotAccepted as refused:
        raise _refused(str(refused)) from refused
    stored = store_file(by=by, name=name, content_type=kind, file=file, days=None)
    if document.files.filter(stored__sha256=stored.sha256).exists():
        raise _refused(_("The document has this very file already."))
    last = document.files.aggregate(last=Max("order"))["last"]
    row = DocumentFile(document=document, stored=stored, title=title.strip(), order=(last or 0) + 1)
    row.full_clean()
    row.save()
    record(by=by, act="news.add_document_file", subject=document, after={"file": stored.pk, "name": name})
    return row


@transaction.atomic
def take_off_file(*, by: Actor, row: DocumentFile) -> None:
    """The file goes, with its text."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=row.document_id)
    by = acting(by, RIGHT, document.unit_id)
    stored = row.stored
    row.delete()
    drop_file(by=by, stored=stored)
    record(by=by, act="news.take_off_document_file", subject=document, before={"name": stored.name})
    index_words(document)
    forget_pages()


def read_file(*, by: Actor, pk: int) -> bool:
    """Read a waiting file in a process of its own; False if another worker has it. Killed, it waits again."""
    stale = timezone.now() - STALE
    free = Q(claimed_at=None) | Q(claimed_at__lt=stale)
    now = timezone.now()
    claimed = DocumentFile.objects.filter(free, pk=pk, state=FileState.WAITING)
    if claimed.update(claimed_at=now, attempts=F("attempts") + 1) != 1:
        return False
    row = DocumentFile.objects.select_related("stored", "document").get(pk=pk)
    limits = in_force(load_table("news", "documents"), by.on).values
    found = _read(row, limits)
    with transaction.atomic():
        held = DocumentFile.objects.select_for_update(of=("self",)).select_related("document", "stored")
        kept = held.filter(pk=pk, state=FileState.WAITING, claimed_at=now).first()
        if kept is None:
            return False
        row = kept
        _keep(row, found)
        record(by=by, act="news.read_document_file", subject=row.document, after={"state": row.state})
        index_words(row.document)
        if row.document.state == DocumentState.PUBLISHED:
            forget_pages()
    return True


@transaction.atomic
def relate_documents(
    *, by: Actor, newer: Document, older: Document, kind: str, from_on: date | None, note: str = ""
) -> DocumentRelation:
    """The newer document does something to the older one; returns the row."""
    by = acting(by, RIGHT, newer.unit_id)
    if newer.pk == older.pk:
        raise Refused(Reason(_("A document does nothing to itself."), field="older"))
    if newer.issued_on and older.issued_on and older.issued_on > newer.issued_on:
        raise Refused(
            Reason(
                _("That document was issued later than this one: enter it on its own page."), field="older"
            )
        )
    if DocumentRelation.objects.filter(newer=newer, older=older, kind=kind).exists():
        raise Refused(Reason(_("This is noted already."), field="older"))
    if DocumentRelation.objects.filter(newer=older, older=newer, kind=kind).exists():
        raise Refused(
            Reason(_("The library says the reverse: that document does this to this one."), field="older")
        )
    row = DocumentRelation(newer=newer, older=older, kind=kind, from_on=from_on, note=note.strip())
    row.full_clean()
    row.save()
    told = {"kind": kind, "older": older.pk, "from_on": from_on, "note": row.note}
    record(by=by, act="news.relate_documents", subject=newer, after=told)
    forget_pages()
    return row


@transaction.atomic
def unrelate_documents(*, by: Actor, relation: DocumentRelation) -> None:
    """What was noted by mistake goes."""
    newer = relation.newer
    by = acting(by, RIGHT, newer.unit_id)
    told = {"kind": relation.kind, "older": relation.older_id}
    relation.delete()
    record(by=by, act="news.unrelate_documents", subject=newer, before=told)
    forget_pages()


def _refused(text: str) -> Refused:
    return Refused(Reason(text, field="file"))


def _read(row: DocumentFile, limits: Any) -> Reading:
    """What is in the file, as far as the process came before its limits."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        with row.stored.file.open("rb") as source, path.open("wb") as copy:
            for chunk in source.chunks():
                copy.write(chunk)
        return told_of(str(path), row.stored.content_type, limits)


def _keep(row: DocumentFile, found: Reading) -> None:
    """The outcome in the row: read, a scan, not safe, or failed after its tries."""
    row.pages = found.pages if row.stored.content_type == PDF else None
    if found.end == "danger":
        row.state, row.problem = FileState.REFUSED, "active"
    elif found.end == "locked":
        row.state, row.problem = FileState.FAILED, "locked"
    elif not found.is_safe:
        row.state = FileState.FAILED if row.attempts >= TRIES else FileState.WAITING
        row.problem = "unreadable"
    else:
        row.text = " ".join(piece for piece in found.pieces if piece)
        row.is_cut = found.end != "whole"
        has_words = is_vietnamese(row.text)
        row.state = FileState.READ if has_words else FileState.NO_TEXT
        row.folded = fold_in_place(row.text) if has_words else ""
        row.problem = ""
    row.claimed_at = None
    fields = ["state", "problem", "pages", "text", "folded", "is_cut", "claimed_at"]
    row.save(update_fields=fields)
