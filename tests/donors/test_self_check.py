"""The public self-check: answers, keeps nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from donors.models import LocalRule
from foundation.dates import format_date, today

pytestmark = pytest.mark.django_db
TOLD = {
    "sinh": "01/01/1996",
    "gioi": "female",
    "can": "50,5",
    "loai": "whole_blood",
    "da_hien": "no",
    "benh": "no",
}


def ask(**told: str) -> str:
    data = TOLD | {"ngay": format_date(today())} | told
    response = Client(enforce_csrf_checks=True).post(reverse("donor_self_check"), data)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    return response.content.decode()


def test_it_says_may_give_and_how_much() -> None:
    page = ask()

    assert f"Có thể hiến ngày {format_date(today())}" in page
    assert reverse("drive_calendar") in page.split("rc-verdict__end")[1].split("<form")[0]
    assert "Nhiều nhất 454 ml." in page
    assert "Quyết định cuối cùng thuộc về bác sĩ khám tuyển." in page


def test_it_names_what_is_not_known() -> None:
    page = ask(can="", benh="")

    assert f"Hỏi bác sĩ trước khi hiến ngày {format_date(today())}" in page
    assert "Cân nặng: chưa rõ" in page


def test_the_citys_own_rule_stands_on_top_of_the_law() -> None:
    LocalRule.objects.create(
        subject="least_kg_female", value=51, effective_from=today(), citation="Quyết định (mẫu)"
    )
    page = ask()

    assert "Chưa hiến được" in page
    assert "Quyết định (mẫu) (chưa xác nhận)" in page


def test_a_day_that_is_none_is_told_and_what_was_typed_stays() -> None:
    page = ask(sinh="31/02/1996")

    assert 'value="31/02/1996"' in page
    assert "rc-verdict" not in page
    assert "<details>" in page
    assert "Chưa lưu được" not in page, "nothing is stored here, so nothing says it was not"


def test_a_wrong_day_of_an_event_is_not_folded_away() -> None:
    page = ask(tattoo="xx/2026")

    assert 'value="xx/2026"' in page
    assert "<details open>" in page


def test_two_answers_that_do_not_fit_are_told() -> None:
    assert "Hiến lần đầu thì không có ngày hiến lần trước." in ask(lan_truoc="01/01/2024")
