"""The newsroom: register of posts, the editor's page, the preview."""

from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from news import actions, embeds, queries
from news.actions.posts import ChangedMeanwhile
from news.enums import PUBLIC_ONCE, PostState, TagKind
from news.forms import (
    TOO_LARGE,
    CommentForm,
    CoverForm,
    PostForm,
    editor_words,
    initial_of,
    initial_of_cover,
    kept,
)
from news.models import Autosave, Category, Picture, Post, Tag, Video
from news.permissions import may_edit, may_publish, may_review
from news.queries import media
from news.queries.newsroom import SCHEDULED
from news.queries.public import corrections_of
from news.rules.body import clean_body, taken_out
from news.rules.publishing import why_not_on_site
from news.views.pulse import findings_of, holder_of
from people.access import with_right
from people.actors import actor_of
from people.models import Unit
from people.permissions import may

PAGE = 30
FILTERS = ("q", "trang-thai", "muc", "don-vi", "sap-xep")
BADGES = {
    PostState.DRAFT: "",
    PostState.PROPOSED: "wait",
    PostState.RETURNED: "wait",
    PostState.APPROVED: "info",
    PostState.PUBLISHED: "ok",
    PostState.ARCHIVED: "",
    PostState.WITHDRAWN: "bad",
}


@with_right("news.write", "news.publish")
@require_safe
def post_register(request: HttpRequest) -> HttpResponse:
    """Posts of the units I write or publish for; filters and order stay in the address."""
    by = actor_of(request)
    filters = {name: request.GET.get(name, "").replace("\x00", "") for name in FILTERS}
    page = Paginator(queries.register(by, filters), PAGE).get_page(request.GET.get("trang"))
    now = timezone.now()
    rows = [(post, *badge_of(post, now)) for post in page]
    context = {
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "rows": rows,
        "q": filters["q"],
        "state": filters["trang-thai"],
        "category": filters["muc"],
        "unit": filters["don-vi"],
        "sort": filters["sap-xep"],
        "states": [*PostState.choices, (SCHEDULED, _("scheduled"))],
        "categories": Category.objects.all(),
        "units": Unit.objects.filter(pk__in=queries.visible_to(by).values("unit")).order_by("name"),
        "is_filtered": any(filters[name] for name in FILTERS[:4]),
    }
    return render(request, "news/post_register.html", context)


@with_right("news.write")
@require_http_methods(["GET", "HEAD", "POST"])
def post_new(request: HttpRequest) -> HttpResponse:
    """An empty editor's page; saving makes a draft."""
    return _editor(request, None)


@with_right("news.write", "news.publish")
@require_http_methods(["GET", "HEAD", "POST"])
def post_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One post: why it is not on the site, its fields, what can be done with it."""
    by = actor_of(request)
    return _editor(request, get_object_or_404(_whole(by), pk=pk))


def badge_of(post: Post, now: datetime) -> tuple[str, str]:
    """Label and kind of the badge that tells a post's state."""
    if post.state == PostState.PUBLISHED and post.publish_at and post.publish_at > now:
        return _("scheduled"), "info"
    return str(post.get_state_display()), BADGES[PostState(post.state)]


def way_of(post: Post, now: datetime) -> list[tuple[str, bool, bool]]:
    """The steps from draft to the site: label, is it there, has it passed it."""
    is_scheduled = post.state == PostState.PUBLISHED and not post.is_on_site(now)
    steps = [
        (str(PostState.DRAFT.label), {PostState.DRAFT, PostState.RETURNED}),
        (pgettext("news", "in review"), {PostState.PROPOSED}),
        (pgettext("news", "approved"), {PostState.APPROVED}),
        (_("scheduled"), {PostState.PUBLISHED} if is_scheduled else set()),
        (_("on the site"), set() if is_scheduled else {*PUBLIC_ONCE}),
    ]
    at = next(n for n, (_label, states) in enumerate(steps) if post.state in states)
    if post.state in {PostState.ARCHIVED, PostState.WITHDRAWN}:
        steps.append((str(post.get_state_display()), {PostState(post.state)}))
        at = len(steps) - 1
    return [(label, n == at, n < at) for n, (label, _states) in enumerate(steps)]


def next_step(post: Post) -> str:
    """What those named on the page can do with the post now."""
    steps = {
        PostState.DRAFT: _("Write on, and send it for review:"),
        PostState.RETURNED: _("Mend it, and send it again:"),
        PostState.PROPOSED: _("Approve it or return it:"),
        PostState.APPROVED: _("Publish it:"),
        PostState.PUBLISHED: _("Change its time, correct it or take it down:"),
        PostState.ARCHIVED: _("Take it out of the archive:"),
        PostState.WITHDRAWN: _("Put it on the site again:"),
    }
    return steps[PostState(post.state)]


def _whole(by: Actor) -> Any:
    return queries.visible_to(by).select_related("unit", "category", "cover", "video")


def _editor(request: HttpRequest, post: Post | None) -> HttpResponse:
    by = actor_of(request)
    if post is not None and not may_edit(by, post):
        if request.method == "POST":
            messages.error(request, _("Only a publisher changes what is on the site."))
            return redirect("post_edit", post.pk)
        return _show_editor(request, by, post, None, None, post.cover, post.video)
    if request.method == "POST":
        return _save(request, by, post)
    typing = queries.typing_of(by, post)
    if typing is not None and request.GET.get("ban") == "tu-luu":
        return _show_typing(request, by, post, typing)
    first_unit = queries.units_to_write_for(by).filter(pk__in=[h.unit_id for h in by.holds]).first()
    initial = initial_of(post) if post else {"unit": first_unit.pk if first_unit else None}
    cover, video = (post.cover, post.video) if post else (None, None)
    cover_form = _cover_form(by, cover, initial_of_cover(cover))
    form = PostForm(by, initial=initial)
    return _show_editor(request, by, post, form, cover_form, cover, video, typing=typing)


def _show_typing(request: HttpRequest, by: Actor, post: Post | None, typing: Autosave) -> HttpResponse:
    """The editor with what was typed and not saved; beside it the post, if that was saved since."""
    values = typing.values
    about = {name.removeprefix("anh-"): value for name, value in values.items() if name.startswith("anh-")}
    cover = _kept_cover(by, post, values.get("cover"))
    video = kept(Video, values.get("video"), by)
    form = PostForm(by, initial={**values, "version": typing.version})
    cover_form = _cover_form(by, cover, about)
    other = post if post is not None and post.version != typing.version else None
    return _show_editor(request, by, post, form, cover_form, cover, video, other, is_restored=True)


def _save(request: HttpRequest, by: Actor, post: Post | None) -> HttpResponse:
    """Saves, or shows the page again with everything typed; files once taken in stay with the page."""
    cover = _kept_cover(by, post, request.POST.get("cover"))
    video: Video | None = kept(Video, request.POST.get("video"), by)
    form = PostForm(by, request.POST, request.FILES)
    cover_form = CoverForm(
        request.POST,
        request.FILES,
        prefix="anh",
        has_cover=cover is not None,
        pictures=media.pictures_for(by),
    )
    is_form_valid, is_cover_valid = form.is_valid(), cover_form.is_valid()
    _tell_oversize(request, form, cover_form)
    unit = form.cleaned_data.get("unit") or (post.unit if post else None)
    if unit is not None and is_cover_valid:
        cover = _take_cover(by, unit, cover, cover_form)
    if unit is not None:
        video = _take_video(by, unit, video, form)
    other: Post | None = None
    if unit is not None and is_form_valid and form.is_valid() and cover_form.is_valid():
        try:
            values = form.values() | {"cover": cover, "video": video, "tags": _tags(by, unit, form)}
            if post is None:
                saved = actions.write_post(by=by, unit=unit, values=values)
            else:
                version = form.cleaned_data["version"] or 0
                is_minor = form.cleaned_data["is_minor"]
                saved = actions.edit_post(by=by, post=post, version=version, values=values, is_minor=is_minor)
        except ChangedMeanwhile as refused:
            refused.add_to_form(form)
            other = refused.post
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("Saved."))
            for sentence in taken_out(form.cleaned_data["body"]):
                messages.warning(request, sentence)
            return redirect("post_edit", saved.pk)
    if is_cover_valid and cover is not None and cover == cover_form.cleaned_data["chosen"]:
        cover_form = _cover_form(by, cover, initial_of_cover(cover))  # what was typed was of another picture
    return _show_editor(request, by, post, form, cover_form, cover, video, other)


def _kept_cover(by: Actor, post: Post | None, text: str | None) -> Picture | None:
    """The cover that the page names: of the actor's units, or what the post has from another unit."""
    own: Picture | None = kept(Picture, text, by)
    return own or (post.cover if post is not None and text == str(post.cover_id) else None)


def _cover_form(by: Actor, cover: Picture | None, about: dict[str, Any]) -> CoverForm:
    return CoverForm(
        prefix="anh", initial=about, has_cover=cover is not None, pictures=media.pictures_for(by)
    )


def _tags(by: Actor, unit: Unit, form: PostForm) -> list[Tag]:
    """The tags named in the form, divided by commas, and its programme; new ones are made."""
    names = {name.strip() for name in form.cleaned_data["tags"].split(",")} - {""}
    tags = [actions.add_tag(by=by, unit=unit, name=name) for name in sorted(names)]
    if form.cleaned_data["programme"]:
        tags.append(form.cleaned_data["programme"])
    if name := form.cleaned_data.get("new_programme", "").strip():
        try:
            tags.append(actions.add_tag(by=by, unit=unit, name=name, kind=TagKind.PROGRAMME))
        except Refused as refused:
            raise Refused([Reason(one.text, field="new_programme") for one in refused.reasons]) from refused
    return list({tag.pk: tag for tag in tags}.values())


def _take_cover(by: Actor, unit: Unit, cover: Picture | None, form: CoverForm) -> Picture | None:
    """The picture after this form: taken in, another of the library, described anew, or taken off."""
    about = form.cleaned_data
    if about["drop"]:
        return None
    if about["chosen"] and not about["file"]:
        return cast(Picture, about["chosen"])
    try:
        if about["file"]:
            return actions.add_picture(
                by=by, unit=unit, file=about["file"], size=about["file"].size, about=about
            )
        if cover is None or not may(by, "news.write", cover.unit_id):
            return cover
        return actions.describe_picture(by=by, picture=cover, about=about)
    except Refused as refused:
        refused.add_to_form(form)
    return cover


def _take_video(by: Actor, unit: Unit, video: Video | None, form: PostForm) -> Video | None:
    """The video after this form: a new file, a new link, the old one, or none."""
    file, link = form.cleaned_data.get("video_file"), form.cleaned_data.get("video_link", "")
    if form.cleaned_data.get("drop_video"):
        return None
    try:
        if file:
            return actions.add_video_file(by=by, unit=unit, file=file)
        if link and not (video and not video.is_file and video.watch_url == link):
            return actions.link_video(by=by, unit=unit, link=link)
        if not link and video and not video.is_file:
            return None
    except Refused as refused:
        refused.add_to_form(form)
    return video


def _tell_oversize(request: HttpRequest, form: PostForm, cover_form: CoverForm) -> None:
    """Files that were too large never reached the disk (redcross.uploads): say so at their field."""
    for name in getattr(request, "rc_oversize", ()):
        if name == "video_file":
            form.add_error("video_file", TOO_LARGE)
        elif name == "anh-file":
            cover_form.add_error("file", TOO_LARGE)


def _show_editor(
    request: HttpRequest,
    by: Actor,
    post: Post | None,
    form: PostForm | None,
    cover_form: CoverForm | None,
    cover: Picture | None,
    video: Video | None,
    other: Post | None = None,
    *,
    typing: Autosave | None = None,
    is_restored: bool = False,
) -> HttpResponse:
    now = timezone.now()
    context: dict[str, Any] = {
        "typing": typing,
        "is_restored": is_restored,
        "post": post,
        "form": form,
        "cover_form": cover_form,
        "cover": cover,
        "video": video,
        "other": other,
        "version": other.version if other else form["version"].value() if form else None,
        "kinds": embeds.KINDS.values(),
    }
    if post is not None:
        at = timezone.localtime(post.publish_at).strftime("%H:%M %d/%m/%Y") if post.publish_at else ""
        context |= {
            "badge": badge_of(post, now),
            "is_on_site": post.is_on_site(now),
            "why_not": why_not_on_site(post.facts, post.reason, at),
            "may_publish": may_publish(by, post),
            "may_review": may_review(by, post),
            "way": way_of(post, now),
            "next_step": next_step(post),
            "hands": queries.next_hands(post, by.on),
            "corrections": corrections_of(post.corrections),
            **_talk(post),
        }
    if form is not None and cover_form is not None:
        typed = {name: form[name].value() for name in ("title", "summary", "author_line")}
        typed["body"] = clean_body(form["body"].value() or "")
        typed |= {
            f"anh-{name}": cover_form[name].value()
            for name in cover_form.fields
            if name not in {"file", "chosen"}
        }
        things = embeds.things_in(by, typed["body"])
        state = post.state if post else PostState.DRAFT
        context |= {
            "editor_words": editor_words(),
            "boxes": embeds.choices_of(things),
            "findings": findings_of(state, typed, things, has_cover=cover is not None),
            "holder": holder_of(by, post) if post else None,
            "tag_names": Tag.objects.filter(kind=TagKind.WORD).values_list("name", flat=True)[:200],
        }
    is_refused = form is not None and form.is_bound
    if is_restored and other is not None and form is not None:
        context["is_overtaken"] = True
    return render(request, "news/post_edit.html", context, status=422 if is_refused else 200)


def _talk(post: Post) -> dict[str, Any]:
    """Threads of comments with the names of those who spoke, and how many are open. 2 queries."""
    threads = queries.threads_of(post)
    said = [comment for first, answers in threads for comment in (first, *answers)]
    names = queries.names_of(comment.user_id for comment in said)
    return {
        "threads": [
            (first, names.get(first.user_id, ""), [(one, names.get(one.user_id, "")) for one in answers])
            for first, answers in threads
        ],
        "open_threads": sum(first.settled_at is None for first, _answers in threads),
        "comment_form": CommentForm(auto_id="y_kien_%s"),
    }
