"""A post's whole life: written with album and film, talked over, scheduled, read, found; a picture goes."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from news.models import Album, Picture, Post
from news.rules.embeds import boxes_of
from news.tasks import make_due_renditions, send_out_due_posts
from people.enums import OfficeCode
from tests.conftest import Cast
from tests.factories import news, people
from tests.journeys.conftest import Arrive, Visitor
from tests.journeys.entering import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\nXin chào bà con\n"
TITLE = "Phường Mẫu 1 làm theo Nghị quyết 98"


def make_album(writer: Visitor) -> None:
    """From the two pictures of the library."""
    page = writer.page
    writer.open(reverse("album_new"))
    page.get_by_label("Tiêu đề").fill("Ảnh ngày hội")
    writer.press("Tiếp tục")
    for box in page.locator("[name=add]").all():
        box.check()
    writer.press("Lưu")
    expect(page.get_by_label("Chú thích trong album này")).to_have_count(2)


def take_in_film(writer: Visitor, folder: Path, poster: Picture) -> None:
    page = writer.page
    film, captions = folder / "phim.mp4", folder / "loi.vtt"
    film.write_bytes(news.MP4)
    captions.write_text(CAPTIONS)
    writer.open(reverse("video_new"))
    page.get_by_label("Tiêu đề").fill("Phim ngày hội")
    page.locator("[name=file]").set_input_files(film)
    writer.press("Nhận phim")
    page.get_by_role("radio", name=poster.alt).check()
    page.locator("[name=captions]").set_input_files(captions)
    writer.press("Lưu")
    page.get_by_text("Đã lưu.").wait_for()


def put_in(writer: Visitor, kind: str, name: str) -> None:
    writer.page.locator(f"[data-rc-kind={kind}]").click()
    writer.page.get_by_role("dialog").get_by_role("button", name=name).click()
    expect(writer.page.locator(".tiptap .rc-box").filter(has_text=name)).to_be_visible()


def test_from_the_ward_to_the_reader_and_back(arrive: Arrive, cast: Cast, tmp_path: Path) -> None:
    news.category()
    shown = news.jpeg(900, 600)
    pictured = news.picture(cast.ward, shown, alt="Bà con ngồi chờ", credit="Hội phường")
    kept = news.picture(cast.ward, alt="Bàn tiếp đón", credit="Hội phường")
    photo = tmp_path / "anh.jpg"
    photo.write_bytes(shown)

    writer = enter(arrive(), cast.unit_officer)
    page = writer.page
    make_album(writer)
    take_in_film(writer, tmp_path, kept)
    writer.open(reverse("post_new"))
    page.locator(".tiptap").wait_for()
    page.get_by_label("Tiêu đề", exact=True).fill(TITLE)
    page.get_by_label("Tóm tắt").fill("Ngày hội đầu tiên theo nghị quyết mới, hơn một trăm người đã đến.")
    page.locator(".tiptap").click()
    page.keyboard.type("Sáng nay bà con đến rất sớm.")
    put_in(writer, "album", "Ảnh ngày hội")
    put_in(writer, "video", "Phim ngày hội")
    page.locator("[type=file][name=anh-file]").set_input_files(photo)
    page.get_by_label("Mô tả ảnh cho người không nhìn thấy").fill("Bà con ngồi chờ")
    page.locator("[name=anh-ground]").select_option("no_people")
    page.locator("[name=category]").select_option(label="Hiến máu")
    found = writer.axe_finds()
    writer.press("Lưu bản nháp")
    page.get_by_text("Đã lưu.").wait_for()
    post = Post.objects.get()
    assert (post.cover, sorted(boxes_of(post.body))) == (pictured, ["album", "video"])  # no file twice
    page.get_by_role("link", name="Gửi duyệt").click()
    writer.press("Gửi duyệt")
    page.get_by_text("Chưa lên cổng: bài đang chờ người duyệt đăng").wait_for()

    desk = reverse("post_edit", args=[post.pk])
    reviewer = enter(arrive(), people.officer(OfficeCode.EDITOR, cast.city))
    reviewer.open(desk)
    reviewer.page.get_by_role("textbox", name="Góp ý", exact=True).fill("Hơn một trăm là bao nhiêu người?")
    reviewer.press("Góp ý")
    found += reviewer.axe_finds()

    writer.open(desk)
    page.get_by_text("Còn 1 góp ý chưa xử lý").wait_for()
    page.get_by_label("Tóm tắt").fill("Ngày hội đầu tiên theo nghị quyết mới, 132 người đã đến.")
    writer.press("Lưu")
    page.get_by_text("Đã lưu.").wait_for()
    writer.press("Đã xử lý xong")
    page.get_by_text("Hơn một trăm là bao nhiêu người?").wait_for()

    publisher = enter(arrive(), people.officer(OfficeCode.PUBLISHER, cast.city))
    publisher.open(reverse("post_approve", args=[post.pk]))
    publisher.press("Duyệt bài")
    publisher.page.get_by_text("Chưa lên cổng: bài đã được duyệt").wait_for()
    publisher.page.get_by_role("link", name="Đăng bài").click()
    found += publisher.axe_finds()
    tomorrow = timezone.localtime() + timedelta(days=1)
    publisher.page.get_by_label("Thời điểm đăng").fill(f"{tomorrow:%Y-%m-%dT%H:%M}")
    publisher.press("Đăng bài")
    publisher.page.get_by_text("bài sẽ tự hiện lúc").wait_for()
    album = Album.objects.get()
    addresses = [post.get_absolute_url(), album.get_absolute_url()]
    assert [Client().get(one).status_code for one in addresses] == [404, 404]

    Post.objects.update(publish_at=timezone.now() - timedelta(minutes=1))
    Album.objects.update(published_at=timezone.now() - timedelta(minutes=1))
    send_out_due_posts()
    make_due_renditions()
    assert [Client().get(one).status_code for one in addresses] == [200, 200]

    phone = arrive(width=390)
    asked: list[str] = []
    phone.page.on("request", lambda request: asked.append(request.url))
    phone.open("/tim-kiem/")
    phone.page.locator("main [name=q]").fill("nghi quyet 98")
    phone.page.keyboard.press("Enter")
    phone.page.get_by_role("link", name=TITLE).click()
    film = phone.page.locator("article video")
    assert (film.get_attribute("poster"), film.locator("track").count()) == (kept.sources["src"], 1)
    waiting = phone.page.get_by_role("img", name="Bà con ngồi chờ")
    assert (waiting.count(), phone.page.get_by_role("img", name="Bàn tiếp đón").count()) == (2, 1)
    assert phone.page.evaluate("document.documentElement.scrollWidth") == 390
    found += phone.axe_finds()
    assert [url for url in asked if not url.startswith((phone.home, "data:"))] == []
    phone.open("/tin-tuc/")
    pictured.refresh_from_db()
    file = pictured.sources["src"]
    assert phone.page.locator(f"img[src='{file}']").count() == 1

    publisher.open(reverse("picture_withdraw", args=[pictured.pk]))
    publisher.page.get_by_label("Lý do").fill("Một người trong ảnh không muốn xuất hiện nữa")
    publisher.press("Gỡ ảnh")
    publisher.page.get_by_text("Không trang nào còn hiện, tệp đã xóa").wait_for()
    found += publisher.axe_finds()
    assert Client().get(file).status_code == 410
    for path in (*addresses, "/tin-tuc/", "/", reverse("news_feed")):
        assert pictured.digest not in Client().get(path).content.decode(), path
    phone.open(addresses[0])
    assert (waiting.count(), phone.page.get_by_role("img", name="Bàn tiếp đón").count()) == (0, 1)
    assert found == [], found
