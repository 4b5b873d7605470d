"""Reading on a phone and on a screen, with and without script; a video is loaded on the click."""

from typing import Any

import pytest

from news import actions
from news.models import Post
from people.actors import system_actor
from tests.conftest import Cast
from tests.factories import news
from tests.journeys.conftest import Arrive

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
FRAME = "https://www.youtube-nocookie.com/"


def video_post(cast: Cast) -> Post:
    link = "https://youtu.be/MAU00000000"
    video = actions.link_video(by=system_actor(), unit=cast.ward, link=link)
    return news.published(cast.ward, "Bài có video", video=video, cover=news.picture(cast.ward))


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("has_script", [True, False])
def test_home_list_search_and_article(arrive: Arrive, cast: Cast, width: int, has_script: bool) -> None:
    for number in range(14):
        news.published(
            cast.ward, f"Nghị quyết số {number}", cover=news.picture(cast.ward) if number < 3 else None
        )
    reader = arrive(width=width, has_script=has_script)
    page = reader.page
    found = []
    reader.open("/")
    found += reader.axe_finds() if has_script else []
    reader.open("/tin-tuc/")
    page.get_by_role("link", name="2", exact=False).and_(page.locator(".rc-pager__page")).first.click()
    assert reader.path() == "/tin-tuc/?trang=2"
    page.get_by_label("Tìm trong tin tức").fill("nghi quyet so 13")
    reader.press("Tìm")
    assert reader.path() == "/tim-kiem/?q=nghi+quyet+so+13"
    found += reader.axe_finds() if has_script else []
    page.get_by_role("link", name="Nghị quyết số 13").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Nghị quyết số 13"
    found += reader.axe_finds() if has_script else []
    reader.open("/tin-tuc/khong-co/")
    found += reader.axe_finds() if has_script else []
    reader.complaints[:] = [line for line in reader.complaints if "404" not in line]
    assert reader.context.cookies() == []
    assert found == []


def test_a_video_is_asked_for_by_a_click_and_not_before(arrive: Arrive, cast: Cast) -> None:
    post = video_post(cast)
    reader = arrive(width=390)
    asked: list[str] = []
    reader.page.route(
        f"{FRAME}**",
        lambda route: route.fulfill(body="<p>Trình phát (mẫu)</p>", content_type="text/html; charset=utf-8"),
    )
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.open(post.get_absolute_url())
    assert [url for url in asked if url.startswith(FRAME)] == []
    reader.page.get_by_role("link", name="Xem video").click()
    reader.page.locator("iframe").wait_for()
    assert reader.page.frame_locator("iframe").get_by_text("Trình phát (mẫu)").inner_text() != ""
    assert [url for url in asked if url.startswith(FRAME)] == [f"{FRAME}embed/MAU00000000?autoplay=1&rel=0"]
    assert reader.axe_finds() == []


def test_without_script_the_video_is_a_link(arrive: Arrive, cast: Cast) -> None:
    reader = arrive(has_script=False)
    reader.open(video_post(cast).get_absolute_url())
    link = reader.page.get_by_role("link", name="Xem video")
    assert link.get_attribute("href") == "https://www.youtube.com/watch?v=MAU00000000"


def test_an_article_is_light_and_asks_nobody_else(arrive: Arrive, cast: Cast) -> None:
    """Without pictures at most 100 kB over the wire, fonts, styles and scripts included; no other host."""
    body = "<h2>Đầu mục</h2>" + "<p>Lời văn của bài, khá dài, có dấu tiếng Việt đầy đủ.</p>" * 60
    post = news.published(cast.ward, "Bài không có ảnh", body=body)
    news.published(cast.ward, "Bài khác")
    reader = arrive(width=390)
    sizes: dict[str, int] = {}

    def weigh(request: Any) -> None:
        told = request.sizes()
        sizes[request.url] = told["responseBodySize"] + told["responseHeadersSize"]

    reader.page.on("requestfinished", weigh)
    reader.open(post.get_absolute_url())
    reader.page.wait_for_load_state("networkidle")
    assert {url for url in sizes if not url.startswith(reader.home)} == set()
    assert 10_000 < sum(sizes.values()) <= 100_000, sizes
    assert reader.page.get_by_role("button", name="In bài này").is_visible()
    assert reader.context.cookies() == []
    assert reader.axe_finds() == []
