"""The search among many posts: only what can stand on the page is ranked, and that is the right part."""

import random
from datetime import timedelta

import pytest
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F
from django.test import Client
from django.utils import timezone

from foundation.text import search_text
from news import queries
from news.enums import PostState
from news.models import Post
from news.queries.find import MOST_COUNTED, WEIGHTS
from news.queries.library import lexemes
from tests.conftest import Cast
from tests.factories import news

pytestmark = pytest.mark.django_db
WORDS = ["hội", "phường", "nghị", "quyết", "hiến", "máu", "đỏ", "cứu", "trợ", "lều", "trại"]


def ranked(query: str) -> list[str]:
    """Addresses of all posts that hold the words, each ranked, best first."""
    words = SearchQuery(lexemes(query), config="simple", search_type="raw")
    rank = SearchRank(F("heading"), words, weights=WEIGHTS)
    rows = Post.objects.filter(words=words).values_list(rank, "search", "publish_at", "pk", "slug")
    phrase = search_text(query)
    told = [
        (int(rank * 10 + 0.5) / 10 + (phrase in search) + (phrase + " " in search + " ") / 2, *rest)
        for rank, search, *rest in rows
    ]
    return [f"/tin-tuc/{slug}/" for *_place, slug in sorted(told, reverse=True)]


def test_pages_hold_what_ranking_every_post_would_give(cast: Cast) -> None:
    some, now = random.Random(98), timezone.now()
    category = news.category()

    def words(most: int) -> str:
        return " ".join(some.choices(WORDS, k=some.randint(1, most)))

    posts = [
        Post(
            unit=cast.ward,
            category=category,
            title=words(3),
            slug=f"bai-{number}",
            summary=words(4),
            body=f"<p>{words(12)}</p>",
            state=PostState.PUBLISHED,
            since_at=now,
            publish_at=now - timedelta(hours=number // 3),
        )
        for number in range(MOST_COUNTED + 50)
    ]
    for post in posts:
        post.body += "<p>chung</p>"
        post.clean()
    Post.objects.bulk_create(posts)
    for query in ("hoi", "nghi quyet", "hien mau do", "leu trai cuu tro"):
        found = [queries.find(query, {}, now, page, 20) for page in (1, 2, 3)]
        right = ranked(query)
        assert {one.posts for one in found} == {min(len(right), MOST_COUNTED)}
        assert [hit.url for one in found for hit in one.hits] == right[:60]
    found_all = queries.find("chung", {}, now, 1, 12)
    assert (found_all.posts, found_all.is_more) == (MOST_COUNTED, True)
    assert [hit.url for hit in found_all.hits] == ranked("chung")[:12]
    assert "Hơn 1.000 kết quả" in Client().get("/tim-kiem/?q=chung").content.decode()


def test_a_whole_word_stands_before_the_beginning_of_a_longer_one(cast: Cast) -> None:
    day = timedelta(days=1)
    old = news.published(cast.ward, "Ngày hội lần thứ 17", at=timezone.now() - 9 * day)
    news.published(cast.ward, "Ngày hội lần thứ 170", at=timezone.now() - day)
    found = queries.find("ngày hội lần thứ 17", {}, timezone.now(), 1, 12)
    assert (found.total, found.hits[0].url) == (2, old.get_absolute_url())
