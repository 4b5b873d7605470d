"""Boxes inside a text: stored as names, shown as they stand now, asked in one query a kind."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from foundation.dates import today
from foundation.refusal import Refused
from news import actions, embeds
from news.enums import DocumentState, FileState, Ground
from news.models import Document, DocumentFile
from news.rules.body import clean_body
from news.rules.embeds import Placed, box, boxes_of, split_boxes
from people.actors import system_actor
from tests.conftest import Cast
from tests.factories import documents, drives, news


def test_a_figure_keeps_its_kind_id_and_caption_and_nothing_else() -> None:
    dirty = (
        '<p>a</p><figure class="x" onclick="y()" data-caption=\'Ảnh "một" <b>\' data-id="12"'
        ' data-kind="picture">'
        "<img src=x onerror=alert(1)><figcaption>cũ</figcaption></figure><p>b</p>"
    )
    plain = '<figure data-kind="picture" data-id="12" data-caption="Ảnh &quot;một&quot; &lt;b&gt;"></figure>'
    assert clean_body(dirty) == f"<p>a</p>{plain}<p>b</p>"
    assert split_boxes(clean_body(dirty)) == [
        "<p>a</p>",
        Placed("picture", 12, 'Ảnh "một" <b>'),
        "<p>b</p>",
    ]
    assert clean_body(box("drive", 3)) == box("drive", 3)


@pytest.mark.parametrize(
    "figure",
    [
        '<figure data-kind="picture">{}</figure>',
        '<figure data-kind="picture" data-id="1;drop">{}</figure>',
        '<figure data-kind="../x" data-id="1">{}</figure>',
        '<figure data-id="01" data-kind="picture">{}</figure>',
        "<figure>{}</figure>",
    ],
)
def test_a_figure_that_names_nothing_leaves_its_words(figure: str) -> None:
    assert clean_body(figure.format("<p>lời</p>")) == "<p>lời</p>"


@given(st.text(alphabet=st.sampled_from("<>/=\"' figuredata-kn1x&;\n"), max_size=80), st.text(max_size=20))
def test_cleaning_boxes_twice_is_cleaning_once(text: str, caption: str) -> None:
    once = clean_body(f"<p>a</p>{box('picture', 7, caption)}{text}")
    assert clean_body(once) == once
    assert boxes_of(once).get("picture") == [7]


@pytest.mark.django_db
def test_boxes_take_one_query_a_kind_however_many_there_are(cast: Cast, settings: Settings) -> None:
    settings.PAGE_CACHE = False
    pictures = [news.picture(cast.ward, alt=f"Ảnh số {n}", caption="Chú thích gốc") for n in range(4)]
    link = "https://youtu.be/MAU00000000"
    video = actions.link_video(by=system_actor(), unit=cast.ward, link=link)
    drive = drives.opened(cast.ward, today() + timedelta(days=3))
    one = box("picture", pictures[0].pk, "Lời riêng") + box("video", video.pk) + box("drive", drive.pk)
    more = "".join(box("picture", p.pk) for p in pictures[1:])

    def asked(body: str) -> tuple[int, str]:
        post = news.published(cast.ward, "Bài có khung", body=f"<p>Mở đầu</p>{body}<p>Kết</p>")
        Client().get(post.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            response = Client().get(post.get_absolute_url())
        assert "frame-src https://www.youtube-nocookie.com" in response["Content-Security-Policy"]
        return len(queries), response.content.decode()

    few, page = asked(one)
    many, long_page = asked(one + more)
    assert (few, many) == (5, 5)
    assert ("Lời riêng" in page, "Chú thích gốc" in page, "Chú thích gốc" in long_page) == (True, False, True)
    assert page.index("Mở đầu") < page.index("Ảnh số 0") < page.index(drive.name) < page.index("Kết")


@pytest.mark.django_db
def test_a_document_stands_in_a_post_with_its_number_while_the_library_shows_it(cast: Cast) -> None:
    document = documents.published(cast.city, "98/NQ-BCH", title="Mỗi phường một ngày hội")
    documents.document(cast.city, "99/NQ-BCH", title="Mỗi phường một bản nháp")
    kind = embeds.KINDS["document"]
    assert [kind.choice(one).label for one in kind.found(system_actor(), "nghi quyet 98")] == [
        "Nghị quyết 98/NQ-BCH"
    ]
    assert [one.pk for one in kind.found(system_actor(), "moi phuong")] == [document.pk]
    documents.with_file(document)
    DocumentFile.objects.update(state=FileState.READ)
    shown = embeds.show(f"<p>a</p>{box('document', document.pk, 'Văn bản gốc')}").html
    assert "nghi-quyet.pdf</a>" in shown
    assert [
        one in shown for one in ("98/NQ-BCH", document.get_absolute_url(), "Văn bản gốc", "Hết hiệu lực")
    ] == [
        True,
        True,
        True,
        False,
    ]
    Document.objects.filter(pk=document.pk).update(effective_to=today() - timedelta(days=1))
    assert "Hết hiệu lực" in embeds.show(box("document", document.pk)).html
    Document.objects.filter(pk=document.pk).update(state=DocumentState.WITHDRAWN, reason="Nhầm")
    assert embeds.show(f"<p>a</p>{box('document', document.pk)}").html == "<p>a</p>"


@pytest.mark.django_db
def test_what_is_not_to_be_had_any_more_is_left_out(cast: Cast) -> None:
    drive = drives.planned(cast.ward, today())
    shown = embeds.show(f"<p>a</p>{box('drive', drive.pk)}{box('picture', 999)}{box('unheard', 1)}")
    assert (shown.html, len(shown.lost)) == ("<p>a</p>", 3)


@pytest.mark.django_db
def test_a_picture_in_the_text_waits_for_its_proof_as_the_cover_does(cast: Cast) -> None:
    picture = news.picture(cast.ward, ground=Ground.CONSENT)
    made = news.post(cast.ward, body=f"<p>a</p>{box('picture', picture.pk)}")
    with pytest.raises(Refused) as refused:
        actions.publish_post(by=system_actor(), post=made, version=made.version)
    assert picture.alt in str(refused.value)
