"""Documents in number: a list tried first, then entered as drafts, all or nothing, each once."""

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from foundation.dated import in_force, load_table
from foundation.refusal import Reason, Refused
from foundation.text import fold
from ledger.actor import Actor
from ledger.audit import record
from news.actions.documents import RIGHT, enter_documents
from news.enums import DocumentKind, DocumentState
from news.models import Document, Topic
from news.rules.document_lists import DAYS, ListRow, find_head, has_words, read_row
from news.rules.numbers import number_key
from people.models import Unit
from people.permissions import acting
from people.sheets import open_book


@transaction.atomic
def try_list(*, by: Actor, unit: Unit, file: "File[Any]") -> list[ListRow]:
    """What the rows of a list say, and what stands against each; writes nothing."""
    by = acting(by, RIGHT, unit.pk)
    table = dict(in_force(load_table("news", "document_columns"), by.on).values)
    most = table.pop("most_rows")
    with tempfile.NamedTemporaryFile() as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        book = open_book(Path(copy.name), file.name or "")
        cells = []
        for number, values in book.rows():
            if has_words(values):
                cells.append((number, values))
            if len(cells) > most + 1:
                raise _refused(_("The list has more than %(most)s rows. Split it.") % {"most": most})
    head, columns = find_head(cells, table)
    if not columns:
        raise _refused(_("No row names the columns: number, title and issuer at least."))
    with translation.override("vi"):
        kinds = {fold(str(label)): code for code, label in DocumentKind.choices}
    topics = {fold(topic.name): topic.slug for topic in Topic.objects.all()}
    rows = [read_row(n, values, columns, kinds, topics) for n, values in cells if n > head]
    _note_known(rows)
    return rows


@transaction.atomic
def enter_list(*, by: Actor, unit: Unit, rows: Sequence[dict[str, Any]]) -> int:
    """Enter as drafts the rows that nothing stands against; returns how many."""
    by = acting(by, RIGHT, unit.pk)
    tried = [ListRow(0, dict(values)) for values in rows]
    _note_known(tried)
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    wanted = []
    for row in tried:
        if row.problems:
            continue
        values = dict(row.values)
        values["topic"] = topics.get(values["topic"])
        for name in DAYS:
            values[name] = date.fromisoformat(values[name]) if values[name] else None
        wanted.append(values)
    entered = len(enter_documents(by=by, unit=unit, many=wanted))
    record(by=by, act="news.enter_list", subject=unit, after={"documents": entered})
    return entered


def _note_known(rows: Sequence[ListRow]) -> None:
    """Tell of numbers that the library, or an earlier row, has of the same issuer."""
    keys = {number_key(row.values["number"]) for row in rows} - {""}
    found = Document.objects.filter(number_key__in=keys).exclude(state=DocumentState.WITHDRAWN)
    known = set(found.values_list("number_key", "issuer"))
    for row in rows:
        key = number_key(row.values["number"])
        if key and (key, row.values["issuer"]) in known:
            row.problems.append(_("in the library already, or twice in the list"))
        elif key:
            known.add((key, row.values["issuer"]))


def _refused(text: str) -> Refused:
    return Refused(Reason(text, field="file"))
