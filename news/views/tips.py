"""A ward's report from a phone: one page, pictures sent one by one, one press."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from foundation.refusal import Refused
from ledger.actor import Actor
from news import actions, queries
from news.forms import TOO_LARGE, TipForm, kept, tell_oversize
from news.models import Picture
from news.rules.tips import MOST_PICTURES
from people.access import with_right
from people.actors import actor_of
from people.models import Unit


@with_right("news.write")
@require_http_methods(["GET", "HEAD", "POST"])
def tip_new(request: HttpRequest) -> HttpResponse:
    """The page, and its sending: a proposed post. Refused, everything typed and sent so far stays."""
    by = actor_of(request)
    own = _own_unit(by)
    if request.method != "POST":
        form = TipForm(by, initial={"unit": own.pk if own else None})
        return _show(request, form, [], uuid4())
    pictures = _pictures(request, by)
    files = request.FILES.getlist("photos")
    form = TipForm(by, request.POST, request.FILES, has_pictures=bool(pictures or files))
    key = _key(request.POST.get("key", ""))
    tell_oversize(request, form, "photos")
    too_many = len(pictures) + len(files) > MOST_PICTURES
    if form.is_valid():
        unit, about = form.cleaned_data["unit"], form.about()
        for file in files[: MOST_PICTURES - len(pictures)]:
            try:
                pictures.append(
                    actions.add_picture(by=by, unit=unit, file=file, size=file.size or 0, about=about)
                )
            except Refused as refused:
                form.add_error("photos", f"{file.name}: {refused}")
        if too_many:
            form.add_error("photos", _("%(n)s pictures at most.") % {"n": MOST_PICTURES})
    if form.is_valid():
        try:
            post = _send(request, by, form, pictures, key)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("Sent. An editor reads it now; its page tells where it stands."))
            return redirect("post_edit", post.pk)
    return _show(request, form, pictures, key)


@with_right("news.write")
@require_POST
def tip_picture(request: HttpRequest) -> HttpResponse:
    """One picture of a report under way is taken in: its number and address, or what is wrong with it."""
    by = actor_of(request)
    file = request.FILES.get("file")
    unit = kept_unit(by, request.POST.get("unit", "")) or _own_unit(by)
    if "file" in getattr(request, "rc_oversize", ()):
        return JsonResponse({"error": str(TOO_LARGE)}, status=422)
    if file is None or unit is None:
        return JsonResponse({"error": _("The picture did not arrive whole. Send it again.")}, status=422)
    try:
        picture = actions.add_picture(by=by, unit=unit, file=file, size=file.size or 0, about={})
    except Refused as refused:
        return JsonResponse({"error": str(refused)}, status=422)
    return JsonResponse({"pk": picture.pk, "src": picture.sources["src"]})


def kept_unit(by: Actor, text: str) -> Unit | None:
    """The unit of that number, if the actor may write for it."""
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        return None
    return queries.units_to_write_for(by).filter(pk=int(text)).first()


def _send(request: HttpRequest, by: Actor, form: TipForm, pictures: list[Picture], key: UUID) -> Any:
    values = form.cleaned_data
    for picture in pictures:
        alt = request.POST.get(f"mo-ta-{picture.pk}", "").replace("\x00", "").strip()[:300]
        about = {**form.about(), "alt": alt or picture.alt or values["title"]}
        actions.describe_picture(by=by, picture=picture, about=about)
    whole = [Picture.objects.get(pk=picture.pk) for picture in pictures]
    return actions.send_tip(
        by=by,
        unit=values["unit"],
        key=key,
        title=values["title"],
        text=values["text"],
        category=values["category"],
        pictures=whole,
        author_line=values["unit"].name[:120],
    )


def _pictures(request: HttpRequest, by: Actor) -> list[Picture]:
    """Pictures the page has sent before, in its order."""
    named = list(dict.fromkeys(request.POST.getlist("picture")))[:MOST_PICTURES]
    found = [kept(Picture, text, by) for text in named]
    return [picture for picture in found if picture is not None and not picture.is_withdrawn]


def _own_unit(by: Actor) -> Unit | None:
    return queries.units_to_write_for(by).filter(pk__in=[h.unit_id for h in by.holds]).first()


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def _show(request: HttpRequest, form: TipForm, pictures: list[Picture], key: UUID) -> HttpResponse:
    said = [(one, request.POST.get(f"mo-ta-{one.pk}", "")) for one in pictures]
    context = {"form": form, "pictures": said, "key": key, "most": MOST_PICTURES}
    return render(request, "news/tip_new.html", context, status=422 if form.is_bound else 200)
