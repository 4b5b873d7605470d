"""Addresses of the library of documents."""

from django.urls import URLPattern, URLResolver, path

from news.views import library

document_urls: list[URLPattern | URLResolver] = [
    path("van-ban/", library.document_list, name="document_list"),
    path("van-ban/<slug:slug>/", library.document_page, name="document_page"),
]
