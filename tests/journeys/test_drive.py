"""A drive from plan to reconciled figures; the network is cut in the middle of check-in."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from donors.actions.signups import sign_up
from donors.models import CheckIn, Drive
from foundation.dates import today
from people.actors import system_actor
from tests.conftest import Cast
from tests.factories import people
from tests.journeys.conftest import Arrive
from tests.journeys.entering import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_check_in(arrive: Arrive, cast: Cast) -> None:
    visitor = enter(arrive(width=390), cast.unit_officer)
    page, found = visitor.page, []

    # Planned and opened.
    visitor.open(reverse("drive_new"))
    for label, value in {
        "Tên đợt hiến máu": "Giọt hồng tháng Sáu",
        "Cơ sở tiếp nhận máu": "Trung tâm Hiến máu (mẫu)",
        "Địa điểm": "Nhà văn hóa Mẫu 1",
        "Ngày": f"{today():%d/%m/%Y}",
        "Từ giờ": "07:00",
        "Đến giờ": "11:30",
        "Chỉ tiêu (lượt)": "150",
    }.items():
        page.get_by_label(label, exact=True).fill(value)
    found += visitor.axe_finds()
    visitor.press("Lưu")
    visitor.press("Mở đăng ký")
    drive = Drive.objects.get()
    slots = list(drive.slots.all())
    for n in range(8):
        one = people.person(f"Người Hiến {n}", cast.ward, with_user=False)
        sign_up(by=system_actor(), person=one, slot=slots[n % len(slots)])

    # The list is taken on the device; then the network goes, and the session ends.
    page.reload()
    page.get_by_label("Tên máy này").fill("Điện thoại bàn số 1")
    found += visitor.axe_finds()
    visitor.press("Điểm danh trên máy này")
    page.get_by_text("Người Hiến 7").wait_for()
    found += visitor.axe_finds()
    page.get_by_role("button", name="Ghi đã đến: Người Hiến 0").click()
    page.get_by_text("Đã gửi hết").wait_for()
    visitor.context.set_offline(True)
    Session.objects.all().delete()
    page.get_by_role("button", name="Ghi đã đến: Người Hiến 1").click()
    page.get_by_text("1 lượt chưa gửi").wait_for()
    page.reload()
    page.get_by_text("1 lượt chưa gửi").wait_for()
    page.get_by_role("button", name="Ghi đã đến: Người Hiến 2").click()
    page.get_by_label("Họ và tên").fill("Lê Thị Mới")
    page.get_by_label("Năm sinh").fill("1999")
    page.get_by_label("3 số cuối điện thoại", exact=True).fill("456")
    page.get_by_role("button", name="Ghi đã đến", exact=True).click()
    page.get_by_text("3 lượt chưa gửi").wait_for()
    found += visitor.axe_finds()
    assert CheckIn.objects.count() == 1
    visitor.context.set_offline(False)
    page.get_by_text("Đã gửi hết").wait_for()
    assert CheckIn.objects.counted().count() == 4
    assert found == []
