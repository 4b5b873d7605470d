"""Addresses of what the public reads; asked for first, since they are asked for most."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, path

from news.views import albums, feeds, public, search, tags

PLACES = (
    ("category", "chuyen-muc/<slug:key>/"),
    ("tag", "the/<slug:key>/"),
    ("programme", "chuong-trinh/<slug:key>/"),
    ("unit", "don-vi/<slug:key>/"),
    ("year", "nam/<int:key>/"),
)


def feed_urls() -> Iterator[URLPattern]:
    """A feed in both forms for every list."""
    for kind, route in PLACES:
        given = {"kind": kind}
        yield path(f"tin-tuc/{route}rss/", feeds.news_feed, given, name=f"{kind}_feed")
        yield path(f"tin-tuc/{route}atom/", feeds.news_atom, given, name=f"{kind}_atom")


urlpatterns: list[URLPattern | URLResolver] = [
    path("tin-tuc/", public.news_list, name="news_list"),
    path("tin-tuc/rss/", feeds.news_feed, name="news_feed"),
    path("tin-tuc/atom/", feeds.news_atom, name="news_atom"),
    path("tin-tuc/chuyen-muc/<slug:slug>/", public.news_category, name="news_category"),
    path("tin-tuc/album/", albums.album_list, name="album_list"),
    path("tin-tuc/album/<slug:slug>/", albums.album, name="album"),
    path("tin-tuc/the/", tags.tag_list, name="tag_list"),
    path("tin-tuc/the/<slug:slug>/", public.news_tag, name="news_tag"),
    path("tin-tuc/chuong-trinh/<slug:slug>/", public.news_programme, name="news_programme"),
    path("tin-tuc/don-vi/<slug:code>/", public.news_unit, name="news_unit"),
    path("tin-tuc/nam/<int:year>/", public.news_year, name="news_year"),
    *feed_urls(),
    path("tim-kiem/", search.search, name="search"),
    path("tin-tuc/<slug:slug>/", public.news_article, name="news_article"),
]
