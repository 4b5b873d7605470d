"""News a ward sends in from a phone: one page, one press, and it waits for review."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.locks import lock
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from news.actions.posts import write_post
from news.actions.publishing import propose_post
from news.models import Category, Picture, Post
from news.rules.tips import MOST_PICTURES, body_of, summary_of
from people.models import Unit
from people.permissions import acting


@transaction.atomic
def send_tip(
    *,
    by: Actor,
    unit: Unit,
    key: UUID,
    title: str,
    text: str,
    category: Category,
    pictures: Sequence[Picture],
    author_line: str = "",
) -> Post:
    """A proposed post of the unit out of title, text and pictures; returns it.

    `key` is the page's: a phone that heard no answer sends again, and gets the same post.
    """
    acting(by, "news.write", unit.pk)
    lock("news.tip", key)
    sent = Post.objects.filter(sent_key=key).first()
    if sent is not None:
        acting(by, "news.write", sent.unit_id)
        return sent
    if len(pictures) > MOST_PICTURES:
        limit = _("%(n)s pictures at most.") % {"n": MOST_PICTURES}
        raise Refused(Reason(limit, field="pictures"))
    if not text.strip():
        raise Refused(Reason(_("The post has no text."), field="text"))
    ids = [picture.pk for picture in pictures]
    values = {
        "title": title,
        "summary": summary_of(text),
        "body": body_of(text, ids),
        "category": category,
        "cover": pictures[0] if pictures else None,
        "author_line": author_line,
    }
    post = write_post(by=by, unit=unit, values=values)
    post.sent_key = key
    post.save(update_fields=["sent_key"])
    record(by=by, act="news.send_tip", subject=post, after={"pictures": ids})
    return propose_post(by=by, post=post)
