"""Albums: put in order, public only when every picture may be shown, read on a page of their own."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from foundation.refusal import Refused
from news import actions, embeds
from news.actions.albums import AlbumChanged, Placed
from news.enums import Ground
from news.media_forms import placed_of
from news.models import Album, Picture
from news.queries import media
from news.rules.embeds import box
from people.actors import system_actor
from people.enums import OfficeCode
from tests.conftest import Cast, sign_in
from tests.factories import news, people

pytestmark = pytest.mark.django_db
WARD = OfficeCode.UNIT_OFFICER


@pytest.fixture(autouse=True)
def fresh_pages(settings: Any) -> None:
    settings.PAGE_CACHE = False


def pictures(cast: Cast, count: int) -> list[Picture]:
    return [
        news.picture(cast.ward, news.jpeg(640 + n, 400), alt=f"Ảnh {n}", caption=f"Chú thích {n}")
        for n in range(count)
    ]


def test_an_album_is_public_when_every_picture_may_be_shown(cast: Cast) -> None:
    blocked = news.picture(cast.ward, news.jpeg(500), ground=Ground.CHILD, proof="Phiếu 12")
    album = news.album(cast.ward, pictures=[news.picture(cast.ward), blocked], is_public=False)
    assert Client().get(album.get_absolute_url()).status_code == 404
    with pytest.raises(Refused) as refused:
        actions.publish_album(by=system_actor(), album=album)
    assert [str(reason.text) for reason in refused.value.reasons] == [
        "Ảnh thứ 2: Ghi rõ giấy đồng ý của người đại diện."
    ]
    actions.describe_picture(
        by=system_actor(), picture=blocked, about={"representative_proof": "Phiếu 12, mặt sau"}
    )
    actions.publish_album(by=system_actor(), album=album)
    assert Client().get(album.get_absolute_url()).status_code == 200


def test_its_page_shows_the_pictures_in_order_with_captions(cast: Cast) -> None:
    one, two = pictures(cast, 2)
    album = actions.make_album(
        by=system_actor(),
        unit=cast.ward,
        values={"title": "Ngày hội hiến máu", "summary": "Sáng 14/06."},
        pictures=[Placed(two.pk, "Bàn tiếp đón"), Placed(one.pk)],
    )
    actions.publish_album(by=system_actor(), album=album)
    shown = media.album_shown("ngay-hoi-hien-mau")
    assert shown is not None
    assert [(item.pk, item.cover.caption) for item in shown.items] == [
        (two.pk, "Bàn tiếp đón"),
        (one.pk, "Chú thích 0"),
    ]
    page = Client().get("/tin-tuc/album/ngay-hoi-hien-mau/").content.decode()
    assert page.index("Bàn tiếp đón") < page.index("Chú thích 0")
    assert f'href="/{two.master_name}"' in page
    assert Client().get("/tin-tuc/album/").content.decode().count("Ngày hội hiến máu") == 1


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow(cast: Cast, count: int, django_assert_num_queries: Any) -> None:
    made = [news.album(cast.ward, f"Ảnh {n}", pictures(cast, count)) for n in range(count)]
    with django_assert_num_queries(2):
        assert Client().get(made[0].get_absolute_url()).status_code == 200
    with django_assert_num_queries(3):
        assert Client().get("/tin-tuc/album/").status_code == 200
    with django_assert_num_queries(2):
        assert len(media.albums_shown([album.pk for album in made])) == count


def test_an_album_comes_out_with_the_post_that_shows_it(cast: Cast) -> None:
    """A ward puts its own album into a draft; readers see it with the post, other wards not before."""
    album = news.album(cast.ward, pictures=pictures(cast, 2), is_public=False)
    kind = embeds.KINDS["album"]
    writer, other = (people.actor(one) for one in (cast.unit_officer, people.officer(WARD, cast.other_ward)))
    told = [kind.choice(one).note for one in kind.found(writer, "")]
    assert (told, list(kind.found(other, ""))) == (["Chưa đăng: sẽ ra cùng bài"], [])
    body = f"<p>Lời.</p>{box('album', album.pk)}"
    assert ["Ảnh 0" in embeds.show(body, by=one).html for one in (writer, other, None)] == [
        True,
        False,
        False,
    ]

    post = news.post(cast.ward, body=body)
    tomorrow = timezone.now() + timedelta(days=1)
    actions.publish_post(by=system_actor(), post=post, version=1, at=tomorrow)
    assert Client().get(album.get_absolute_url()).status_code == 404
    actions.publish_post(by=system_actor(), post=post, version=1)
    page = Client().get(post.get_absolute_url()).content.decode()
    assert ("Ảnh 1" in page, Client().get(album.get_absolute_url()).status_code) == (True, 200)

    blocked = news.album(cast.ward, "Album thiếu", [news.picture(cast.ward, ground="")], is_public=False)
    draft = news.post(cast.ward, body=f"<p>Lời.</p>{box('album', blocked.pk)}")
    with pytest.raises(Refused, match="Ảnh thứ 1"):
        actions.propose_post(by=writer, post=draft)


def test_two_editors_lose_nothing(cast: Cast) -> None:
    album = news.album(cast.ward)
    actions.edit_album(by=system_actor(), album=album, version=1, values={"title": "Tên thứ hai"})
    with pytest.raises(AlbumChanged):
        actions.edit_album(by=system_actor(), album=album, version=1, values={"title": "Tên thứ ba"})
    assert Album.objects.get().title == "Tên thứ hai"


def test_one_taken_down_is_gone_with_its_reason(cast: Cast) -> None:
    album = news.album(cast.ward)
    with pytest.raises(Refused):
        actions.take_down_album(by=system_actor(), album=album, reason=" ")
    actions.take_down_album(by=system_actor(), album=album, reason="Người trong ảnh đề nghị")
    assert Client().get(album.get_absolute_url()).status_code == 404
    assert media.albums_shown([album.pk]) == {}


def test_a_picture_given_the_place_of_another_stands_there(cast: Cast) -> None:
    post = QueryDict(mutable=True)
    post.setlist("picture", ["11", "12", "13", "14"])
    places = {"11": "1", "12": "2", "13": "3", "14": "1"}
    post.update({f"place-{pk}": place for pk, place in places.items()})
    assert [one.picture for one in placed_of(post)] == [14, 11, 12, 13]
    post["place-14"], post["place-11"], post["drop-12"] = "4", "3", "1"
    assert [one.picture for one in placed_of(post)] == [13, 11, 14]


def test_pictures_are_chosen_on_a_wall_of_those_one_may_use(cast: Cast) -> None:
    mine = news.picture(cast.ward, alt="Sân hiến máu")
    news.picture(cast.ward, alt="", ground="")
    news.picture(cast.other_ward, alt="Sân nơi khác")
    client = sign_in(cast.unit_officer)
    address = "/lam-viec/tin-bai/anh/chon/"
    page = client.get(f"{address}?ten=add&q=san").content.decode()
    assert (page.count("data-rc-choice"), f'value="{mine.pk}"' in page) == (1, True)
    assert client.get(f"{address}?ten=add").content.decode().count("data-rc-choice") == 2
    assert client.get(f"{address}?ten=poster&du=1").content.decode().count('type="radio"') == 1
    assert client.get(f"{address}?ten=add&co={mine.pk}").content.decode().count("data-rc-choice") == 1
    assert client.get(f"{address}?ten=x").status_code == 404
    shown = client.get(
        f"/lam-viec/tin-bai/album/{news.album(cast.ward, pictures=[mine]).pk}/"
    ).content.decode()
    assert ("chỉ người duyệt đăng sửa được" in shown, "rc-places" in shown) == (True, False)
    album = news.album(cast.ward, "Còn sửa", is_public=False)
    answer = client.post(
        f"/lam-viec/tin-bai/album/{album.pk}/",
        {"title": "", "version": album.version, "add": [mine.pk], "picture": []},
    )
    assert answer.status_code == 422
    assert f'value="{mine.pk}" checked' in answer.content.decode()


def test_what_was_typed_stays_and_is_saved_again_once_looked_at(cast: Cast) -> None:
    (one,) = pictures(cast, 1)
    album = news.album(cast.ward, pictures=[one], is_public=False)
    client = sign_in(cast.unit_officer)
    address = f"/lam-viec/tin-bai/album/{album.pk}/"
    typed = {"title": "Của tôi", "version": 1, "picture": [one.pk], f"caption-{one.pk}": "Lời gõ"}
    actions.edit_album(by=system_actor(), album=album, version=1, values={"title": "Của người khác"})
    page = client.post(address, typed)
    assert page.status_code == 422
    told = page.content.decode()
    assert ("Của tôi" in told, 'value="Lời gõ"' in told, 'name="version" value="2"' in told) == (True,) * 3
    assert client.post(address, typed | {"version": 2}).status_code == 302
    album.refresh_from_db()
    assert (album.title, album.items.get().caption) == ("Của tôi", "Lời gõ")
