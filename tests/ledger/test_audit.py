"""The log: says who, in which office, what changed; PostgreSQL refuses to change it."""

import pytest
from django.db import DatabaseError, connection, transaction

from ledger.audit import digest_of, record, snapshot
from ledger.models import AuditEntry, AuditValue
from people.actors import system_actor
from tests.conftest import Cast
from tests.factories import people


def test_an_entry_says_who_in_which_office(cast: Cast) -> None:
    by = people.actor(cast.city_officer)

    entry = record(by=by.as_(by.holds[0]), act="test.act", subject=cast.ward, reason="Thử")

    entry.refresh_from_db()
    assert by.user is not None
    assert (entry.user_id, entry.office, entry.unit) == (by.user.pk, "city_officer", "TP")
    assert (entry.subject_type, entry.subject_id) == ("people.unit", str(cast.ward.pk))
    assert (entry.reason, entry.digest) == ("Thử", "")
    assert not AuditValue.objects.filter(entry=entry).exists()


def test_only_what_changed_is_kept(cast: Cast) -> None:
    before = snapshot(cast.ward, ["code", "name"])
    cast.ward.name = "Tên mới (mẫu)"

    entry = record(
        by=system_actor(),
        act="test.rename",
        subject=cast.ward,
        before=before,
        after=snapshot(cast.ward, ["code", "name"]),
    )

    value = entry.value
    assert value.before == {"name": "Hội Chữ thập đỏ phường Mẫu 1"}
    assert value.after == {"name": "Tên mới (mẫu)"}
    assert entry.digest == digest_of(value.before, value.after)


def test_values_can_be_erased_and_the_digest_still_proves_them(cast: Cast) -> None:
    entry = record(by=system_actor(), act="test.act", subject=cast.ward, after={"name": "An"})

    AuditValue.objects.filter(entry=entry).delete()

    entry = AuditEntry.objects.get(pk=entry.pk)
    assert entry.digest == digest_of(None, {"name": "An"})
    assert entry.digest != digest_of(None, {"name": "Ân"})


def test_postgresql_refuses_to_change_or_delete(cast: Cast) -> None:
    entry = record(by=system_actor(), act="test.act", subject=cast.ward)

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).update(act="test.other")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).delete()
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM ledger_auditentry")

    assert AuditEntry.objects.get(pk=entry.pk).act == "test.act"
