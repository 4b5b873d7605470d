"""A post before it is on the site, at the width of a telephone or of a desk."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from news import queries
from news.rules.body import clean_body
from news.views.public import article_page
from people.access import with_right
from people.actors import actor_of

WIDTHS = ("dien-thoai", "may-tinh")


@with_right("news.write", "news.publish")
@require_safe
def post_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The frame: ?may= chooses the width; the page in it is the post as readers will see it."""
    post = get_object_or_404(queries.visible_to(actor_of(request)), pk=pk)
    width = request.GET.get("may", "")
    context = {"post": post, "width": width if width in WIDTHS else WIDTHS[0]}
    response = render(request, "news/post_preview.html", context)
    setattr(response, "_csp_update", {"frame-src": ["'self'"]})  # noqa: B010  as csp.decorators
    return response


@with_right("news.write", "news.publish")
@require_safe
@xframe_options_sameorigin
def post_preview_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The post as readers will see it, with what the actor has typed and not saved."""
    by = actor_of(request)
    article = queries.preview(by, pk)
    if article is None:
        raise Http404
    typing = queries.typing_of(by, queries.visible_to(by).get(pk=pk))
    if typing is not None:
        card = replace(
            article.card,
            title=typing.values.get("title", article.card.title),
            summary=typing.values.get("summary", article.card.summary),
        )
        article = replace(
            article,
            card=card,
            body=clean_body(typing.values.get("body", article.body)),
            author_line=typing.values.get("author_line", article.author_line),
        )
    context = {"is_preview": True, "is_typing": typing is not None, "around": None}
    response = article_page(request, article, context, by)
    setattr(response, "_csp_replace", {"frame-ancestors": ["'self'"]})  # noqa: B010  as csp.decorators
    return response
