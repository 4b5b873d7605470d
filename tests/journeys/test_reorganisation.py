"""Xã Phú Giáo: two units whole and two hamlets of a third become one; the report of the day before stays."""

import pytest
from django.urls import reverse

from foundation.dates import format_date, today
from papers.actions import issue_paper, sign_paper
from papers.models import Paper
from people.actors import system_actor
from people.enums import BelongingKind, OfficeCode, UnitKind
from people.models import Unit
from tests.conftest import Cast
from tests.factories import people
from tests.journeys.conftest import Arrive, Visitor
from tests.journeys.entering import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
DAY, BEFORE = "21/10/2025", "20/10/2025"


@pytest.fixture
def three(cast: Cast) -> dict[str, Unit]:
    """An Bình, Phước Vĩnh, Tam Lập with three hamlets; four people in each."""
    units = {
        "AB": people.unit("Hội Chữ thập đỏ xã An Bình (mẫu)", cast.city, code="AB"),
        "PV": people.unit("Hội Chữ thập đỏ thị trấn Phước Vĩnh (mẫu)", cast.city, code="PV"),
        "TL": people.unit("Hội Chữ thập đỏ xã Tam Lập (mẫu)", cast.city, code="TL"),
    }
    for code, name in (("DT", "Đồng Tâm"), ("GB", "Gia Biện"), ("TL3", "Cây Khô")):
        units[code] = people.unit(f"Chi hội ấp {name} (mẫu)", units["TL"], UnitKind.BRANCH, code=code)
    for code in ("AB", "PV", "DT", "GB", "TL3"):
        for n in range(4):
            member = people.person(f"Người {code} Số {n}", None, with_user=False)
            people.belong(member, units[code], BelongingKind.MEMBER)
    return units


def count_on(visitor: Visitor, code: str, day: str) -> str:
    """People of a unit on a day, as its page says."""
    visitor.open(f"{reverse('unit', args=[code])}?ngay={day}")
    return visitor.page.get_by_role("heading", name="Hồ sơ cá nhân").inner_text()


def test_phu_giao(arrive: Arrive, cast: Cast, three: dict[str, Unit]) -> None:
    people.officer(OfficeCode.DATA_OFFICER, cast.city)
    visitor = enter(arrive(), cast.city_officer)
    page, found = visitor.page, []
    report = {code: count_on(visitor, code, BEFORE) for code in ("AB", "PV", "TL")}

    visitor.open(reverse("act_list"))
    page.get_by_role("main").get_by_role("link", name="Nhập quyết định").first.click()
    page.get_by_label("Việc sắp xếp").select_option("merge")
    page.get_by_label("Ngày hiệu lực").fill(DAY)
    assert page.get_by_label("Soạn trên cổng").is_checked()
    assert not page.get_by_label("Số quyết định").is_visible()
    found += visitor.axe_finds()
    visitor.press("Lưu dự thảo")
    act_page = visitor.path()

    page.get_by_role("link", name="Đơn vị mới").click()
    page.locator("[name=code]").fill("PG")
    page.locator("[name=kind]").select_option("commune")
    page.locator("[name=name]").fill("Hội Chữ thập đỏ xã Phú Giáo (mẫu)")
    page.locator("[name=parent]").fill("TP")
    visitor.press("Thêm vào quyết định")
    for whole in ("AB", "phuoc vinh"):
        page.get_by_role("link", name="Nguyên đơn vị").click()
        page.get_by_label("Đơn vị nhập nguyên").fill(whole)
        page.locator("[name=target]").fill("PG")
        found += visitor.axe_finds()
        visitor.press("Thêm vào quyết định")
    page.get_by_role("link", name="Chi hội của một đơn vị").click()
    page.get_by_label("Từ đơn vị").fill("TL")
    visitor.press("Chọn")
    page.get_by_label("Đồng Tâm").check()
    page.get_by_label("Gia Biện").check()
    page.locator("[name=target]").fill("PG")
    found += visitor.axe_finds()
    visitor.press("Thêm vào quyết định")
    assert visitor.path() == act_page
    found += visitor.axe_finds()

    page.get_by_role("link", name="Xem lại và soạn quyết định").click()
    assert "16" in page.get_by_role("main").inner_text()
    found += visitor.axe_finds()
    visitor.press("Soạn quyết định")
    found += visitor.axe_finds()
    # The plan stands as a draft decision; nothing has moved.
    page.get_by_role("link", name="Sửa").first.click()
    page.locator("[name=grounds]").fill("Căn cứ Điều lệ Hội Chữ thập đỏ Việt Nam")
    page.get_by_label("Họ tên ghi trên văn bản").fill("Đỗ Thị Trưởng (mẫu)")
    found += visitor.axe_finds()
    visitor.press("Lưu dự thảo")
    visitor.press("Trình ký")
    assert not Unit.objects.filter(code="PG").exists()
    # The head signs, the clerk gives the number: now it is so.
    paper = sign_paper(by=system_actor(), paper=Paper.objects.get())
    issue_paper(by=people.actor(people.officer(OfficeCode.CLERK, cast.city)), paper=paper)
    visitor.open(act_page)
    assert "01/QĐ-CTĐ" in page.get_by_role("main").inner_text()
    found += visitor.axe_finds()

    assert count_on(visitor, "PG", format_date(today())).split()[-1] == "16"
    assert page.get_by_text("An Bình").first.is_visible()
    found += visitor.axe_finds()
    assert count_on(visitor, "TL", format_date(today())).split()[-1] == "4"
    assert {code: count_on(visitor, code, BEFORE) for code in ("AB", "PV", "TL")} == report
    visitor.open(reverse("unit_list") + "?q=tam+lap")
    assert page.get_by_role("link", name="Hội Chữ thập đỏ xã Tam Lập (mẫu)").is_visible()
    visitor.open(reverse("unit_list") + "?q=an+binh")
    assert page.get_by_text("Phú Giáo").first.is_visible()
    assert found == []
