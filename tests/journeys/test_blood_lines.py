"""A drive's donations typed by keyboard alone, fifty in a row; a list brought in, its doubt decided."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from donors.models import Donation, Donor, Drive
from foundation.dates import today
from people.models import Person, Phone
from tests.conftest import Cast
from tests.factories import drives, people
from tests.journeys.conftest import Arrive
from tests.journeys.entering import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
KNOWN, NEW = 40, 10


def typed(page: Page, *keys: str) -> None:
    """Text and named keys, as fingers do."""
    for key in keys:
        if key in {"Enter", "Tab"}:
            page.keyboard.press(key)
        else:
            page.keyboard.insert_text(key)


def test_fifty_donors_are_typed_by_keyboard(arrive: Arrive, cast: Cast) -> None:
    drive = drives.opened(cast.ward)
    Drive.objects.filter(pk=drive.pk).update(on=today())
    for number in range(KNOWN):
        person = people.person(f"Người Quen {number}", cast.ward, with_user=False)
        Phone.objects.create(
            person=person, number=f"+849120000{number:02}", as_given=f"09120000{number:02}", kind="mobile"
        )
    visitor = enter(arrive(), cast.unit_officer)
    visitor.open(reverse("donor_lines", args=[drive.pk]))
    page = visitor.page
    found = visitor.axe_finds()
    total = page.locator("[data-rc-total]")

    for number in range(KNOWN + NEW):
        expect(page.locator("input[name$='-who']:focus")).to_have_value("")
        if number < KNOWN:
            typed(page, f"09120000{number:02}", "Enter")
            expect(page.locator("input[name$='-volume_ml']:focus")).to_have_value("350")
            typed(page, "450" if number % 2 else "250", "Enter", "Enter", f"GCN{number:03}", "Enter")
        else:
            typed(page, f"09870000{number:02}", "Enter")
            expect(page.locator("input[name$='-name']:focus")).to_have_value("")
            typed(page, f"Người Mới {number}", "Enter", "1995", "Enter", "Enter", "Enter")
            expect(page.locator("input[name$='-volume_ml']:focus")).to_have_value("350")
            typed(page, "Enter", "Enter", "Enter")
        expect(total).to_have_text(str(number + 1))
    found += visitor.axe_finds()

    given = Donation.objects.filter(drive=drive)
    assert given.count() == Donor.objects.count() == KNOWN + NEW
    assert set(given.values_list("volume_ml", flat=True)) == {250, 350, 450}
    assert given.exclude(certificate_serial="").count() == KNOWN
    assert Person.objects.get(full_name="Người Mới 49").phones.get().number == "+84987000049"
    assert found == []


@pytest.mark.parametrize("width", [1280, 390])
def test_a_list_of_donations_is_brought_in(arrive: Arrive, cast: Cast, tmp_path: Path, width: int) -> None:
    people.person("Trần Văn Danh", cast.ward, with_user=False)
    file = tmp_path / "danh sách hiến máu.csv"
    rows = [
        "Họ tên;Năm sinh;CMND/CCCD;SĐT;Ngày hiến;Thể tích (ml)",
        "Phạm Thị Mới;12/03/1990;;0987654321;18/09/24;0,35 lít",
        "Trần Văn Danh;;;;ngày 5 tháng 3 năm 2024;350",
        "Lê Kim Nga;04/04/1980;;;2021-02-23;3500",
    ]
    file.write_text("\n".join(rows), encoding="utf-8-sig")
    visitor = enter(arrive(width=width), cast.unit_officer)
    page = visitor.page

    visitor.open(reverse("donation_list_new"))
    page.locator("#id_file").set_input_files(file)
    page.locator("#id_source").fill("Sổ của phường (mẫu)")
    found = visitor.axe_finds()
    visitor.press("Gửi và xem các cột")
    found += visitor.axe_finds()
    visitor.press("Chạy thử danh sách")
    assert page.get_by_text("3500 ml").is_visible()
    found += visitor.axe_finds()
    visitor.press("Ghi danh sách")
    assert page.get_by_text("Đã ghi 1 lần hiến.").is_visible()
    page.get_by_role("link", name="Xử lý 1 dòng còn ngờ").click()
    found += visitor.axe_finds()
    page.get_by_label("Lần hiến của ai").select_option(label="Trần Văn Danh")
    visitor.press("Quyết định")
    assert page.get_by_text("Không còn dòng nào chờ").is_visible()

    names = Donation.objects.order_by("pk").values_list("donor__person__full_name", flat=True)
    assert list(names) == ["Phạm Thị Mới", "Trần Văn Danh"]
    assert Person.objects.filter(full_name="Trần Văn Danh").count() == 1
    assert found == []
