"""Which story leads the home page."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from news.models import LeadStory, Post
from news.page_cache import forget_pages
from people.enums import UnitKind
from people.models import Unit
from people.permissions import acting

LONGEST = timedelta(days=14)


@transaction.atomic
def choose_lead(*, by: Actor, post: Post, until: datetime) -> LeadStory:
    """The post leads the home page from now until then; returns its row. Asks the city's right to publish."""
    post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    by = acting(by, "news.publish", front_unit(post))
    now = timezone.now()
    if not post.is_on_site(now):
        raise Refused(_("Only a post that is on the site can lead."))
    if not now < until <= now + LONGEST:
        raise Refused(Reason(_("A story leads for at most 14 days from now."), field="until"))
    lead, _is_new = LeadStory.objects.update_or_create(
        post=post, defaults={"chosen_at": now, "until_at": until}
    )
    record(by=by, act="news.choose_lead", subject=post, after={"until_at": until})
    forget_pages()
    return lead


@transaction.atomic
def end_lead(*, by: Actor, post: Post) -> None:
    """The post leads no longer; the one chosen before it, or the newest, does."""
    by = acting(by, "news.publish", front_unit(post))
    lead = LeadStory.objects.select_for_update().filter(post=post).first()
    if lead is None:
        raise Refused(_("This post does not lead the home page."))
    record(by=by, act="news.end_lead", subject=post, before={"until_at": lead.until_at})
    lead.delete()
    forget_pages()


def front_unit(post: Post) -> int:
    """The unit whose publishers arrange the home page: the city's, or where there is none the post's."""
    city = Unit.objects.filter(kind=UnitKind.CITY).order_by("pk").values_list("pk", flat=True).first()
    return city or post.unit_id
