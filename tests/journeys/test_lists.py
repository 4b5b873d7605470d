"""A messy list becomes people found without accents; two records become one, and two again."""

from io import BytesIO
from pathlib import Path

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from people.actions.duplicates import find_pairs
from people.actors import system_actor
from people.models import Merge, Person
from people.tasks import run_due_imports
from tests.conftest import Cast
from tests.factories import people, sheets
from tests.factories.sheets import HEAD, PLAIN
from tests.journeys.conftest import Arrive
from tests.journeys.entering import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 390])
def test_an_officer_brings_in_a_messy_list_and_finds_a_person_without_accents(
    arrive: Arrive, cast: Cast, tmp_path: Path, width: int
) -> None:
    file = tmp_path / "danh sách hội viên.xlsx"
    file.write_bytes(sheets.xlsx([HEAD, *PLAIN]))
    visitor = enter(arrive(width=width), cast.unit_officer)
    page, found = visitor.page, []

    visitor.open(reverse("import_list"))
    found += visitor.axe_finds()
    page.get_by_role("main").get_by_role("link", name="Gửi danh sách").first.click()
    page.get_by_label("Đơn vị").select_option(label=cast.ward.name)
    page.get_by_label("Danh sách", exact=True).set_input_files(file)
    page.get_by_label("Nguồn của danh sách").fill("Sổ hội viên chi hội 4 (mẫu)")
    page.get_by_role("radio").first.check()
    found += visitor.axe_finds()
    visitor.press("Gửi và xem các cột")
    assert page.locator("[name=full_name] option:checked").inner_text().startswith("B")
    found += visitor.axe_finds()
    visitor.press("Chạy thử")
    run_due_imports()
    page.reload()
    assert page.get_by_text("Ô D7: Không có ngày này.").is_visible()
    assert Person.objects.filter(full_name="Trần Thị Ánh").count() == 0
    found += visitor.axe_finds()
    visitor.press("Ghi danh sách")
    run_due_imports()
    page.reload()
    assert page.get_by_text("Đã ghi 3 người.").is_visible()
    found += visitor.axe_finds()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải kết quả").click()
    sheet = load_workbook(BytesIO(download.value.path().read_bytes())).active
    assert sheet is not None
    assert [sheet.cell(row, 8).value for row in range(4, 10)] == [
        "Xếp loại dòng",
        "mới",
        "mới",
        "sai",
        "mới",
        "nghi ngờ",
    ]

    visitor.open(reverse("people_list"))
    page.get_by_role("searchbox").press_sequentially("anh tran")
    page.locator("mark", has_text="Ánh").wait_for()
    page.get_by_role("link", name="Trần Thị Ánh").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Trần Thị Ánh"
    assert found == []


def test_two_records_become_one_and_two_again(arrive: Arrive, cast: Cast) -> None:
    for _time in range(2):
        made = people.person("Nguyễn Văn Bình", cast.ward, with_user=False)
        Person.objects.filter(pk=made.pk).update(birth_date="1990-05-06", birth_year=1990)
    find_pairs(by=system_actor())
    visitor = enter(arrive(), cast.unit_officer)
    page, found = visitor.page, []

    visitor.open(reverse("duplicate_list"))
    found += visitor.axe_finds()
    page.get_by_role("link", name="Nguyễn Văn Bình, Nguyễn Văn Bình").click()
    found += visitor.axe_finds()
    visitor.press("Gộp hồ sơ")
    assert Merge.objects.get().undone_at is None
    visitor.open(reverse("people_list") + "?q=nguyen+van+binh")
    assert page.locator("#count").inner_text() == "1"

    visitor.open(reverse("duplicate_list"))
    page.get_by_role("link", name="Xem, hoàn tác").click()
    page.get_by_label("Vì sao gộp sai").fill("Hai anh em sinh đôi")
    found += visitor.axe_finds()
    visitor.press("Hoàn tác")
    visitor.open(reverse("people_list") + "?q=nguyen+van+binh")
    assert page.locator("#count").inner_text() == "2"
    assert found == []
