"""Videos in the newsroom: own films with poster and captions, links, withdrawn ones."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.refusal import Refused
from news import actions
from news.forms import ReasonForm, tell_oversize
from news.media_forms import NewVideoForm, VideoForm, initial_of_video
from news.models import Post
from news.queries import media, units_to_write_for
from people.access import with_right
from people.actors import actor_of
from people.permissions import may

PAGE = 30


@with_right("news.write", "news.publish")
@require_safe
def video_register(request: HttpRequest) -> HttpResponse:
    """Videos of my units, the newest first."""
    page = Paginator(media.videos_for(actor_of(request)).order_by("-pk"), PAGE).get_page(
        request.GET.get("trang")
    )
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return render(request, "news/video_register.html", {"page": page, "page_range": list(numbers)})


@with_right("news.write")
@require_http_methods(["GET", "HEAD", "POST"])
def video_new(request: HttpRequest) -> HttpResponse:
    """An own film taken in; poster and captions follow on its page."""
    by = actor_of(request)
    first = units_to_write_for(by).filter(pk__in=[hold.unit_id for hold in by.holds]).first()
    form = NewVideoForm(by, request.POST or None, request.FILES or None, initial={"unit": first})
    if request.method == "POST":
        limit = settings.VIDEO_MAX_BYTES // 1024**2
        tell_oversize(request, form, "file", sentence=_("The video is larger than %(n)s MB.") % {"n": limit})
        if form.is_valid():
            given = form.cleaned_data
            try:
                video = actions.add_video_file(by=by, unit=given["unit"], file=given["file"])
                actions.describe_video(by=by, video=video, title=given["title"], poster=None)
            except Refused as refused:
                form.add_error("file", str(refused))
            else:
                return redirect("video_edit", video.pk)
    return render(request, "news/video_edit.html", {"form": form}, status=422 if form.errors else 200)


@with_right("news.write", "news.publish")
@require_http_methods(["GET", "HEAD", "POST"])
def video_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One video: played, titled, with poster and captions; the posts that show it."""
    by = actor_of(request)
    video = get_object_or_404(media.videos_for(by), pk=pk)
    form = VideoForm(by, request.POST or None, request.FILES or None, initial=initial_of_video(video))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            captions = given["captions"].read() if given["captions"] else None
            if given["drop_captions"]:
                captions = b""
            actions.describe_video(
                by=by, video=video, title=given["title"], poster=given["poster"], captions=captions
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("video_edit", pk)
    context = {
        "form": form,
        "video": video,
        "posts": Post.objects.filter(video=video).only("title"),
        "may_withdraw": video.withdrawn_at is None and may(by, "news.publish", video.unit_id),
    }
    return render(request, "news/video_edit.html", context, status=422 if form.errors else 200)


@with_right("news.publish")
@require_http_methods(["GET", "HEAD", "POST"])
def video_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the video out of every post and deletes its file, after asking."""
    by = actor_of(request)
    video = get_object_or_404(media.videos_for(by), pk=pk, withdrawn_at=None)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw_video(by=by, video=video, reason=form.cleaned_data["reason"])
        messages.success(request, _("Withdrawn. No page shows it any more, and its files are deleted."))
        return redirect("video_edit", pk)
    context = {
        "sentence": _("Withdraw this video?"),
        "consequences": [
            _("Every post loses it at once, and its file is deleted. This cannot be taken back.")
        ],
        "count": Post.objects.filter(video=video).count(),
        "count_label": _("posts show it"),
        "form": form,
        "button_label": _("Withdraw the video"),
        "is_danger": True,
        "back_url": reverse("video_edit", args=[pk]),
        "picture": video,
    }
    return render(request, "news/picture_confirm.html", context, status=422 if form.errors else 200)
