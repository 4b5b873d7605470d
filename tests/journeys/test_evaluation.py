"""S4 in a browser: a quarter from opening to the closed sheet, with a petition won in between."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from evaluations import actions
from evaluations.models import Rating, Sheet
from foundation.dates import today
from people.enums import OfficeCode
from redcross.demo.papers import as_of
from tests.conftest import Cast
from tests.factories import evaluations as make
from tests.factories import people
from tests.journeys.conftest import Arrive
from tests.journeys.entering import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_from_opening_to_the_closed_sheet_with_a_petition_won(arrive: Arrive, cast: Cast) -> None:
    """74 is "hoàn thành" and pays nothing; 76 after the petition is "tốt": 80 % of three months."""
    year = today().year
    actions.set_year_rate(
        by=as_of(today()),
        unit=cast.city,
        first_on=date(year, 1, 1),
        last_on=date(year, 12, 31),
        coefficient=Decimal("1.5"),
        fixed_sum=3_000_000,
        decision="Mẫu",
        is_confirmed=False,
    )
    make.criteria(cast.ward)
    make.employed(cast.member, cast.ward)
    offices = (OfficeCode.EVALUATION_OFFICER, OfficeCode.DEPARTMENT_HEAD, OfficeCode.UNIT_HEAD)
    opening, scoring, deciding = (
        enter(arrive(), people.officer(office, cast.ward, f"Người {number}"))
        for number, office in enumerate(offices)
    )
    paying = enter(arrive(), people.officer(OfficeCode.ACCOUNTANT, cast.ward, "Kế Toán"))
    mine = enter(arrive(width=390), cast.member)
    found = []

    opening.open(reverse("rating_cycles"))
    for step in ("comments", "council"):
        opening.page.locator(f"[name=steps][value={step}]").uncheck()
    found += opening.axe_finds()
    opening.press("Mở kỳ")
    rating = Rating.objects.get()

    mine.open(reverse("mine_ratings"))
    mine.page.get_by_role("link", name="Viết bản tự đánh giá").click()
    mine.page.locator("[name=words]").fill("Đã xong các việc của quý.")
    found += mine.axe_finds()
    mine.press("Nộp")

    scoring.open(reverse("rating_score", args=[rating.key]))
    for criterion, points in zip(rating.criteria_set.criteria.all(), ("24", "50"), strict=True):  # type: ignore[union-attr]
        scoring.page.locator(f"[name=c{criterion.pk}]").fill(points)
    found += scoring.axe_finds()
    scoring.press("Lưu điểm")

    deciding.open(reverse("rating_decide", args=[rating.key]))
    found += deciding.axe_finds()
    deciding.press("Lưu quyết định")
    deciding.open(reverse("rating_publish", args=[rating.cycle_id]))
    deciding.page.locator("[name=decision]").fill("212/QĐ-CTĐ")
    if deciding.page.locator("[name=late_reason]").count():
        deciding.page.locator("[name=late_reason]").fill("Họp muộn")
    deciding.press("Công bố trong đơn vị")
    found += deciding.axe_finds()

    mine.open(reverse("mine_rating", args=[rating.key]))
    assert mine.page.get_by_role("heading", name=re.compile("Hoàn thành nhiệm vụ: 74 điểm")).is_visible()
    mine.page.locator("[name=words]").fill("Báo cáo chậm do chờ số liệu, xin xem lại.")
    mine.press("Gửi kiến nghị")
    deciding.open(reverse("work_home"))
    deciding.page.get_by_role("link", name=re.compile("Kiến nghị của Trương Thị An")).click()
    deciding.page.locator("[name=score]").fill("76")
    deciding.page.locator("[name=answer]").fill("Chấp nhận: nguyên nhân khách quan.")
    deciding.press("Trả lời và chốt kết quả")
    found += deciding.axe_finds()

    paying.open(reverse("pay_sheets"))
    paying.press("Lập bảng")
    found += paying.axe_finds()
    paying.page.get_by_role("link", name="27.324.000 đ").click()
    assert paying.page.get_by_text("× 80 %").first.is_visible()
    sheet = Sheet.objects.get()
    paying.open(reverse("pay_sheet_close", args=[sheet.key]))
    paying.press("Đóng bảng")
    assert paying.page.get_by_text("Mã kiểm tra của bảng đã đóng").is_visible()

    mine.open(reverse("mine_rating", args=[rating.key]))
    assert mine.page.get_by_role("heading", name="Thu nhập tăng thêm: 27.324.000 đ").is_visible()
    found += mine.axe_finds()
    elsewhere = enter(arrive(), people.officer(OfficeCode.UNIT_HEAD, cast.other_ward, "Nơi Khác"))
    elsewhere.open(reverse("rating_cycles"))
    assert elsewhere.page.get_by_text("Chưa mở kỳ nào").is_visible()
    assert found == []
