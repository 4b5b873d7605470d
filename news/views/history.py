"""Revisions of a post: the list, two of them compared, an old one restored."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from foundation.refusal import Refused
from ledger.actor import Actor
from news import actions, embeds, queries
from news.models import Category, Picture, Post, Revision, Tag, Video
from news.permissions import may_edit
from news.rules.compare import Piece, changes, paragraphs_of, word_pieces
from people.access import with_right
from people.actors import actor_of

PAGE = 30
PLAIN = ("title", "summary", "author_line")


@with_right("news.write", "news.publish")
@require_safe
def post_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version of a post, the newest first: who saved it, when; each compared with the one before."""
    post = _post(request, pk)
    page = Paginator(post.revisions.defer("values"), PAGE).get_page(request.GET.get("trang"))
    names = queries.names_of(one.user_id for one in page)
    context = {
        "post": post,
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "rows": [(one, names.get(one.user_id, "")) for one in page],
    }
    return render(request, "news/post_history.html", context)


@with_right("news.write", "news.publish")
@require_safe
def post_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Two versions (?tu= and ?den=, by number): what went and what came, word by word."""
    post = _post(request, pk)
    newer = _revision(post, request.GET.get("den", ""), post.version)
    older = _revision(post, request.GET.get("tu", ""), newer.version - 1 or 1)
    if older.version > newer.version:
        older, newer = newer, older
    names = queries.names_of([older.user_id, newer.user_id])
    bodies = [older.values["body"], newer.values["body"]]
    boxes = _names_of_boxes(actor_of(request), "".join(bodies))
    context: dict[str, Any] = {
        "post": post,
        "older": older,
        "newer": newer,
        "older_name": names.get(older.user_id, ""),
        "newer_name": names.get(newer.user_id, ""),
        "fields": [row for row in _fields(older.values, newer.values) if row[1]],
        "lines": changes(*(paragraphs_of(body, boxes) for body in bodies)),
        "may_restore": may_edit(actor_of(request), post) and older.version != post.version,
        "numbers": list(post.revisions.values_list("version", flat=True)[:200]),
    }
    context["is_same"] = not context["fields"] and not any(line.is_changed for line in context["lines"])
    return render(request, "news/post_compare.html", context)


@with_right("news.write", "news.publish")
@require_http_methods(["GET", "HEAD", "POST"])
def post_restore(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """An old version comes back as the newest, after a question."""
    by = actor_of(request)
    post = _post(request, pk)
    revision = get_object_or_404(Revision, post=post, version=number)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.restore_revision(by=by, post=post, version=post.version, restore=number)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("Version %(number)s is back, as the newest.") % {"number": number})
            return redirect("post_edit", pk)
    told = {"number": number, "at": revision.at.astimezone().strftime("%H:%M %d/%m/%Y")}
    consequences = [_("Words, category, tags, cover and video become those of that version.")]
    consequences.append(_("What stands now stays in the history and can be restored the same way."))
    if post.is_on_site(revision.at) or post.publish_at:
        consequences.append(_("If the post is on the site, readers see the restored text at once."))
    context = {
        "post": post,
        "sentence": _("Restore version %(number)s?") % told,
        "consequences": consequences,
        "button_label": pgettext("news", "Restore"),
        "form": form,
        "back_url": reverse("post_history", args=[pk]),
    }
    return render(request, "news/post_confirm.html", context, status=422 if form.errors else 200)


def _post(request: HttpRequest, pk: int) -> Post:
    return get_object_or_404(queries.visible_to(actor_of(request)), pk=pk)


def _revision(post: Post, text: str, otherwise: int) -> Revision:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else otherwise
    found = post.revisions.filter(version=number).first()
    if found is None:
        raise Http404
    return found


def _fields(older: dict[str, Any], newer: dict[str, Any]) -> list[tuple[str, Any]]:
    """Each field beside the text with its pieces, None where nothing changed."""
    labels = {"title": _("Title"), "summary": _("Summary"), "author_line": _("Author line")}
    rows: list[tuple[str, Any]] = [
        (labels[n], word_pieces(older[n], newer[n]) if older[n] != newer[n] else None) for n in PLAIN
    ]
    wanted = {int(side.get("category") or 0) for side in (older, newer)}
    names = dict(Category.objects.filter(pk__in=wanted).values_list("pk", "name")) if len(wanted) > 1 else {}
    sides = [names.get(int(side.get("category") or 0), "") for side in (older, newer)]
    rows.append((_("Category"), word_pieces(*sides) if names else None))
    for name, label, model in (("cover", _("Cover picture"), Picture), ("video", _("Video"), Video)):
        before, after = older.get(name), newer.get(name)
        if before == after:
            continue
        found = model.objects.in_bulk([int(side) for side in (before, after) if side])
        told = [str(found.get(int(side), f"{label} {side}")) if side else "" for side in (before, after)]
        rows.append((label, [Piece(op, text) for op, text in zip("-+", told, strict=True) if text]))
    tags = [set(side.get("tags") or ()) for side in (older, newer)]
    if tags[0] != tags[1]:
        all_names = dict(Tag.objects.filter(pk__in=tags[0] | tags[1]).values_list("pk", "name"))
        told = [", ".join(sorted(all_names[pk] for pk in side if pk in all_names)) for side in tags]
        rows.append((pgettext("news", "Tags"), word_pieces(*told)))
    return rows


def _names_of_boxes(by: Actor, body: str) -> dict[str, str]:
    """What stands in the text as boxes, named as in the editor. One query a kind."""
    told = embeds.choices_of(embeds.things_in(by, body))
    return {key: f"{embeds.KINDS[key.partition(':')[0]].label}: {one['label']}" for key, one in told.items()}
