"""A ward's officer sends news from a phone, on a line that breaks: what was typed and sent stays."""

from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from news.enums import PostState
from news.models import Picture, Post
from tests.conftest import Cast
from tests.factories import news
from tests.journeys.conftest import Arrive
from tests.journeys.entering import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_five_pictures_and_three_sentences_over_a_weak_line(
    arrive: Arrive, cast: Cast, tmp_path: Path
) -> None:
    news.category()
    files = [tmp_path / f"anh-{n}.jpg" for n in range(5)]
    for number, file in enumerate(files):
        file.write_bytes(news.jpeg(700 + number, 500))
    phone = enter(arrive(width=390), cast.unit_officer)
    page = phone.page
    lost: list[str] = []

    def break_line(route: Route) -> None:
        if len(lost) < 2:
            lost.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    phone.open("/lam-viec/tin-bai/gui-nhanh/")
    page.get_by_label("Chuyện gì đã diễn ra").fill("Phường Mẫu 1 tặng 50 phần quà")
    page.get_by_label("Ba câu").fill("Sáng nay phường tặng 50 phần quà. Bà con đến sớm. Ai cũng vui.")
    page.locator("[name=category]").select_option(label="Hiến máu")
    page.locator("[name=ground]").select_option("no_people")
    page.route("**/gui-nhanh/anh/", break_line)
    page.locator("[name=photos]").set_input_files(files)
    expect(page.locator("[name=picture]")).to_have_count(5, timeout=60_000)
    assert len(lost) == 2
    page.get_by_label("Trong ảnh có gì?").first.fill("Bà con nhận quà")
    found = phone.axe_finds()
    assert page.evaluate("document.documentElement.scrollWidth") == 390

    phone.open("/lam-viec/tin-bai/gui-nhanh/")
    assert page.get_by_label("Ba câu").input_value().startswith("Sáng nay phường")
    assert page.locator("[name=picture]").count() == 5
    page.route(
        "**/gui-nhanh/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    phone.press("Gửi duyệt tin")
    page.get_by_text("Chưa gửi được vì mạng yếu").wait_for()
    page.unroute("**/gui-nhanh/")
    phone.press("Gửi duyệt tin")
    page.get_by_text("Chưa lên cổng: bài đang chờ người duyệt đăng").wait_for()
    post = Post.objects.get()
    assert (post.state, Picture.objects.count(), post.cover and post.cover.alt) == (
        PostState.PROPOSED,
        5,
        "Bà con nhận quà",
    )
    phone.complaints[:] = [line for line in phone.complaints if "ERR_FAILED" not in line]
    page.locator(".tiptap").wait_for()
    finds = found + phone.axe_finds()
    assert finds == [], finds
