"""A drive's donations typed by keyboard alone, fifty in a row; a list brought in, its doubt decided."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from donors.models import Donation, Donor, Drive
from foundation.dates import today
from people.models import Person, Phone
from tests.conftest import Cast
from tests.factories import donors, drives, people
from tests.journeys.conftest import Arrive
from tests.journeys.entering import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NUMBERS = range(50)
KNOWN = [number for number in NUMBERS if number % 5 < 4]  # every fifth is new


# Until the field that holds the focus has this name and this value; looked at every frame.
AT_FIELD = """async ([name, value]) => {
  const late = performance.now() + 20000;
  const there = () => document.activeElement?.name?.endsWith(name) && document.activeElement.value === value;
  while (!there()) {
    if (performance.now() > late) throw new Error(`${name} ${value}: ${document.activeElement?.outerHTML}`);
    await new Promise((done) => requestAnimationFrame(done));
  }
}"""


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
    crowd = [Person(full_name=f"Người Quen {number}") for number in KNOWN]
    donors.crowd(crowd, cast.ward)
    Phone.objects.bulk_create(
        Phone(person=one, number=f"+849120000{n:02}", as_given=f"09120000{n:02}", kind="mobile")
        for n, one in zip(KNOWN, crowd, strict=True)
    )
    visitor = enter(arrive(), cast.unit_officer)
    visitor.open(reverse("donor_lines", args=[drive.pk]))
    page = visitor.page
    found = visitor.axe_finds()
    total = page.locator("[data-rc-total]")

    for number in NUMBERS:
        page.evaluate(AT_FIELD, ["-who", ""])
        if number == 6:  # lines of both kinds stand there
            found += visitor.axe_finds()
        if number in KNOWN:
            typed(page, f"09120000{number:02}", "Enter")
            page.evaluate(AT_FIELD, ["-volume_ml", "350"])
            typed(page, "450" if number % 2 else "250", "Enter", "Enter", f"GCN{number:03}", "Enter")
        else:
            typed(page, f"09870000{number:02}", "Enter")
            page.evaluate(AT_FIELD, ["-name", ""])
            typed(page, f"Người Mới {number}", "Enter", "1995", "Enter", "Enter", "Enter")
            page.evaluate(AT_FIELD, ["-volume_ml", "350"])
            typed(page, "Enter", "Enter", "Enter")
    expect(total).to_have_text(str(len(NUMBERS)))

    given = Donation.objects.filter(drive=drive)
    assert given.count() == Donor.objects.count() == len(NUMBERS)
    assert set(given.values_list("volume_ml", flat=True)) == {250, 350, 450}
    assert given.exclude(certificate_serial="").count() == len(KNOWN)
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
