"""Albums in the newsroom: made, put in order, shown, taken down."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.refusal import Refused
from foundation.text import matching
from news import actions
from news.forms import ReasonForm
from news.media_forms import AlbumForm, placed_of
from news.models import Album, AlbumPicture
from news.permissions import may_edit_album
from news.queries import media, units_to_write_for
from people.access import with_right
from people.actors import actor_of
from people.permissions import may

PAGE = 30


@with_right("news.write", "news.publish")
@require_safe
def album_register(request: HttpRequest) -> HttpResponse:
    """Albums of my units, the last changed first."""
    query = request.GET.get("q", "").replace("\x00", "")
    albums = media.albums_for(actor_of(request)).filter(matching("search", query)).select_related("unit")
    albums = albums.annotate(count=Count("items")).order_by("-changed_at", "-pk")
    page = Paginator(albums, PAGE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "q": query,
        "page_range": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
    }
    return render(request, "news/album_register.html", context)


@with_right("news.write")
@require_http_methods(["GET", "HEAD", "POST"])
def album_new(request: HttpRequest) -> HttpResponse:
    """Title and unit; pictures are put in on the next page."""
    by = actor_of(request)
    first = units_to_write_for(by).filter(pk__in=[hold.unit_id for hold in by.holds]).first()
    form = AlbumForm(by, request.POST or None, initial={"unit": first})
    if request.method == "POST" and form.is_valid():
        try:
            album = actions.make_album(by=by, unit=form.cleaned_data["unit"], values=form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            return redirect("album_edit", album.pk)
    return render(request, "news/album_edit.html", {"form": form}, status=422 if form.errors else 200)


@with_right("news.write", "news.publish")
@require_http_methods(["GET", "HEAD", "POST"])
def album_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Words, pictures in order, captions; pictures of the library to add."""
    by = actor_of(request)
    album = get_object_or_404(media.albums_for(by).select_related("unit"), pk=pk)
    initial = {"title": album.title, "summary": album.summary, "version": album.version}
    form = AlbumForm(by, request.POST or None, initial=initial, album=album)
    may_edit = may_edit_album(by, album)
    if request.method == "POST" and form.is_valid():
        try:
            if not may_edit:
                raise Refused(_("Only a publisher changes what is on the site."))
            version = form.cleaned_data["version"] or 0
            actions.edit_album(
                by=by,
                album=album,
                version=version,
                values=form.cleaned_data,
                pictures=placed_of(request.POST),
            )
        except actions.albums.AlbumChanged as changed:
            album.refresh_from_db()
            post = request.POST.copy()
            post["version"] = str(album.version)  # looked at and saved again, it counts
            form = AlbumForm(by, post, album=album)
            changed.add_to_form(form)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("Saved."))
            return redirect("album_edit", pk)
    items = list(album.items.select_related("picture").defer("picture__search"))
    context: dict[str, Any] = {
        "form": form,
        "album": album,
        "items": items,
        "rows": [typed(request, item, number) for number, item in enumerate(items, start=1)],
        "may_edit": may_edit,
        "may_publish": may(by, "news.publish", album.unit_id),
    }
    return render(request, "news/album_edit.html", context, status=422 if form.errors else 200)


def typed(request: HttpRequest, item: AlbumPicture, number: int) -> dict[str, Any]:
    """A picture's row as it was typed, as it stands where nothing was."""
    post, pk = request.POST, item.picture_id
    return {
        "item": item,
        "caption": post.get(f"caption-{pk}", item.caption),
        "place": post.get(f"place-{pk}", str(number)),
        "is_dropped": f"drop-{pk}" in post,
    }


@with_right("news.write", "news.publish")
@require_safe
def album_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The album as readers will see it."""
    shown = media.album_previewed(actor_of(request), pk)
    if shown is None:
        raise Http404
    context = {"album": shown, "first": next(iter(shown.items), None), "is_preview": True}
    return render(request, "news/album.html", context)


@with_right("news.publish")
@require_http_methods(["GET", "HEAD", "POST"])
def album_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows the album to the public, after asking."""
    by = actor_of(request)
    album = get_object_or_404(media.albums_for(by), pk=pk)
    if request.method == "POST":
        try:
            actions.publish_album(by=by, album=album)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The album is on the site."))
        return redirect("album_edit", pk)
    context = {
        "sentence": _("Show this album to the public?"),
        "consequences": [_("Its page can be read and shared, and posts may show it.")],
        "count": album.items.count(),
        "count_label": _("pictures"),
        "button_label": _("Publish"),
        "back_url": reverse("album_edit", args=[pk]),
        "picture": album,
    }
    return render(request, "news/picture_confirm.html", context)


@with_right("news.publish")
@require_http_methods(["GET", "HEAD", "POST"])
def album_take_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the album off the site, with the reason."""
    by = actor_of(request)
    album: Album = get_object_or_404(media.albums_for(by), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.take_down_album(by=by, album=album, reason=form.cleaned_data["reason"])
        messages.success(request, _("The album is off the site."))
        return redirect("album_edit", pk)
    context = {
        "sentence": _("Take this album off the site?"),
        "consequences": [_("Its page is gone at once, and posts no longer show it.")],
        "form": form,
        "button_label": _("Take down"),
        "is_danger": True,
        "back_url": reverse("album_edit", args=[pk]),
        "picture": album,
    }
    return render(request, "news/picture_confirm.html", context, status=422 if form.errors else 200)
