"""Comments on a post, from its page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.refusal import Refused
from news import actions, queries
from news.models import Comment
from people.access import with_right
from people.actors import actor_of


@with_right("news.write", "news.publish")
@require_POST
def post_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Something said about the post, or an answer (`thread`)."""
    by = actor_of(request)
    post = get_object_or_404(queries.visible_to(by), pk=pk)
    text, given = request.POST.get("text", ""), request.POST.get("thread", "")
    thread = None
    if given.isascii() and given.isdigit() and len(given) < 18:
        thread = Comment.objects.filter(post=post, pk=int(given)).first()
    quote = request.POST.get("quote", "")[:300].replace("\x00", "")
    try:
        actions.comment_on_post(by=by, post=post, text=text.replace("\x00", ""), quote=quote, thread=thread)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The comment stands on the post."))
    return redirect(f"{reverse('post_edit', args=[pk])}#y-kien")


@with_right("news.write", "news.publish")
@require_POST
def post_settle(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    """The thread is done with (`is_settled=1`) or open again."""
    by = actor_of(request)
    post = get_object_or_404(queries.visible_to(by), pk=pk)
    found = get_object_or_404(Comment, post=post, pk=comment)
    try:
        actions.settle_comment(by=by, comment=found, is_settled=request.POST.get("is_settled") == "1")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(f"{reverse('post_edit', args=[pk])}#y-kien")
