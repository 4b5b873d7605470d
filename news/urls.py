"""Addresses of news."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, path, re_path

from news.document_urls import document_urls
from news.media_urls import media_urls
from news.post_urls import post_urls
from news.views import albums, feeds, front, media, public, search, sitemaps

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
    path("tin-tuc/the/<slug:slug>/", public.news_tag, name="news_tag"),
    path("tin-tuc/chuong-trinh/<slug:slug>/", public.news_programme, name="news_programme"),
    path("tin-tuc/don-vi/<slug:code>/", public.news_unit, name="news_unit"),
    path("tin-tuc/nam/<int:year>/", public.news_year, name="news_year"),
    *feed_urls(),
    path("tim-kiem/", search.search, name="search"),
    path("tin-tuc/<slug:slug>/", public.news_article, name="news_article"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap/bai-<int:part>.xml", sitemaps.sitemap_posts, name="sitemap_posts"),
    path("sitemap/tin-moi.xml", sitemaps.sitemap_news, name="sitemap_news"),
    path("sitemap/trang.xml", sitemaps.sitemap_lists, name="sitemap_lists"),
    path("sitemap/van-ban.xml", sitemaps.sitemap_documents, name="sitemap_documents"),
    re_path(
        r"^anh/(?P<name>[0-9a-f]{2}/[0-9a-f]{32}-[0-9]{1,5}\.(?:jpg|webp|avif))$",
        media.picture_file,
        name="picture_file",
    ),
    re_path(r"^phim/(?P<name>[0-9a-f]{2}/[0-9a-f]{32}\.mp4)$", media.video_file, name="video_file"),
    path("lam-viec/trang-dau/", front.front_page, name="front_page"),
    path("lam-viec/trang-dau/<int:pk>/", front.front_lead, name="front_lead"),
    path("lam-viec/trang-dau/<int:pk>/thoi/", front.front_end, name="front_end"),
    re_path(r"^phim/phu-de/(?P<digest>[0-9a-f]{32})\.vtt$", media.video_captions, name="video_captions"),
    *media_urls,
    *post_urls,
    *document_urls,
]
