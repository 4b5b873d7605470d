"""Addresses of news."""

from django.urls import URLPattern, URLResolver, path, re_path

from news.document_urls import document_urls
from news.views import albums, feeds, media, newsroom, public, stages

urlpatterns: list[URLPattern | URLResolver] = [
    path("tin-tuc/", public.news_list, name="news_list"),
    path("tin-tuc/rss/", feeds.news_feed, name="news_feed"),
    path("tin-tuc/chuyen-muc/<slug:slug>/", public.news_category, name="news_category"),
    path("tin-tuc/album/", albums.album_list, name="album_list"),
    path("tin-tuc/album/<slug:slug>/", albums.album, name="album"),
    path("tin-tuc/<slug:slug>/", public.news_article, name="news_article"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    re_path(
        r"^anh/(?P<name>[0-9a-f]{2}/[0-9a-f]{32}-[0-9]{1,5}\.(?:jpg|webp|avif))$",
        media.picture_file,
        name="picture_file",
    ),
    re_path(r"^phim/(?P<name>[0-9a-f]{2}/[0-9a-f]{32}\.mp4)$", media.video_file, name="video_file"),
    path("lam-viec/tin-bai/", newsroom.post_register, name="post_register"),
    path("lam-viec/tin-bai/viet-moi/", newsroom.post_new, name="post_new"),
    path("lam-viec/tin-bai/<int:pk>/", newsroom.post_edit, name="post_edit"),
    path("lam-viec/tin-bai/<int:pk>/xem-truoc/", newsroom.post_preview, name="post_preview"),
    path("lam-viec/tin-bai/<int:pk>/gui-duyet/", stages.post_propose, name="post_propose"),
    path("lam-viec/tin-bai/<int:pk>/tra-lai/", stages.post_return, name="post_return"),
    path("lam-viec/tin-bai/<int:pk>/dang/", stages.post_publish, name="post_publish"),
    path("lam-viec/tin-bai/<int:pk>/go-xuong/", stages.post_withdraw, name="post_withdraw"),
    *document_urls,
]
