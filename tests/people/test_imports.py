"""A messy list of a ward: tried, written all or nothing, sent again without change."""

from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.utils import timezone

from foundation.refusal import Refused
from ledger.actor import NotAllowed
from ledger.models import AuditEntry, AuditValue
from letters.models import Letter
from people.actions.contacts import set_contacts, set_identity_number
from people.actions.import_runs import work_import
from people.actions.imports import ask_run, ask_try, cancel_import, clear_old_rows, remind_units
from people.actions.list_work import held_in
from people.actors import system_actor
from people.enums import ImportState, OfficeCode
from people.models import (
    Belonging,
    Consent,
    IdentityNumber,
    ImportBatch,
    ImportRow,
    OfficeGrant,
    Person,
    Phone,
)
from people.queries.imports import due_imports
from people.sealing import identity_digest, tail_digest, unseal
from tests.conftest import Cast
from tests.factories import people, sheets
from tests.factories.sheets import HEAD, PLAIN

pytestmark = pytest.mark.django_db


def person(name: str) -> Person:
    return Person.objects.get(full_name=name)


def test_the_trial_says_of_each_row_what_will_be_and_why_and_writes_nobody(cast: Cast) -> None:
    by = people.actor(cast.unit_officer)
    before = Person.objects.count()

    batch = sheets.tried(by, sheets.sent(by, cast.ward, sheets.xlsx([HEAD, *PLAIN])))

    assert batch.state == ImportState.TRIED
    assert batch.counts == {"new": 3, "doubtful": 1, "wrong": 1}
    told = sheets.codes(batch)
    assert told[5] == ("new", ["identity_province"])
    assert told[6] == ("new", ["name_fixed", "phone_zero"])
    assert told[7] == ("wrong", ["name_fixed", "date_no_day", "phone_old"])
    assert told[8][0] == "new"
    assert told[9] == ("doubtful", ["identity_province", "twice"])
    assert Person.objects.count() == before


def test_written_once_and_the_same_file_again_changes_nothing(cast: Cast) -> None:
    by = people.actor(cast.unit_officer)
    batch = sheets.brought_in(by, cast.ward, PLAIN)
    counted = [model.objects.count() for model in (Person, Phone, IdentityNumber, Belonging, Consent)]
    entries = AuditEntry.objects.filter(act="people.import_person").count()

    again = sheets.brought_in(by, cast.ward, PLAIN)

    assert (batch.state, batch.counts["written"]) == (ImportState.DONE, 3)
    assert (again.state, again.counts) == (
        ImportState.DONE,
        {"same": 3, "doubtful": 1, "wrong": 1, "written": 0},
    )
    assert [model.objects.count() for model in (Person, Phone, IdentityNumber, Belonging, Consent)] == counted
    assert AuditEntry.objects.filter(act="people.import_person").count() == entries == 3


def test_what_is_written_of_a_person(cast: Cast) -> None:
    by = people.actor(cast.unit_officer)
    batch = sheets.sent(by, cast.ward, sheets.xlsx([HEAD, *PLAIN]), purposes=["messages"])
    sheets.written(by, sheets.tried(by, batch))

    found = person("Trần Thị Ánh")
    number = found.identity_numbers.get()

    assert (found.sex, f"{found.birth_date}", found.email) == ("female", "1985-06-05", "anh@example.org")
    assert found.search_name == " tran thi anh"
    assert [phone.number for phone in found.phones.all()] == ["+84901000001"]
    assert unseal(number.sealed, number.key_version) == "999185000001"
    assert (number.digest, number.tail_digest) == (identity_digest("999185000001"), tail_digest("0001"))
    assert found.belongings.get().unit == cast.ward
    assert found.consents.get().purpose == "messages"
    assert person("Nguyễn Văn Bình").birth_year == 1990


def test_each_person_written_has_an_entry_whose_values_hold_no_identity_number(cast: Cast) -> None:
    by = people.actor(cast.unit_officer)
    batch = sheets.brought_in(by, cast.ward, PLAIN)

    entry = AuditEntry.objects.get(act="people.import_person", subject_id=str(person("Trần Thị Ánh").pk))

    assert (entry.user_id, entry.unit, entry.office) == (batch.by_user_id, "P001", "unit_officer")
    assert entry.digest
    assert entry.value.after
    assert entry.value.after["full_name"] == "Trần Thị Ánh"
    assert "999185000001" not in str(list(AuditValue.objects.values_list("before", "after")))


def test_rows_are_kept_sealed(cast: Cast) -> None:
    by = people.actor(cast.unit_officer)
    batch = sheets.tried(by, sheets.sent(by, cast.ward, sheets.xlsx([HEAD, *PLAIN])))

    row = batch.rows.get(number=5)

    assert b"999185000001" not in bytes(row.sealed_values)
    assert (held_in(row.sealed_values) or {})["identity"] == "999185000001"
    assert "999185000001" not in str(row.reasons)


def test_a_record_gains_what_it_lacks_and_keeps_what_it_says(cast: Cast) -> None:
    by = people.actor(cast.unit_officer)
    sheets.brought_in(by, cast.ward, [[1, "Trần Thị Ánh", None, "05/06/1985", None, None, "cu@example.org"]])

    batch = sheets.brought_in(by, cast.ward, PLAIN[:1])

    found = person("Trần Thị Ánh")
    assert batch.counts == {"update": 1, "written": 1}
    assert sheets.codes(batch)[5][1] == ["identity_province", "by_birth", "fills", "kept_email"]
    assert (found.email, found.sex, found.version) == ("cu@example.org", "female", 2)
    assert found.phones.count() == found.identity_numbers.count() == 1


def test_a_record_of_another_unit_is_never_named_only_told_of(cast: Cast) -> None:
    elsewhere = people.person("Trần Thị Ánh", cast.other_ward, with_user=False)
    set_identity_number(by=system_actor(), person=elsewhere, number="999185000001")
    by = people.actor(cast.unit_officer)

    batch = sheets.tried(by, sheets.sent(by, cast.ward, sheets.xlsx([HEAD, PLAIN[0]])))

    row = batch.rows.get()
    assert (row.verdict, row.person) == ("doubtful", None)
    assert [reason["code"] for reason in row.reasons] == ["identity_province", "elsewhere"]

    city = people.actor(cast.city_officer)
    seen = sheets.tried(city, sheets.sent(city, cast.city, sheets.xlsx([HEAD, PLAIN[0]])))
    assert seen.rows.get().person == elsewhere


def test_somebody_perhaps_elsewhere_is_entered_and_the_pair_opened_for_the_city(cast: Cast) -> None:
    from people.queries.duplicates import visible_pairs

    elsewhere = people.person("Trần Thị Ánh", cast.other_ward, with_user=False)
    set_identity_number(by=system_actor(), person=elsewhere, number="999185000001")
    by = people.actor(cast.unit_officer)

    sheets.brought_in(by, cast.ward, PLAIN[:1])
    again = sheets.brought_in(by, cast.ward, PLAIN[:1])

    assert again.counts == {"same": 1, "written": 0}
    assert visible_pairs(people.actor(cast.city_officer)).count() == 1
    assert not visible_pairs(by).exists()


def test_by_name_and_birth_nobody_of_another_unit_is_found(cast: Cast) -> None:
    people.person("Nguyễn Văn Bình", cast.other_ward, with_user=False)
    Person.objects.filter(full_name="Nguyễn Văn Bình").update(birth_year=1990)
    by = people.actor(cast.unit_officer)
    row = [1, "Nguyễn Văn Bình", "nam", "1990", None, None, None]

    batch = sheets.tried(by, sheets.sent(by, cast.ward, sheets.xlsx([HEAD, row])))

    assert batch.counts == {"new": 1}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ([1, "Lê Văn Khác", "Nữ", "05/06/1985", "999185000001", None, None], "other_name"),
        ([1, "Trần Thị Ánh", "Nữ", "06/06/1985", "999185000001", None, None], "other_birth"),
        ([1, "Trần Thị Ánh", "Nữ", "05/06/1985", "999185000002", "0901000001", None], "other_identity"),
        ([1, "Trần Thị Ánh", "Nữ", "1985", None, None, "moi@example.org"], None),
    ],
)
def test_who_contradicts_a_record_is_doubtful(cast: Cast, row: list[Any], code: str | None) -> None:
    by = people.actor(cast.unit_officer)
    sheets.brought_in(by, cast.ward, PLAIN[:1])

    batch = sheets.tried(by, sheets.sent(by, cast.ward, sheets.xlsx([HEAD, row])))

    verdict, told = sheets.codes(batch)[5]
    if code is None:
        assert verdict == "same"
    else:
        assert verdict == "doubtful"
        assert code in told


def test_another_number_is_another_person_of_the_same_name_and_birthday(cast: Cast) -> None:
    by = people.actor(cast.unit_officer)
    sheets.brought_in(by, cast.ward, PLAIN[:1])
    row = [1, "Trần Thị Ánh", "Nữ", "05/06/1985", "999185000777", None, None]

    batch = sheets.brought_in(by, cast.ward, [row])

    assert batch.counts == {"new": 1, "written": 1}


def test_a_column_of_units_sends_people_to_their_branches_and_no_further(cast: Cast) -> None:
    branch = people.unit("Chi hội khu phố 4", cast.ward, code="P001-4")
    by = people.actor(cast.unit_officer)
    rows: list[Any] = [
        ["Họ và tên", "Năm sinh", "Đơn vị"],
        ["Trần Thị Ánh", 1985, "chi hội KHU PHỐ 4"],
        ["Lê Văn Bình", 1986, "Phường Mẫu 2"],
        ["Võ Thị Chi", 1987, None],
    ]

    batch = sheets.written(by, sheets.tried(by, sheets.sent(by, cast.ward, sheets.xlsx(rows))))

    assert person("Trần Thị Ánh").belongings.get().unit == branch
    assert person("Võ Thị Chi").belongings.get().unit == cast.ward
    assert sheets.codes(batch)[6] == ("wrong", ["unit_unknown"])


def test_all_or_nothing(cast: Cast) -> None:
    """The log cannot be written: then nobody is."""
    by = people.actor(cast.unit_officer)
    batch = sheets.tried(by, sheets.sent(by, cast.ward, sheets.xlsx([HEAD, *PLAIN])))
    ask_run(by=by, batch=batch, fixes_names=True, takes_elsewhere=True)
    before = Person.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE ledger_auditvalue ADD CONSTRAINT none CHECK (after IS NULL) NOT VALID")

    with pytest.raises(Exception, match="none"):
        work_import(by=system_actor(), pk=batch.pk)

    batch.refresh_from_db()
    assert (batch.state, Person.objects.count()) == (ImportState.FAILED, before)
    assert batch.problem


def test_a_claim_that_fell_silent_is_taken_over_and_a_living_one_is_not(cast: Cast) -> None:
    by = people.actor(cast.unit_officer)
    batch = sheets.tried(by, sheets.sent(by, cast.ward, sheets.xlsx([HEAD, *PLAIN])))
    ask_run(by=by, batch=batch, fixes_names=True, takes_elsewhere=True)
    ImportBatch.objects.update(
        state=ImportState.RUNNING, claim="0" * 32, claimed_at=timezone.now() - timedelta(minutes=1)
    )
    assert due_imports() == []
    assert work_import(by=system_actor(), pk=batch.pk) is False

    ImportBatch.objects.update(claimed_at=timezone.now() - timedelta(minutes=11))
    assert work_import(by=system_actor(), pk=batch.pk) is True

    batch.refresh_from_db()
    assert (batch.state, batch.counts["written"]) == (ImportState.DONE, 3)
    assert due_imports() == []


def test_who_lost_the_office_meanwhile_writes_nothing(cast: Cast) -> None:
    by = people.actor(cast.unit_officer)
    batch = sheets.tried(by, sheets.sent(by, cast.ward, sheets.xlsx([HEAD, *PLAIN])))
    ask_run(by=by, batch=batch, fixes_names=True, takes_elsewhere=True)
    OfficeGrant.objects.filter(person=cast.unit_officer).delete()

    work_import(by=system_actor(), pk=batch.pk)

    batch.refresh_from_db()
    assert batch.state == ImportState.FAILED
    assert not Person.objects.filter(full_name="Trần Thị Ánh").exists()


def test_the_result_is_the_same_file_with_a_verdict_and_reasons(cast: Cast) -> None:
    by = people.actor(cast.unit_officer)
    batch = sheets.brought_in(by, cast.ward, PLAIN)
    assert batch.result is not None

    with batch.result.file.open("rb") as file:
        rows = list(openpyxl.load_workbook(file).active.iter_rows(values_only=True))

    assert rows[0][0] == "HỘI CHỮ THẬP ĐỎ PHƯỜNG MẪU"
    assert rows[3][7:] == ("Xếp loại dòng", "Lý do")
    assert rows[6][1] == "lê thị chi"
    assert rows[6][7] == "sai"
    assert "Ô D7: Không có ngày này." in rows[6][8]
    assert batch.result.delete_after is not None


def test_refusals_before_anything_is_kept(cast: Cast) -> None:
    by = people.actor(cast.unit_officer)
    good = sheets.xlsx([HEAD, *PLAIN])
    with pytest.raises(NotAllowed):
        sheets.sent(by, cast.other_ward, good)
    with pytest.raises(NotAllowed):
        sheets.sent(people.actor(cast.member), cast.ward, good)
    with pytest.raises(Refused):
        sheets.sent(by, cast.ward, b"%PDF-1.7", "danh-sach.pdf")
    with pytest.raises(Refused):
        sheets.sent(by, cast.ward, good, purposes=["unknown"])

    batch = sheets.sent(by, cast.ward, good)
    for columns in ({}, {"full_name": 99}, {"full_name": 1, "phone": 1}, {"wrong": 1}):
        with pytest.raises(Refused):
            ask_try(by=by, batch=batch, columns=columns)
    with pytest.raises(Refused):
        ask_run(by=by, batch=batch, fixes_names=True, takes_elsewhere=True)
    assert ImportBatch.objects.count() == 1


def test_rows_go_when_a_list_is_given_up_and_after_their_time(cast: Cast) -> None:
    by = people.actor(cast.unit_officer)
    given_up = sheets.tried(by, sheets.sent(by, cast.ward, sheets.xlsx([HEAD, *PLAIN])))
    cancel_import(by=by, batch=given_up)
    sheets.brought_in(by, cast.ward, PLAIN)
    assert ImportRow.objects.filter(batch=given_up).count() == 0
    assert clear_old_rows(by=system_actor()) == 0

    ImportBatch.objects.update(created_at=timezone.now() - timedelta(days=40))
    assert clear_old_rows(by=system_actor()) == 1
    assert ImportRow.objects.count() == 0


def test_units_that_sent_nothing_are_reminded_once_a_day(cast: Cast) -> None:
    other = people.officer(OfficeCode.UNIT_OFFICER, cast.other_ward, "Lý Thị Mai")
    assert other.user is not None
    other.user.email = "mai@example.org"
    other.user.save()
    sheets.brought_in(people.actor(cast.unit_officer), cast.ward, PLAIN)
    city = people.actor(cast.city_officer)

    reminded = [remind_units(by=city, since=city.on, due_on=city.on) for _time in range(2)]

    letters = Letter.objects.filter(template__code="people.remind_list")
    assert reminded == [1, 1]
    assert [(letter.address, letter.unit_code) for letter in letters] == [("mai@example.org", "P002")]
    with pytest.raises(NotAllowed):
        remind_units(by=people.actor(cast.unit_officer), since=city.on, due_on=city.on)


def test_contacts_are_kept_in_one_form_and_junk_is_refused(cast: Cast) -> None:
    by = people.actor(cast.unit_officer)

    set_contacts(by=by, person=cast.member, phones=["0912 345 678", "028 3822 1234"])
    set_contacts(by=by, person=cast.member, phones=["+84912345678"])
    with pytest.raises(Refused):
        set_contacts(by=by, person=cast.member, phones=["gọi sau"])
    with pytest.raises(NotAllowed):
        set_contacts(by=by, person=cast.nobody, phones=["0912345678"])

    assert [phone.number for phone in cast.member.phones.all()] == ["+84912345678"]


def test_an_identity_number_is_sealed_replaced_and_taken_away(cast: Cast) -> None:
    by = people.actor(cast.unit_officer)

    told = set_identity_number(by=by, person=cast.member, number="79185000123")
    set_identity_number(by=by, person=cast.member, number="079185000124")
    row = cast.member.identity_numbers.get()

    assert [finding.code for finding in told] == ["identity_zero"]
    assert unseal(row.sealed, row.key_version) == "079185000124"
    assert row.tail_digest == tail_digest("0124")
    with pytest.raises(Refused):
        set_identity_number(by=by, person=cast.member, number="123")
    set_identity_number(by=by, person=cast.member, number="")
    assert not cast.member.identity_numbers.exists()
    assert "079185000124" not in str(list(AuditValue.objects.values_list("before", "after")))
