"""Files of posts: looked at, put into a text as a box, handed out while a post on the site shows them."""

from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks

from foundation.refusal import Refused
from ledger.models import AuditEntry
from news import actions, embeds
from news.models import Post, PostFile
from news.rules.embeds import box
from people.actors import system_actor
from people.enums import OfficeCode
from tests.conftest import Cast, sign_in
from tests.factories import documents, news, people

pytestmark = pytest.mark.django_db
NONE = "Chỉ nhận tệp PDF, Word (.docx) và Excel (.xlsx); tệp này không phải loại nào trong số đó."
LIES = "Tên tệp nói một đằng, nội dung một nẻo."
MACROS = "Tệp Excel có macro nên không được nhận. Hãy lưu thành .xlsx không có macro."
ELSEWHERE = "Tệp Excel tự lấy dữ liệu từ nơi khác khi mở nên không được nhận."
ACTS = "Tệp PDF chứa kịch bản"
HTML = b"<!doctype html><script>alert(1)</script>"
DDE = "<externalLink><ddeLink ddeService='cmd' ddeTopic='/c calc'/></externalLink>"


@pytest.fixture(autouse=True)
def own_place(settings: Settings, tmp_path: Path) -> None:
    settings.PAGE_CACHE = False
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (HTML, "mau.pdf", NONE),
        (HTML, "mau.html", NONE),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "mau.svg", NONE),
        (documents.docx("Chữ"), "mau.docm", NONE),
        (documents.docx("Chữ"), "mau.xlsx", LIES),
        (news.xlsx(), "mau.docx", LIES),
        (documents.bare_pdf(), "mau.xlsx", LIES),
        (news.xlsx("xl/vbaProject.bin"), "mau.xlsx", MACROS),
        (news.xlsx("xl/macrosheets/sheet1.xml"), "mau.xlsx", MACROS),
        (news.xlsx("xl/connections.xml"), "mau.xlsx", ELSEWHERE),
        (news.xlsx("xl/externalLinks/externalLink1.xml", DDE), "mau.xlsx", ELSEWHERE),
        (news.xlsx()[:900], "mau.xlsx", "Tệp Excel bị hỏng. Hãy lưu lại rồi gửi."),
        (documents.bare_pdf(b"<< /S /JavaScript /JS (app.alert(1)) >>"), "mau.pdf", ACTS),
        (documents.locked_pdf(), "mau.pdf", "PDF có mật khẩu nên bạn đọc không mở được."),
        (b"", "mau.pdf", "Tệp trống."),
        (bytes(20 * 1024 * 1024 + 1), "mau.pdf", "Tệp lớn hơn 20 MB."),
    ],
)
def test_what_lies_or_acts_is_refused_with_a_sentence(
    cast: Cast, data: bytes, name: str, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        actions.add_post_file(by=system_actor(), unit=cast.ward, file=ContentFile(data, name))
    assert (str(refused.value)[: len(sentence)], PostFile.objects.exists()) == (sentence, False)


def test_readers_have_a_file_while_a_post_on_the_site_shows_it(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    file = news.post_file(cast.ward, "../../etc/Mẫu\x00 đăng ký.xlsx")
    name, address = file.stored.name, f"/tep-dinh-kem/{file.pk}/"
    assert (name, file.title, file.kind) == ("Mẫu đăng ký.xlsx", "Mẫu đăng ký", "Excel")
    assert news.post_file(cast.ward, "khac.xlsx", file.stored.file.read()) == file  # once a unit
    post = news.post(cast.ward, body=f"<p>a</p>{box('file', file.pk, 'Nộp trước 20/8')}")
    assert Client().get(address).status_code == 404
    post = actions.publish_post(by=system_actor(), post=post, version=post.version)
    page = Client().get(post.get_absolute_url()).content.decode()
    assert [one in page for one in (f'href="{address}"', "Mẫu đăng ký</a>", "Excel, ", "Nộp trước 20/8")] == [
        True
    ] * 4
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, file.stored.content_type)
    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{quote(name)}"
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "public, max-age=60")
    # Out of the text, back by an older version, gone with the post.
    values = {"body": "<p>a</p>"}
    post = actions.edit_post(by=system_actor(), post=post, version=post.version, values=values)
    assert Client().get(address).status_code == 404
    post = actions.restore_revision(by=system_actor(), post=post, version=post.version, restore=1)
    assert Client().get(address).status_code == 200
    actions.withdraw_post(by=system_actor(), post=post, reason="Nhầm")
    assert Client().get(address).status_code == 404
    kept = str(file.stored.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_post_file(by=system_actor(), file=file)
    assert (embeds.show(post.body, by=system_actor()).html, default_storage.exists(kept)) == (
        "<p>a</p>",
        False,
    )
    told = AuditEntry.objects.filter(act__in=["news.add_post_file", "news.remove_post_file"])
    assert sorted(told.values_list("act", flat=True)) == ["news.add_post_file", "news.remove_post_file"]


def test_nobody_hands_out_a_file_of_others_by_its_number(cast: Cast) -> None:
    theirs = news.post_file(cast.other_ward)
    writer = cast.unit_officer
    client = sign_in(writer)
    assert client.get(f"/lam-viec/tin-bai/tep/{theirs.pk}/").status_code == 404
    assert client.get("/lam-viec/tin-bai/tep/").content.decode().count("<td") == 0
    values = {"title": "Bài", "body": f"<p>a</p>{box('file', theirs.pk)}", "unit": cast.ward.pk}
    values |= {"category": news.category().pk}
    assert client.post("/lam-viec/tin-bai/viet-moi/", values).status_code == 302
    post = Post.objects.get()
    actions.edit_post(by=system_actor(), post=post, version=1, values={"summary": "Tóm tắt."})
    assert list(post.files.all()) == [theirs]  # somebody who may, saved it


def test_a_file_is_put_in_from_the_chooser_seen_in_the_preview_and_removed(cast: Cast) -> None:
    writer = cast.unit_officer
    client = sign_in(writer)
    sent = {"unit": cast.ward.pk, "title": "Mẫu đăng ký", "file": news.upload(news.xlsx(), "a.xlsx", "x/y")}
    answer = client.post("/lam-viec/tin-bai/chen/file/", sent)
    file = PostFile.objects.get()
    assert (answer.status_code, f'data-rc-id="{file.pk}"' in answer.content.decode()) == (200, True)
    refused = client.post("/lam-viec/tin-bai/chen/file/", sent | {"file": news.upload(HTML, "a.pdf", "x/y")})
    assert (refused.status_code, NONE in refused.content.decode()) == (422, True)
    assert "Mẫu đăng ký" in client.get("/lam-viec/tin-bai/chen/file/?q=dang ky").content.decode()
    post = news.post(cast.ward, body=f"<p>a</p>{box('file', file.pk)}")
    preview = client.get(f"/lam-viec/tin-bai/{post.pk}/xem-truoc/bai/").content.decode()
    inside = f"/lam-viec/tin-bai/tep/{file.pk}/"
    assert f'href="{inside}"' in preview
    assert client.get(inside)["Content-Disposition"].startswith("attachment")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/lam-viec/tin-bai/tep/")
        return len(queries)

    one = asked()
    for number in range(3):
        news.post_file(cast.ward, f"to-{number}.xlsx", news.xlsx(f"xl/{number}.xml"))
    assert asked() == one
    removal = f"{inside}xoa/"
    assert "bài đang có tệp này" in client.get(removal).content.decode()
    actions.publish_post(by=system_actor(), post=post, version=1)
    client.post(removal)
    assert PostFile.objects.filter(pk=file.pk).exists()  # readers have it: the publisher's to remove
    sign_in(people.officer(OfficeCode.PUBLISHER, cast.city)).post(removal)
    assert not PostFile.objects.filter(pk=file.pk).exists()
