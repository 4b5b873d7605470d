"""Fifty pictures at once over a line that breaks, a focal point, a poster chosen, an album on a phone."""

from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from news import actions
from news.models import Picture, Video
from people.actors import system_actor
from tests.conftest import Cast
from tests.factories import news
from tests.journeys.conftest import Arrive
from tests.journeys.entering import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
FILES = 50
ROOT = Path(__file__).resolve().parent.parent.parent
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:10.000\nÉp tim nhanh và đều\n".encode()
PLAY = """async () => {
  const film = document.querySelector("video");
  const track = film.querySelector("track");
  film.muted = true;
  if (track.readyState !== 2) await new Promise((done) => track.addEventListener("load", done));
  const shown = new Promise((done) => film.textTracks[0].addEventListener("cuechange", done));
  await film.play();
  await shown;
  const { mode, activeCues } = film.textTracks[0];
  return { words: activeCues[0].text, mode, width: film.videoWidth, poster: Boolean(film.poster) };
}"""


def test_fifty_pictures_of_which_one_lies_and_one_is_sent_again(
    arrive: Arrive, cast: Cast, tmp_path: Path
) -> None:
    files = [tmp_path / f"anh-{n:02}.jpg" for n in range(FILES)]
    for number, file in enumerate(files):
        file.write_bytes(news.jpeg(64 + number, 48))
    files[0].write_bytes(news.jpeg(800, 600))
    files[7].write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")
    desk = enter(arrive(), cast.unit_officer)
    page = desk.page
    lost: list[str] = []

    def break_line(route: Route) -> None:
        if "anh-11.jpg" in (route.request.post_data_buffer or b"").decode("latin-1") and not lost:
            lost.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    desk.open("/lam-viec/tin-bai/anh/nhan-anh/")
    page.get_by_label("Sự kiện").fill("Ngày hội hiến máu 14/06")
    page.get_by_label("Căn cứ sử dụng hình ảnh").select_option("no_people")
    page.route("**/nhan-anh/", break_line)
    page.locator("[name=files]").set_input_files(files)
    desk.press("Nhận ảnh")
    told = page.get_by_role("status")
    expect(told).to_have_text(f"Đã nhận {FILES - 2}/{FILES} ảnh, 2 ảnh không nhận được.", timeout=120_000)
    rows = page.get_by_role("listitem")
    expect(rows.filter(has_text="anh-07.jpg")).to_contain_text("Tệp này không phải là ảnh đọc được")
    broken = rows.filter(has_text="anh-11.jpg")
    expect(broken).to_contain_text("Không nhận được trả lời")
    expect(page.get_by_role("button", name="Gửi lại tất cả ảnh chưa nhận")).to_be_visible()
    desk.complaints.clear()  # Chromium itself tells of the broken line and the refused file
    broken.get_by_role("button", name="Thử lại").click()
    expect(told).to_have_text(f"Đã nhận {FILES - 1}/{FILES} ảnh, 1 ảnh không nhận được.")
    assert Picture.objects.filter(event="Ngày hội hiến máu 14/06").count() == FILES - 1
    found = desk.axe_finds()
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    found += desk.axe_finds()

    page.set_viewport_size({"width": 1280, "height": 844})
    rows.filter(has_text="anh-00.jpg").get_by_role("link", name="Ghi chú thích").click()
    page.get_by_label("Mô tả ảnh cho người không nhìn thấy").fill("Sân hiến máu")
    point = page.get_by_role("slider")
    box = point.bounding_box()
    assert box is not None
    point.click(position={"x": box["width"] / 4, "y": box["height"] * 3 / 4})
    point.press("ArrowRight")
    point.press("Shift+ArrowUp")
    across = page.get_by_label("Điểm chính của ảnh, phần trăm từ trái")
    expect(across).to_have_value("26")
    expect(page.get_by_label("Điểm chính của ảnh, phần trăm từ trên")).to_have_value("65")
    expect(page.locator("[data-rc-crop] img").first).to_have_css("object-position", "26% 65%")
    found += desk.axe_finds()
    desk.press("Lưu")
    page.get_by_text("Đã lưu.").wait_for()
    described = Picture.objects.get(alt="Sân hiến máu")
    assert (described.focal_x, described.focal_y) == (26, 65)

    film = news.video(cast.ward)
    desk.open(f"/lam-viec/tin-bai/phim/{film.pk}/")
    page.get_by_role("searchbox", name="Tìm ảnh").fill("san hien mau")
    expect(page.locator("[data-rc-choice]")).to_have_count(1)
    page.get_by_role("radio", name="Sân hiến máu").check()
    page.get_by_label("Tiêu đề").fill("Phim ngày hội")
    found += desk.axe_finds()
    desk.press("Lưu")
    page.get_by_text("Đã lưu.").wait_for()
    assert Video.objects.get().poster == described
    assert found == []


def test_a_film_plays_with_its_captions(arrive: Arrive, cast: Cast) -> None:
    by = system_actor()
    data = (ROOT / "redcross" / "demo" / "video" / "first-aid.mp4").read_bytes()
    film = actions.add_video_file(by=by, unit=cast.ward, file=news.upload(data, "phim.mp4", "video/mp4"))
    cover = news.picture(cast.ward)
    actions.describe_video(by=by, video=film, title="Ép tim", poster=cover, captions=CAPTIONS)
    post = news.published(cast.ward, "Lớp sơ cấp cứu", cover=cover, video=film)
    reader = arrive(width=390)
    reader.open(post.get_absolute_url())
    told = reader.page.evaluate(PLAY)
    assert told == {"words": "Ép tim nhanh và đều", "mode": "showing", "width": 1280, "poster": True}


def test_an_album_is_looked_through_on_a_phone_and_at_a_desk(arrive: Arrive, cast: Cast) -> None:
    pictures = [
        news.picture(cast.ward, news.jpeg(300, 200, red=40 * n), caption=f"Ảnh thứ {n}") for n in (1, 2, 3)
    ]
    news.album(cast.ward, "Ảnh ngày hội", pictures)
    found = []
    for width in (390, 1280):
        reader = arrive(width=width)
        page = reader.page
        reader.open("/tin-tuc/album/")
        page.get_by_role("link", name="Ảnh ngày hội").click()
        assert page.evaluate("document.documentElement.scrollWidth") == width
        first = page.locator("[data-rc-album-open]").first
        first.click()
        view = page.get_by_role("dialog")
        expect(view).to_contain_text("1 / 3")
        reader.press("Ảnh sau")
        page.keyboard.press("ArrowRight")
        expect(view.get_by_text("Ảnh thứ 3")).to_be_visible()
        page.keyboard.press("ArrowRight")
        expect(view).to_contain_text("1 / 3")
        found += reader.axe_finds()
        page.keyboard.press("Escape")
        expect(view).to_be_hidden()
        found += reader.axe_finds()
        expect(first).to_be_focused()
    assert found == []
