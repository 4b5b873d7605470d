"""Citations of rule tables lead to their document where the library holds it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from news.enums import DocumentKind
from news.models import Document
from people.enums import OfficeCode
from redcross.templatetags.citations import cited
from tests.conftest import Cast, sign_in
from tests.factories import documents, people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def asked_anew(settings: Settings) -> None:
    settings.CITATIONS_KEPT_SECONDS = 0
    settings.PAGE_CACHE = False


def circular(cast: Cast, number: str = "26/2013/TT-BYT", issuer: str = "Bộ Y tế") -> Document:
    return documents.published(cast.city, number, kind=DocumentKind.CIRCULAR, issuer=issuer)


def test_a_citation_leads_to_the_document_the_library_holds(cast: Cast) -> None:
    found = circular(cast)
    assert cited("Thông tư 26/2013/TT-BYT, Điều 4") == (
        f'Thông tư <a href="{found.get_absolute_url()}">26/2013/TT-BYT</a>, Điều 4'
    )
    assert cited("Nghị định 30/2020/NĐ-CP & <b>Phụ lục</b>") == (
        "Nghị định 30/2020/NĐ-CP &amp; &lt;b&gt;Phụ lục&lt;/b&gt;"
    )
    assert (cited(""), cited(None)) == ("", "")


def test_drafts_and_numbers_that_two_documents_bear_lead_nowhere(cast: Cast) -> None:
    documents.document(cast.city, "01/NQ-BCH")
    circular(cast, "02/NQ-BCH", "Ban Chấp hành phường Mẫu 1")
    circular(cast, "02/NQ-BCH", "Ban Chấp hành phường Mẫu 2")
    assert cited("01/NQ-BCH; 02/NQ-BCH") == "01/NQ-BCH; 02/NQ-BCH"


def test_templates_have_the_filter_and_a_process_asks_once_a_minute(cast: Cast, settings: Settings) -> None:
    circular(cast)
    cited("1/2")
    settings.CITATIONS_KEPT_SECONDS = 60
    page = Template("{{ law|cited }} {{ law|cited }}")
    with CaptureQueriesContext(connection) as asked:
        assert page.render(Context({"law": "26/2013/TT-BYT"})).count("<a href") == 2
    assert len(asked) == 0


def test_a_page_of_another_floor_leads_to_the_document(cast: Cast) -> None:
    found = circular(cast)
    page = sign_in(people.officer(OfficeCode.DONOR_OFFICER, cast.city)).get("/lam-viec/hien-mau/quy-dinh/")
    assert f'<a href="{found.get_absolute_url()}">26/2013/TT-BYT</a>' in page.content.decode()


def test_no_page_shows_a_citation_that_could_not_lead_to_its_document() -> None:
    shown = re.compile(r"{{ [a-z_.]*citation(\|[^}]*)? }}")
    for path in (Path(settings.BASE_DIR) / "templates").rglob("*.html"):
        for found in shown.finditer(path.read_text()):
            assert "|cited" in found[0], f"{path}: {found[0]}"
