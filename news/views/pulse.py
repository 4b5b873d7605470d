"""Signs of life of the editor's page: text kept, who else is editing, what is still to mend."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from ledger.actor import Actor
from news import actions, embeds, queries
from news.enums import PostState
from news.forms import initial_of_cover
from news.forms import kept as kept_picture
from news.models import Picture, Post
from news.permissions import may_edit
from news.rules.body import clean_body
from news.rules.checks import DraftFacts, Finding, PictureFacts, check_post
from news.rules.embeds import Placed, split_boxes
from news.rules.publishing import CoverFacts
from people.access import with_right
from people.actors import actor_of

LONGEST = 600_000
# What the page sends of itself; files are never among it.
TYPED = (
    *(
        "title",
        "summary",
        "body",
        "category",
        "unit",
        "programme",
        "new_programme",
        "tags",
        "author_line",
        "slug",
        "video_link",
    ),
    *("cover", "video", "anh-chosen", "anh-alt", "anh-caption", "anh-credit", "anh-ground", "anh-proof"),
    *("anh-representative_proof", "anh-focal_x", "anh-focal_y"),
)


@with_right("news.write")
@require_POST
def post_new_pulse(request: HttpRequest) -> HttpResponse:
    """The page of a new post: text kept, and the check."""
    return _pulse(request, None)


@with_right("news.write", "news.publish")
@require_POST
def post_pulse(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a post: text kept, the post held, and the check."""
    post = get_object_or_404(queries.visible_to(actor_of(request)), pk=pk)
    return _pulse(request, post)


@with_right("news.write")
@require_POST
def post_new_forget(request: HttpRequest) -> HttpResponse:
    """What was typed into a new post and not saved is thrown away."""
    actions.drop_typing(by=actor_of(request), post=None)
    return redirect("post_new")


@with_right("news.write", "news.publish")
@require_POST
def post_forget(request: HttpRequest, pk: int) -> HttpResponse:
    """What was typed into the post and not saved is thrown away."""
    by = actor_of(request)
    post = get_object_or_404(queries.visible_to(by), pk=pk)
    actions.drop_typing(by=by, post=post)
    return redirect("post_edit", pk)


@with_right("news.write", "news.publish")
@require_POST
def post_take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """The post is ours to edit from now on; the other's page is told and loses nothing."""
    by = actor_of(request)
    post = get_object_or_404(queries.visible_to(by), pk=pk)
    actions.hold_post(by=by, post=post, take_over=True)
    return redirect("post_edit", pk)


@with_right("news.write", "news.publish")
@require_POST
def post_let_go(request: HttpRequest, pk: int) -> HttpResponse:
    """The page is closed: others may edit at once."""
    by = actor_of(request)
    post = queries.visible_to(by).filter(pk=pk).first()
    if post is not None:
        actions.let_go_of_post(by=by, post=post)
    return HttpResponse(status=204)


def findings_of(
    state: str, typed: Mapping[str, Any], things: Mapping[str, Mapping[int, Any]], *, has_cover: bool
) -> list[Finding]:
    """The check of what stands in the form; `things` are those in its body, of embeds.things_in."""
    body = str(typed.get("body") or "")
    said = {name: str(typed.get(f"anh-{name}") or "") for name in ("alt", "ground", "proof", "credit")}
    representative = str(typed.get("anh-representative_proof") or "")
    cover = CoverFacts(said["alt"], said["ground"], said["proof"], representative) if has_cover else None
    placed = [piece for piece in split_boxes(body) if isinstance(piece, Placed)]
    shown: Mapping[int, Picture] = things.get("picture", {})
    return check_post(
        DraftFacts(
            title=str(typed.get("title") or ""),
            summary=str(typed.get("summary") or ""),
            body=body,
            author_line=str(typed.get("author_line") or ""),
            state=state,
            cover=cover,
            cover_credit=said["credit"],
            pictures=[
                PictureFacts(shown[one.pk].alt, one.caption or shown[one.pk].caption, shown[one.pk].credit)
                for one in placed
                if one.kind == "picture" and one.pk in shown
            ],
            lacking=embeds.lacking(things),
            lost=sum(one.pk not in things.get(one.kind, {}) for one in placed),
        )
    )


def holder_of(by: Actor, post: Post) -> dict[str, Any] | None:
    """Who else has the post open now: name and since when."""
    held = queries.editing_of(post, timezone.now())
    if held is None or (by.user is not None and held.user_id == by.user.pk):
        return None
    return {"name": queries.names_of([held.user_id]).get(held.user_id, ""), "since": held.since}


def _pulse(request: HttpRequest, post: Post | None) -> HttpResponse:
    by = actor_of(request)
    typed = {name: request.POST.get(name, "")[:LONGEST] for name in TYPED if name in request.POST}
    kept, holder = None, None
    may_keep = post is None or may_edit(by, post)
    if may_keep and request.POST.get("typed"):
        version = request.POST.get("version", "")
        number = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0
        kept = actions.keep_typing(by=by, post=post, version=number, values=typed)
    is_changed = False
    if post is not None and may_keep:
        held = actions.hold_post(by=by, post=post)
        if by.user is not None and held.user_id != by.user.pk:
            name = queries.names_of([held.user_id]).get(held.user_id, "")
            holder = {"name": name, "since": held.since}
        is_changed = str(post.version) != request.POST.get("version", "")
    typed["body"] = clean_body(typed.get("body", ""))
    if chosen := kept_picture(Picture, typed.get("anh-chosen"), by):
        typed |= {f"anh-{name}": value for name, value in initial_of_cover(chosen).items()}
        typed["cover"] = str(chosen.pk)
    has_cover = bool(typed.get("cover") or request.POST.get("has_file")) and not request.POST.get("anh-drop")
    things = embeds.things_in(by, typed["body"])
    state = post.state if post else PostState.DRAFT
    context = {
        "post": post,
        "kept": kept,
        "holder": holder,
        "is_changed": is_changed,
        "findings": findings_of(state, typed, things, has_cover=has_cover),
    }
    return render(request, "news/post_pulse.html", context)
