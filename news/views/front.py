"""The newsroom arranges the home page: which story leads, and until when."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.refusal import Refused
from news import actions, queries
from news.forms import LeadForm
from news.models import Post
from people.access import with_right
from people.actors import actor_of

SHOWN = 15
USUAL = timedelta(days=2)


@with_right("news.publish")
@require_safe
def front_page(request: HttpRequest) -> HttpResponse:
    """What leads now and until when; the newest posts, one of which may lead instead."""
    now = timezone.now()
    leads = list(queries.leads(now))
    posts = queries.cards(now, 0, SHOWN)
    read = queries.most_read(now, 5)
    return render(request, "news/front_page.html", {"leads": leads, "posts": posts, "read": read})


@with_right("news.publish")
@require_http_methods(["GET", "HEAD", "POST"])
def front_lead(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks until when, then lets the post lead."""
    post = get_object_or_404(Post.objects.on_site(timezone.now()), pk=pk)
    until = timezone.localtime() + USUAL
    form = LeadForm(request.POST if request.method == "POST" else None, initial={"until": until})
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_lead(by=actor_of(request), post=post, until=form.cleaned_data["until"])
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("The story leads the home page now."))
            return redirect("front_page")
    context = {
        "post": post,
        "form": form,
        "sentence": _("Let this story lead the home page?"),
        "consequences": [
            _("It stands large at the top at once, before newer posts."),
            _("After that time the newest post leads again by itself."),
        ],
        "button_label": _("Let it lead"),
        "back_url": reverse("front_page"),
    }
    return render(request, "news/front_confirm.html", context, status=422 if form.errors else 200)


@with_right("news.publish")
@require_http_methods(["GET", "HEAD", "POST"])
def front_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then ends a lead."""
    post = get_object_or_404(Post, pk=pk, lead__isnull=False)
    if request.method == "POST":
        actions.end_lead(by=actor_of(request), post=post)
        messages.success(request, _("The newest post leads again."))
        return redirect("front_page")
    context = {
        "post": post,
        "sentence": _("Shall this story lead no longer?"),
        "consequences": [_("The post stays on the site; the newest post leads the home page.")],
        "button_label": _("End the lead"),
        "back_url": reverse("front_page"),
    }
    return render(request, "news/front_confirm.html", context)
