"""The page cache: fresh after a publish, closed to poison, open when Valkey is gone."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.shortcuts import render
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from redis import Redis

from news import actions, page_cache
from news.counters import COUNTS
from news.middleware import key_of
from news.models import Post, Reading
from news.views import public
from people.actors import system_actor
from tests.conftest import Cast, sign_in
from tests.factories import news

pytestmark = pytest.mark.django_db
LIST = "/tin-tuc/"


@pytest.fixture(autouse=True)
def empty_cache(settings: Settings) -> Iterator[None]:
    settings.PAGE_CACHE = True
    page_cache.client().flushdb()
    page_cache.BREAKER.rests_until = 0.0
    yield
    page_cache.client.cache_clear()
    page_cache.BREAKER.rests_until = 0.0


def kept() -> list[str]:
    keys: Any = page_cache.client().keys("redcross:page:*")
    return sorted(key.decode() for key in keys)


def change_title(post: Post, title: str) -> None:
    """Behind the actions' back: the cache is not told."""
    Post.objects.filter(pk=post.pk).update(title=title)


def test_a_page_is_made_once_and_then_kept(cast: Cast) -> None:
    post = news.published(cast.ward, "Bài cũ")
    first = Client().get(LIST)
    change_title(post, "Bài mới")
    second = Client().get(LIST)
    assert second.content == first.content
    assert dict(second.headers) == dict(first.headers)
    assert "Content-Security-Policy" in second.headers
    assert second.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_everybody_reads_the_same_page_signed_in_or_not(cast: Cast) -> None:
    news.published(cast.ward)
    signed_in = sign_in(cast.city_officer).get(LIST)
    assert Client().get(LIST).content == signed_in.content
    assert "Vary" not in signed_in.headers
    assert signed_in.cookies == {}


def test_a_change_is_read_at_once(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    post = news.published(cast.ward, "Bài cũ")
    path = post.get_absolute_url()
    assert b"B\xc3\xa0i c\xc5\xa9" in Client().get(path).content
    with django_capture_on_commit_callbacks(execute=True):
        actions.edit_post(by=system_actor(), post=post, version=post.version, values={"title": "Bài mới"})
    assert "Bài mới" in Client().get(path).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_post(by=system_actor(), post=post, reason="Sai số liệu")
    assert Client().get(path).status_code == 404
    assert "Bài mới" not in Client().get(LIST).content.decode()


def test_a_page_begun_before_a_publish_and_ended_after_it_is_never_shown(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = news.published(cast.ward, "Bài cũ")
    whole = Client()
    whole.get(LIST)
    page_cache.client().delete(kept()[0])

    def render_late(*args: Any, **kwargs: Any) -> Any:
        """Renders, and only then another process commits a change."""
        response = render(*args, **kwargs)
        change_title(post, "Bài mới")
        page_cache._set_generation()
        return response

    monkeypatch.setattr(public, "render", render_late)
    assert "Bài cũ" in whole.get(LIST).content.decode()
    monkeypatch.undo()
    assert "Bài mới" in Client().get(LIST).content.decode()


def test_an_entry_ends_within_a_minute_of_its_beginning(cast: Cast) -> None:
    Client().get(LIST)
    left: Any = page_cache.client().pttl(kept()[0])
    assert 0 < left <= settings.PAGE_CACHE_SECONDS * 1000
    page_cache.write(b"redcross:page:alt", b"0" * 16, b"x", age=61.0)
    assert not page_cache.client().exists("redcross:page:alt")


def test_marks_of_advertisers_neither_make_an_entry_nor_stand_in_the_page(cast: Cast) -> None:
    for number in range(13):
        news.published(cast.ward, f"Bài {number}")
    response = Client().get(LIST, {"utm_source": "<gian-doi>", "fbclid": "1"})
    assert b"utm_source" not in response.content
    assert b"gian-doi" not in response.content
    assert kept() == ["redcross:page:http:testserver:/tin-tuc/?"]


@pytest.mark.parametrize("query", ["q=mau", "trang=1&trang=2", "trang=01", "la=1", "trang=1&la=1", "trang="])
def test_other_questions_are_answered_past_the_cache(cast: Cast, query: str) -> None:
    news.published(cast.ward)
    Client().get(f"{LIST}?{query}")
    assert kept() == []


def test_a_host_of_others_and_errors_leave_nothing(cast: Cast) -> None:
    assert Client().get(LIST, headers={"host": "ke-gian.example.org"}).status_code == 400
    assert Client().get("/tin-tuc/khong-co/").status_code == 404
    assert Client().get(LIST, {"trang": "9"}).status_code == 404
    assert sign_in(cast.city_officer).get("/lam-viec/").status_code == 200
    assert Client().head(LIST).status_code == 200
    assert kept() == []


def test_pages_over_http_and_https_are_apart(cast: Cast, rf: Any) -> None:
    assert key_of(rf.get(LIST)) != key_of(rf.get(LIST, secure=True))
    assert Client().get(LIST, headers={"x-forwarded-host": "ke-gian.example.org"}).status_code == 200
    assert kept() == ["redcross:page:http:testserver:/tin-tuc/?"]


def test_a_reader_who_has_the_page_gets_304(cast: Cast) -> None:
    news.published(cast.ward)
    made = Client().get(LIST)
    for _ in ("made anew", "kept"):
        again = Client().get(LIST, headers={"if-none-match": f'W/"x", {made.headers["ETag"]}'})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", made.headers["ETag"])
        page_cache.client().flushdb()
    assert Client().get(LIST, headers={"if-none-match": '"khac"'}).status_code == 200


def test_head_answers_from_the_cache_without_a_body(cast: Cast) -> None:
    made = Client().get(LIST)
    head = Client().head(LIST)
    assert (head.content, head.headers["Content-Length"]) == (b"", made.headers["Content-Length"])


def test_without_valkey_pages_are_read_and_valkey_is_asked_only_once_in_a_while(
    cast: Cast, settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    settings.REDIS_URL = "unix:///khong/co/valkey.sock"
    page_cache.client.cache_clear()
    with django_capture_on_commit_callbacks(execute=True):
        post = news.published(cast.ward, "Vẫn đọc được")
    for path in ("/", LIST, post.get_absolute_url(), "/tim-kiem/?q=doc+duoc", f"{LIST}rss/"):
        assert "Vẫn đọc được" in re.sub("</?mark>", "", Client().get(path).content.decode())
    for path in ("/van-ban/", "/guong-dien-hinh/", "/sitemap.xml"):
        assert Client().get(path).status_code == 200
    assert page_cache.BREAKER.rests_until > 0
    asked: list[int] = []
    assert page_cache.BREAKER.ask(lambda: asked.append(1)) is None
    assert asked == []
    change_title(post, "Không cũ")
    assert "Không cũ" in Client().get(LIST).content.decode()


def test_a_generation_lost_with_valkey_voids_every_page(cast: Cast) -> None:
    post = news.published(cast.ward, "Bài cũ")
    Client().get(LIST)
    page_cache.client().delete(page_cache.GENERATION)
    change_title(post, "Bài mới")
    assert "Bài mới" in Client().get(LIST).content.decode()


def test_switched_off_it_keeps_nothing(cast: Cast, settings: Settings) -> None:
    settings.PAGE_CACHE = False
    assert Client().get(LIST).status_code == 200
    assert kept() == []
    assert isinstance(page_cache.client(), Redis)


def test_searches_are_kept_in_few_places_and_never_answer_for_each_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("news.middleware.SEARCH_PLACES", 1)
    news.published(cast.ward, "Bài một")
    news.published(cast.ward, "Bài hai")
    one = Client().get("/tim-kiem/?q=bai+mot&utm_source=x&muc=")
    assert Client().get("/tim-kiem/?muc=&q=bai++mot").content == one.content
    assert kept() == ["redcross:page:search:0"]
    two = Client().get("/tim-kiem/?q=bai+hai")
    assert (b"/tin-tuc/bai-hai/" in two.content, b"/tin-tuc/bai-mot/" in two.content) == (True, False)
    assert Client().get("/tim-kiem/?q=bai+mot").content == one.content
    assert kept() == ["redcross:page:search:0"]
    assert Client().get("/tim-kiem/", {"q": "a" * 400}).status_code == 200


def test_readings_are_counted_with_the_cache_and_without_valkey(cast: Cast, settings: Settings) -> None:
    COUNTS.counted.clear()
    post = news.published(cast.ward, "Bài đọc")
    for _time in range(3):
        Client().get(post.get_absolute_url())
    etag = Client().get(post.get_absolute_url())["ETag"]
    assert Client().get(post.get_absolute_url(), headers={"if-none-match": etag}).status_code == 304
    settings.REDIS_URL = "unix:///nowhere/v.sock"
    settings.CELERY_BROKER_URL = "redis+socket:///nowhere/v.sock"
    page_cache.client.cache_clear()
    for path in (
        "/",
        LIST,
        "/tim-kiem/?q=bai+doc",
        "/sitemap.xml",
        "/tin-tuc/atom/",
        post.get_absolute_url(),
    ):
        assert Client().get(path).status_code == 200, path
    assert COUNTS.write() == 6
    assert Reading.objects.get().count == 6
