"""A stranger asks whether they may give blood; of what they typed nothing stays anywhere."""

import logging

import pytest
from django.apps import apps
from django.urls import reverse

from foundation.dates import today
from tests.journeys.conftest import Arrive

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TYPED = {
    "Ngày sinh": "14/06/1991",
    "Cân nặng (kg)": "43,7",
    "Ngày hiến lần trước": f"01/01/{today().year - 1}",
}


def rows() -> dict[str, int]:
    """How many rows each table holds."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_a_stranger_checks_and_nothing_stays(arrive: Arrive, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    visitor = arrive(width=390)
    page, before = visitor.page, rows()
    visitor.open(reverse("blood_home"))
    page.get_by_role("link", name="Tự kiểm tra").first.click()
    found = visitor.axe_finds()

    # A day that does not exist is told, and what was typed stays; then the answer, rule by rule.
    page.get_by_label("Giới tính").select_option("female")
    page.get_by_label("Bạn đã hiến máu lần nào chưa").select_option("yes")
    page.get_by_label("Bệnh mạn tính").select_option("no")
    for label, value in (TYPED | {"Ngày sinh": "31/02/1991"}).items():
        page.get_by_label(label).fill(value)
    visitor.press("Xem kết quả")
    assert page.get_by_label("Ngày sinh").input_value() == "31/02/1991"
    assert page.locator(".rc-verdict").count() == 0
    found += visitor.axe_finds()
    page.get_by_label("Ngày sinh").fill(TYPED["Ngày sinh"])
    with page.expect_response("**" + reverse("donor_self_check")) as answer:
        visitor.press("Xem kết quả")
    verdict = page.locator(".rc-verdict")
    assert verdict.get_by_role("heading").inner_text() == f"Có thể hiến ngày {today():%d/%m/%Y}"
    told = verdict.inner_text()
    assert "Nhiều nhất 250 ml." in told
    assert "Thông tư 26/2013/TT-BYT, Điều 4 khoản 2 điểm a" in told
    assert "Quyết định cuối cùng thuộc về bác sĩ khám tuyển." in told
    found += visitor.axe_finds()

    # Not stored, not cached, not logged; no cookie, no address that tells.
    assert rows() == before
    assert answer.value.header_value("cache-control") == "no-store"
    assert visitor.path() == reverse("donor_self_check")
    assert visitor.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.evaluate("caches.keys()") == []
    assert [value for value in TYPED.values() if value in caplog.text] == []
    assert found == []
