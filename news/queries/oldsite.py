"""Exports of old sites, and where their addresses lead now."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from ledger.actor import Actor
from news.enums import OldState
from news.models import OldItem, OldPath, OldSite
from news.rules.oldsite import plain_path
from people.rules import offices_that_may


def old_sites_for(by: Actor) -> QuerySet[OldSite]:
    """Exports of the units for which the actor may publish, newest first."""
    sites = OldSite.objects.select_related("unit", "file", "category").order_by("-pk")
    return (
        sites if by.is_system else sites.filter(unit__in=by.unit_ids(offices_that_may("news.publish", by.on)))
    )


def counts_of(site: OldSite) -> dict[str, int]:
    """How many articles come to what. 1 query."""
    rows = site.items.values_list("verdict").annotate(n=Count("pk"))
    return dict(rows)


def items_of(site: OldSite, verdict: str) -> QuerySet[OldItem]:
    """The plan's lines, of one verdict or of all, in the export's order."""
    items = site.items.select_related("post").order_by("pk")
    return items.filter(verdict=verdict) if verdict else items


def new_place(address: str, now: datetime) -> str | None:
    """Where an address of the old site leads; "" if that was withdrawn, None if unknown. 1 query."""
    path = plain_path(address)
    if not path:
        return None
    found = OldPath.objects.filter(path=path).select_related("post", "picture").first()
    if found is None:
        return None
    if found.picture is not None:
        return "" if found.picture.is_withdrawn else str(found.picture.sources["src"])
    if found.post is not None and found.post.is_on_site(now):
        return found.post.get_absolute_url()
    return None


def unfinished(site: OldSite) -> int:
    """Articles still to be brought in."""
    return site.items.filter(Q(verdict="new") | Q(verdict="draft"), is_done=False).count()


def due_old_sites(stale: datetime) -> list[int]:
    """Ids of exports to work on: waiting, or claimed by one who gave no sign of life since `stale`."""
    waiting = Q(state__in=[OldState.TRYING, OldState.QUEUED, OldState.RUNNING])
    free = Q(claim__isnull=True) | Q(claimed_at__lt=stale)
    return list(OldSite.objects.filter(waiting & free).order_by("pk").values_list("pk", flat=True))
