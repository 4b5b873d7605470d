"""Documents at work: files looked at and read, relations, in force or not, a paper taken in."""

import re
import zlib
from datetime import date, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.contrib.postgres.search import SearchQuery
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from foundation.refusal import Refused
from ledger.models import AuditEntry
from news.actions.document_files import add_file, read_file, relate_documents
from news.actions.document_lists import enter_list, try_list
from news.actions.paper_documents import take_in_paper
from news.enums import DocumentKind, FileState, Force, RelationKind
from news.models import Document, DocumentFile
from news.queries.library import chain, public_documents, verdicts, with_force
from news.rules.force import Act, assess_force
from news.tasks import read_documents
from papers.actions import issue_paper
from people.actors import system_actor
from people.enums import OfficeCode
from tests.conftest import Cast, sign_in
from tests.factories import documents, papers, people

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 26)


@pytest.fixture(autouse=True)
def own_place(settings: Settings, tmp_path: Path) -> None:
    settings.PAGE_CACHE = False
    settings.MEDIA_ROOT = str(tmp_path)


def test_text_of_a_pdf_and_of_a_word_file_is_read_and_found(cast: Cast) -> None:
    one = documents.published(cast.city, "07/NQ-BCH")
    data = documents.pdf("Toàn Thành Hội tiếp nhận một trăm nghìn đơn vị máu.", title="Về hiến máu")
    documents.with_file(one, data)
    other = documents.published(cast.city, "08/HD-CTĐ", kind=DocumentKind.GUIDANCE, title="Hướng dẫn")
    documents.with_file(other, documents.docx("Mỗi Hội cơ sở lập tủ sách nhân đạo."), "huong-dan.docx")
    read_documents()
    assert set(DocumentFile.objects.values_list("state", flat=True)) == {FileState.READ}
    page = Client().get("/van-ban/", {"q": "tram nghin don vi mau"}).content.decode()
    assert "<mark>trăm nghìn đơn vị máu</mark>" in page.replace("</mark> <mark>", " ")
    assert "08/HD-CTĐ" not in page
    assert [one.number for one in public_documents({"q": "tủ sách nhân đạo"}, DAY)] == ["08/HD-CTĐ"]
    file = one.files.get()
    answer = Client().get(f"{one.get_absolute_url()}tep/{file.pk}/")
    assert (answer["Content-Type"], b"".join(answer.streaming_content)) == ("application/pdf", data)  # type: ignore[attr-defined]


def test_a_scan_is_said_to_be_one(cast: Cast) -> None:
    one = documents.published(cast.city)
    documents.with_file(one)
    read_documents()
    assert one.files.get().state == FileState.NO_TEXT
    assert "bản quét" in Client().get(one.get_absolute_url()).content.decode()


SCRIPT = b"<< /S /JavaScript /JS (app.alert(1)) >>"
PACKED = zlib.compress(b"4 0 " + SCRIPT)
OBJECT_STREAM = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n" % len(PACKED)


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (documents.bare_pdf(SCRIPT), "a.pdf", "kịch bản"),
        (documents.bare_pdf(b"<< /S /J#61vaScript /JS (1) >>"), "a.pdf", "kịch bản"),
        (documents.bare_pdf(OBJECT_STREAM + PACKED + b"\nendstream"), "a.pdf", "kịch bản"),
        (b"<html><script>alert(1)</script>", "a.pdf", "không phải"),
        (documents.docx("Chữ"), "a.pdf", "nội dung"),
        (b"<svg onload=alert(1)>", "../../a.svg", "không phải"),
        (b"", "a.pdf", "trống"),
        (b"PK\x03\x04 rest", "a.docx", "hỏng"),
    ],
)
def test_what_is_not_safe_or_lies_is_refused_with_a_sentence(
    cast: Cast, data: bytes, name: str, why: str
) -> None:
    with pytest.raises(Refused) as refused:
        add_file(by=system_actor(), document=documents.document(cast.city), file=ContentFile(data, name))
    assert why in str(refused.value)
    assert not DocumentFile.objects.exists()


def test_a_word_file_with_macros_is_refused(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(documents.docx("Chữ"))
    with ZipFile(path, "a") as book:
        book.writestr("word/vbaProject.bin", b"x")
    with pytest.raises(Refused, match="macro"):
        add_file(
            by=system_actor(),
            document=documents.document(cast.city),
            file=ContentFile(path.read_bytes(), "a.docx"),
        )


def test_what_slipped_through_is_found_while_reading_and_shown_to_nobody(cast: Cast) -> None:
    one = documents.published(cast.city)
    file = documents.with_file(one)
    with file.stored.file.open("wb") as stored:
        stored.write(documents.bare_pdf(SCRIPT))
    read_file(by=system_actor(), pk=file.pk)
    assert one.files.get().state == FileState.REFUSED
    assert Client().get(f"{one.get_absolute_url()}tep/{file.pk}/").status_code == 404


def test_a_file_nobody_can_read_is_tried_three_times_and_then_told(cast: Cast) -> None:
    file = documents.with_file(documents.published(cast.city))
    with file.stored.file.open("wb") as stored:
        stored.write(b"%PDF-1.4 nothing more")
    states = []
    for _time in range(4):
        read_file(by=system_actor(), pk=file.pk)
        states.append(DocumentFile.objects.get().state)
    assert states == [FileState.WAITING, FileState.WAITING, FileState.FAILED, FileState.FAILED]


def test_a_name_with_folders_and_the_same_file_twice(cast: Cast) -> None:
    one = documents.document(cast.city)
    file = documents.with_file(one, name="../../etc/Nghị quyết.pdf")
    assert file.stored.name == "Nghị quyết.pdf"
    with pytest.raises(Refused, match="đã có"):
        documents.with_file(one)


@pytest.mark.parametrize(
    ("begins", "ends", "acts", "force"),
    [
        (DAY, None, [], Force.IN_FORCE),
        (DAY + timedelta(1), None, [], Force.NOT_YET),
        (None, None, [], Force.UNKNOWN),
        (date(2020, 1, 1), DAY, [], Force.IN_FORCE),
        (date(2020, 1, 1), DAY - timedelta(1), [], Force.ENDED),
        (None, None, [Act("replaces", "B", DAY)], Force.ENDED),
        (date(2020, 1, 1), None, [Act("replaces", "B", DAY + timedelta(1))], Force.IN_FORCE),
        (date(2020, 1, 1), None, [Act("repeals", "B", DAY, "Điều 4")], Force.AMENDED),
        (date(2020, 1, 1), None, [Act("amends", "B", DAY)], Force.AMENDED),
        (date(2020, 1, 1), None, [Act("amends", "B", None)], Force.IN_FORCE),
        (date(2020, 1, 1), None, [Act("guides", "B", DAY)], Force.IN_FORCE),
    ],
)
def test_in_force_on_a_day_in_words_and_in_sql(
    cast: Cast, begins: date | None, ends: date | None, acts: list[Act], force: Force
) -> None:
    assert assess_force(begins, ends, acts, on=DAY).force == force
    older = documents.published(
        cast.city, issued_on=date(2020, 1, 1), effective_from=begins, effective_to=ends
    )
    for act in acts:
        newer = documents.published(cast.city, "09/NQ-BCH", issued_on=DAY, effective_from=act.from_on)
        documents.related(newer, older, kind=act.kind, note=act.part)
        documents.related(documents.document(cast.city, "10/NQ-BCH"), older, kind=RelationKind.REPEALS)
    assert with_force(Document.objects.filter(pk=older.pk), DAY).get().force == force  # type: ignore[attr-defined]
    assert verdicts([older], DAY)[older.pk].force == force


def test_the_chain_is_shown_both_ways(cast: Cast) -> None:
    years = (2020, 2023, 2026)
    first, second, third = (
        documents.published(
            cast.city, f"0{n}/NQ-BCH", issued_on=date(year, 1, 1), effective_from=date(year, 1, 1)
        )
        for n, year in enumerate(years, 1)
    )
    documents.related(second, first, kind=RelationKind.REPLACES)
    documents.related(third, second, kind=RelationKind.AMENDS, note="Điều 2")
    with pytest.raises(Refused):
        relate_documents(
            by=system_actor(), newer=first, older=third, kind=RelationKind.REPLACES, from_on=None
        )
    assert chain(first) == chain(third) == [first, second, third]
    page = Client().get(first.get_absolute_url()).content.decode()
    assert "Hết hiệu lực" in page
    assert f'href="{third.get_absolute_url()}"' in page
    assert "Còn hiệu lực, đã sửa đổi" in Client().get(second.get_absolute_url()).content.decode()
    assert [one.number for one in public_documents({"hieu-luc": "het"}, DAY)] == ["01/NQ-BCH"]


def test_a_clerk_enters_a_document_with_its_file_and_publishes_it(cast: Cast) -> None:
    client = sign_in(people.officer(OfficeCode.CLERK, cast.city))
    given = {"unit": cast.city.pk, "kind": "resolution", "number": "15/NQ-BCH", "issuer": "Ban Chấp hành"}
    given |= {"title": "Về hội phí", "effective_from": "02/03/2026", "effective_to": "01/03/2026"}
    page = client.post("/lam-viec/thu-vien/moi/", given)
    assert (page.status_code, "15/NQ-BCH" in page.content.decode()) == (422, True)
    client.post("/lam-viec/thu-vien/moi/", given | {"effective_to": ""})
    one = Document.objects.get()
    bad = SimpleUploadedFile("a.pdf", documents.bare_pdf(SCRIPT))
    page = client.post(f"/lam-viec/thu-vien/{one.pk}/tep/", {"file": bad})
    assert (page.status_code, "kịch bản" in page.content.decode()) == (422, True)
    good = SimpleUploadedFile("a.pdf", documents.bare_pdf())
    client.post(f"/lam-viec/thu-vien/{one.pk}/tep/", {"file": good})
    client.post(f"/lam-viec/thu-vien/{one.pk}/dang/")
    assert Client().get(one.get_absolute_url()).status_code == 200
    for title, status in (("Người thứ nhất", 302), ("Người thứ hai", 422)):
        page = client.post(
            f"/lam-viec/thu-vien/{one.pk}/", given | {"effective_to": "", "version": 1, "title": title}
        )
        assert page.status_code == status
    assert "vừa sửa văn bản này" in page.content.decode()
    assert ("Người thứ hai" in page.content.decode(), Document.objects.get().title) == (
        True,
        "Người thứ nhất",
    )
    client.post(f"/lam-viec/thu-vien/{one.pk}/rut/", {"reason": "Nhầm số"})
    assert Client().get(one.get_absolute_url()).status_code == 404


def test_an_issued_paper_goes_in_by_one_press_without_its_annex(cast: Cast) -> None:
    paper = issue_paper(by=system_actor(), paper=papers.signed(system_actor(), cast.ward))
    client = sign_in(people.officer(OfficeCode.CLERK, cast.city))
    assert paper.number_text in client.get("/lam-viec/thu-vien/van-ban-da-ban-hanh/").content.decode()
    client.post("/lam-viec/thu-vien/van-ban-da-ban-hanh/", {"van-ban": str(paper.key)})
    one = Document.objects.get()
    read_documents()
    text = one.files.get().text
    assert ("Công nhận 12 hội viên" in text, "Trương Thị An" in text) == (True, False)
    assert one.issued_on == paper.issued_on
    with pytest.raises(Refused):
        take_in_paper(by=system_actor(), paper=paper)


def test_a_list_is_tried_then_entered_once(cast: Cast) -> None:
    client, path = sign_in(people.officer(OfficeCode.CLERK, cast.city)), "/lam-viec/thu-vien/nhap-danh-sach/"
    given = {"unit": cast.city.pk, "file": SimpleUploadedFile("danh-muc.csv", documents.LIST)}
    page = client.post(path, given).content.decode()
    assert not Document.objects.exists()
    assert "2 trên 4 dòng nhập được" in page
    assert "“31/02/2024” không phải ngày" in page
    found = re.search(r'name="danh-sach" value="(.*?)"', page)
    assert found is not None
    for _time in range(2):
        client.post(path, {"danh-sach": found[1]})
    rows = Document.objects.order_by("number").values_list("number", "kind", "issued_on", "topic__slug")
    assert list(rows) == [
        ("21/NQ-BCH", "resolution", date(2024, 3, 5), "cong-tac-xa-hoi"),
        ("23/KH-CTĐ", "plan", date(2024, 3, 6), None),
    ]
    given = {"unit": cast.city.pk, "file": SimpleUploadedFile("a.csv", b"a;b\n1;2\n")}
    assert client.post(path, given).status_code == 422
    client.post(path, {"danh-sach": found[1][:-4] + "abcd"})
    assert Document.objects.count() == 2


def test_a_long_list_takes_the_queries_of_a_short_one_and_is_found(cast: Cast) -> None:
    def queries(numbers: range) -> int:
        lines = "".join(
            f"{n};{n}/KH-CTĐ;Kế hoạch;Tủ sách đợt {n % 3};Thành Hội;05/03/2024;\n" for n in numbers
        )
        head = "STT;Số, ký hiệu;Loại văn bản;Trích yếu;Cơ quan ban hành;Ngày ban hành;Lĩnh vực\n"
        by, file = system_actor(), ContentFile((head + lines).encode(), "a.csv")
        rows = [row.values for row in try_list(by=by, unit=cast.city, file=file)]
        with CaptureQueriesContext(connection) as asked:
            assert enter_list(by=by, unit=cast.city, rows=rows) == len(numbers)
        return len(asked)

    assert queries(range(10, 12)) == queries(range(20, 80))
    entered = Document.objects.filter(words=SearchQuery("tu & sach & 25", config="simple"))
    assert [one.number for one in entered] == ["25/KH-CTĐ"]
    assert AuditEntry.objects.filter(act="news.enter_document").count() == 62
