"""Lists of donations: a messy file tried dry, written, brought in twice; doubtful rows decided."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from donors.actions.list_runs import work_list
from donors.actions.lists import (
    ask_list_run,
    ask_list_try,
    clear_old_list_rows,
    confirm_list,
    decide_row,
    take_in_gifts,
)
from donors.enums import DonationState
from donors.models import Donation, DonationList, Donor
from donors.queries.lists import waiting_rows
from donors.rules.gifts import read_day, read_group, read_volume
from foundation.refusal import Refused
from ledger.models import AuditEntry
from people.actions.contacts import set_contacts, set_identity_number
from people.actors import system_actor
from people.enums import ImportState, OfficeCode
from people.models import Person
from tests.conftest import Cast, sign_in
from tests.factories import donors, people

pytestmark = pytest.mark.django_db
HEAD = "Họ tên;Năm sinh;CMND/CCCD;SĐT;Ngày hiến;Thể tích (ml);Nhóm máu;Số GCN"
ISSUER = "Trung tâm (mẫu)"
DAYS = ("2023-05-02", "18/09/24", "15/01/21", "31/08/2025", "ngày 5 tháng 3 năm 2024", "31/02/2024")
VOLUMES = ("350ml", "350", "0,35 lít", "450", "", "3500")
GROUPS = ("O+", "o rh dương", "AB-", "B Rh(+)", "?", "")
NAMES = ("Hồ Thị Yến", "bùi xuân hằng", "Đặng Hồng Bình", "LÊ HỒNG THẮNG", "nguyễn hữu  liễu")


def messy(rows: int = 60) -> bytes:
    """A list as drives send it: four forms of days, spoken volumes, lost zeros, every sixth line wrong."""
    lines = [HEAD + ";Điểm hiến máu;Lần thứ"]
    for n in range(rows):
        identity = f"999{n % 2}{60 + n % 30:02}{n:06}" if n % 3 else ""
        born = f"{1 + n % 28:02}/{1 + n % 12:02}/{1960 + n % 30}" if n % 4 else str(1960 + n % 30)
        phone = f"50{n:07}" if n % 5 else "không có"
        serial = f"{5_000_000 + n}" if n % 2 else ""
        lines.append(
            f"{NAMES[n % 5]};{born};{identity};{phone};{DAYS[n % 6]};{VOLUMES[n // 6 % 6]};"
            f"{GROUPS[n % 6]};{serial};Nhà văn hóa (mẫu);{n % 4}"
        )
    return "\n".join(lines).encode("utf-8-sig")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-05-02", date(2023, 5, 2)),
        ("18/09/24", date(2024, 9, 18)),
        ("31/08/2025", date(2025, 8, 31)),
        ("ngày 5 tháng 3 năm 2024", date(2024, 3, 5)),
        (45356, date(2024, 3, 5)),
        ("31/02/2025", None),
        ("hôm qua", None),
    ],
)
def test_days_of_donation(text: Any, expected: date | None) -> None:
    assert read_day(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("350", 350), ("350ml", 350), ("0,35 lít", 350), ("450.0", 450), ("3500", 3500), ("hai túi", None)],
)
def test_volumes(text: str, expected: int | None) -> None:
    assert read_volume(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("O+", ("O", "+")),
        ("o rh dương", ("O", "+")),
        ("B Rh(+)", ("B", "+")),
        ("AB-", ("AB", "-")),
        ("A Rh âm", ("A", "-")),
        ("A", ("A", "")),
        ("xyz", ("", "")),
    ],
)
def test_blood_groups(text: str, expected: tuple[str, str]) -> None:
    assert read_group(text) == expected


def sent(cast: Cast, *rows: str, officer: Person | None = None, **values: Any) -> DonationList:
    """A list read and tried by the ward's officer."""
    by = people.actor(officer or cast.unit_officer)
    text = "\n".join([HEAD, *rows])
    told: dict[str, Any] = {"source": "Sổ của phường", "is_facilitys": True, "issuer": ISSUER} | values
    batch = take_in_gifts(by=by, unit=cast.ward, file=ContentFile(text.encode(), "ds.csv"), **told)
    ask_list_try(by=by, batch=batch, columns=batch.columns)
    return worked(batch)


def worked(batch: DonationList) -> DonationList:
    assert work_list(by=system_actor(), pk=batch.pk)
    batch.refresh_from_db()
    assert batch.state in (ImportState.TRIED, ImportState.DONE), batch.problem
    return batch


def written(cast: Cast, *rows: str, **values: Any) -> DonationList:
    """The same, written."""
    batch = sent(cast, *rows, **values)
    ask_list_run(by=people.actor(values.get("officer") or cast.unit_officer), batch=batch)
    return worked(batch)


def verdicts(batch: DonationList) -> list[tuple[str, str]]:
    """Verdict and last reason of each row."""
    rows = batch.rows.order_by("number")
    return [(row.verdict, row.reasons[-1]["code"] if row.reasons else "") for row in rows]


def test_people_are_matched_by_number_and_never_by_name_alone(cast: Cast) -> None:
    by = system_actor()
    known = people.person("Lê Thị Bình", cast.ward, with_user=False)
    set_identity_number(by=by, person=known, number="001190000001")
    set_contacts(by=by, person=known, phones=["0912345678"])
    people.person("Trần Văn Danh", cast.ward, with_user=False)

    batch = sent(
        cast,
        "lê thị bình;;001190000001;;01/02/2026;350;O+;0001",
        "Lê Thị Bình;;;0912 345 678;01/05/2026;450;;0002",
        "Trần Văn Danh;;;;01/02/2026;350;;",
        "Phạm Thị Mới;12/03/1990;;;01/02/2026;350;A-;",
        "Phạm Thị Mới;12/03/1990;;;01/06/2026;350;;",
        "Chỉ Có Tên;;;;01/02/2026;350;;",
        "Lê Thị Bình;;001190000001;;01/02/2026;3500;;",
        "Lê Thị Bình;;001190000001;;;350;;",
        "Lê Thị Bình;;001190000001;;01/02/2999;350;;",
        "Lê Thị Bình;;001190000001;;01/02/2026;350;;",
    )

    assert verdicts(batch) == [
        ("new", "by_identity"),
        ("new", "by_phone"),
        ("doubtful", "by_name_only"),
        ("new", "new_person"),
        ("new", "new_person"),
        ("doubtful", "thin"),
        ("wrong", "volume_most"),
        ("wrong", "day_missing"),
        ("wrong", "day_future"),
        ("same", "twice_in_file"),
    ]
    assert not Donation.objects.exists()


def test_a_list_is_written_once_and_its_people_with_it(cast: Cast) -> None:
    rows = (
        "Phạm Thị Mới;12/03/1990;;0987654321;01/02/2026;350;A-;0001",
        "Phạm Thị Mới;12/03/1990;;0987654321;01/03/2026;350;A-;0002",
        "Vũ Văn Hai;1985;079085000002;;01/02/2026;0,35 lít;o rh dương;",
    )
    batch = written(cast, *rows)

    assert batch.counts["written"] == 3
    first = Donor.objects.get(person__full_name="Phạm Thị Mới")
    assert (first.group, first.rhesus, first.group_known) == ("A", "-", "facility")
    given = [
        (row.on, row.volume_ml, row.certificate_serial, row.flags) for row in first.donations.order_by("on")
    ]
    assert given == [
        (date(2026, 2, 1), 350, "0001", []),
        (date(2026, 3, 1), 350, "0002", ["interval"]),
    ]
    assert first.donations.first().proof == "Sổ của phường, 3"  # type: ignore[union-attr]
    assert [phone.number for phone in first.person.phones.all()] == ["+84987654321"]
    assert AuditEntry.objects.filter(act="donors.import_donation").count() == 3

    again = written(cast, *rows)
    assert (again.counts["written"], again.counts["same"]) == (0, 3)
    assert (Donation.objects.count(), Donor.objects.count()) == (3, 2)

    officer = people.officer(OfficeCode.DONOR_OFFICER, cast.city)
    assert confirm_list(by=people.actor(officer), batch=batch) == 3
    assert set(Donation.objects.values_list("state", flat=True)) == {DonationState.CONFIRMED}
    with pytest.raises(Refused):
        confirm_list(by=people.actor(cast.unit_officer), batch=batch)


def test_what_contradicts_is_doubtful_with_its_own_reason(cast: Cast) -> None:
    by = system_actor()
    known = people.person("Lê Thị Bình", cast.ward, with_user=False)
    set_identity_number(by=by, person=known, number="001190000001")
    donor = donors.donor(known, cast.ward)
    donors.donation(
        donor, cast.ward, date(2026, 2, 1), certificate_serial="0009", certificate_issuer="Trung tâm (mẫu)"
    )
    far = people.person("Ngô Thị Xa", cast.other_ward, with_user=False)
    set_identity_number(by=by, person=far, number="001190000003")

    batch = sent(
        cast,
        "Hoàng Văn Khác;;001190000001;;01/05/2026;350;;",
        "Lê Thị Bình;;001190000001;;01/02/2026;450;;",
        "Lê Thị Bình;;001190000001;;01/02/2026;350;;",
        "Phạm Thị Mới;12/03/1990;;;01/02/2026;350;;0009",
        "Ngô Thị Xa;;001190000003;;01/02/2026;350;;",
        takes_new=True,
    )
    assert verdicts(batch) == [
        ("doubtful", "other_name"),
        ("doubtful", "volume_differs"),
        ("same", "given_there"),
        ("doubtful", "serial_twice"),
        ("doubtful", "elsewhere"),
    ]


def test_doubtful_rows_wait_in_a_queue_and_stay_decided(cast: Cast) -> None:
    person = people.person("Trần Văn Danh", cast.ward, with_user=False)
    rows = [f"{name};;;;01/02/2026;350;;" for name in ("Trần Văn Danh", "Chỉ Có Tên", "Bỏ Qua Người")]
    batch = written(cast, *rows)
    by = people.actor(cast.unit_officer)
    client = sign_in(cast.unit_officer)
    url = reverse("donation_queue", args=[batch.pk])
    one, two, three = waiting_rows(batch)
    page = client.get(url).content.decode()
    assert str(person.key) in page
    assert "chỉ theo tên" in page.casefold()

    client.post(url, {"row": one.pk, "decision": str(person.key)})
    client.post(url, {"row": two.pk, "decision": "new"})
    client.post(url, {"row": three.pk, "decision": "skip"})

    names = Donation.objects.order_by("pk").values_list("donor__person__full_name", flat=True)
    assert list(names) == ["Trần Văn Danh", "Chỉ Có Tên"]
    with pytest.raises(Refused):
        decide_row(by=by, row=three, decision="skip")
    again = written(cast, *rows)
    assert (again.counts.get("doubtful", 0), again.counts["same"]) == (0, 3)


def test_a_list_without_days_or_names_is_not_tried(cast: Cast) -> None:
    by = people.actor(cast.unit_officer)
    file = ContentFile(f"{HEAD}\nA;;;;;;;".encode(), "ds.csv")
    batch = take_in_gifts(by=by, unit=cast.ward, file=file, source="Sổ", is_facilitys=False)
    with pytest.raises(Refused, match="ngày hiến"):
        ask_list_try(by=by, batch=batch, columns={"full_name": 0})
    with pytest.raises(Refused, match="nguồn của danh sách"):
        take_in_gifts(by=by, unit=cast.ward, file=file, source=" ", is_facilitys=False)


def test_the_typical_messy_list(cast: Cast) -> None:
    client = sign_in(cast.unit_officer)
    sent_file = SimpleUploadedFile("danh-sach.csv", messy(), "text/csv")
    answer = client.post(
        reverse("donation_list_new"),
        {"file": sent_file, "unit": cast.ward.pk, "source": "Danh sách (mẫu)", "takes_new": "on"},
    )
    batch = DonationList.objects.get()
    assert answer.status_code == 302
    columns = reverse("donation_list_columns", args=[batch.pk])
    assert "Ngày hiến" in client.get(columns).content.decode()
    client.post(columns, {name: str(place) for name, place in batch.columns.items()})
    page = client.get(reverse("donation_list", args=[batch.pk])).content.decode()
    assert "3500 ml" in page
    client.post(reverse("donation_list_act", args=[batch.pk, "ghi"]))
    batch.refresh_from_db()

    counts = batch.counts
    assert batch.rows_total == 60
    assert counts["written"] == counts["new"] == Donation.objects.count()
    assert counts["wrong"] == 15  # 31/02, and 3,500 ml
    assert set(Donation.objects.values_list("volume_ml", flat=True)) <= {None, 250, 350, 450}
    doubtful = counts.get("doubtful", 0)
    assert waiting_rows(batch).count() == doubtful
    people_before, given = Person.objects.count(), Donation.objects.count()

    written_again = take_in_gifts(
        by=people.actor(cast.unit_officer),
        unit=cast.ward,
        file=ContentFile(messy(), "danh-sach.csv"),
        source="Danh sách (mẫu)",
        is_facilitys=False,
    )
    ask_list_try(by=people.actor(cast.unit_officer), batch=written_again, columns=written_again.columns)
    worked(written_again)
    ask_list_run(by=people.actor(cast.unit_officer), batch=written_again)
    assert worked(written_again).counts["written"] == 0
    assert (Person.objects.count(), Donation.objects.count()) == (people_before, given)


def test_the_header_is_chosen_anew_where_it_was_guessed_wrongly(cast: Cast) -> None:
    client = sign_in(cast.unit_officer)
    text = f"Họ tên;Ngày hiến;\nChi hội 4;;\n{HEAD}\nPhạm Thị Mới;1990;;0987654321;01/02/2026;350;;"
    file = SimpleUploadedFile("ds.csv", text.encode(), "text/csv")
    client.post(reverse("donation_list_new"), {"file": file, "unit": cast.ward.pk, "source": "Sổ"})
    batch = DonationList.objects.get()
    url = reverse("donation_list_header", args=[batch.pk])

    page = client.post(url, {"row": "99"}, follow=True).content.decode()
    assert "không có dòng này" in page
    page = client.post(url, {"row": "3"}, follow=True).content.decode()
    batch.refresh_from_db()

    assert (batch.header_row, batch.columns["given_on"], batch.columns["phone"]) == (3, 4, 3)
    assert "Phạm Thị Mới" in page


def test_the_result_is_the_same_file_with_a_verdict_and_reasons(cast: Cast) -> None:
    batch = written(
        cast, "Phạm Thị Mới;1990;;0987654321;01/02/2026;350;;", "Lê Kim Nga;1980;;;01/02/2026;3500;;"
    )
    client = sign_in(cast.unit_officer)
    assert "Tải kết quả" in client.get(reverse("donation_list", args=[batch.pk])).content.decode()
    url = reverse("donation_list_result", args=[batch.pk])
    answer = client.get(url)
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]

    assert lines[0].endswith("Xếp loại dòng;Lý do")
    assert [line.split(";")[8] for line in lines[1:]] == ["mới", "sai"]
    assert "Ô F3: Không thể hiến 3500 ml trong một lần" in lines[2]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert sign_in(people.officer(OfficeCode.UNIT_OFFICER, cast.other_ward)).get(url).status_code == 404


def test_what_rows_said_goes_after_its_days_and_what_was_written_is_still_known(cast: Cast) -> None:
    rows = (
        "Phạm Thị Mới;1990;;0987654321;01/02/2026;350;;",
        "Bỏ Qua;;;;01/02/2026;350;;",
        "Chờ;;;;01/02/2026;350;;",
    )
    batch = written(cast, *rows)
    decide_row(by=people.actor(cast.unit_officer), row=batch.rows.get(number=3), decision="skip")
    assert clear_old_list_rows(by=system_actor()) == 0

    DonationList.objects.update(created_at=timezone.now() - timedelta(days=40))
    assert clear_old_list_rows(by=system_actor()) == 1
    assert clear_old_list_rows(by=system_actor()) == 0
    left = [(row.number, row.reasons, row.person, row.donation) for row in batch.rows.order_by("number")]
    assert left == [(2, [], None, Donation.objects.get()), (3, [], None, None)]
    assert {bytes(row.sealed_values) for row in batch.rows.all()} == {b""}
    again = written(cast, *rows)
    assert (again.counts["same"], again.counts["doubtful"], again.counts["written"]) == (2, 1, 0)
