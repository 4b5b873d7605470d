"""A year's end in a browser: rated by its facts with reasons, proposed for a title, read under "mine"."""

from datetime import timedelta

import pytest
from django.urls import reverse

from evaluations import actions
from evaluations.enums import LegalStatus
from evaluations.models import Rating
from foundation.dates import today
from people.enums import OfficeCode
from redcross.demo.papers import as_of
from tests.conftest import Cast
from tests.factories import evaluations as make
from tests.factories import people
from tests.journeys.conftest import Arrive
from tests.journeys.entering import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_from_the_facts_of_a_year_to_a_title_of_mine(arrive: Arrive, cast: Cast) -> None:
    year = today().year
    make.employed(cast.member, cast.ward, status=LegalStatus.PUBLIC_EMPLOYEE)
    actions.open_cycle(by=as_of(today()), unit=cast.ward, year=year, number=0, steps=())
    rating = make.reported(Rating.objects.get())
    scoring, deciding = (
        enter(arrive(), people.officer(office, cast.ward, f"Người {office}"))
        for office in (OfficeCode.DEPARTMENT_HEAD, OfficeCode.UNIT_HEAD)
    )

    scoring.open(reverse("rating_year", args=[rating.key]))
    for name, share in (("done", "100"), ("on_time", "100"), ("exceeded", "60")):
        scoring.page.locator(f"[name={name}]").fill(share)
    scoring.press("Lưu kết quả")
    deciding.open(reverse("rating_decide", args=[rating.key]))
    assert deciding.page.get_by_text("60 % số việc vượt yêu cầu.").is_visible()
    deciding.press("Lưu quyết định")
    deciding.open(reverse("rating_publish", args=[rating.cycle_id]))
    deciding.page.locator("[name=decision]").fill("305/QĐ-CTĐ")
    if deciding.page.locator("[name=late_reason]").count():
        deciding.page.locator("[name=late_reason]").fill("Họp muộn")
    deciding.press("Công bố trong đơn vị")
    actions.make_final(by=as_of(today() + timedelta(days=6)), rating=rating)

    honouring = enter(arrive(), people.officer(OfficeCode.REWARD_OFFICER, cast.city, "Cán Bộ Khen Thưởng"))
    honouring.open(f"{reverse('reward_titles')}?nam={year}")
    honouring.page.get_by_label("đăng ký Trương Thị An").check()
    honouring.press("Ghi đăng ký thi đua")
    honouring.page.get_by_label("Chiến sĩ thi đua cơ sở Trương Thị An").check()
    assert honouring.axe_finds() == []
    honouring.press("Đề nghị các mục đã chọn")
    honouring.page.locator("[name=decision]").fill("18/QĐ-CTĐ")
    honouring.page.locator("[name=decided_on]").fill(f"{today():%d/%m/%Y}")
    honouring.press("Ghi quyết định")

    mine = enter(arrive(width=390), cast.member)
    mine.open(reverse("mine_honours"))
    assert mine.page.get_by_text(f"Chiến sĩ thi đua cơ sở, {year}").is_visible()
    mine.open(reverse("mine_rating", args=[rating.key]))
    assert mine.page.get_by_role("heading", name="Hoàn thành xuất sắc nhiệm vụ").is_visible()
    assert mine.page.get_by_text("60 % số việc vượt yêu cầu.").first.is_visible()
