"""Files of posts: taken in, tied to the posts that show them, removed."""

from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.dated import in_force, load_table
from foundation.locks import lock
from foundation.refusal import Reason, Refused
from foundation.text import search_text
from ledger.actor import Actor
from ledger.audit import record
from news.actions.looking import looked_at
from news.models import Post, PostFile
from news.page_cache import forget_pages
from news.permissions import right_to_remove
from news.queries.files import files_to_hand_out
from news.rules.embeds import boxes_of
from news.rules.files import DOCX, PDF, XLSX, NotAccepted, plain_name
from people.actions.files import drop_file, store_file
from people.models import Unit
from people.permissions import acting

KINDS = (PDF, DOCX, XLSX)


@transaction.atomic
def add_post_file(*, by: Actor, unit: Unit, file: "File[Any]", title: str = "") -> PostFile:
    """A PDF, Word or Excel file of the unit; returns its row, the old one if it has it already."""
    by = acting(by, "news.write", unit.pk)
    limits = in_force(load_table("news", "post_files"), by.on).values
    name = plain_name(file.name or "")
    if not file.size:
        raise _refused(_("The file is empty."))
    if file.size > limits["largest_mb"] * 1024 * 1024:
        raise _refused(
            _("The file is over %(most)d MB. Send a smaller one.") % {"most": limits["largest_mb"]}
        )
    try:
        kind = looked_at(file, name, limits, KINDS, is_walked=True)
    except NotAccepted as refused:
        raise _refused(str(refused)) from refused
    lock("news.post_file", unit.pk)
    stored = store_file(by=by, name=name, content_type=kind, file=file, days=None)
    same = PostFile.objects.filter(unit=unit, stored__sha256=stored.sha256).select_related("stored").first()
    if same is not None:
        drop_file(by=by, stored=stored)
        return same
    said = " ".join(title.split()) or name.rpartition(".")[0]
    row = PostFile(unit=unit, stored=stored, title=said, search=search_text(said, name))
    row.full_clean()
    row.save()
    record(by=by, act="news.add_post_file", subject=row, after={"file": stored.pk, "name": name})
    return row


@transaction.atomic
def remove_post_file(*, by: Actor, file: PostFile) -> None:
    """The file is gone from every post at once, and deleted. What readers have, only a publisher removes."""
    file = PostFile.objects.select_for_update(of=("self",)).select_related("stored").get(pk=file.pk)
    is_open = PostFile.objects.open_at(timezone.now()).filter(pk=file.pk).exists()
    by = acting(by, right_to_remove(is_open=is_open), file.unit_id)
    posts = sorted(file.posts.values_list("pk", flat=True))
    stored = file.stored
    record(by=by, act="news.remove_post_file", subject=file, before={"name": stored.name, "posts": posts})
    file.delete()
    drop_file(by=by, stored=stored)
    forget_pages()


def tie_files(by: Actor, post: Post) -> None:
    """The saved post hands out the files its text names: those it did before, and those the actor may."""
    named = set(boxes_of(post.body).get("file", ()))
    before = set(post.files.values_list("pk", flat=True))
    if named == before:
        return
    allowed = files_to_hand_out(by, named - before).values_list("pk", flat=True) if named - before else ()
    post.files.set(named & before | set(allowed))


def _refused(text: str) -> Refused:
    return Refused(Reason(text, field="file"))
