"""The library: found without accents, filtered, described; fifty at once; what is no picture is told."""

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from foundation.refusal import Refused
from news import actions
from news.enums import Ground
from news.models import Picture, Post
from news.queries import media
from news.rules.publishing import missing_of_picture
from people.actors import system_actor
from people.enums import OfficeCode
from tests.conftest import Cast, sign_in
from tests.factories import news, people

pytestmark = pytest.mark.django_db
LIBRARY = "/lam-viec/tin-bai/anh/"


@pytest.fixture
def publisher(cast: Cast) -> Any:
    return sign_in(people.officer(OfficeCode.PUBLISHER, cast.ward))


def test_found_without_accents_and_by_every_filter(cast: Cast, publisher: Client) -> None:
    tag = actions.tags.add_tag(by=system_actor(), unit=cast.ward, name="Hiến máu")
    one = news.picture(
        cast.ward,
        news.jpeg(700),
        alt="Bàn tiếp đón",
        event="Ngày hội tháng Sáu",
        licence="own",
        ground=Ground.PUBLIC_ACTIVITY,
        proof="Bảng thông báo ở cổng",
        tags=[tag],
    )
    news.picture(cast.ward, news.jpeg(710), alt="Mái nhà mới", ground="")
    news.picture(cast.other_ward, news.jpeg(720), alt="Bàn tiếp đón nơi khác")
    asked = (
        "q=ban+tiep",
        "the=hien-mau",
        "su-kien=Ngày hội tháng Sáu",
        "giay-phep=own",
        "can-cu=public_activity",
    )
    for query in asked:
        page = publisher.get(f"{LIBRARY}?{query}")
        assert [picture.pk for picture in page.context["page"]] == [one.pk], query
    lacking = publisher.get(f"{LIBRARY}?tinh-trang=thieu").context["page"]
    assert [picture.alt for picture in lacking] == ["Mái nhà mới"]


def test_lacking_is_the_same_asked_of_one_or_of_all(cast: Cast) -> None:
    made = [
        news.picture(
            cast.ward, news.jpeg(640 + n), alt=alt, ground=ground, proof=proof, representative_proof=who
        )
        for n, (alt, ground, proof, who) in enumerate(
            (alt, ground, proof, who)
            for alt in ("Ảnh", "")
            for ground in ("", *Ground.values)
            for proof, who in (("", ""), ("Phiếu 1", ""), ("Phiếu 1", "Phiếu 2"), (" ", " "))
        )
    ]
    told = {picture.pk for picture in made if missing_of_picture(picture.facts)}
    assert set(Picture.objects.filter(media.lacks_proof()).values_list("pk", flat=True)) == told


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow(
    cast: Cast, publisher: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    made = [news.picture(cast.ward, news.jpeg(640 + n), event=f"Việc {n}") for n in range(count)]
    album = news.album(cast.ward, pictures=made)
    for page, most in (
        (LIBRARY, 14),
        (f"{LIBRARY}{made[0].pk}/", 20),
        ("/lam-viec/tin-bai/album/", 11),
        (f"/lam-viec/tin-bai/album/{album.pk}/", 13),
        ("/lam-viec/tin-bai/phim/", 11),
    ):
        with django_assert_max_num_queries(most):
            assert publisher.get(page).status_code == 200, page


def test_described_with_focal_point_and_tags(cast: Cast, publisher: Client) -> None:
    picture = news.picture(cast.ward)
    values = {"alt": "Sân trường", "focal_x": "20", "focal_y": "80", "tags": "Học đường, hoc duong, Mùa hè"}
    answer = publisher.post(
        f"{LIBRARY}{picture.pk}/", values | {"taken_on": "2026-06-14", "ground": "no_people"}
    )
    assert answer.status_code == 302
    picture.refresh_from_db()
    assert (picture.focal_class, picture.taken_on) == ("rc-fx-2 rc-fy-8", date(2026, 6, 14))
    assert sorted(tag.name for tag in picture.tags.all()) == ["Học đường", "Mùa hè"]


def test_many_at_once_each_with_its_answer(cast: Cast, publisher: Client) -> None:
    files = [news.upload(news.jpeg(600 + n), f"DSC_{n}.JPG", "image/jpeg") for n in range(3)]
    files.append(news.upload(b"<svg onload='alert(1)'>", "../../etc/passwd.jpg", "image/jpeg"))
    answer = publisher.post(
        f"{LIBRARY}nhan-anh/", {"unit": cast.ward.pk, "event": "Ngày hội", "files": files}
    )
    assert answer.status_code == 422
    assert "không đọc được" in answer.content.decode() or "không phải" in answer.content.decode()
    assert sorted(Picture.objects.values_list("name", "event")) == [
        (f"DSC_{n}.JPG", "Ngày hội") for n in range(3)
    ]
    one = publisher.post(
        f"{LIBRARY}nhan-anh/",
        {"unit": cast.ward.pk, "files": [news.upload(news.jpeg(600), "../x/DSC_0.JPG", "image/jpeg")]},
        headers={"accept": "application/json"},
    )
    told = json.loads(one.content)
    assert told["note"] == "Đơn vị đã có ảnh này; không nhận hai lần."
    bad = publisher.post(
        f"{LIBRARY}nhan-anh/",
        {"unit": cast.ward.pk, "files": [news.upload(b"%PDF-1.7 /JS", "a.jpg", "image/jpeg")]},
        headers={"accept": "application/json"},
    )
    assert (bad.status_code, bool(json.loads(bad.content)["note"])) == (422, True)


def test_the_place_of_a_photo_is_kept_nowhere(cast: Cast) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Máy ảnh mẫu"
    exif.get_ifd(0x8825).update({1: "N", 2: (10.0, 46.0, 33.0), 3: "E", 4: (106.0, 42.0, 2.0)})
    picture = news.picture(cast.ward, news.jpeg(exif=exif))
    from django.core.files.storage import default_storage

    with default_storage.open(picture.master_name) as file:
        data = file.read()
        image = Image.open(file)
        assert (dict(image.getexif()), image.info.get("xmp"), b"Exif" in data) == ({}, None, False)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("không có gì", "Tệp không có phụ đề nào."),
        ("WEBVTT\n\n00:05.000 --> 00:01.000\nA", "kết thúc trước khi bắt đầu"),
        ("WEBVTT\n\n1:2 --> x\nA", "ghi sai thời điểm"),
    ],
)
def test_captions_that_are_none_are_told(cast: Cast, text: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.describe_video(
            by=system_actor(), video=news.video(cast.ward), title="", poster=None, captions=text.encode()
        )
    assert sentence in str(refused.value)


def test_a_cover_is_chosen_from_the_library_with_all_that_is_known_of_it(cast: Cast) -> None:
    first = news.picture(cast.ward, alt="Ảnh cũ")
    second = news.picture(cast.ward, alt="Hàng người chờ hiến máu", focal_x=20, focal_y=80)
    theirs = news.picture(cast.other_ward, alt="Ảnh nơi khác")
    post = news.post(cast.ward, cover=first)
    client = sign_in(cast.unit_officer)
    path = f"/lam-viec/tin-bai/{post.pk}/"
    page = client.get(path).content.decode()
    assert [one in page for one in ("Hàng người chờ hiến máu", "Ảnh nơi khác")] == [True, False]
    found = client.get("/lam-viec/tin-bai/anh/chon/?ten=anh-chosen&q=hang nguoi").content.decode()
    assert f'type="radio" name="anh-chosen" value="{second.pk}"' in found
    given = {"title": post.title, "summary": post.summary, "body": post.body, "category": post.category_id}
    given |= {"unit": cast.ward.pk, "version": 1, "cover": first.pk, "anh-alt": "Ảnh cũ", "anh-focal_x": 7}
    refused = client.post(path, given | {"title": "", "anh-chosen": second.pk})
    shown = refused.content.decode()
    assert (refused.status_code, f'name="cover" value="{second.pk}"' in shown) == (422, True)
    assert 'value="Hàng người chờ hiến máu"' in shown  # its own words, not those of the cover before
    assert client.post(path, given | {"anh-chosen": theirs.pk}).status_code == 422
    assert client.post(path, given | {"anh-chosen": second.pk}).status_code == 302
    post.refresh_from_db()
    second.refresh_from_db()
    assert (post.cover, second.alt, second.focal_x) == (second, "Hàng người chờ hiến máu", 20)
    # What the city put there from its own library stays when the ward saves.
    Post.objects.filter(pk=post.pk).update(cover=theirs)
    assert client.post(path, given | {"version": 2, "cover": theirs.pk, "anh-alt": "Khác"}).status_code == 302
    post.refresh_from_db()
    theirs.refresh_from_db()
    assert (post.cover, theirs.alt) == (theirs, "Ảnh nơi khác")
