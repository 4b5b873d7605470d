"""Dues of one branch in a browser: ticks on a phone, one receipt for many names, passed up, confirmed."""

from datetime import date

import pytest
from django.urls import reverse

from members.actions.dues_campaigns import grant_reliefs
from members.models import DuesReceipt, DuesRemittance
from people.actors import system_actor
from people.enums import OfficeCode
from tests.conftest import Cast
from tests.factories import dues, people
from tests.journeys.conftest import Arrive, Visitor
from tests.journeys.entering import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def receipted(officer: Visitor, branch: str, amount: str) -> None:
    """The officer writes one receipt for everybody ticked, over this amount."""
    officer.open(branch)
    assert officer.page.get_by_text(f"Phiếu thu {amount}").is_visible()
    officer.page.locator("[name=payer]").fill("Đặng Văn Tư")
    officer.press("Lập phiếu thu")


def test_one_branch_from_the_list_to_the_confirmed_sum(arrive: Arrive, cast: Cast) -> None:
    """50 members, 4 exempt: 552.000 đ; 12 who joined in March: 108.000 đ; 132.000 đ of both are passed up."""
    khu_pho = dues.branch(cast.ward, code="KP4")
    head = people.officer(OfficeCode.BRANCH_HEAD, khu_pho, "Đặng Văn Tư")
    accountant = people.officer(OfficeCode.ACCOUNTANT, cast.city, "Lý Thị Toán")
    old = dues.members(50, khu_pho)
    campaign = dues.campaign(cast.ward)
    for membership in old[:4]:
        grant_reliefs(
            by=system_actor(),
            campaign=campaign,
            people=[membership.person],
            percent=100,
            reason="poor",
            decision="05/NQ-BCH",
            decided_on=date(2026, 1, 15),
        )
    branch = reverse("dues_branch", args=[campaign.pk, khu_pho.code])
    found = []

    tapping = enter(arrive(width=390, has_script=False), head)
    tapping.open(reverse("dues_list"))
    tapping.page.get_by_role("link", name="Hội Chữ thập đỏ phường Mẫu 1, 2026").click()
    tapping.page.get_by_role("link", name=khu_pho.name).click()
    tapping.page.get_by_label(old[4].person.full_name).check()
    tapping.press("Lưu đánh dấu")
    assert tapping.page.get_by_text("Đã lưu").is_visible()
    tapping.press("Cả danh sách đã nộp")
    tapping.page.get_by_role("link", name="Danh sách ký nộp").click()
    assert tapping.page.get_by_role("columnheader", name="Ký nộp").is_visible()
    assert tapping.page.get_by_text("552.000 đ").first.is_visible()

    officer = enter(arrive(), cast.unit_officer)
    receipted(officer, branch, "552.000 đ")
    for part in ("276.000 đ", "165.600 đ", "110.400 đ"):
        assert officer.page.get_by_text(part, exact=True).is_visible()
    found += officer.axe_finds()

    dues.members(12, khu_pho, since=date(2026, 3, 16))
    officer.open(reverse("dues_campaign", args=[campaign.pk]))
    officer.press("Đối chiếu ngay")
    found += officer.axe_finds()
    tapping.open(branch)
    tapping.press("Cả danh sách đã nộp")
    receipted(officer, branch, "108.000 đ")
    assert list(DuesReceipt.objects.order_by("number").values_list("number", "upper_part")) == [
        (1, 110_400),
        (2, 21_600),
    ]

    officer.open(reverse("dues_remit", args=[campaign.pk]))
    found += officer.axe_finds()
    officer.press("Trích nộp")
    assert officer.page.get_by_text("132.000 đ").first.is_visible()
    assert DuesRemittance.objects.get().state == "sent"

    confirming = enter(arrive(), accountant)
    confirming.open(reverse("work_home"))
    confirming.page.get_by_role("link", name="Xác nhận 132.000 đ").first.click()
    found += confirming.axe_finds()
    confirming.press("Xác nhận đã nhận")
    officer.page.reload()
    assert officer.page.get_by_text("cấp trên đã nhận").first.is_visible()
    assert found == []
