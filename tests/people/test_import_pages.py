"""The pages of lists and doubles, as a ward officer and the city walk them."""

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from people.actions.duplicates import find_pairs
from people.actors import system_actor
from people.enums import ImportState, PersonState
from people.models import ImportBatch, Merge, Pair, Person
from people.tasks import clear_imports, find_duplicates, run_due_imports
from tests.conftest import Cast, sign_in
from tests.factories import people, sheets
from tests.factories.sheets import HEAD, PLAIN

pytestmark = pytest.mark.django_db


def send(client: Client, cast: Cast, content: bytes = b"", name: str = "danh-sach.xlsx") -> ImportBatch:
    upload = SimpleUploadedFile(name, content or sheets.xlsx([HEAD, *PLAIN]))
    values = {"unit": cast.ward.pk, "file": upload, "source": "Sổ hội viên (mẫu)", "ground": "agreement"}
    response = client.post(reverse("import_new"), values)
    assert response.status_code == 302, response.context["form"].errors
    return ImportBatch.objects.latest("pk")


def test_from_the_file_to_the_register(cast: Cast) -> None:
    client = sign_in(cast.unit_officer)
    batch = send(client, cast)
    columns = reverse("import_columns", args=[batch.pk])
    page = reverse("import_try", args=[batch.pk])

    assert "Trần Thị Ánh" in client.get(columns).content.decode()
    client.post(columns, {name: str(place) for name, place in batch.columns.items()})
    shown = client.get(page).content.decode()
    assert "Ô D7: Không có ngày này." in shown
    assert "999185000001" not in shown
    client.post(reverse("import_run", args=[batch.pk]), {"fixes_names": "on"})
    batch.refresh_from_db()
    assert batch.state == ImportState.QUEUED
    assert 'hx-trigger="every 2s"' in client.get(page, headers={"HX-Request": "true"}).content.decode()

    run_due_imports()

    assert client.get(page, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert "Đã ghi 3 người." in client.get(page).content.decode()
    found = client.get(reverse("people_list"), {"q": "binh nguyen"}).content.decode()
    assert "Nguyễn Văn Bình" in re.sub(r"</?mark>", "", found)
    result = client.get(reverse("import_result", args=[batch.pk]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(result.streaming_content)))  # type: ignore[attr-defined]
    assert book.active["H7"].value == "sai"


def test_a_file_that_is_none_says_so_on_its_field_and_keeps_what_was_typed(cast: Cast) -> None:
    upload = SimpleUploadedFile("a.xlsx", b"%PDF-1.7")
    values = {"unit": cast.ward.pk, "file": upload, "source": "Sổ (mẫu)", "ground": "agreement"}

    response = sign_in(cast.unit_officer).post(reverse("import_new"), values)

    assert "Tệp này không phải danh sách." in response.content.decode()
    assert "Sổ (mẫu)" in response.content.decode()


def test_another_units_list_is_not_there(cast: Cast) -> None:
    by = people.actor(cast.city_officer)
    batch = sheets.sent(by, cast.other_ward, sheets.xlsx([HEAD, *PLAIN]))
    client = sign_in(cast.unit_officer)

    for name in ("import_try", "import_columns", "import_result"):
        assert client.get(reverse(name, args=[batch.pk])).status_code == 404
    for name in ("import_run", "import_cancel", "import_header"):
        assert client.post(reverse(name, args=[batch.pk])).status_code == 404
    assert str(batch.file.name) not in client.get(reverse("import_list")).content.decode()


def test_the_header_is_read_from_another_row(cast: Cast) -> None:
    client = sign_in(cast.unit_officer)
    batch = send(client, cast)

    client.post(reverse("import_header", args=[batch.pk]), {"sheet": batch.sheet, "row": "5"})

    batch.refresh_from_db()
    assert batch.header_row == 5
    client.post(reverse("import_header", args=[batch.pk]), {"sheet": batch.sheet, "row": "x"})
    client.post(reverse("import_header", args=[batch.pk]), {"sheet": "khác", "row": "4"})
    batch.refresh_from_db()
    assert batch.header_row == 5


def test_the_wall_shows_who_sent_and_reminds(cast: Cast) -> None:
    sheets.brought_in(people.actor(cast.unit_officer), cast.ward, PLAIN)
    client = sign_in(cast.city_officer)

    shown = client.get(reverse("import_wall")).content.decode()

    assert "Nhắc 1 đơn vị" in shown
    assert [f"{word}: {n}" in shown for word, n in (("Chưa nộp", 1), ("Đang làm", 0), ("Đã nộp", 1))] == [
        True
    ] * 3
    assert shown.index(cast.other_ward.name) < shown.rindex(cast.ward.name)
    response = client.post(
        reverse("import_remind"), {"since": "01/11/2026", "due_on": "30/11/2026"}, follow=True
    )
    assert response.status_code == 200
    bad = client.post(reverse("import_remind"), {"since": "x", "due_on": ""}, follow=True)
    assert "Nhập ngày theo dạng" in bad.content.decode()


def test_the_template_comes_with_the_officers_units(cast: Cast) -> None:
    response = sign_in(cast.unit_officer).get(reverse("import_template"))

    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    assert book["Danh sách"]["B1"].value == "Họ và tên"


def test_a_pair_is_merged_and_taken_back_on_its_pages(cast: Cast) -> None:
    for _time in range(2):
        made = people.person("Nguyễn Văn Bình", cast.ward, with_user=False)
        Person.objects.filter(pk=made.pk).update(birth_date="1990-05-06", birth_year=1990)
    find_pairs(by=system_actor())
    pair = Pair.objects.get()
    client = sign_in(cast.unit_officer)

    assert "trùng ngày sinh" in client.get(reverse("duplicate_list")).content.decode()
    assert client.get(reverse("duplicate_pair", args=[pair.pk])).status_code == 200
    client.post(reverse("duplicate_merge", args=[pair.pk]), {"kept": str(pair.other_id)})
    done = Merge.objects.get()
    assert (done.kept_id, done.absorbed_id) == (pair.other_id, pair.one_id)
    page = reverse("merge_undo", args=[done.pk])
    assert client.get(page).status_code == 200
    client.post(page, {"reason": ""})
    assert Person.objects.get(pk=pair.one_id).state == PersonState.MERGED
    client.post(page, {"reason": "Hai người khác nhau"})

    assert Person.objects.get(pk=pair.one_id).state == PersonState.STANDING
    assert client.get(reverse("duplicate_pair", args=[pair.pk])).status_code == 404


def test_two_people_are_told_apart_with_a_reason(cast: Cast) -> None:
    for _time in range(2):
        made = people.person("Nguyễn Văn Bình", cast.ward, with_user=False)
        Person.objects.filter(pk=made.pk).update(birth_date="1990-05-06", birth_year=1990)
    find_duplicates()
    clear_imports()
    page = reverse("duplicate_apart", args=[Pair.objects.get().pk])
    client = sign_in(cast.unit_officer)

    client.post(page, {"reason": ""})
    assert Pair.objects.get().state == "open"
    client.post(page, {"reason": "Hai anh em họ"})
    assert Pair.objects.get().state == "different"
