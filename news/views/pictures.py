"""The library of pictures: found, described, taken in by fifties, withdrawn."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from foundation.refusal import Refused
from ledger.actor import Actor
from news import actions
from news.choosing import wall
from news.enums import Ground, Licence, RenditionState
from news.forms import ReasonForm
from news.media_forms import MOST_FILES, PictureForm, SharedForm, initial_of_picture, tags_to_choose
from news.models import Picture, Tag
from news.queries import media, units_to_write_for
from news.queries import visible_to as posts_in_newsroom
from news.queries.examples import visible_examples
from news.rules.publishing import missing_of_picture
from people.access import with_right
from people.actors import actor_of
from people.models import Unit
from people.permissions import may

PAGE = 48
FILTERS = ("q", "the", "don-vi", "su-kien", "giay-phep", "can-cu", "tinh-trang")
# Fields whose pictures are chosen on a wall.
WALLS = {"poster", "pictures", "add", "cover", "anh-chosen"}
OF_ONE = {"poster", "anh-chosen"}  # one is chosen there
STATES = ("thieu", "chua-dung", "giong-nhau", "da-go")


@with_right("news.write", "news.publish")
@require_safe
def picture_library(request: HttpRequest) -> HttpResponse:
    """Pictures of my units; filters stay in the address. 9 queries."""
    by = actor_of(request)
    filters = {name: request.GET.get(name, "").replace("\x00", "") for name in FILTERS}
    page = Paginator(media.filtered(by, filters), PAGE).get_page(request.GET.get("trang"))
    state_names = (
        _("Proof or description missing"),
        _("Used nowhere"),
        _("Looking the same"),
        pgettext("picture", "Withdrawn"),
    )
    context = {
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "rows": [(picture, lacks(picture)) for picture in page],
        "filters": filters,
        "q": filters["q"],
        "tag": filters["the"],
        "unit": filters["don-vi"],
        "event": filters["su-kien"],
        "licence": filters["giay-phep"],
        "ground": filters["can-cu"],
        "state": filters["tinh-trang"],
        "tags": tags_to_choose(),
        "units": units_to_write_for(by),
        "events": media.events_of(by),
        "licences": Licence.choices,
        "grounds": Ground.choices,
        "states": list(zip(STATES, state_names, strict=True)),
        "is_filtered": any(filters.values()),
        "is_narrowed": any(filters[name] for name in FILTERS if name not in {"q", "tinh-trang"}),
    }
    return render(request, "news/picture_library.html", context)


@with_right("news.write", "news.publish")
@require_safe
def picture_choices(request: HttpRequest) -> HttpResponse:
    """Pictures that fit ?q=, for a wall to choose from (js/chooser.js), without those chosen there (?co=)."""
    by = actor_of(request)
    asked = request.GET
    name = asked.get("ten", "")
    if name not in WALLS:
        raise Http404
    pictures = media.pictures_to_publish(by) if asked.get("du") else media.pictures_for(by)
    unit = asked.get("don-vi", "")
    if unit.isascii() and unit.isdigit() and len(unit) < 18:
        pictures = pictures.filter(unit=int(unit))
    there = [int(pk) for pk in asked.getlist("co")[:500] if pk.isascii() and pk.isdigit() and len(pk) < 18]
    rows = wall(pictures.exclude(pk__in=there), asked.get("q", "").replace("\x00", ""), set())
    context = {"rows": rows, "widget": {"name": name}, "is_many": name not in OF_ONE, "has_none": False}
    return render(request, "news/picture_wall_items.html", context)


@with_right("news.write", "news.publish")
@require_http_methods(["GET", "HEAD", "POST"])
def picture_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One picture: its words, focal point, ground, where it is used, what looks like it."""
    by = actor_of(request)
    picture = get_object_or_404(media.library(by).select_related("unit"), pk=pk)
    form = PictureForm(by, request.POST or None, initial=initial_of_picture(picture))
    if request.method == "POST" and form.is_valid():
        try:
            about = form.cleaned_data | {"tags": tags_named(by, picture.unit, form)}
            actions.describe_picture(by=by, picture=picture, about=about)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("Saved."))
            return redirect("picture_edit", pk)
    uses = media.uses_of(picture)
    context = {
        "picture": picture,
        "form": form,
        "uses": linked(by, uses),
        "alike": list(media.alike(by, picture)[:12]) if not picture.is_withdrawn else [],
        "twin_withdrawn": None if picture.is_withdrawn else media.twin_withdrawn(picture),
        "lacking": [] if picture.is_withdrawn else missing_of_picture(picture.facts),
        "rendered": picture.renditions.filter(state=RenditionState.DONE).count(),
        "renditions": picture.renditions.count(),
        "may_withdraw": not picture.is_withdrawn and may(by, "news.publish", picture.unit_id),
        "may_delete": not uses and not picture.is_withdrawn and may(by, "news.write", picture.unit_id),
    }
    return render(request, "news/picture_edit.html", context, status=422 if form.errors else 200)


@with_right("news.publish")
@require_http_methods(["GET", "HEAD", "POST"])
def picture_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Says where the picture is shown and what else looks like it, then takes it off all at once."""
    by = actor_of(request)
    picture = get_object_or_404(media.pictures_for(by).select_related("unit"), pk=pk)
    alike = list(media.alike(by, picture))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = {int(text) for text in request.POST.getlist("alike") if text.isascii() and text.isdigit()}
        try:
            actions.withdraw_picture(
                by=by,
                picture=picture,
                reason=form.cleaned_data["reason"],
                alike=chosen & {one.pk for one in alike},
            )
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("Withdrawn. No page shows it any more, and its files are deleted."))
            return redirect("picture_edit", pk)
    context = {"picture": picture, "form": form, "alike": alike, "uses": media.uses_of(picture)}
    return render(request, "news/picture_withdraw.html", context, status=422 if form.errors else 200)


@with_right("news.write")
@require_http_methods(["GET", "HEAD", "POST"])
def picture_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """A picture taken in by mistake is deleted, if nothing shows it."""
    picture = get_object_or_404(media.pictures_for(actor_of(request)), pk=pk)
    if request.method == "POST":
        try:
            actions.delete_picture(by=actor_of(request), picture=picture)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("picture_edit", pk)
        messages.success(request, _("The picture is deleted."))
        return redirect("picture_library")
    context = {
        "sentence": _("Delete this picture?"),
        "consequences": [
            _("Its files are deleted for good."),
            _("Nothing shows it now; it can be taken in again later."),
        ],
        "button_label": _("Delete the picture"),
        "is_danger": True,
        "back_url": reverse("picture_edit", args=[pk]),
        "picture": picture,
    }
    return render(request, "news/picture_confirm.html", context)


@with_right("news.write")
@require_http_methods(["GET", "HEAD", "POST"])
def picture_upload(request: HttpRequest) -> HttpResponse:
    """Up to fifty pictures with what they share; js/upload.js sends them singly, answered in JSON."""
    by = actor_of(request)
    first = units_to_write_for(by).filter(pk__in=[hold.unit_id for hold in by.holds]).first()
    form = SharedForm(by, request.POST or None, initial={"unit": first})
    files = request.FILES.getlist("files")
    taken: list[tuple[Picture, str]] = []
    failed: list[tuple[str, str]] = []
    if request.method == "POST":
        if getattr(request, "rc_oversize", ()):
            form.add_error(None, _("The file is too large; it was not kept. Choose a smaller one."))
        elif not files:
            form.add_error(None, _("Choose at least one picture."))
        elif len(files) > MOST_FILES:
            form.add_error(None, _("Send at most %(n)s pictures at once.") % {"n": MOST_FILES})
        if form.is_valid():
            tags = tags_named(by, form.cleaned_data["unit"], form)
            for file in files:
                try:
                    taken.append(take(by, form, file, tags))
                except Refused as refused:
                    failed.append((file.name or "", str(refused)))
    if "application/json" in request.headers.get("Accept", ""):
        return told(taken, failed, form)
    if taken and not failed:
        text = ngettext("%(n)s picture is in the library.", "%(n)s pictures are in the library.", len(taken))
        messages.success(request, text % {"n": len(taken)})
        return redirect("picture_library")
    context = {"form": form, "taken": taken, "failed": failed, "most": MOST_FILES}
    return render(request, "news/picture_upload.html", context, status=422 if form.errors or failed else 200)


def take(by: Actor, form: SharedForm, file: "UploadedFile[bytes]", tags: list[Tag]) -> tuple[Picture, str]:
    """The file as a picture of the library, and what there is to say about it."""
    about = form.cleaned_data | {"tags": tags}
    picture = actions.add_picture(
        by=by, unit=about["unit"], file=file, size=file.size or 0, about=about, name=file.name or ""
    )
    if picture.was_there:
        return picture, _("The unit has this picture already; it was not taken in twice.")
    if media.twin_withdrawn(picture) is not None:
        return picture, _("It looks like a picture that was withdrawn. Look at it before it is used.")
    if media.alike(by, picture).exists():
        return picture, _("It looks like another picture of the library.")
    return picture, ""


def linked(by: Actor, uses: list[media.Use]) -> list[dict[str, str]]:
    """Where a picture is shown, each with its address where the actor may open it. At most 4 queries."""
    rooms: dict[str, tuple[Callable[[Actor], QuerySet[Any]], str]] = {
        "post": (posts_in_newsroom, "post_edit"),
        "album": (media.albums_for, "album_edit"),
        "video": (media.videos_for, "video_edit"),
        "example": (visible_examples, "example_edit"),
    }
    mine: dict[str, set[int]] = {}
    for kind, (found, _page) in rooms.items():
        ids = [use.pk for use in uses if use.kind == kind]
        mine[kind] = set(found(by).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    return [
        {
            "title": use.title,
            "how": use.how,
            "url": reverse(rooms[use.kind][1], args=[use.pk]) if use.pk in mine[use.kind] else "",
        }
        for use in uses
    ]


def told(taken: list[tuple[Picture, str]], failed: list[tuple[str, str]], form: SharedForm) -> JsonResponse:
    """One file's answer for js/upload.js."""
    if taken:
        picture, note = taken[0]
        answer = {
            "url": reverse("picture_edit", args=[picture.pk]),
            "thumb": picture.sources["src"],
            "note": note,
        }
        return JsonResponse(answer)
    words = [text for _name, text in failed]
    words += [str(text) for errors in form.errors.values() for text in errors]
    return JsonResponse({"note": " ".join(words)}, status=422)


def tags_named(by: Actor, unit: Unit, form: SharedForm) -> list[Tag]:
    return [actions.tags.add_tag(by=by, unit=unit, name=name) for name in form.names_of_tags()]


def lacks(picture: Picture) -> bool:
    """True if the picture may not be published yet."""
    return not picture.is_withdrawn and bool(missing_of_picture(picture.facts))
