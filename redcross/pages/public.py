"""Public pages that belong to no app."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from people.access import public


@public
def privacy(request: HttpRequest) -> HttpResponse:
    """Purposes, legal grounds, who is in charge of personal data, how to ask."""
    return render(request, "redcross/privacy.html")


@public
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /lam-viec/", "Disallow: /cua-toi/", "Disallow: /tai-khoan/"]
    lines += ["", f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@public
def health(request: HttpRequest) -> HttpResponse:
    """200 while the database answers; for load balancers and bin/serve."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})
