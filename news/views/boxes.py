"""The editor's chooser of boxes: search, a new picture, video or file."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from foundation.refusal import Refused
from ledger.actor import Actor
from news import actions, embeds, queries
from news.forms import BoxFileForm, BoxPictureForm, BoxVideoForm, tell_oversize
from news.models import Picture, Video
from news.queries.files import FileShown, file_shown
from people.access import with_right
from people.actors import actor_of
from people.models import Unit

FORMS: dict[str, type[forms.Form]] = {
    "picture": BoxPictureForm,
    "video": BoxVideoForm,
    "file": BoxFileForm,
}


@with_right("news.write")
@require_http_methods(["GET", "HEAD", "POST"])
def post_box(request: HttpRequest, kind: str) -> HttpResponse:
    """What may stand as a box of this kind, under ?q=; POST takes a new picture, video or file in first."""
    by = actor_of(request)
    box = embeds.KINDS.get(kind)
    if box is None:
        raise Http404
    form: forms.Form | None = None
    made = None
    if kind in FORMS:
        is_sent = request.method == "POST"
        form = FORMS[kind](request.POST if is_sent else None, request.FILES if is_sent else None)
        if is_sent and "file" in form.fields:
            tell_oversize(request, form, "file")
        if is_sent and form.is_valid():
            made = _made(by, form, request.POST.get("unit", ""))
    elif request.method == "POST":
        raise Http404
    query = request.GET.get("q", "").replace("\x00", "")[:100]
    found = [made] if made else [] if form and form.errors else list(box.found(by, query))
    context = {
        "kind": box,
        "form": form,
        "made": box.choice(made) if made else None,
        "choices": [box.choice(one) for one in found],
        "query": query,
    }
    return render(request, "news/box_choices.html", context, status=422 if form and form.errors else 200)


def _made(by: Actor, form: Any, unit_text: str) -> Picture | Video | FileShown | None:
    units = queries.units_to_write_for(by)
    pk = int(unit_text) if unit_text.isascii() and unit_text.isdigit() and len(unit_text) < 12 else 0
    unit: Unit | None = (
        units.filter(pk=pk).first() or units.filter(pk__in=[h.unit_id for h in by.holds]).first()
    )
    try:
        if unit is None:
            return None
        about = form.cleaned_data
        if isinstance(form, BoxPictureForm):
            file = about["file"]
            return actions.add_picture(by=by, unit=unit, file=file, size=file.size, about=about)
        if isinstance(form, BoxFileForm):
            row = actions.add_post_file(by=by, unit=unit, file=about["file"], title=about["title"])
            return file_shown(row)
        return actions.link_video(by=by, unit=unit, link=about["video_link"])
    except Refused as refused:
        refused.add_to_form(form)
    return None
