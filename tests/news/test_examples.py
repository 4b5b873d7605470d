"""Good examples: proposed by a unit, returned, approved with the person's consent, shown, told in a post."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from foundation.refusal import Refused
from news.actions.examples import propose_example
from news.enums import ExampleKind, ExampleState, Ground
from news.models import Example, Post
from news.panels import good_examples as queue
from people.actors import system_actor
from people.enums import OfficeCode
from people.models import Person
from tests.conftest import Cast, sign_in
from tests.factories import documents, news, people

pytestmark = pytest.mark.django_db
DESK = "/lam-viec/guong-dien-hinh/"


@pytest.fixture(autouse=True)
def uncached(settings: Settings) -> None:
    settings.PAGE_CACHE = False


@pytest.fixture
def publisher(cast: Cast) -> Person:
    return people.officer(OfficeCode.PUBLISHER, cast.city)


def typed(cast: Cast, **values: Any) -> dict[str, Any]:
    given = {
        "unit": cast.ward.pk,
        "kind": ExampleKind.PERSON,
        "name": "Bà Mẫu",
        "title": "Bà Mẫu và tủ thuốc",
    }
    return given | {"summary": "Hai mươi năm giữ tủ thuốc.", "story": documents.STORY} | values


def test_a_unit_proposes_the_city_returns_then_approves_and_a_post_is_written(
    cast: Cast, publisher: Person
) -> None:
    picture = news.picture(cast.ward)
    unit, city = sign_in(cast.unit_officer), sign_in(publisher)
    unit.post(f"{DESK}moi/", typed(cast))
    one = Example.objects.get()
    unit.post(f"{DESK}{one.pk}/", typed(cast, version=1, pictures=[picture.pk]))
    unit.post(f"{DESK}{one.pk}/de-xuat/")
    assert [item.url for item in queue(people.actor(publisher))] == [f"{DESK}{one.pk}/"]
    page = city.post(f"{DESK}{one.pk}/tra-lai/", {"reason": ""})
    assert page.status_code == 422
    city.post(f"{DESK}{one.pk}/tra-lai/", {"reason": "Thêm số người được giúp"})
    assert "Thêm số người được giúp" in unit.get(f"{DESK}{one.pk}/").content.decode()
    assert [item.url for item in queue(people.actor(cast.unit_officer))] == [f"{DESK}{one.pk}/"]
    unit.post(f"{DESK}{one.pk}/de-xuat/")
    assert Client().get(one.get_absolute_url()).status_code == 404
    city.post(f"{DESK}{one.pk}/duyet/")
    for path in ("/guong-dien-hinh/", "/guong-dien-hinh/rss/", "/guong-dien-hinh/?q=ba+mau&loai=person"):
        assert "Bà Mẫu và tủ thuốc" in Client().get(path).content.decode()
    shown = Client().get(one.get_absolute_url()).content.decode()
    assert picture.sources["src"] in shown
    city.post(f"{DESK}{one.pk}/viet-bai/", {"category": news.category().pk})
    post = Post.objects.get()
    assert (post.title, post.cover, post.unit) == ("Bà Mẫu và tủ thuốc", picture, cast.ward)
    city.post(f"{DESK}{one.pk}/go-xuong/", {"reason": "Bà rút lại sự đồng ý"})
    assert Client().get(one.get_absolute_url()).status_code == 404


def test_who_is_named_has_agreed_or_nothing_is_shown(cast: Cast) -> None:
    one = documents.example(cast.ward, names_person=True, kind=ExampleKind.PERSON)
    with pytest.raises(Refused, match="đồng ý"):
        propose_example(by=system_actor(), example=one)
    page = sign_in(cast.unit_officer).get(f"{DESK}{one.pk}/").content.decode()
    assert "Còn thiếu" in page
    shown = documents.shown_example(cast.ward, "Có giấy", names_person=True, consent="Giấy ngày 03/10/2026")
    assert shown.state == ExampleState.PUBLISHED


def test_a_short_story_or_an_unproven_picture_stops_it(cast: Cast) -> None:
    short = documents.example(cast.ward, story="Vài chữ.")
    with pytest.raises(Refused, match="50"):
        propose_example(by=system_actor(), example=short)
    client = sign_in(cast.unit_officer)
    one = documents.example(cast.ward, "Ảnh chưa có căn cứ")
    picture = news.picture(cast.ward, ground=Ground.CONSENT)
    client.post(f"{DESK}{one.pk}/", typed(cast, version=1, pictures=[picture.pk]))
    assert one.example_pictures.count() == 1
    page = client.post(f"{DESK}{one.pk}/de-xuat/")
    assert (page.status_code, Example.objects.get(pk=one.pk).state) == (422, ExampleState.DRAFT)


def test_two_editors_at_once_lose_nothing(cast: Cast) -> None:
    one = documents.example(cast.ward)
    client = sign_in(cast.unit_officer)
    for title, status in (("Người thứ nhất", 302), ("Người thứ hai", 422)):
        page = client.post(f"{DESK}{one.pk}/", typed(cast, version=1, title=title))
        assert page.status_code == status
    assert "Người khác" in page.content.decode()
    assert 'value="Người thứ hai"' in page.content.decode()
    assert Example.objects.get().title == "Người thứ nhất"


def test_other_units_neither_see_nor_change_it(cast: Cast) -> None:
    one = documents.example(cast.ward)
    other = people.officer(OfficeCode.UNIT_OFFICER, cast.other_ward, "Người Khác")
    assert sign_in(other).get(f"{DESK}{one.pk}/").status_code == 404


@pytest.mark.parametrize("path", ["/guong-dien-hinh/", DESK])
def test_lists_of_one_and_of_three_take_the_same_queries(cast: Cast, publisher: Person, path: str) -> None:
    client = sign_in(publisher) if path == DESK else Client()

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    documents.shown_example(cast.ward)
    client.get(path)
    one = asked()
    documents.shown_example(cast.ward, "Hai")
    documents.shown_example(cast.other_ward, "Ba")
    assert asked() == one
