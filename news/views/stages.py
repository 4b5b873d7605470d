"""Steps of a post: sent, returned, published, taken down. Each says what will happen before it asks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods

from foundation.refusal import Refused
from ledger.actor import Actor
from news import actions, queries
from news.forms import ArchiveForm, CorrectionForm, PublishForm, ReasonForm, VersionForm
from news.models import Post
from people.access import with_right
from people.actors import actor_of


@dataclass(frozen=True, slots=True)
class Step:
    """What a confirm page shows, and the sentence after it."""

    sentence: str
    consequences: list[str]
    button: str
    done: str
    is_danger: bool = False


@with_right("news.write")
@require_http_methods(["GET", "HEAD", "POST"])
def post_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """The writer hands the post to a publisher."""
    step = Step(
        _("Send this post to the publisher?"),
        [_("It stands in the publisher's queue."), _("Readers see nothing of it yet.")],
        _("Send to the publisher"),
        _("Sent. It waits for a publisher now."),
    )
    form = forms.Form(request.POST if request.method == "POST" else None)
    return _ask(request, pk, step, form, lambda by, post: actions.propose_post(by=by, post=post))


@with_right("news.review")
@require_http_methods(["GET", "HEAD", "POST"])
def post_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """The reviewer finds the post good; a publisher then gives it its time."""
    post = get_object_or_404(queries.visible_to(actor_of(request)), pk=pk)
    consequences = [
        _("It waits for a publisher to give it its time; readers see nothing of it yet."),
        _("A change by its writer takes the approval back."),
    ]
    open_threads = post.comments.filter(thread=None, settled_at=None).count()
    if open_threads:
        consequences.append(
            ngettext(
                "%(count)s comment is not settled yet.",
                "%(count)s comments are not settled yet.",
                open_threads,
            )
            % {"count": open_threads}
        )
    step = Step(_("Approve this post?"), consequences, pgettext("news", "Approve"), _("Approved."))
    form = VersionForm(request.POST if request.method == "POST" else None, initial={"version": post.version})
    return _ask(
        request,
        pk,
        step,
        form,
        lambda by, found: actions.approve_post(by=by, post=found, version=form.cleaned_data["version"]),
    )


@with_right("news.publish")
@require_http_methods(["GET", "HEAD", "POST"])
def post_archive(request: HttpRequest, pk: int) -> HttpResponse:
    """The publisher takes the post out of the lists; its address stays."""
    step = Step(
        _("Put this post into the archive?"),
        [
            _("Home page, lists, search and feeds drop it."),
            _("Readers who have its address can still open it, marked as of the archive."),
        ],
        _("Put into the archive"),
        _("In the archive."),
    )
    form = ArchiveForm(request.POST if request.method == "POST" else None)
    return _ask(
        request,
        pk,
        step,
        form,
        lambda by, post: actions.archive_post(by=by, post=post, reason=form.cleaned_data["reason"]),
    )


@with_right("news.publish")
@require_http_methods(["GET", "HEAD", "POST"])
def post_unarchive(request: HttpRequest, pk: int) -> HttpResponse:
    """The publisher puts the post back into the lists."""
    step = Step(
        _("Take this post out of the archive?"),
        [_("It stands in the lists again, on the day it was published.")],
        _("Take out of the archive"),
        _("Taken out of the archive."),
    )
    form = forms.Form(request.POST if request.method == "POST" else None)
    return _ask(request, pk, step, form, lambda by, post: actions.unarchive_post(by=by, post=post))


@with_right("news.publish")
@require_http_methods(["GET", "HEAD", "POST"])
def post_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """The publisher puts a dated correction on the post."""
    step = Step(
        _("Put a correction on this post?"),
        [
            _("Readers see it on the post at once, with day and hour."),
            _("It stays: a later correction is added below. The text itself is corrected in the editor."),
        ],
        _("Put the correction on"),
        _("The correction stands on the post."),
    )
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    return _ask(
        request,
        pk,
        step,
        form,
        lambda by, post: actions.correct_post(by=by, post=post, text=form.cleaned_data["text"]),
    )


@with_right("news.review")
@require_http_methods(["GET", "HEAD", "POST"])
def post_return(request: HttpRequest, pk: int) -> HttpResponse:
    """The reviewer hands the post back, with a reason."""
    step = Step(
        _("Return this post for changes?"),
        [_("The writer finds it in the queue, with the reason.")],
        _("Return"),
        _("Returned to the writer."),
    )
    form = ReasonForm(request.POST if request.method == "POST" else None)
    return _ask(
        request,
        pk,
        step,
        form,
        lambda by, post: actions.return_post(by=by, post=post, reason=form.cleaned_data["reason"]),
    )


@with_right("news.publish")
@require_http_methods(["GET", "HEAD", "POST"])
def post_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """The publisher puts the post on the site, now or at a time."""
    post = get_object_or_404(queries.visible_to(actor_of(request)), pk=pk)
    step = Step(
        _("Publish this post?"),
        [
            _("Everybody can read it at %(address)s.") % {"address": post.get_absolute_url()},
            _("The home page, the list and the feed show it at once; with a later time, from then on."),
            _("It can be taken down again; what was read stays read."),
        ],
        _("Publish"),
        _("Published."),
    )
    at = post.publish_at if post.publish_at and post.publish_at > timezone.now() else None
    form = PublishForm(
        request.POST if request.method == "POST" else None, initial={"version": post.version, "at": at}
    )

    def publish(by: Actor, found: Post) -> Post:
        values = form.cleaned_data
        return actions.publish_post(by=by, post=found, version=values["version"], at=values["at"])

    return _ask(request, pk, step, form, publish)


@with_right("news.publish")
@require_http_methods(["GET", "HEAD", "POST"])
def post_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The publisher takes the post down, with a reason."""
    step = Step(
        _("Take this post down?"),
        [
            _("Readers get “page not found” at once; lists and feed drop it."),
            _("The post and its history stay here, with the reason."),
        ],
        _("Take down"),
        _("Taken down."),
        is_danger=True,
    )
    form = ReasonForm(request.POST if request.method == "POST" else None)
    return _ask(
        request,
        pk,
        step,
        form,
        lambda by, post: actions.withdraw_post(by=by, post=post, reason=form.cleaned_data["reason"]),
    )


def _ask(
    request: HttpRequest, pk: int, step: Step, form: forms.Form, act: Callable[[Actor, Post], Any]
) -> HttpResponse:
    """The confirm page, and the act once confirmed; a refusal is shown there."""
    by = actor_of(request)
    post = get_object_or_404(queries.visible_to(by).select_related("cover"), pk=pk)
    if request.method == "POST" and form.is_valid():
        try:
            act(by, post)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, step.done)
            return redirect("post_edit", pk)
    context = {
        "post": post,
        "sentence": step.sentence,
        "consequences": step.consequences,
        "button_label": step.button,
        "is_danger": step.is_danger,
        "form": form,
        "back_url": reverse("post_edit", args=[pk]),
    }
    return render(request, "news/post_confirm.html", context, status=422 if form.errors else 200)
