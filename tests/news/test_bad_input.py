"""Bad input: what lies, acts, unfolds or is too large is refused with a sentence, or made harmless."""

import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image
from pytest_django import Settings

from foundation.refusal import Refused
from news import actions
from news.actions.document_files import add_file, read_file
from news.enums import FileState, OldState
from news.models import Document, DocumentFile, OldSite, Picture, Post, Video
from people.actors import system_actor
from people.enums import OfficeCode
from tests.conftest import Cast, sign_in
from tests.factories import documents, news, people

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent.parent
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
PDF_JS = documents.bare_pdf(b"<< /S /JavaScript /JS (app.alert(1)) >>")
BOMB = "Ảnh có quá nhiều điểm ảnh (tối đa 50 triệu). Thu nhỏ ảnh rồi thử lại."
NO_PICTURE = "Tệp này không phải là ảnh đọc được. Dùng ảnh JPEG, PNG hoặc WebP."
NEITHER = "Chỉ nhận tệp PDF và Word (.docx); tệp này không phải hai loại đó."
LIES = "Tên tệp nói một đằng, nội dung một nẻo. Hãy lưu lại đúng loại rồi gửi."
ACTS = "Tệp PDF chứa kịch bản, tệp đính kèm hoặc biểu mẫu tự chạy nên không được nhận."
MACROS = "Tệp Word có macro nên không được nhận. Hãy lưu thành .docx không có macro."
FETCHES = "Tệp Word tự tải mẫu từ mạng khi mở nên không được nhận. Hãy lưu thành PDF rồi gửi."
UNFOLDS = "Tệp Word bung ra quá lớn. Hãy lưu thành PDF rồi gửi."
DAMAGED = "Tệp Word bị hỏng. Hãy lưu lại rồi gửi."
LOCKED = "PDF có mật khẩu nên bạn đọc không mở được."
TOO_LARGE = "Tệp quá lớn nên không được nhận. Chọn tệp nhỏ hơn."


@pytest.fixture(autouse=True)
def own_place(settings: Settings, tmp_path: Path) -> None:
    settings.PAGE_CACHE = False
    settings.MEDIA_ROOT = str(tmp_path)


def bomb() -> bytes:
    """200 million pixels in 25 kB."""
    out = BytesIO()
    Image.new("1", (20_000, 10_000)).save(out, "PNG")
    return out.getvalue()


def gif() -> bytes:
    out = BytesIO()
    Image.new("P", (20, 20)).save(out, "GIF")
    return out.getvalue()


def word(change: Callable[[zipfile.ZipFile], None]) -> bytes:
    """A Word document with something done to it."""
    out = BytesIO(documents.docx("Chữ"))
    with zipfile.ZipFile(out, "a") as book:
        change(book)
    return out.getvalue()


def macros(book: zipfile.ZipFile) -> None:
    book.writestr("word/vbaProject.bin", b"x")


def far_template(book: zipfile.ZipFile) -> None:
    told = '<Relationship Id="r1" Target="https://x.example.org/a.dotm" TargetMode="External"/>'
    book.writestr("word/_rels/settings.xml.rels", told)


def own_template(book: zipfile.ZipFile) -> None:
    told = '<Relationship Id="r1" Target="file:///C:\\Mau\\Normal.dotm" TargetMode="External"/>'
    book.writestr("word/_rels/settings.xml.rels", told)


def unfolding(book: zipfile.ZipFile) -> None:
    book.writestr("word/media/0.bin", b"0" * 1000)
    book.filelist[-1].file_size = 10**9  # what a bomb of a gigabyte says of itself


def many_entries(book: zipfile.ZipFile) -> None:
    for number in range(5_001):
        book.writestr(f"word/media/{number}", b"")


def entities() -> bytes:
    """A billion laughs for a Word document."""
    text = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><w>&b;</w>'
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("word/document.xml", text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (HTML, "anh.jpg", NO_PICTURE),
        (SVG, "anh.svg", NO_PICTURE),
        (SVG, "../../etc/anh.png", NO_PICTURE),
        (PDF_JS, "anh.jpg", NO_PICTURE),
        (gif(), "anh.jpg", NO_PICTURE),
        (bomb(), "anh.png", BOMB),
    ],
)
def test_pictures_that_are_none_or_unfold(cast: Cast, data: bytes, name: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.add_picture(
            by=system_actor(), unit=cast.ward, file=BytesIO(data), size=len(data), about={}, name=name
        )
    assert (str(refused.value), Picture.objects.exists()) == (sentence, False)


def test_a_picture_that_is_a_page_too_is_only_a_picture_when_it_is_kept(cast: Cast) -> None:
    picture = actions.add_picture(
        by=system_actor(),
        unit=cast.ward,
        file=BytesIO(news.jpeg() + HTML),
        size=20_000,
        about={},
        name="..\\..\\web/anh.html",
    )
    with default_storage.open(picture.master_name) as kept:
        assert b"script" not in kept.read()
    assert (picture.name, picture.master_name[:4], picture.master_name[-4:]) == ("anh.html", "anh/", ".jpg")


def test_a_bomb_is_refused_in_a_process_that_has_no_room_to_unfold_it(tmp_path: Path) -> None:
    (tmp_path / "bomb.png").write_bytes(bomb())
    code = """
import resource, sys
from news.rules.pictures import NotAPicture, clean_picture
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + 16 * 1024 * 1024,) * 2)
try:
    clean_picture(open(sys.argv[1], "rb"))
except NotAPicture as refused:
    print("too large" if refused.is_too_large else "unreadable")
"""
    told = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "bomb.png"], cwd=ROOT, capture_output=True, text=True
    )
    assert told.stdout == "too large\n"


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (HTML, "van-ban.pdf", NEITHER),
        (HTML, "van-ban.html", NEITHER),
        (SVG, "van-ban.svg", NEITHER),
        (documents.bare_pdf(), "van-ban.docx", LIES),
        (PDF_JS, "van-ban.pdf", ACTS),
        (documents.locked_pdf(), "van-ban.pdf", LOCKED),
        (word(macros), "van-ban.docx", MACROS),
        (word(far_template), "van-ban.docx", FETCHES),
        (word(unfolding), "van-ban.docx", UNFOLDS),
        (word(many_entries), "van-ban.docx", UNFOLDS),
        (entities(), "van-ban.docx", DAMAGED),
        (documents.docx("Chữ")[:900], "van-ban.docx", DAMAGED),
    ],
)
def test_files_of_documents_that_lie_act_or_unfold(cast: Cast, data: bytes, name: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        add_file(by=system_actor(), document=documents.document(cast.city), file=ContentFile(data, name))
    assert (str(refused.value)[: len(sentence)], DocumentFile.objects.exists()) == (sentence, False)


def test_a_word_file_made_from_the_office_template_is_taken_in(cast: Cast) -> None:
    documents.with_file(documents.document(cast.city), word(own_template), "../Mẫu\x00.docx")
    assert DocumentFile.objects.get().stored.name == "Mẫu.docx"


def test_a_lock_found_while_reading_is_told_where_the_file_stands(cast: Cast) -> None:
    one = documents.published(cast.city)
    file = documents.with_file(one)
    with file.stored.file.open("wb") as stored:
        stored.write(documents.locked_pdf())
    read_file(by=system_actor(), pk=file.pk)
    assert DocumentFile.objects.get().state == FileState.FAILED
    page = sign_in(people.officer(OfficeCode.CLERK, cast.city)).get(f"/lam-viec/thu-vien/{one.pk}/")
    assert "PDF có mật khẩu nên không ai xem được" in page.content.decode()
    assert Client().get(f"{one.get_absolute_url()}tep/{file.pk}/").status_code == 404


class Drip:
    """A body of a request that is made while it is read."""

    def __init__(self, head: bytes, zeros: int, tail: bytes) -> None:
        self.pieces, self.zeros, self.read_so_far = [head, tail], zeros, 0
        self.length = len(head) + zeros + len(tail)

    def read(self, most: int = -1) -> bytes:
        if len(self.pieces) == 2:
            return self.pieces.pop(0)
        if self.zeros:
            size = min(self.zeros, most if most > 0 else 65_536)
            self.zeros -= size
            return bytes(size)
        return self.pieces.pop(0) if self.pieces else b""

    readline = read


def sent_in_a_stream(client: Client, path: str, given: dict[str, Any], field: str, zeros: int) -> Any:
    """The answer to a form with a file of so many zeros, which nobody ever held in memory."""
    parts = [f'--x\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in given.items()]
    file = f'--x\r\nContent-Disposition: form-data; name="{field}"; filename="../a.mp4"\r\n'
    head = "".join([*parts, file, "Content-Type: video/mp4\r\n\r\n"]).encode()
    body = Drip(head, zeros, b"\r\n--x--\r\n")
    return client.request(
        **{
            "REQUEST_METHOD": "POST",
            "PATH_INFO": path,
            "CONTENT_TYPE": "multipart/form-data; boundary=x",
            "CONTENT_LENGTH": str(body.length),
            "wsgi.input": body,
        }
    )


def test_a_video_over_two_hundred_megabytes_is_refused_in_flat_memory(cast: Cast) -> None:
    client = sign_in(people.officer(OfficeCode.EDITOR, cast.city))
    given = {"unit": cast.city.pk, "title": "Phim ngày hội"}
    client.get("/lam-viec/tin-bai/phim/nhan-phim/")
    tracemalloc.start()
    page = sent_in_a_stream(client, "/lam-viec/tin-bai/phim/nhan-phim/", given, "file", 201 * 1024**2)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    text = page.content.decode()
    assert (page.status_code, "Video lớn hơn 200 MB." in text, 'value="Phim ngày hội"' in text) == (
        422,
        True,
        True,
    )
    assert most < 20 * 1024**2
    assert not Video.objects.exists()


def test_what_was_typed_stays_beside_the_sentence(cast: Cast, settings: Settings) -> None:
    settings.VIDEO_MAX_BYTES = 300_000
    city = sign_in(people.officer(OfficeCode.PUBLISHER, cast.city))
    clerk = sign_in(people.officer(OfficeCode.CLERK, cast.city, username="van-thu"))
    one = documents.document(cast.city)
    post = {
        "title": "Ngày hội đang viết dở",
        "summary": "Ba câu.",
        "body": "<p>Lời.</p>",
        "unit": cast.city.pk,
        "anh-alt": "Ảnh",
        "anh-ground": "no_people",
    }
    tip = {"title": "Tặng 50 phần quà", "text": "Sáng nay ba mươi người.", "unit": cast.city.pk}
    site = {"unit": cast.city.pk, "source": "Trang cũ của quận"}
    large = bytes(400_000)
    for client, path, given, field, data, typed, sentence in (
        (city, "/lam-viec/tin-bai/viet-moi/", post, "video_file", large, "Ngày hội đang viết dở", TOO_LARGE),
        (city, "/lam-viec/tin-bai/viet-moi/", post, "anh-file", SVG, "Ngày hội đang viết dở", NO_PICTURE),
        (city, "/lam-viec/tin-bai/gui-nhanh/", tip, "photos", large, "Sáng nay ba mươi người.", TOO_LARGE),
        (city, "/lam-viec/tin-bai/trang-cu/nhan/", site, "file", large, "Trang cũ của quận", TOO_LARGE),
        (
            clerk,
            f"/lam-viec/thu-vien/{one.pk}/tep/",
            {"title": "Phụ lục I"},
            "file",
            HTML,
            "Phụ lục I",
            NEITHER,
        ),
        (
            clerk,
            f"/lam-viec/thu-vien/{one.pk}/tep/",
            {"title": "Phụ lục I"},
            "file",
            large,
            "Phụ lục I",
            TOO_LARGE,
        ),
    ):
        file = news.upload(data, "../../etc/a.mp4", "video/mp4")
        page = client.post(path, given | {field: file})
        text = page.content.decode()
        assert (page.status_code, sentence in text, typed in text) == (422, True, True), (path, field)
        assert "phải nhập" not in text
    assert [Post.objects.count(), OldSite.objects.count(), DocumentFile.objects.count()] == [0, 0, 0]


def test_the_old_site_names_nothing_outside_its_export(cast: Cast, tmp_path: Path) -> None:
    body = (
        '<p>Lời.</p><img src="../../../../etc/passwd"><img src="file:///etc/passwd"><img src="//x.vn/a.jpg">'
    )
    page = f"<html><head><title>Bài</title></head><body><article>{body}</article></body></html>".encode()
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../../tin/bai.html", page)
        archive.writestr("/etc/passwd", "root:x:0:0")
        archive.writestr("..\\..\\web.config", "x")
    before = {one for one in tmp_path.parent.rglob("*") if one.is_file()}
    site = news.old_site(cast.ward, out.getvalue(), "../../trang-cu.zip")
    for _time in range(2):
        actions.work_old_site(by=system_actor(), pk=site.pk)
        site.refresh_from_db()
        if site.state == OldState.TRIED:
            actions.start_old_site(by=system_actor(), site=site)
    assert (site.state, site.file.name) == (OldState.DONE, "trang-cu.zip")
    post = Post.objects.get()
    assert ("passwd" in post.body, "root:" in post.body, Picture.objects.exists()) == (False, False, False)
    new = {one for one in tmp_path.parent.rglob("*") if one.is_file()} - before
    assert all(tmp_path in one.parents for one in new)


def test_words_of_a_document_never_become_markup(cast: Cast) -> None:
    one = documents.published(
        cast.city,
        title='</script><script>alert(1)</script>"><img src=x onerror=alert(1)>',
        summary="<b>x</b>",
    )
    text = Client().get(one.get_absolute_url()).content.decode()
    assert ("<script>alert" in text, "<img src=x" in text, "<b>x</b>" in text) == (False, False, False)
    assert Document.objects.get().slug.replace("-", "").isalnum()
