"""Writing the log. Every action calls `record` in its own transaction."""

import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.utils import timezone

from ledger.actor import Actor
from ledger.models import AuditEntry, AuditValue

CHUNK = 5_000
NEXT_KEYS = "SELECT nextval(pg_get_serial_sequence('ledger_auditentry', 'id')) FROM generate_series(1, %s)"
COPY_ENTRIES = (
    "COPY ledger_auditentry (id, at, user_id, office, unit, via, address, run_id, act, subject_type,"
    " subject_id, reason, digest) FROM STDIN"
)
COPY_VALUES = "COPY ledger_auditvalue (entry_id, before, after) FROM STDIN"


def snapshot(obj: models.Model, fields: Iterable[str]) -> dict[str, Any]:
    """The named fields' stored values, ready for `record`; a relation gives its id."""
    columns = {field.name: field.attname for field in obj._meta.concrete_fields}
    return {name: getattr(obj, columns[name]) for name in fields}


def record(
    *,
    by: Actor,
    act: str,
    subject: models.Model,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> AuditEntry:
    """Write one entry, and its values when there are any; unchanged fields are left out.

    `act` is a stable code such as "news.publish". The values may be erased later;
    the entry keeps their keyed digest. Returns the entry.
    """
    if before is not None and after is not None:
        changed = [name for name in after if before.get(name) != after[name]]
        before = {name: before.get(name) for name in changed}
        after = {name: after[name] for name in changed}
    entry = AuditEntry.objects.create(
        user_id=by.user.pk if by.user else None,
        office=by.acting.office if by.acting else "",
        unit=by.acting.unit_code if by.acting else "",
        via=by.via,
        address=by.address,
        run_id=by.run_id,
        act=act,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        reason=reason,
        digest=digest_of(before, after) if before or after else "",
    )
    if before or after:
        AuditValue.objects.create(entry=entry, before=_plain(before), after=_plain(after))
    return entry


def record_many(
    *,
    by: Actor,
    act: str,
    model: type[models.Model],
    rows: Iterable[tuple[int, Mapping[str, Any] | None, Mapping[str, Any] | None]],
    reason: str = "",
) -> int:
    """One entry for each row (key, before, after) of a mass job, streamed in chunks. Returns how many."""
    written = 0
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        with connection.cursor() as cursor:
            cursor.execute(NEXT_KEYS, [len(chunk)])
            keys = [key for (key,) in cursor.fetchall()]
            at, office, unit = timezone.now(), "", ""
            if by.acting:
                office, unit = by.acting.office, by.acting.unit_code
            fixed = (by.user.pk if by.user else None, office, unit, by.via, by.address, by.run_id, act)
            kind = model._meta.label_lower
            told = list(_sealed(chunk))
            with cursor.copy(COPY_ENTRIES) as copy:
                for key, (pk, *_sides), (digest, *_texts) in zip(keys, chunk, told, strict=True):
                    copy.write_row((key, at, *fixed, kind, str(pk), reason, digest))
            with cursor.copy(COPY_VALUES) as copy:
                for key, (digest, *texts) in zip(keys, told, strict=True):
                    if digest:
                        copy.write_row((key, *texts))
        written += len(chunk)
    if written >= CHUNK:
        # A session that saw the log when it was short checks each value's key by reading it whole.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE ledger_auditentry")
    return written


def _sealed(
    rows: Iterable[tuple[int, Mapping[str, Any] | None, Mapping[str, Any] | None]],
) -> Iterator[tuple[str, str | None, str | None]]:
    """Digest and both sides as text; worked out once for rows that say the very same."""
    last: tuple[Any, Any] = (None, None)
    known: tuple[str, str | None, str | None] = ("", None, None)
    for _pk, before, after in rows:
        if before is not last[0] or after is not last[1]:
            last = before, after
            known = (digest_of(before, after) if before or after else "", _json(before), _json(after))
        yield known


def digest_of(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    """Keyed SHA-256 over both sides, hex: proves the values without holding them."""
    text = json.dumps([before, after], cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hmac.digest(settings.AUDIT_DIGEST_KEY.encode(), text.encode(), "sha256").hex()


def _json(values: Mapping[str, Any] | None) -> str | None:
    return None if values is None else json.dumps(values, cls=DjangoJSONEncoder, ensure_ascii=False)


def _plain(values: Mapping[str, Any] | None) -> Any:
    return None if values is None else json.loads(json.dumps(values, cls=DjangoJSONEncoder))
