"""The library of documents: entered, found, read."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from foundation.refusal import Refused
from news.actions.documents import change_document, publish_document, withdraw_document
from news.enums import DocumentKind
from news.models import Document
from news.queries.library import public_documents
from news.tasks import read_documents
from people.actors import system_actor
from tests.conftest import Cast
from tests.factories import documents

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 26)


@pytest.fixture(autouse=True)
def uncached(settings: Settings) -> None:
    settings.PAGE_CACHE = False


def found(query: str, **filters: str) -> list[str]:
    return [one.number for one in public_documents({"q": query, **filters}, DAY)]


def test_a_search_without_accents_ranks_the_number_first_then_the_title(cast: Cast) -> None:
    documents.published(
        cast.city,
        "12/KH-CTĐ",
        kind=DocumentKind.PLAN,
        title="Kế hoạch năm",
        summary="Thực hiện Nghị quyết 98",
    )
    documents.published(
        cast.city, "98/2023/QH15", title="Thí điểm cơ chế, chính sách đặc thù", issuer="Quốc hội"
    )
    documents.published(cast.city, "05/NQ-BCH", title="Về hội phí")
    long = documents.published(cast.city, "06/BC-CTĐ", kind=DocumentKind.REPORT, title="Kỷ yếu")
    documents.with_file(long, documents.docx(*["Thực hiện Nghị quyết 98 của Quốc hội."] * 40), "ky-yeu.docx")
    read_documents()
    assert found("nghi quyet 98") == ["98/2023/QH15", "12/KH-CTĐ", "06/BC-CTĐ"]
    assert found("98/2023/QH15") == ["98/2023/QH15"]
    assert found("hoi phi") == ["05/NQ-BCH"]
    assert found("'\\:*|& <->") == found("")


def test_only_what_is_published_is_read(cast: Cast) -> None:
    draft = documents.document(cast.city, "01/NQ-BCH")
    assert Client().get(draft.get_absolute_url()).status_code == 404
    shown = publish_document(by=system_actor(), document=draft)
    assert "01/NQ-BCH" in Client().get(shown.get_absolute_url()).content.decode()
    withdraw_document(by=system_actor(), document=shown, reason="Ban hành nhầm")
    assert Client().get(shown.get_absolute_url()).status_code == 404
    assert "01/NQ-BCH" not in Client().get("/van-ban/").content.decode()


def test_a_number_stands_once_and_two_editors_do_not_overwrite_each_other(cast: Cast) -> None:
    first = documents.document(cast.city, "Số: 07/NQ-BCH")
    with pytest.raises(Refused) as twice:
        documents.document(cast.city, "7/NQ-BCH")
    assert "đã có" in str(twice.value)
    change_document(by=system_actor(), document=first, version=1, values={"title": "Mới"})
    with pytest.raises(Refused):
        change_document(by=system_actor(), document=first, version=1, values={"title": "Mới hơn"})
    assert Document.objects.get().title == "Mới"


@pytest.mark.parametrize("path", ["/van-ban/", "/van-ban/?q=hien+mau"])
def test_a_list_of_one_and_of_three_takes_the_same_queries(cast: Cast, path: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(path).status_code == 200
        return len(queries)

    documents.published(cast.city, "01/NQ-BCH")
    one = asked()
    documents.published(cast.city, "02/NQ-BCH")
    documents.published(cast.ward, "03/NQ-BCH")
    assert asked() == one
