"""Private files: stored with a day on which they go, and deleted when it has come."""

import hashlib
from datetime import timedelta

from django.core.files.base import File
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from ledger.actor import Actor
from ledger.audit import record
from ledger.models import StoredFile


@transaction.atomic
def store_file(*, by: Actor, name: str, content_type: str, file: File, days: int | None) -> StoredFile:  # type: ignore[type-arg]
    """Keep a file for so many days, or for good (None). The calling action has asked whether it may."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    stored = StoredFile(
        name=name,
        content_type=content_type,
        size=file.size,
        sha256=digest.hexdigest(),
        delete_after=timezone.now() + timedelta(days=days) if days is not None else None,
    )
    stored.file.save(f"{stored.key}", file, save=False)
    stored.full_clean()
    stored.save()
    record(by=by, act="people.store_file", subject=stored)
    return stored


@transaction.atomic
def delete_old_file(*, by: Actor, pk: int) -> bool:
    """Delete a file whose day has come; False if it has gone or stays longer.

    Where a row still points to it, only what was in it goes. The bytes go after the commit.
    """
    stored = StoredFile.objects.select_for_update().filter(pk=pk, delete_after__lte=timezone.now()).first()
    if stored is None or not stored.file:
        return False
    record(by=by, act="people.delete_old_file", subject=stored)
    name, storage = str(stored.file.name), stored.file.storage
    try:
        with transaction.atomic():
            stored.delete()
    except ProtectedError:
        StoredFile.objects.filter(pk=pk).update(file="", size=0)
    transaction.on_commit(lambda: storage.delete(name))
    return True


@transaction.atomic
def drop_file(*, by: Actor, stored: StoredFile) -> None:
    """Delete a file now, its bytes after the commit. The calling action has asked whether it may."""
    stored.delete_after = timezone.now()
    stored.save(update_fields=["delete_after"])
    delete_old_file(by=by, pk=stored.pk)
