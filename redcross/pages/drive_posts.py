"""A drive's post drafted in the newsroom: donors and news are strangers, so the roof does it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from donors.enums import DRIVE_MANAGE
from donors.queries.dossiers import post_words
from donors.queries.drives import visible_drives
from foundation.refusal import Refused
from foundation.text import house_spelling
from news.actions import write_post
from news.enums import PostState
from news.models import Category, Post
from news.rules.embeds import box
from people.access import with_right
from people.actors import actor_of

SECTION = "hien-mau"  # else the first of all


@with_right(DRIVE_MANAGE)
@require_POST
def drive_post_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The ready words as a draft with the drive's box, opened in the editor; one that stands is opened."""
    by = actor_of(request)
    drive = get_object_or_404(visible_drives(by), pk=pk)
    title, text = post_words(drive, by.on)
    body = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines()) + box("drive", drive.pk)
    drafts = Post.objects.filter(unit=drive.unit, title=house_spelling(title), state=PostState.DRAFT)
    post = drafts.first()
    if post is None:
        section = Category.objects.filter(slug=SECTION).first() or Category.objects.first()
        try:
            post = write_post(
                by=by, unit=drive.unit, values={"title": title, "body": body, "category": section}
            )
        except (Refused, ValidationError) as error:
            told = [str(error)] if isinstance(error, Refused) else error.messages
            messages.error(request, " ".join(told))
            return redirect("drive_papers", pk)
        messages.success(request, _("The post is drafted: fill in what stands in [brackets]."))
    return redirect("post_edit", post.pk)
