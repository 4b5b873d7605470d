"""Good examples: the public section, and how a unit proposes and the level above approves."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.refusal import Refused
from ledger.actor import Actor
from news.actions.examples import (
    change_example,
    draft_post_of,
    propose_example,
    publish_example,
    return_example,
    withdraw_example,
    write_example,
)
from news.document_forms import CategoryForm, ExampleForm
from news.enums import ExampleKind, ExampleState
from news.forms import ReasonForm
from news.middleware import cached_whole
from news.models import Example
from news.queries import examples as queries
from news.rules.examples import APPROVE, PROPOSE, missing_in_example, right_to_change
from people.access import public, with_right
from people.actors import actor_of
from people.permissions import may

PAGE, DESK_PAGE, ENTRIES = 12, 50, 20
TONES = {
    ExampleState.PROPOSED: "wait",
    ExampleState.RETURNED: "bad",
    ExampleState.PUBLISHED: "ok",
    ExampleState.WITHDRAWN: "bad",
}


@public
@cached_whole
@require_safe
def example_list(request: HttpRequest) -> HttpResponse:
    """The section: people, groups, ways of working, the newest first."""
    filters = {name: request.GET.get(name, "")[:100].replace("\x00", "").strip() for name in ("q", "loai")}
    paginator = Paginator(queries.public_examples(filters), PAGE)
    try:
        page = paginator.page(request.GET.get("trang", "1"))
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error
    number = f"?trang={page.number}" if page.number > 1 else ""
    context = {
        "page": page,
        "rows": [(one, next(iter(queries.shown_pictures(one)), None)) for one in page],
        "filters": filters,
        "is_filtered": any(filters.values()),
        "kinds": ExampleKind.choices,
        "canonical": f"{settings.SITE_URL}/guong-dien-hinh/{number}",
        "page_range": list(paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
    }
    return render(request, "news/example_list.html", context)


@public
@cached_whole
@require_safe
def example_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One example with its story and pictures."""
    rows = queries.with_pictures(Example.objects.public().select_related("unit"))
    example = get_object_or_404(rows, slug=slug)
    context = {
        "example": example,
        "pictures": queries.shown_pictures(example),
        "canonical": settings.SITE_URL + example.get_absolute_url(),
    }
    return render(request, "news/example_page.html", context)


@public
@cached_whole
@require_safe
def example_feed(request: HttpRequest) -> HttpResponse:
    """RSS 2.0 of the newest examples."""
    site = settings.SITE_URL
    feed = Rss201rev2Feed(
        title=_("Good examples of %(chapter)s") % {"chapter": settings.CHAPTER["name"]},
        link=f"{site}/guong-dien-hinh/",
        description=_("People, groups and ways of working that others may learn from"),
        language="vi",
        feed_url=f"{site}/guong-dien-hinh/rss/",
    )
    for one in Example.objects.public().order_by("-published_at", "-pk")[:ENTRIES]:
        link = site + one.get_absolute_url()
        feed.add_item(
            title=one.title, link=link, description=one.summary, unique_id=link, pubdate=one.published_at
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


@with_right(PROPOSE, APPROVE)
@require_safe
def example_register(request: HttpRequest) -> HttpResponse:
    """Examples of the officer's units."""
    by = actor_of(request)
    names = ("q", "trang-thai", "loai")
    filters = {name: request.GET.get(name, "")[:100].replace("\x00", "").strip() for name in names}
    page = Paginator(queries.register(by, filters), DESK_PAGE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "rows": [(one, TONES.get(ExampleState(one.state), "")) for one in page],
        "filters": filters,
        "chosen_state": filters["trang-thai"],
        "is_filtered": any(filters.values()),
        "states": ExampleState.choices,
        "kinds": ExampleKind.choices,
        "may_propose": may(by, PROPOSE),
    }
    return render(request, "news/example_register.html", context)


@with_right(PROPOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def example_new(request: HttpRequest) -> HttpResponse:
    """A unit begins: who or what, the story; pictures once it is saved."""
    by = actor_of(request)
    form = ExampleForm(by, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = write_example(by=by, unit=form.cleaned_data["unit"], values=form.values())
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("Saved as a draft. Choose pictures, then propose it."))
            return redirect("example_edit", made.pk)
    return render(request, "news/example_edit.html", {"form": form}, status=422 if form.errors else 200)


@with_right(PROPOSE, APPROVE)
@require_http_methods(["GET", "HEAD", "POST"])
def example_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The example, what is still missing, and the next step."""
    by = actor_of(request)
    example = _seen(by, pk)
    may_change = may(by, right_to_change(example.state), example.unit_id)
    form = None
    if may_change:
        form = ExampleForm(by, request.POST if request.method == "POST" else None, example=example)
    if form is not None and form.is_bound and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            change_example(
                by=by, example=example, version=version, values=form.values(), pictures=form.pictures()
            )
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("Saved."))
            return redirect("example_edit", pk)
    context = {
        "example": example,
        "form": form,
        "tone": TONES.get(ExampleState(example.state), ""),
        "missing": missing_in_example(example.facts),
        "may_propose": may(by, PROPOSE, example.unit_id),
        "may_write": may(by, "news.write", example.unit_id),
        "may_approve": may(by, APPROVE, example.unit_id),
        "pictures": [row.picture for row in example.example_pictures.select_related("picture")],
    }
    is_refused = form is not None and form.is_bound
    return render(request, "news/example_edit.html", context, status=422 if is_refused else 200)


@with_right(PROPOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def example_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """To the level above."""
    form = forms.Form(request.POST if request.method == "POST" else None)
    context = {
        "sentence": _("Propose this example?"),
        "consequences": [_("It waits for the level above; readers see nothing of it yet.")],
        "button_label": _("Propose"),
    }
    return _ask(
        request,
        pk,
        form,
        context,
        lambda by, one: propose_example(by=by, example=one),
        _("Proposed."),
    )


@with_right(APPROVE)
@require_http_methods(["GET", "HEAD", "POST"])
def example_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to the unit with a reason."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    context = {
        "sentence": _("Return this example to the unit?"),
        "consequences": [_("The unit finds it in its queue, with the reason.")],
        "button_label": _("Return"),
    }

    def act(by: Actor, one: Example) -> Any:
        return return_example(by=by, example=one, reason=form.cleaned_data["reason"])

    return _ask(request, pk, form, context, act, _("Returned to the unit."))


@with_right(APPROVE)
@require_http_methods(["GET", "HEAD", "POST"])
def example_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Approved: shown to all."""
    form = forms.Form(request.POST if request.method == "POST" else None)
    one = _seen(actor_of(request), pk)
    consequences = [_("Everybody can read it at %(address)s.") % {"address": one.get_absolute_url()}]
    if one.names_person:
        consequences.append(_("A person is named, who has agreed by: %(paper)s") % {"paper": one.consent})
    context = {
        "sentence": _("Approve and show this example?"),
        "consequences": consequences,
        "button_label": _("Approve and show"),
    }
    return _ask(
        request,
        pk,
        form,
        context,
        lambda by, found: publish_example(by=by, example=found),
        _("Published."),
    )


@with_right(APPROVE)
@require_http_methods(["GET", "HEAD", "POST"])
def example_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Taken down with a reason."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    context = {
        "sentence": _("Take this example down?"),
        "consequences": [_("Readers get “page not found” at once; lists and feed drop it.")],
        "button_label": _("Take down"),
        "is_danger": True,
    }

    def act(by: Actor, one: Example) -> Any:
        return withdraw_example(by=by, example=one, reason=form.cleaned_data["reason"])

    return _ask(request, pk, form, context, act, _("Taken down."))


@with_right("news.write")
@require_http_methods(["GET", "HEAD", "POST"])
def example_post(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft of a post from the example."""
    form = CategoryForm(request.POST if request.method == "POST" else None)
    context = {
        "sentence": _("Write a post from this example?"),
        "consequences": [
            _("A draft is made with its title, story and first picture; it goes the way of every post.")
        ],
        "button_label": _("Make the draft"),
    }

    def act(by: Actor, one: Example) -> Any:
        return draft_post_of(by=by, example=one, category=form.cleaned_data["category"])

    return _ask(request, pk, form, context, act, _("The draft stands among the posts."))


def _seen(by: Actor, pk: int) -> Example:
    return get_object_or_404(queries.visible_examples(by), pk=pk)


def _ask(
    request: HttpRequest,
    pk: int,
    form: forms.Form,
    context: dict[str, Any],
    act: Callable[[Actor, Example], Any],
    done: str,
) -> HttpResponse:
    by = actor_of(request)
    example = _seen(by, pk)
    if request.method == "POST" and form.is_valid():
        try:
            act(by, example)
        except Refused as refused:
            for reason in refused.reasons:
                form.add_error(None, str(reason))
        else:
            messages.success(request, done)
            return redirect("example_edit", pk)
    context |= {"example": example, "form": form, "back_url": reverse("example_edit", args=[pk])}
    return render(request, "news/example_confirm.html", context, status=422 if form.errors else 200)
