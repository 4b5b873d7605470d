"""Addresses of news, without those in `reading_urls`."""

from django.urls import URLPattern, URLResolver, path, re_path

from news.document_urls import document_urls
from news.media_urls import media_urls
from news.post_urls import post_urls
from news.views import files, front, media, sitemaps

urlpatterns: list[URLPattern | URLResolver] = [
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap/bai-<int:part>.xml", sitemaps.sitemap_posts, name="sitemap_posts"),
    path("sitemap/album.xml", sitemaps.sitemap_albums, name="sitemap_albums"),
    path("sitemap/tin-moi.xml", sitemaps.sitemap_news, name="sitemap_news"),
    path("sitemap/trang.xml", sitemaps.sitemap_lists, name="sitemap_lists"),
    path("sitemap/van-ban.xml", sitemaps.sitemap_documents, name="sitemap_documents"),
    re_path(
        r"^anh/(?P<name>[0-9a-f]{2}/[0-9a-f]{32}-[0-9]{1,5}\.(?:jpg|webp|avif))$",
        media.picture_file,
        name="picture_file",
    ),
    re_path(r"^phim/(?P<name>[0-9a-f]{2}/[0-9a-f]{32}\.mp4)$", media.video_file, name="video_file"),
    path("tep-dinh-kem/<int:pk>/", files.post_file, name="post_file"),
    path("lam-viec/trang-dau/", front.front_page, name="front_page"),
    path("lam-viec/trang-dau/<int:pk>/", front.front_lead, name="front_lead"),
    path("lam-viec/trang-dau/<int:pk>/thoi/", front.front_end, name="front_end"),
    re_path(r"^phim/phu-de/(?P<digest>[0-9a-f]{32})\.vtt$", media.video_captions, name="video_captions"),
    *media_urls,
    *post_urls,
    *document_urls,
]
