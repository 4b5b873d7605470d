"""An editor writes with text from Word, a picture and a video; a publisher publishes; a visitor reads."""

from functools import partial
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Request

from news.models import Post
from news.tasks import make_due_renditions
from people.enums import OfficeCode
from tests.conftest import Cast
from tests.factories import news, people
from tests.journeys.conftest import Arrive
from tests.journeys.entering import enter
from tests.journeys.test_word import PASTE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WORD = "<p class=MsoListParagraph style='mso-list:l0 level1'><span style='mso-list:Ignore'>-  </span>{}</p>"


def note(asked: list[str], request: Request) -> None:
    asked.append(request.url)


def test_from_a_word_file_to_a_reader(arrive: Arrive, cast: Cast, tmp_path: Path) -> None:
    news.category()
    picture = tmp_path / "anh.jpg"
    picture.write_bytes(news.jpeg(1200, 800))
    editor = enter(arrive(), cast.unit_officer)
    page = editor.page
    editor.open(reverse("post_register"))
    found = editor.axe_finds()
    page.get_by_role("link", name="Viết bài").first.click()
    page.locator(".tiptap").wait_for()
    found += editor.axe_finds()
    page.get_by_label("Tiêu đề", exact=True).fill("Ngày hội hiến máu phường Mẫu 1")
    page.get_by_label("Tóm tắt").fill("Sáng nay, hơn một trăm người đã đến hiến máu.")
    page.locator(".tiptap").click()
    page.evaluate(
        PASTE, "<p><b>Điều&nbsp;1.</b> Nội dung</p>" + WORD.format("Một việc") + WORD.format("Hai việc")
    )
    page.get_by_label("Ảnh", exact=False).and_(page.locator("[type=file][name=anh-file]")).set_input_files(
        picture
    )
    page.get_by_label("Mô tả ảnh cho người không nhìn thấy").fill("Người dân ngồi chờ hiến máu")
    page.locator("[name=anh-ground]").select_option("no_people")
    page.get_by_label("Video trên YouTube hoặc Facebook").fill("https://youtu.be/MAU00000000")
    page.locator("[name=category]").select_option(label="Hiến máu")
    editor.press("Lưu bản nháp")
    page.get_by_text("Đã lưu.").wait_for()
    found += editor.axe_finds()
    post = Post.objects.get()
    assert post.body == (
        "<p><strong>Điều 1.</strong> Nội dung</p><ul><li><p>Một việc</p></li><li><p>Hai việc</p></li></ul>"
    )
    page.get_by_role("link", name="Gửi duyệt").click()
    editor.press("Gửi duyệt")
    page.get_by_text("Chưa lên cổng: bài đang chờ người duyệt đăng").wait_for()

    publisher = enter(arrive(), people.officer(OfficeCode.PUBLISHER, cast.city))
    publisher.open(reverse("post_edit", args=[post.pk]))
    publisher.page.get_by_role("link", name="Đăng bài").click()
    found += publisher.axe_finds()
    publisher.press("Đăng bài")
    publisher.page.get_by_text("Đang trên cổng").wait_for()
    make_due_renditions()

    for width in (390, 1280):
        reader = arrive(width=width)
        asked: list[str] = []
        reader.page.on("request", partial(note, asked))
        reader.open("/")
        reader.page.get_by_role("link", name="Ngày hội hiến máu phường Mẫu 1").first.click()
        assert reader.page.get_by_role("heading", level=1).inner_text() == "Ngày hội hiến máu phường Mẫu 1"
        assert reader.page.get_by_text("Hai việc").is_visible()
        found += reader.axe_finds()
        assert [url for url in asked if not url.startswith((reader.home, "data:"))] == []
        assert reader.context.cookies() == []
        assert reader.page.evaluate("document.documentElement.scrollWidth") == width
    assert found == []
