"""Reading: lists, what stands around a post, the story that leads, most read, and the search."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from foundation.dates import ZONE, today
from foundation.refusal import Refused
from foundation.text import excerpt
from news import actions, queries
from news.counters import COUNTS
from news.enums import TagKind
from news.models import Post, Reading
from people.actors import system_actor
from people.enums import OfficeCode
from tests.conftest import Cast, sign_in
from tests.factories import documents, news, people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def uncached(settings: Settings) -> None:
    settings.PAGE_CACHE = False
    COUNTS.counted.clear()


def page(path: str, **given: Any) -> str:
    response = Client().get(path, given)
    assert response.status_code == 200, path
    return response.content.decode()


def asked(path: str) -> int:
    page(path)
    with CaptureQueriesContext(connection) as told:
        page(path)
    return len(told)


def tagged(cast: Cast, title: str, *names: str, **values: Any) -> Post:
    tags = [actions.add_tag(by=system_actor(), unit=cast.ward, name=name) for name in names]
    return news.published(cast.ward, title, tags=tags, **values)


def test_each_list_shows_its_own_posts(cast: Cast) -> None:
    by = system_actor()
    programme = actions.add_tag(by=by, unit=cast.city, name="Tết Nhân ái", kind=TagKind.PROGRAMME)
    branch = people.unit("Chi hội khu phố 1", cast.ward, code="P001-KP01")
    old = datetime(2024, 12, 31, 23, 30, tzinfo=ZONE)
    news.published(branch, "Bài của chi hội", tags=[programme], at=old)
    tagged(cast, "Bài có thẻ", "Thanh niên")
    news.published(cast.other_ward, "Bài của phường bạn", at=old + timedelta(hours=1))
    told = {
        "/tin-tuc/the/thanh-nien/": ["Bài có thẻ"],
        "/tin-tuc/chuong-trinh/tet-nhan-ai/": ["Bài của chi hội"],
        "/tin-tuc/don-vi/P001/": ["Bài có thẻ", "Bài của chi hội"],
        "/tin-tuc/don-vi/P002/": ["Bài của phường bạn"],
        "/tin-tuc/nam/2024/": ["Bài của chi hội"],
        "/tin-tuc/nam/2025/": ["Bài của phường bạn"],
    }
    titles = ["Bài có thẻ", "Bài của phường bạn", "Bài của chi hội"]
    for path, expected in told.items():
        shown = page(path)
        assert [title for title in titles if f">{title}</a>" in shown] == expected, path
    for path in (
        "/tin-tuc/don-vi/KHONG/",
        "/tin-tuc/nam/20260/",
        "/tin-tuc/nam/1/",
    ):
        assert Client().get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/tin-tuc/the/thanh-nien/",
        "/tin-tuc/the/thanh-nien/atom/",
        "/tin-tuc/don-vi/P001/",
        f"/tin-tuc/nam/{today().year}/",
        "/tim-kiem/?q=ngay+hoi",
        "/sitemap/trang.xml",
        "/sitemap/tin-moi.xml",
    ],
)
def test_a_page_of_one_and_of_four_takes_the_same_queries(cast: Cast, path: str) -> None:
    tagged(cast, "Ngày hội 1", "Thanh niên", cover=news.picture(cast.ward))
    one = asked(path)
    for number in range(3):
        tagged(cast, f"Ngày hội 2{number}", "Thanh niên", "Hiến máu", cover=news.picture(cast.ward))
    assert asked(path) == one


def test_an_article_leads_on_to_what_is_near(cast: Cast) -> None:
    other = news.category("thong-bao")
    days = [timezone.now() - timedelta(days=number) for number in range(1, 6)]
    akin = tagged(cast, "Cùng thẻ", "Thanh niên", category=other, at=days[4])
    older = news.published(cast.ward, "Bài cũ hơn", category=other, at=days[3])
    post = tagged(cast, "Bài đọc", "Thanh niên", at=days[2])
    newer = news.published(cast.ward, "Bài mới hơn", category=other, at=days[1])
    same = news.published(cast.ward, "Cùng chuyên mục", at=days[0])
    article = queries.article(post.slug, timezone.now())
    assert article is not None
    around = queries.around(article.card, timezone.now())
    assert [card.pk for card in around.related] == [akin.pk, same.pk, newer.pk]
    assert (around.older and around.older.pk, around.newer and around.newer.pk) == (older.pk, newer.pk)
    shown = page(post.get_absolute_url())
    assert f'rel="prev" href="{older.get_absolute_url()}"' in shown
    assert f'rel="next" href="{newer.get_absolute_url()}"' in shown
    assert 'rel="tag" href="/tin-tuc/the/thanh-nien/"' in shown
    assert asked(post.get_absolute_url()) == 2


def test_the_editor_chooses_the_story_that_leads(cast: Cast) -> None:
    first = news.published(cast.ward, "Bài được chọn", at=timezone.now() - timedelta(days=9))
    news.published(cast.ward, "Bài mới nhất")
    publisher = sign_in(people.officer(OfficeCode.PUBLISHER, cast.city))
    until = timezone.localtime() + timedelta(days=1)
    assert "Chưa chọn bài nào" in publisher.get("/lam-viec/trang-dau/").content.decode()
    path = f"/lam-viec/trang-dau/{first.pk}/"
    too_long = until + timedelta(days=20)
    assert publisher.post(path, {"until": too_long.strftime("%Y-%m-%dT%H:%M")}).status_code == 422
    publisher.post(path, {"until": until.strftime("%Y-%m-%dT%H:%M")})
    shown = page("/")
    assert shown.index("Bài được chọn") < shown.index("Bài mới nhất")
    assert queries.lead_story(until + timedelta(minutes=1)) is None
    publisher.post(f"{path}thoi/")
    shown = page("/")
    assert shown.index("Bài mới nhất") < shown.index("Bài được chọn")
    with pytest.raises(Refused):
        actions.choose_lead(by=system_actor(), post=news.post(cast.ward, "Nháp"), until=until)


def test_most_read_is_counted_without_touching_a_post_or_a_reader(cast: Cast) -> None:
    posts = [news.published(cast.ward, f"Bài {number}") for number in range(3)]
    before = {post.pk: Post.objects.get(pk=post.pk).changed_at for post in posts}
    reader = Client()
    for post, times in zip(posts, (2, 4, 1), strict=True):
        for _time in range(times):
            response = reader.get(post.get_absolute_url())
            assert not response.cookies
    Client(headers={"user-agent": "Googlebot/2.1"}).get(posts[2].get_absolute_url())
    Client(headers={"sec-purpose": "prefetch"}).get(posts[2].get_absolute_url())
    reader.get("/tin-tuc/khong-co/")
    assert Reading.objects.count() == 0
    assert (COUNTS.write(), COUNTS.write()) == (7, 0)
    reader.get(posts[2].get_absolute_url())
    COUNTS.write()
    told = dict(Reading.objects.values_list("post", "count"))
    assert told == {posts[0].pk: 2, posts[1].pk: 4, posts[2].pk: 2}
    read = queries.most_read(timezone.now(), 2)
    assert [card.title for card in read] == ["Bài 1", "Bài 2"]
    assert {post.pk: Post.objects.get(pk=post.pk).changed_at for post in posts} == before
    assert "Đọc nhiều trong tuần" in page("/")
    Reading.objects.update(on=today() - timedelta(days=7))
    assert queries.most_read(timezone.now(), 2) == []


def test_the_home_page_takes_the_same_queries_whatever_it_shows(cast: Cast) -> None:
    post = news.published(cast.ward)
    Reading.objects.create(post=post, on=today(), count=3)
    one = asked("/")
    for number in range(25):
        more = news.published(cast.ward, f"Bài {number}", category=news.category("thong-bao"))
        Reading.objects.create(post=more, on=today(), count=number + 1)
    assert asked("/") == one
    assert 'id="muc-thong-bao"' in page("/")


def test_search_is_ranked_marked_and_narrowed(cast: Cast) -> None:
    in_text = news.published(
        cast.ward,
        "Hội thảo",
        body="<p>" + "Lời dẫn dài. " * 40 + "Thi hành nghị quyết số 98 của Quốc hội.</p>",
    )
    in_title = news.published(
        cast.other_ward, "Nghị quyết 98 đi vào đời sống", at=timezone.now() - timedelta(days=800)
    )
    document = documents.published(cast.ward, number="98/2023/QH15", title="Nghị quyết 98 về cơ chế đặc thù")
    news.published(cast.ward, "Ngày hội")
    assert in_title.publish_at is not None
    found = queries.find("nghi quyet 98", {}, timezone.now(), 1, 12)
    assert (found.posts, found.documents) == (2, 1)
    assert {hit.url for hit in found.hits[:2]} == {in_title.get_absolute_url(), document.get_absolute_url()}
    assert found.hits[2].url == in_text.get_absolute_url()
    assert "".join(piece for piece, is_match in found.hits[2].text if is_match) == "nghịquyết98"
    # An album beside them: by title and summary, from its day on, without accents, with its own filter.
    album = news.album(cast.ward, "Ảnh Nghị quyết 98 ra mắt")
    news.album(cast.ward, "Nghị quyết 98, chưa đăng", is_public=False)
    with CaptureQueriesContext(connection) as queried:
        of_all = queries.find("nghi quyet 98", {}, timezone.now(), 1, 12)
    assert (of_all.albums, of_all.total, len(queried)) == (1, 4, 4)
    year = str(today().year)
    for narrowed in ({"loai": "album"}, {"loai": "album", "don-vi": "P001", "nam": year}):
        (hit,) = queries.find("ANH nghi quyet", narrowed, timezone.now(), 1, 12).hits
        assert (hit.url, hit.kind, hit.note) == (album.get_absolute_url(), "album", cast.ward.name)
    assert queries.find("nghi quyet", {"loai": "album", "nam": "2020"}, timezone.now(), 1, 12).total == 0
    for kind in ("album", "van-ban"):  # neither has a category
        asked = {"loai": kind, "muc": "hien-mau"}
        assert queries.find("nghi quyet", asked, timezone.now(), 1, 12).total == 0
    shown = page("/tim-kiem/", q="nghi quyet", loai="album")
    assert "Ảnh <mark>Nghị</mark> <mark>quyết</mark> 98 ra mắt" in shown
    shown = page("/tim-kiem/", q="NGHI  quyet 98", loai="bai", nam=str(in_title.publish_at.year))
    assert ("<mark>Nghị</mark> <mark>quyết</mark> <mark>98</mark>" in shown, "Hội thảo" in shown) == (
        True,
        False,
    )
    for narrowed, count in (({"muc": "hien-mau"}, 2), ({"don-vi": "P002"}, 1), ({"loai": "van-ban"}, 1)):
        assert queries.find("nghi quyet 98", narrowed, timezone.now(), 1, 12).total == count
    for nothing in ("", "!!!", "\x00", "' OR 1=1 --", "nghi & | ! :* ()"):
        assert Client().get("/tim-kiem/", {"q": nothing}).status_code == 200
    assert Client().get("/tim-kiem/", {"q": "nghi", "trang": "99"}).status_code == 404
    assert Client().get("/tim-kiem/", {"q": "nghi", "nam": "abcd", "muc": "x'"}).status_code == 200
    assert Client().get("/tin-tuc/", {"q": "nghi quyet"})["Location"] == "/tim-kiem/?q=nghi+quyet"


def test_an_excerpt_shows_where_the_words_stand_together() -> None:
    text = "Nghị định cũ. " + "chữ " * 100 + "Nghị quyết 98 ở đây. " + "chữ " * 100
    shown = excerpt(text, "nghi quyet 98")
    assert ("Nghị quyết 98 ở đây." in shown, shown[0], shown[-1], len(shown) < 230) == (True, "…", "…", True)
    assert excerpt("ngắn", "x") == "ngắn"
