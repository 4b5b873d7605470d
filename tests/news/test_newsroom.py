"""A post's way through the newsroom: kept text, locks, talk, versions, approval, going out."""

import json
import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from foundation.refusal import Refused
from ledger.models import AuditEntry
from news import actions
from news.actions.posts import ChangedMeanwhile
from news.enums import Ground, PostState
from news.models import Autosave, Comment, Editing, Picture, Post, Revision
from news.panels import queue
from news.rules.embeds import box
from news.tasks import send_out_due_posts
from people.actors import system_actor
from people.enums import OfficeCode
from people.models import Person
from tests.conftest import Cast, sign_in
from tests.factories import documents, news, people

pytestmark = pytest.mark.django_db
DESK = "/lam-viec/tin-bai/"


@pytest.fixture(autouse=True)
def uncached(settings: Settings) -> None:
    settings.PAGE_CACHE = False


@pytest.fixture
def editor(cast: Cast) -> Person:
    return people.officer(OfficeCode.EDITOR, cast.city)


@pytest.fixture
def publisher(cast: Cast) -> Person:
    return people.officer(OfficeCode.PUBLISHER, cast.city)


def typed(post: Post | None, cast: Cast, **values: Any) -> dict[str, Any]:
    given = {
        "title": "Bài đang viết",
        "summary": "Hai câu tóm tắt.",
        "body": "<p>Nội dung.</p>",
        "category": news.category().pk,
        "unit": cast.ward.pk,
        "version": post.version if post else "",
        "typed": "1",
    }
    return given | values


def asked(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_a_ward_proposes_the_city_comments_returns_approves_and_schedules(
    cast: Cast, editor: Person, publisher: Person
) -> None:
    writer, reviewer = people.actor(cast.unit_officer), people.actor(editor)
    made = actions.propose_post(by=writer, post=news.post(cast.ward, by=writer))
    with pytest.raises(Refused):
        actions.approve_post(by=writer, post=made, version=made.version)
    said = actions.comment_on_post(by=reviewer, post=made, text="Thiếu địa điểm", quote="Một đoạn văn")
    made = actions.return_post(by=reviewer, post=made, reason="Xem góp ý")
    actions.comment_on_post(by=writer, post=made, text="Đã thêm", thread=said)
    made = actions.edit_post(by=writer, post=made, version=1, values={"body": "<p>Tại Mẫu 1.</p>"})
    actions.settle_comment(by=writer, comment=said, is_settled=True)
    made = actions.propose_post(by=writer, post=made)
    made = actions.approve_post(by=reviewer, post=made, version=2)
    with pytest.raises(Refused):
        actions.publish_post(by=reviewer, post=made, version=2)
    made = actions.edit_post(by=writer, post=made, version=2, values={"summary": "Khác đi rồi."})
    assert made.state == PostState.PROPOSED
    made = actions.approve_post(by=reviewer, post=made, version=3)
    made = actions.edit_post(by=reviewer, post=made, version=3, values={"summary": "Biên tập lại."})
    assert made.state == PostState.APPROVED
    made = actions.publish_post(
        by=people.actor(publisher), post=made, version=4, at=timezone.now() + timedelta(hours=1)
    )
    assert (made.state, made.went_out_at) == (PostState.PUBLISHED, None)


def test_scheduled_posts_go_out_once_even_late_in_four_queries(cast: Cast) -> None:
    at = timezone.now() + timedelta(hours=1)
    posts = [news.published(cast.ward, f"Hẹn giờ {n}", at=at) for n in range(5)]
    assert actions.send_out_posts(by=system_actor(), now=at - timedelta(seconds=1)) == 0
    Post.objects.update(publish_at=timezone.now() - timedelta(hours=6))
    with CaptureQueriesContext(connection) as queries:
        send_out_due_posts()
    send_out_due_posts()
    entries = AuditEntry.objects.filter(act="news.send_out_post").values_list("subject_id", flat=True)
    assert sorted(entries) == sorted(str(post.pk) for post in posts)
    assert not Post.objects.filter(went_out_at=None).exists()
    assert len([q for q in queries if "news_post" in q["sql"]]) == 3


def test_the_page_says_plainly_where_the_post_stands(cast: Cast, publisher: Person) -> None:
    client = sign_in(publisher)
    post = news.post(cast.ward)

    def page() -> str:
        return client.get(f"{DESK}{post.pk}/").content.decode()

    assert "bài còn là bản nháp" in page()
    here = f"<strong>{cast.unit_officer.full_name}</strong>"
    assert here in page()
    post = actions.propose_post(by=system_actor(), post=post)
    assert "bài đang chờ người duyệt đăng" in page()
    assert (here in page(), f"<strong>{publisher.full_name}</strong> (bạn)" in page()) == (False, True)
    client.post(f"{DESK}{post.pk}/duyet/", {"version": 1})
    assert "bài đã được duyệt, đang chờ người duyệt đăng chọn giờ đăng" in page()
    client.post(f"{DESK}{post.pk}/dang/", {"version": 1, "at": ""})
    assert "Đang trên cổng" in page()
    client.post(f"{DESK}{post.pk}/luu-tru/", {"reason": ""})
    assert "Bài đã lưu trữ" in page()
    response = Client().get(post.get_absolute_url())
    assert (response.status_code, "Bài lưu trữ" in response.content.decode()) == (200, True)
    assert post.slug not in Client().get("/tin-tuc/").content.decode()
    client.post(f"{DESK}{post.pk}/bo-luu-tru/")
    assert post.slug in Client().get("/tin-tuc/").content.decode()


def test_a_correction_stands_dated_on_the_article(cast: Cast, publisher: Person) -> None:
    post = news.published(cast.ward)
    client = sign_in(publisher)
    assert client.post(f"{DESK}{post.pk}/dinh-chinh/", {"text": " "}).status_code == 422
    client.post(f"{DESK}{post.pk}/dinh-chinh/", {"text": "Số túi là 132, <b>không</b> phải 123."})
    page = Client().get(post.get_absolute_url()).content.decode()
    day = timezone.localdate().strftime("%d/%m/%Y")
    assert re.search(
        rf"Đính chính</h2><p><time [^>]*>\d\d:\d\d, {day}</time>: Số túi là 132, &lt;b&gt;", page
    )
    with pytest.raises(Refused):
        actions.correct_post(by=system_actor(), post=news.post(cast.ward, "Nháp"), text="Sai")


def test_readers_are_told_of_a_change_in_substance_and_of_no_other(cast: Cast, publisher: Person) -> None:
    at = timezone.now().replace(microsecond=0) - timedelta(days=2)
    post = news.published(cast.ward, body="<p>Có 123 túi máu.</p>", at=at)
    client = sign_in(publisher)
    same = {"title": post.title, "summary": post.summary}

    def told() -> tuple[bool, datetime, datetime, str]:
        page = Client().get(post.get_absolute_url()).content.decode()
        facts = json.loads(re.findall(r'ld\+json">(.*?)</script>', page)[0])
        feed = Client().get("/tin-tuc/atom/").content.decode()
        days = [datetime.fromisoformat(facts[name]) for name in ("datePublished", "dateModified")]
        return "Cập nhật lúc" in page, *days, re.findall("<updated>(.*?)</updated>", feed)[-1]

    is_told, published, modified, feed = told()
    assert (is_told, modified, datetime.fromisoformat(feed)) == (False, published, published)
    values = typed(
        post, cast, **same, body="<p><strong>Có 123 túi máu.</strong></p>", author_line="Hội phường"
    )
    client.post(f"{DESK}{post.pk}/", values)
    client.post(
        f"{DESK}{post.pk}/",
        typed(post, cast, **same, version=2, body="<p>Có 123 túi máu!</p>", is_minor="on"),
    )
    post.refresh_from_db()
    assert (post.version, post.updated_at, told()[0]) == (3, None, False)
    client.post(f"{DESK}{post.pk}/", typed(post, cast, **same, version=3, body="<p>Có 132 túi máu.</p>"))
    is_told, again, modified, feed = told()
    assert (is_told, again, datetime.fromisoformat(feed).replace(microsecond=0)) == (
        True,
        published,
        modified,
    )
    assert timezone.now() - modified < timedelta(minutes=5)
    draft = news.post(cast.ward, "Nháp")
    actions.edit_post(by=system_actor(), post=draft, version=1, values={"title": "Khác"})
    assert Post.objects.get(pk=draft.pk).updated_at is None


def test_what_is_typed_is_kept_and_comes_back_after_a_crash(cast: Cast) -> None:
    post = news.post(cast.ward)
    client = sign_in(cast.unit_officer)
    path = f"{DESK}{post.pk}/"
    page = client.post(f"{path}nhip/", typed(post, cast, title="Chưa kịp lưu")).content.decode()
    assert "Đã giữ tạm lúc" in page
    post.refresh_from_db()
    assert (post.title, post.version) == ("Ngày hội hiến máu", 1)
    assert "được giữ tạm mà chưa lưu" in client.get(path).content.decode()
    restored = client.get(f"{path}?ban=tu-luu").content.decode()
    assert ('value="Chưa kịp lưu"' in restored, 'name="version" value="1"' in restored) == (True, True)
    other = sign_in(people.officer(OfficeCode.EDITOR, cast.city))
    assert "Chưa kịp lưu" not in other.get(path).content.decode()
    assert "Chưa kịp lưu" in client.get(f"{path}xem-truoc/bai/").content.decode()
    client.post(path, typed(post, cast, title="Đã lưu"))
    assert Autosave.objects.count() == 0
    client.post(f"{DESK}viet-moi/nhip/", typed(None, cast, title="Bài mới chưa lưu"))
    assert "Bài mới chưa lưu" in client.get(f"{DESK}viet-moi/?ban=tu-luu").content.decode()
    client.post(f"{DESK}viet-moi/bo-ban-chua-luu/")
    assert Autosave.objects.count() == 0


def test_kept_text_never_goes_over_a_newer_version(cast: Cast) -> None:
    post = news.post(cast.ward)
    client = sign_in(cast.unit_officer)
    client.post(f"{DESK}{post.pk}/nhip/", typed(post, cast, title="Của người này"))
    actions.edit_post(by=system_actor(), post=post, version=1, values={"title": "Của người kia"})
    page = client.get(f"{DESK}{post.pk}/?ban=tu-luu").content.decode()
    assert ("Của người này" in page, "Của người kia" in page) == (True, True)
    assert "Có người đã lưu bài sau khi bản này được viết" in page
    post.refresh_from_db()
    assert post.title == "Của người kia"


def test_a_second_editor_is_told_who_is_editing_and_may_take_over(cast: Cast, editor: Person) -> None:
    post = news.post(cast.ward)
    first, second = sign_in(cast.unit_officer), sign_in(editor)
    path = f"{DESK}{post.pk}/"
    name = cast.unit_officer.full_name
    first.post(f"{path}nhip/", typed(post, cast))
    assert f"{name} đang sửa bài này" in second.get(path).content.decode()
    assert f"{name} đang sửa bài này" in second.post(f"{path}nhip/", typed(post, cast)).content.decode()
    second.post(f"{path}tiep-quan/")
    assert (
        f"{editor.full_name} đang sửa bài này"
        in first.post(f"{path}nhip/", typed(post, cast)).content.decode()
    )
    Editing.objects.update(seen_at=timezone.now() - timedelta(minutes=2))
    assert "đang sửa bài này" not in first.get(path).content.decode()
    first.post(f"{path}nhip/", typed(post, cast))
    first.post(f"{path}dong/")
    assert Editing.objects.count() == 0


def test_every_save_is_a_version_that_can_be_compared_and_restored(cast: Cast) -> None:
    post = news.post(cast.ward, body="<p>Có 123 túi máu.</p>")
    actions.edit_post(by=system_actor(), post=post, version=1, values={"body": "<p>Có 132 túi máu.</p>"})
    client = sign_in(cast.unit_officer)
    path = f"{DESK}{post.pk}/"
    page = client.get(f"{path}so-sanh/").content.decode()
    assert "Có <del>123</del><ins>132</ins> túi máu." in page
    assert client.get(f"{path}so-sanh/?tu=9&den=x").status_code == 404
    cover, word = (
        news.picture(cast.ward, alt="Bà con chờ"),
        actions.add_tag(by=system_actor(), unit=cast.ward, name="Tết"),
    )
    document = documents.published(cast.city, "98/NQ-BCH")
    other = news.post(cast.ward, "Bài có nhiều thứ")
    values = {"cover": cover, "tags": [word], "body": f"<h2>Đầu mục</h2>{box('document', document.pk)}"}
    actions.edit_post(by=system_actor(), post=other, version=1, values=values)
    page = client.get(f"{DESK}{other.pk}/so-sanh/").content.decode()
    for told in ("Bà con chờ", "Tết", "[Tiêu đề mục] Đầu mục", "[Văn bản: Nghị quyết 98/NQ-BCH]"):
        assert f"<ins>{told}</ins>" in page, told
    client.post(f"{path}khoi-phuc/1/")
    post.refresh_from_db()
    assert (post.version, post.body) == (3, "<p>Có 123 túi máu.</p>")
    assert list(post.revisions.values_list("version", "restored")) == [(3, 1), (2, None), (1, None)]
    assert "khôi phục từ phiên bản 1" in client.get(f"{path}lich-su/").content.decode()
    with pytest.raises(ChangedMeanwhile):
        actions.restore_revision(by=system_actor(), post=post, version=2, restore=1)


def test_what_could_run_is_taken_out_on_saving_and_told(cast: Cast) -> None:
    client = sign_in(cast.unit_officer)
    body = '<p>a<a href="javascript:alert(1)">b</a></p><script>x()</script><svg></svg>'
    response = client.post(f"{DESK}viet-moi/", typed(None, cast, body=body), follow=True)
    page = response.content.decode()
    assert Post.objects.get().body == '<p>a<a rel="noopener">b</a></p>'
    for sentence in (
        "Đoạn mã (script) đã bị bỏ",
        "Hình vẽ SVG đã bị bỏ",
        "Liên kết có địa chỉ không an toàn",
    ):
        assert sentence in page


def test_the_check_follows_the_typing(cast: Cast) -> None:
    client = sign_in(cast.unit_officer)
    picture = news.picture(cast.ward, alt="Người chờ", caption="", credit="Nguồn")
    body = f"<p>a</p>{box('picture', picture.pk)}<p><a href='/x/'>tại đây</a></p>"
    page = client.post(f"{DESK}viet-moi/nhip/", typed(None, cast, summary="", body=body)).content.decode()
    assert "Bắt buộc:</strong> Bài chưa có tóm tắt" in page
    assert "Ảnh “Người chờ” chưa có chú thích" in page
    assert "Liên kết “tại đây” không cho biết dẫn đến đâu" in page


def test_the_chooser_finds_and_takes_in(cast: Cast) -> None:
    client = sign_in(cast.unit_officer)
    mine = news.picture(cast.ward, alt="Người hiến máu cười")
    news.picture(cast.other_ward, alt="Của phường bạn")
    page = client.get(f"{DESK}chen/picture/", {"q": "hien mau"}).content.decode()
    assert (f'data-rc-id="{mine.pk}"' in page, "Của phường bạn" in page) == (True, False)
    upload = news.upload(news.jpeg(900, 600), "a.jpg", "image/jpeg")
    data = {"file": upload, "alt": "", "ground": Ground.NO_PEOPLE, "unit": cast.ward.pk}
    assert client.post(f"{DESK}chen/picture/", data).status_code == 422
    data["file"] = news.upload(news.jpeg(900, 600), "a.jpg", "image/jpeg")
    page = client.post(f"{DESK}chen/picture/", data | {"alt": "Ảnh mới"}).content.decode()
    assert ("data-rc-made" in page, Picture.objects.get(alt="Ảnh mới").unit) == (True, cast.ward)
    bad = client.post(f"{DESK}chen/video/", {"video_link": "https://example.org/a"})
    assert bad.status_code == 422
    assert client.get(f"{DESK}chen/drive/").status_code == 200
    assert client.get(f"{DESK}chen/khong-co/").status_code == 404


def test_a_ward_sends_five_pictures_and_three_sentences_and_twice_is_once(cast: Cast) -> None:
    client = sign_in(cast.unit_officer)
    path = f"{DESK}gui-nhanh/"
    sent = [
        client.post(
            f"{path}anh/", {"file": news.upload(news.jpeg(640 + n, 400), f"{n}.jpg", "image/jpeg")}
        ).json()["pk"]
        for n in range(4)
    ]
    data = {
        "key": uuid4(),
        "title": "Phường Mẫu 1 tặng 50 phần quà",
        "text": "Sáng 20/11, phường tặng 50 phần quà. Bà con đến từ sớm.\n\nMỗi phần 300.000 đồng.",
        "category": news.category().pk,
        "unit": cast.ward.pk,
        "picture": sent,
        f"mo-ta-{sent[0]}": "Bà con nhận quà",
        "ground": Ground.PUBLIC_ACTIVITY,
        "credit": "Hội phường",
    }
    extra = news.upload(news.jpeg(800, 400), "5.jpg", "image/jpeg")
    refused = client.post(path, data | {"photos": extra})
    page = refused.content.decode()
    assert (refused.status_code, Post.objects.count()) == (422, 0)
    assert ("tặng 50 phần quà" in page, page.count('name="picture"'), 'value="Bà con nhận quà"' in page) == (
        True,
        4,
        True,
    )
    data["proof"] = "Bảng thông báo tại cổng"
    data["photos"] = news.upload(news.jpeg(800, 400), "5.jpg", "image/jpeg")
    response = client.post(path, data)
    post = Post.objects.get()
    assert response["Location"] == f"{DESK}{post.pk}/"
    assert (post.state, post.unit, post.body.count("<figure")) == (PostState.PROPOSED, cast.ward, 4)
    assert post.cover is not None
    assert (post.cover.alt, post.cover.proof, post.cover.credit) == (
        "Bà con nhận quà",
        "Bảng thông báo tại cổng",
        "Hội phường",
    )
    assert post.summary == "Sáng 20/11, phường tặng 50 phần quà. Bà con đến từ sớm."
    del data["photos"]
    again = client.post(path, data)
    assert (again["Location"], Post.objects.count()) == (response["Location"], 1)


def test_pages_of_the_newsroom_take_the_same_queries_for_one_and_for_many(cast: Cast, editor: Person) -> None:
    client = sign_in(editor)
    post = news.post(cast.ward, body=f"<p>a</p>{box('picture', news.picture(cast.ward).pk)}")
    actions.comment_on_post(by=people.actor(editor), post=post, text="Một")
    paths = [f"{DESK}{post.pk}/{name}" for name in ("", "lich-su/", "so-sanh/?tu=1&den=1", "xem-truoc/")]
    paths += [DESK, f"{DESK}chen/picture/", f"{DESK}gui-nhanh/", f"{DESK}{post.pk}/xem-truoc/bai/"]
    few = [asked(client, path) for path in paths]
    more = "".join(box("picture", news.picture(cast.ward, alt=f"Ảnh {n}").pk) for n in range(3))
    actions.edit_post(by=system_actor(), post=post, version=1, values={"body": f"<p>b</p>{more}"})
    for n in range(3):
        first = actions.comment_on_post(by=people.actor(cast.unit_officer), post=post, text=f"Ý {n}")
        actions.comment_on_post(by=people.actor(editor), post=post, text="Trả lời", thread=first)
        news.post(cast.ward, f"Bài {n}")
    assert [asked(client, path) for path in paths] == few
    assert max(few) <= 30


def test_the_preview_may_stand_in_a_frame_of_the_portal_and_nothing_else_may(cast: Cast) -> None:
    post = news.post(cast.ward)
    client = sign_in(cast.unit_officer)
    frame = client.get(f"{DESK}{post.pk}/xem-truoc/?may=may-tinh")
    inside = client.get(f"{DESK}{post.pk}/xem-truoc/bai/")
    assert "frame-src 'self'" in frame["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in inside["Content-Security-Policy"]
    assert inside["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'none'" in client.get(f"{DESK}{post.pk}/")["Content-Security-Policy"]


def test_comments_are_threads_that_open_again_with_an_answer(cast: Cast) -> None:
    post, other = news.post(cast.ward), news.post(cast.ward, "Bài khác")
    client = sign_in(cast.unit_officer)
    client.post(f"{DESK}{post.pk}/y-kien/", {"text": "Thiếu ảnh", "quote": "Một  đoạn văn"})
    first = Comment.objects.get()
    client.post(f"{DESK}{post.pk}/y-kien/{first.pk}/", {"is_settled": "1"})
    assert "đã xử lý" in client.get(f"{DESK}{post.pk}/").content.decode()
    client.post(f"{DESK}{post.pk}/y-kien/", {"text": "Vẫn thiếu", "thread": first.pk})
    first.refresh_from_db()
    assert (first.settled_at, first.quote) == (None, "Một đoạn văn")
    with pytest.raises(Refused):
        actions.comment_on_post(by=system_actor(), post=other, text="x", thread=first)
    assert client.post(f"{DESK}{other.pk}/y-kien/{first.pk}/").status_code == 404
    assert Revision.objects.filter(post=post).count() == 1


def test_who_looks_at_a_proposed_post_and_who_sends_it_out_finds_it_in_the_queue(
    cast: Cast, editor: Person, publisher: Person
) -> None:
    news.post(cast.ward, "Đang viết")
    for title, state in (("Chờ duyệt", PostState.PROPOSED), ("Chờ đăng", PostState.APPROVED)):
        Post.objects.filter(pk=news.post(cast.ward, title).pk).update(state=state)

    def titles(holder: Person) -> list[str]:
        return [item.title for item in queue(people.actor(holder))]

    assert titles(editor) == ["Duyệt hoặc trả lại: Chờ duyệt"]
    assert titles(publisher) == ["Duyệt đăng hoặc trả lại: Chờ duyệt", "Đã duyệt, chờ đăng: Chờ đăng"]
    assert titles(cast.unit_officer) == []

    post = Post.objects.get(title="Đang viết")
    said = actions.comment_on_post(by=people.actor(editor), post=post, text="Bao nhiêu người?")
    actions.comment_on_post(by=people.actor(editor), post=post, text="Ở đâu?")
    assert titles(cast.unit_officer) == ["Trả lời góp ý: Đang viết"]
    assert "Trả lời góp ý: Đang viết" not in titles(editor) + titles(publisher)
    actions.comment_on_post(by=people.actor(cast.unit_officer), post=post, text="132", thread=said)
    assert (len(titles(cast.unit_officer)), "Trả lời góp ý: Đang viết" in titles(editor)) == (1, True)
    for one in post.comments.filter(thread=None):
        actions.settle_comment(by=people.actor(editor), comment=one, is_settled=True)
    assert (titles(cast.unit_officer), len(titles(editor))) == ([], 1)
