"""Pages: what the public reads, and how the newsroom writes it."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from news import actions
from news.enums import Ground, PostState
from news.models import Picture, Post
from news.tasks import make_due_renditions
from people.actors import system_actor
from people.enums import OfficeCode
from tests.conftest import Cast, sign_in
from tests.factories import news, people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def uncached(settings: Settings) -> None:
    settings.PAGE_CACHE = False


def queries(path: str) -> int:
    Client().get(path)
    with CaptureQueriesContext(connection) as asked:
        assert Client().get(path).status_code == 200
    return len(asked)


def test_an_article_needs_two_queries_whatever_it_shows(cast: Cast) -> None:
    video = actions.link_video(by=system_actor(), unit=cast.ward, link="https://youtu.be/MAU00000000")
    post = news.published(cast.ward, cover=news.picture(cast.ward), video=video)
    assert queries(post.get_absolute_url()) == 2
    for number in range(5):
        news.published(cast.ward, f"Bài khác {number}", cover=post.cover)
    assert queries(post.get_absolute_url()) == 2


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/tin-tuc/",
        "/tin-tuc/chuyen-muc/hien-mau/",
        "/tin-tuc/rss/",
        "/sitemap.xml",
        "/sitemap/bai-1.xml",
    ],
)
def test_a_list_of_one_and_of_three_takes_the_same_queries(cast: Cast, path: str) -> None:
    news.published(cast.ward, cover=news.picture(cast.ward))
    one = queries(path)
    news.published(cast.ward, "Bài hai", cover=news.picture(cast.ward))
    news.published(cast.other_ward, "Bài ba", cover=news.picture(cast.ward))
    assert queries(path) == one


def test_the_public_sees_what_is_on_the_site_and_nothing_else(cast: Cast) -> None:
    shown = news.published(cast.ward, "Đã đăng")
    hidden = [
        news.post(cast.ward, "Còn nháp"),
        news.published(cast.ward, "Hẹn giờ", at=timezone.now() + timedelta(hours=1)),
        actions.withdraw_post(
            by=system_actor(), post=news.published(cast.ward, "Đã gỡ"), reason="Sai số liệu"
        ),
    ]
    for path in (
        "/",
        "/tin-tuc/",
        "/tin-tuc/rss/",
        "/sitemap/bai-1.xml",
        "/sitemap/tin-moi.xml",
        shown.get_absolute_url(),
    ):
        page = Client().get(path).content.decode()
        assert shown.slug in page
        assert [post.slug for post in hidden if post.slug in page] == []
    assert [Client().get(post.get_absolute_url()).status_code for post in hidden] == [404, 404, 404]


def test_an_article_tells_machines_what_it_is_and_cannot_be_broken_out_of(cast: Cast) -> None:
    title = 'Tên </script><script>alert(1)</script> & "ngoặc"'
    post = news.published(
        cast.ward, title, summary="<b>Tóm</b>", cover=news.picture(cast.ward, alt='Ảnh "mẫu" <x>')
    )
    page = Client().get(post.get_absolute_url()).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found is not None
    facts = json.loads(found[1])
    assert (facts["@type"], facts["headline"]) == ("NewsArticle", title)
    assert facts["mainEntityOfPage"] == f"{settings.SITE_URL}{post.get_absolute_url()}"
    assert "<script>alert" not in page
    assert f'<link rel="canonical" href="{settings.SITE_URL}{post.get_absolute_url()}">' in page
    assert 'property="og:image"' in page
    assert 'alt="Ảnh &quot;mẫu&quot; &lt;x&gt;"' in page


def test_a_picture_is_offered_in_three_formats_once_made(cast: Cast) -> None:
    post = news.published(cast.ward, cover=news.picture(cast.ward, focal_x=20, focal_y=73))
    make_due_renditions()
    page = Client().get(post.get_absolute_url()).content.decode()
    assert re.findall(r'<source type="(.*?)"', page) == ["image/avif", "image/webp"]
    assert 'width="640" height="400"' in page
    assert 'class="rc-fx-2 rc-fy-7"' in page


def test_an_old_address_is_moved_for_good(cast: Cast) -> None:
    post = news.published(cast.ward, "Tên cũ")
    actions.edit_post(by=system_actor(), post=post, version=post.version, values={"slug": "ten-moi"})
    response = Client().get("/tin-tuc/ten-cu/")
    assert (response.status_code, response["Location"]) == (301, "/tin-tuc/ten-moi/")


def test_search_finds_without_accents_and_by_beginnings(cast: Cast) -> None:
    news.published(cast.ward, "Nghị quyết 98 về chính sách đặc thù")
    news.published(cast.ward, "Ngày hội hiến máu")
    page = Client().get("/tim-kiem/", {"q": "nghi quyet 98"}).content.decode()
    assert ("<mark>Nghị</mark> <mark>quyết</mark> <mark>98</mark>" in page, "Ngày hội" in page) == (
        True,
        False,
    )
    assert Client().get("/tim-kiem/", {"q": "\x00%' OR"}).status_code == 200


def test_only_the_article_with_a_video_may_frame_and_only_its_host(cast: Cast) -> None:
    video = actions.link_video(by=system_actor(), unit=cast.ward, link="https://youtu.be/MAU00000000")
    post = news.published(cast.ward, video=video)
    plain = news.published(cast.ward, "Không video")
    policy = Client().get(post.get_absolute_url())["Content-Security-Policy"]
    assert "frame-src https://www.youtube-nocookie.com" in policy
    assert "frame-src" not in Client().get(plain.get_absolute_url())["Content-Security-Policy"]
    page = Client().get(post.get_absolute_url()).content.decode()
    assert "<iframe" not in page
    assert 'href="https://www.youtube.com/watch?v=MAU00000000"' in page


def form_of(post: Post | None, cast: Cast, **values: Any) -> dict[str, Any]:
    given = {
        "title": "Bài từ trang biên tập",
        "summary": "Hai câu tóm tắt.",
        "body": "<p>Nội dung.</p>",
        "category": news.category().pk,
        "unit": cast.ward.pk,
        "version": post.version if post else "",
        "slug": "",
    }
    return given | values


def test_a_writer_saves_a_draft_with_picture_and_video(cast: Cast) -> None:
    client = sign_in(cast.unit_officer)
    data = form_of(
        None,
        cast,
        **{
            "anh-file": news.upload(news.jpeg(), "../../a.jpg", "image/jpeg"),
            "anh-alt": "Ảnh mẫu",
            "anh-ground": Ground.NO_PEOPLE,
            "video_link": "https://youtu.be/MAU00000000",
        },
    )
    response = client.post("/lam-viec/tin-bai/viet-moi/", data)
    post = Post.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/lam-viec/tin-bai/{post.pk}/")
    assert post.cover is not None
    assert post.video is not None
    assert (post.cover.alt, post.video.external_id) == ("Ảnh mẫu", "MAU00000000")
    page = client.get(response["Location"]).content.decode()
    assert "Chưa lên cổng: bài còn là bản nháp" in page


@pytest.mark.parametrize(
    "file",
    [
        news.upload(b"<html><script>alert(1)</script>", "anh.jpg", "image/jpeg"),
        news.upload(b"<svg onload='alert(1)'/>", "anh.svg", "image/svg+xml"),
        news.upload(b"%PDF-1.7", "anh.png", "image/png"),
    ],
)
def test_a_file_in_disguise_is_refused_with_a_sentence_and_nothing_typed_is_lost(
    cast: Cast, file: SimpleUploadedFile
) -> None:
    file.seek(0)
    data = form_of(None, cast, **{"anh-file": file, "anh-alt": "Ảnh mẫu", "title": "Giữ nguyên tên này"})
    response = sign_in(cast.unit_officer).post("/lam-viec/tin-bai/viet-moi/", data)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Tệp này không phải là ảnh đọc được" in page
    assert "Giữ nguyên tên này" in page
    assert (Post.objects.count(), Picture.objects.count()) == (0, 0)


def test_an_uploaded_picture_survives_an_error_elsewhere(cast: Cast) -> None:
    client = sign_in(cast.unit_officer)
    upload = news.upload(news.jpeg(), "a.jpg", "image/jpeg")
    data = form_of(None, cast, **{"title": "", "anh-file": upload, "anh-alt": "Ảnh mẫu"})
    page = client.post("/lam-viec/tin-bai/viet-moi/", data).content.decode()
    picture = Picture.objects.get()
    assert f'name="cover" value="{picture.pk}"' in page
    client.post(
        "/lam-viec/tin-bai/viet-moi/", form_of(None, cast, **{"cover": picture.pk, "anh-alt": "Ảnh mẫu"})
    )
    assert Post.objects.get().cover == picture


def test_a_file_too_large_is_drained_and_told(cast: Cast, settings: Settings) -> None:
    settings.VIDEO_MAX_BYTES = 100_000
    data = form_of(None, cast, video_file=news.upload(news.MP4 * 20, "to.mp4", "video/mp4"))
    response = sign_in(cast.unit_officer).post("/lam-viec/tin-bai/viet-moi/", data)
    assert response.status_code == 422
    assert "Tệp quá lớn nên không được nhận" in response.content.decode()


def test_the_second_editor_sees_both_versions_and_can_bring_them_together(cast: Cast) -> None:
    post = news.post(cast.ward)
    client = sign_in(cast.unit_officer)
    path = f"/lam-viec/tin-bai/{post.pk}/"
    actions.edit_post(by=system_actor(), post=post, version=1, values={"summary": "Của người thứ nhất"})
    response = client.post(path, form_of(post, cast, summary="Của người thứ hai"))
    page = response.content.decode()
    assert response.status_code == 422
    assert ("Của người thứ nhất" in page, "Của người thứ hai" in page) == (True, True)
    assert 'name="version" value="2"' in page
    client.post(path, form_of(post, cast, summary="Của cả hai", version=2))
    post.refresh_from_db()
    assert (post.summary, post.version) == ("Của cả hai", 3)


def test_posts_of_other_wards_are_not_there(cast: Cast) -> None:
    mine, other = news.post(cast.ward, "Của phường mình"), news.post(cast.other_ward, "Của phường bạn")
    client = sign_in(cast.unit_officer)
    page = client.get("/lam-viec/tin-bai/").content.decode()
    assert (mine.title in page, other.title in page) == (True, False)
    for name in ("", "xem-truoc/", "gui-duyet/"):
        assert client.get(f"/lam-viec/tin-bai/{other.pk}/{name}").status_code == 404
    foreign = news.picture(cast.other_ward)
    client.post(f"/lam-viec/tin-bai/{mine.pk}/", form_of(mine, cast, **{"cover": foreign.pk, "anh-alt": "x"}))
    mine.refresh_from_db()
    assert mine.cover is None


def test_a_publisher_confirms_with_a_time_and_takes_down_with_a_reason(cast: Cast) -> None:
    client = sign_in(people.officer(OfficeCode.PUBLISHER, cast.city))
    post = news.post(cast.ward)
    path = f"/lam-viec/tin-bai/{post.pk}/"
    assert client.get(f"{path}dang/").status_code == 200
    client.post(f"{path}dang/", {"version": post.version, "at": "2031-05-06T07:30"})
    post.refresh_from_db()
    assert post.publish_at is not None
    assert timezone.localtime(post.publish_at).strftime("%d/%m/%Y %H:%M") == "06/05/2031 07:30"
    assert "bài sẽ tự hiện lúc 07:30 06/05/2031" in client.get(path).content.decode()
    client.post(f"{path}dang/", {"version": post.version, "at": ""})
    assert client.get(post.get_absolute_url()).status_code == 200
    assert client.post(f"{path}go-xuong/", {"reason": ""}).status_code == 422
    client.post(f"{path}go-xuong/", {"reason": "Sai số liệu"})
    post.refresh_from_db()
    assert post.state == PostState.WITHDRAWN


def test_publishing_what_lacks_something_says_what(cast: Cast) -> None:
    client = sign_in(people.officer(OfficeCode.PUBLISHER, cast.city))
    post = news.post(cast.ward, summary="")
    response = client.post(f"/lam-viec/tin-bai/{post.pk}/dang/", {"version": post.version})
    assert response.status_code == 422
    assert "Bài chưa có tóm tắt" in response.content.decode()


def test_the_register_keeps_its_filters_and_counts(cast: Cast) -> None:
    news.published(cast.ward, "Bài đã đăng")
    news.post(cast.ward, "Bài còn nháp")
    client = sign_in(cast.unit_officer)
    page = client.get("/lam-viec/tin-bai/", {"trang-thai": "draft", "q": "nhap"}).content.decode()
    assert ("Bài còn nháp" in page, "Bài đã đăng" in page) == (True, False)
    assert '<span class="rc-count-of">1</span>' in page
    post = news.published(cast.ward, "Bài hẹn giờ", at=timezone.now() + timedelta(days=1))
    actions.comment_on_post(by=people.actor(cast.unit_officer), post=post, text="Một")
    actions.hold_post(by=people.actor(cast.unit_officer), post=post)
    page = client.get("/lam-viec/tin-bai/", {"trang-thai": "hen-gio"}).content.decode()
    assert ("Bài hẹn giờ" in page, "Bài đã đăng" in page) == (True, False)
    assert ("1 góp ý chưa xong" in page, f"{cast.unit_officer.full_name} đang sửa" in page) == (True, True)
    page = client.get("/lam-viec/tin-bai/", {"trang-thai": "published"}).content.decode()
    assert ("Bài hẹn giờ" in page, "Bài đã đăng" in page) == (False, True)


def test_what_waits_for_a_publisher_stands_on_the_work_page(cast: Cast) -> None:
    publisher = sign_in(people.officer(OfficeCode.PUBLISHER, cast.city))
    post = actions.propose_post(by=system_actor(), post=news.post(cast.ward, "Chờ đăng"))
    assert "Duyệt đăng hoặc trả lại: Chờ đăng" in publisher.get("/lam-viec/").content.decode()
    actions.return_post(by=system_actor(), post=post, reason="Thiếu ảnh")
    assert "Sửa và gửi lại: Chờ đăng" in sign_in(cast.unit_officer).get("/lam-viec/").content.decode()
