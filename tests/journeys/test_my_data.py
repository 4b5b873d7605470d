"""From consent to erasure: what a person sees, asks, and what is left."""

import pytest
from django.urls import reverse

from people.enums import OfficeCode
from people.models import Person
from tests.conftest import Cast
from tests.factories import people
from tests.journeys.conftest import Arrive
from tests.journeys.entering import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_person_reads_agrees_asks_and_is_erased(arrive: Arrive, cast: Cast) -> None:
    data_officer = people.officer(OfficeCode.DATA_OFFICER, cast.city, "Lê Thị Dữ Liệu")
    officer = enter(arrive(), cast.unit_officer)
    officer.open(reverse("person", args=[cast.member.key]))
    me = enter(arrive(width=390), cast.member)
    page, found = me.page, []

    me.open(reverse("mine_home"))
    me.open(reverse("mine_data"))
    assert page.get_by_text("Cán bộ đơn vị, Hội Chữ thập đỏ phường Mẫu 1").is_visible()
    found += me.axe_finds()
    me.press("Đồng ý Nhận tin về hoạt động")
    assert page.get_by_text("Đã ghi nhận sự đồng ý của Bạn").is_visible()
    me.press("Rút đồng ý Nhận tin về hoạt động")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải về (JSON)").click()
    assert "Trương Thị An" in download.value.path().read_text()
    page.get_by_role("link", name="Yêu cầu sửa hoặc xóa").click()
    found += me.axe_finds()
    page.get_by_label("Xóa dữ liệu của tôi").check()
    me.press("Gửi yêu cầu")
    assert page.get_by_text("Đã nhận yêu cầu của Bạn").is_visible()

    desk = enter(arrive(), data_officer)
    desk.open(reverse("work_home"))
    desk.page.get_by_role("link", name="Yêu cầu về dữ liệu: xóa").click()
    found += desk.axe_finds()
    desk.page.get_by_label("Trả lời").fill("Hội đã xóa dữ liệu theo yêu cầu.")
    desk.press("Xóa vĩnh viễn")
    assert desk.page.get_by_text("Không có yêu cầu nào").is_visible()
    desk.open(reverse("data_request_list") + "?dong=1")
    found += desk.axe_finds()
    desk.page.get_by_role("link", name="Xóa").click()
    assert desk.page.get_by_text("Điều 10 khoản 4").is_visible()

    me.open(reverse("mine_data"))
    assert me.path().startswith(reverse("account_login"))
    officer.open(reverse("people_list") + "?q=truong")
    assert officer.page.get_by_text("Không tìm thấy ai").is_visible()
    assert Person.objects.get(pk=cast.member.pk).full_name == "Đã xóa"
    assert found == []
