"""Addresses of the library of documents."""

from django.urls import URLPattern, URLResolver, path

from news.views import library, shelf

SHELF = "lam-viec/thu-vien/"
document_urls: list[URLPattern | URLResolver] = [
    path("van-ban/", library.document_list, name="document_list"),
    path("van-ban/rss/", library.document_feed, name="document_feed"),
    path("van-ban/<slug:slug>/", library.document_page, name="document_page"),
    path("van-ban/<slug:slug>/tep/<int:pk>/", library.document_file, name="document_file"),
    path(SHELF, shelf.document_register, name="document_register"),
    path(f"{SHELF}moi/", shelf.document_new, name="document_new"),
    path(f"{SHELF}van-ban-da-ban-hanh/", shelf.document_papers, name="document_papers"),
    path(f"{SHELF}<int:pk>/", shelf.document_edit, name="document_edit"),
    path(f"{SHELF}<int:pk>/tep/", shelf.document_file_add, name="document_file_add"),
    path(f"{SHELF}<int:pk>/tep/<int:file>/", shelf.document_file_open, name="document_file_open"),
    path(f"{SHELF}<int:pk>/tep/<int:file>/bo/", shelf.document_file_drop, name="document_file_drop"),
    path(f"{SHELF}<int:pk>/quan-he/", shelf.document_relate, name="document_relate"),
    path(f"{SHELF}<int:pk>/quan-he/<int:relation>/bo/", shelf.document_unrelate, name="document_unrelate"),
    path(f"{SHELF}<int:pk>/dang/", shelf.document_publish, name="document_publish"),
    path(f"{SHELF}<int:pk>/rut/", shelf.document_withdraw, name="document_withdraw"),
]
