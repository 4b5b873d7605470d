"""Talk about a post in the newsroom."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from news.models import Comment, Post
from people.permissions import acting

LONGEST = 2000


@transaction.atomic
def comment_on_post(
    *, by: Actor, post: Post, text: str, quote: str = "", thread: Comment | None = None
) -> Comment:
    """Something said about the post, or an answer in a thread of it; returns it. An answer opens it again."""
    by = acting(by, "news.write", post.unit_id)
    said = text.strip()
    if not said:
        raise Refused(Reason(_("Write what you have to say."), field="text"))
    if len(said) > LONGEST:
        raise Refused(Reason(_("The comment is too long."), field="text"))
    if thread is not None:
        thread = Comment.objects.select_for_update().get(pk=thread.thread_id or thread.pk)
        if thread.post_id != post.pk:
            raise Refused(_("This comment stands on another post."))
        if thread.settled_at is not None:
            thread.settled_at = thread.settled_by = None
            thread.save(update_fields=["settled_at", "settled_by"])
    words = "" if thread else " ".join(quote.split())[:300]
    comment = Comment.objects.create(post=post, thread=thread, user=by.user, text=said, quote=words)
    record(by=by, act="news.comment_on_post", subject=post, after={"comment": comment.pk})
    return comment


@transaction.atomic
def settle_comment(*, by: Actor, comment: Comment, is_settled: bool) -> Comment:
    """The thread is done with, or open again; returns its first comment. Nothing happens if it was so."""
    comment = Comment.objects.select_for_update(of=("self",)).select_related("post").get(pk=comment.pk)
    by = acting(by, "news.write", comment.post.unit_id)
    if comment.thread_id is not None:
        raise Refused(_("A thread is settled as a whole, at its first comment."))
    if (comment.settled_at is not None) == is_settled:
        return comment
    comment.settled_at = timezone.now() if is_settled else None
    comment.settled_by = by.user if is_settled else None
    comment.save(update_fields=["settled_at", "settled_by"])
    record(
        by=by,
        act="news.settle_comment",
        subject=comment.post,
        after={"comment": comment.pk, "is_settled": is_settled},
    )
    return comment
