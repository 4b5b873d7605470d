"""Files of posts: handed to readers; looked through and removed in the newsroom."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from foundation.refusal import Refused
from news import actions
from news.models import PostFile
from news.permissions import right_to_remove
from news.queries import files
from people.access import public, with_right
from people.actors import actor_of
from people.permissions import may

PAGE = 30
LONGEST_QUERY = 100


@public
@require_safe
def post_file(request: HttpRequest, pk: int) -> FileResponse:
    """A file that a post on the site shows, to be downloaded; a minute in a cache between, no longer."""
    open_now = PostFile.objects.open_at(timezone.now()).select_related("stored")
    response = _handed(get_object_or_404(open_now, pk=pk))
    response["Cache-Control"] = "public, max-age=60"
    return response


@with_right("news.write", "news.publish")
@require_safe
def post_file_open(request: HttpRequest, pk: int) -> FileResponse:
    """A file of the actor's units, shown in a post or not yet."""
    mine = files.post_files_for(actor_of(request)).select_related("stored")
    return _handed(get_object_or_404(mine, pk=pk))


@with_right("news.write", "news.publish")
@require_safe
def post_file_register(request: HttpRequest) -> HttpResponse:
    """Files of my units under ?q=, the newest first, with how many posts show each."""
    query = request.GET.get("q", "")[:LONGEST_QUERY].replace("\x00", "").strip()
    by = actor_of(request)
    rows = files.post_file_register(by, query)
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    removable = [(one, may(by, right_to_remove(is_open=one.is_open), one.unit_id)) for one in page]
    context = {"page": page, "rows": removable, "page_range": list(numbers), "query": query}
    return render(request, "news/post_file_register.html", context)


@with_right("news.write", "news.publish")
@require_http_methods(["GET", "HEAD", "POST"])
def post_file_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the file out of every post and deletes it, after asking."""
    by = actor_of(request)
    file = get_object_or_404(files.post_files_for(by), pk=pk)
    if request.method == "POST":
        try:
            actions.remove_post_file(by=by, file=file)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Removed. No post shows the file any more."))
        return redirect("post_file_register")
    count = file.posts.count()
    context = {
        "sentence": _("Remove the file “%(title)s”?") % {"title": file.title},
        "consequences": [_("Every post loses it at once, and it is deleted. This cannot be taken back.")],
        "count": count,
        "count_label": ngettext("post shows it", "posts show it", count),
        "button_label": _("Remove the file"),
        "is_danger": True,
        "back_url": reverse("post_file_register"),
        "file": file,
        "posts": file.posts.only("title").order_by("-pk")[:10],
    }
    return render(request, "news/post_file_remove.html", context)


def _handed(file: PostFile) -> FileResponse:
    """The bytes as a download under the file's own name, never opened as a page."""
    stored = file.stored
    response = FileResponse(
        stored.file.open("rb"), as_attachment=True, filename=stored.name, content_type=stored.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
