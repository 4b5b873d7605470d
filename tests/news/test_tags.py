"""Tags of posts: named once, whatever the accents."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from foundation.refusal import Refused
from news import actions
from news.enums import TagKind
from news.models import Post, Tag
from people.actors import system_actor
from people.enums import OfficeCode
from tests.conftest import Cast, sign_in
from tests.factories import news, people

DESK = "/lam-viec/tin-bai/"
NEW = f"{DESK}viet-moi/"


def test_a_tag_is_one_whoever_types_it(cast: Cast) -> None:
    first = actions.add_tag(
        by=system_actor(), unit=cast.ward, name="  Tết   Nhân ái ", kind=TagKind.PROGRAMME
    )
    assert (first.name, first.get_absolute_url()) == ("Tết Nhân ái", "/tin-tuc/chuong-trinh/tet-nhan-ai/")
    assert actions.add_tag(by=system_actor(), unit=cast.ward, name="tet nhan ai") == first
    assert Tag.objects.count() == 1
    with pytest.raises(Refused):
        actions.add_tag(by=system_actor(), unit=cast.ward, name="!!!")


def test_a_publisher_makes_a_programme_in_the_editor_and_a_writer_chooses_it(cast: Cast) -> None:
    """A word that becomes a programme keeps its posts, and its old address leads on."""
    word = actions.add_tag(by=system_actor(), unit=cast.ward, name="Tết Nhân ái")
    old = news.published(cast.ward, "Bài cũ", tags=[word])
    typed = {"category": news.category().pk, "unit": cast.ward.pk, "summary": "Tóm tắt.", "version": ""}
    publisher = people.officer(OfficeCode.PUBLISHER, cast.city)
    asked = {**typed, "title": "Bài một", "tags": "quà Tết", "new_programme": "Tết nhân ái"}
    assert sign_in(publisher).post(NEW, asked).status_code == 302
    programme = Tag.objects.get(kind=TagKind.PROGRAMME)
    assert (programme.pk, list(programme.posts.order_by("pk"))) == (
        word.pk,
        [old, Post.objects.get(title="Bài một")],
    )
    answer = Client().get("/tin-tuc/the/tet-nhan-ai/")
    assert (answer.status_code, answer["Location"]) == (301, "/tin-tuc/chuong-trinh/tet-nhan-ai/")

    writer = sign_in(cast.unit_officer)
    assert 'name="new_programme"' not in writer.get(NEW).content.decode()
    asked = {**typed, "title": "Bài hai", "programme": programme.pk, "new_programme": "Chương trình lạ"}
    writer.post(NEW, asked)
    post = Post.objects.get(title="Bài hai")
    assert (list(post.tags.all()), Tag.objects.filter(kind=TagKind.PROGRAMME).count()) == ([programme], 1)
    page = writer.get(f"{DESK}{post.pk}/").content.decode()
    assert f'<option value="{programme.pk}" selected>Tết Nhân ái</option>' in page
    refused = sign_in(publisher).post(NEW, {**typed, "title": "Bài ba", "new_programme": "!!!"})
    assert (refused.status_code, Post.objects.filter(title="Bài ba").exists()) == (422, False)


def test_a_post_gets_and_loses_tags_and_is_a_version_further(cast: Cast) -> None:
    words = [
        actions.add_tag(by=system_actor(), unit=cast.ward, name=name) for name in ("Hiến máu", "Thanh niên")
    ]
    post = news.post(cast.ward, tags=words[:1])
    assert list(post.tags.all()) == words[:1]
    post = actions.edit_post(by=system_actor(), post=post, version=1, values={"tags": words})
    assert (list(post.tags.all()), post.version) == (words, 2)
    post = actions.edit_post(by=system_actor(), post=post, version=2, values={"tags": words})
    assert post.version == 2


def test_one_page_shows_every_tag_readers_can_follow(cast: Cast, settings: Settings) -> None:
    settings.PAGE_CACHE = False
    by, ward = system_actor(), cast.ward
    names = ("Ốm đau", "Ánh sáng", "An toàn", "Chưa dùng")
    words = [actions.add_tag(by=by, unit=ward, name=name) for name in names]
    programme = actions.add_tag(by=by, unit=ward, name="Tết Nhân ái", kind=TagKind.PROGRAMME)
    news.published(ward, "Một", tags=[*words[:2], programme])
    news.post(ward, "Nháp", tags=[words[3]])

    def asked() -> tuple[int, str]:
        with CaptureQueriesContext(connection) as queries:
            page = Client().get("/tin-tuc/the/")
        return len(queries), page.content.decode()

    few, _page = asked()
    news.published(ward, "Hai", tags=words[:3])
    many, page = asked()
    assert few == many
    places = [page.index(f">{name} <") for name in ("Tết Nhân ái", "An toàn", "Ánh sáng", "Ốm đau")]
    assert places == sorted(places)
    assert ("Chưa dùng" in page, '2<span class="rc-ear"> bài</span>' in page) == (False, True)
    for path in ("/tin-tuc/", words[0].get_absolute_url(), programme.get_absolute_url()):
        assert 'href="/tin-tuc/the/"' in Client().get(path).content.decode()
    assert "/tin-tuc/the/</loc>" in Client().get("/sitemap/trang.xml").content.decode()
