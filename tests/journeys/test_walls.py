"""A unit officer works in the register and meets nobody of another unit."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from people.actions.contacts import set_contacts, set_identity_number
from people.actors import system_actor
from people.enums import OfficeCode
from people.models import Person
from tests.conftest import Cast
from tests.factories import people
from tests.journeys.conftest import Arrive
from tests.journeys.entering import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 390])
def test_an_officer_enters_finds_opens_and_prints_a_person_of_the_unit(
    arrive: Arrive, cast: Cast, width: int
) -> None:
    visitor = enter(arrive(width=width), cast.unit_officer)
    page, found = visitor.page, []

    visitor.open(reverse("people_list"))
    found += visitor.axe_finds()
    page.get_by_role("link", name="Nhập hồ sơ").click()
    page.get_by_label("Họ và tên").fill("bùi xuân hằng")
    page.get_by_label("Đơn vị").select_option(label=cast.ward.name)
    page.get_by_label("Ngày sinh hoặc năm sinh").fill("1990")
    page.get_by_label("Điện thoại").fill("0912 345 678")
    page.get_by_label("Số định danh cá nhân").fill("999190004321")
    found += visitor.axe_finds()
    visitor.press("Lưu")
    found += visitor.axe_finds()
    visitor.press("Lưu là “Bùi Xuân Hằng”")
    assert page.get_by_role("heading", level=1).inner_text() == "Bùi Xuân Hằng"
    assert page.get_by_text("•••• 4321").is_visible()
    found += visitor.axe_finds()

    page.get_by_role("link", name="Xem số định danh").click()
    page.get_by_label("Vì sao cần").fill("Đối chiếu giấy tờ")
    found += visitor.axe_finds()
    visitor.press("Hiện số")
    assert page.get_by_text("999190004321").is_visible()
    page.get_by_role("link", name="Về hồ sơ").click()
    page.get_by_role("navigation", name="Các phần của hồ sơ").get_by_role("link", name="Nhật ký").click()
    assert page.get_by_text("Đối chiếu giấy tờ").is_visible()
    found += visitor.axe_finds()

    visitor.open(reverse("people_list"))
    page.get_by_role("searchbox").press_sequentially("hang")
    page.locator("mark", has_text="Hằng").wait_for()
    assert page.locator("#count").inner_text() == "1"
    page.wait_for_url("**q=hang*")
    found += visitor.axe_finds()
    page.get_by_role("link", name="In phụ lục").click()
    assert page.get_by_role("cell", name="Bùi Xuân Hằng").is_visible()
    found += visitor.axe_finds()
    assert found == []


def test_all_of_it_works_without_script(arrive: Arrive, cast: Cast) -> None:
    visitor = enter(arrive(has_script=False), cast.unit_officer)
    page = visitor.page

    visitor.open(reverse("people_list"))
    page.get_by_role("searchbox").fill("truong")
    visitor.press("Tìm")
    assert page.locator("mark").inner_text() == "Trương"
    page.get_by_role("link", name="Trương Thị An").click()
    page.get_by_role("link", name="Sinh hoạt", exact=True).click()
    assert page.get_by_role("rowheader", name=cast.ward.name).is_visible()


def test_the_stranger_is_behind_every_wall(arrive: Arrive, cast: Cast) -> None:
    set_contacts(by=system_actor(), person=cast.nobody, phones=["0912345678"])
    set_identity_number(by=system_actor(), person=cast.nobody, number="999190004321")
    people.grant(cast.unit_officer, OfficeCode.INSPECTION, cast.ward)
    visitor = enter(arrive(), cast.unit_officer)
    page = visitor.page

    for asked in ("", "?q=khong+quyen", "?q=0912345678", "?don_vi=P002"):
        visitor.open(reverse("people_list") + asked)
        assert page.get_by_text(cast.nobody.full_name).count() == 0
    visitor.open(reverse("people_list") + "?q=4321")
    page.get_by_role("button", name="Tìm 4321 trong số định danh").click()
    assert page.get_by_text("Không tìm thấy ai").is_visible()
    visitor.complaints.clear()
    for name in ("person", "person_edit", "person_reveal"):
        response = page.goto(visitor.home + reverse(name, args=[cast.nobody.key]))
        assert response is not None
        assert response.status == 404
    panel = page.goto(visitor.home + reverse("person_panel", args=[cast.nobody.key, "nhat-ky"]))
    assert panel is not None
    assert panel.status == 404
    visitor.complaints.clear()  # the browser notes each 404
    visitor.open(reverse("audit_register") + f"?ho_so={cast.nobody.key}")
    assert page.get_by_text(cast.nobody.full_name).count() == 0

    visitor.open(reverse("export_new"))
    visitor.press("Lập tệp")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải về").click()
    sheet = load_workbook(BytesIO(download.value.path().read_bytes())).active
    assert sheet is not None
    values = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert cast.member.full_name in values
    assert cast.nobody.full_name not in values
    assert Person.objects.filter(full_name=cast.nobody.full_name).exists()
