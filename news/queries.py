"""Reading news: the public sees what is on the site, an officer the posts of covered units."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from foundation.text import matching
from ledger.actor import Actor
from news.enums import PostState
from news.models import Category, OldAddress, Post, Rendition
from people.models import Unit
from people.rules import offices_that_may

CARD = (
    "id",
    "slug",
    "title",
    "summary",
    "publish_at",
    "video_id",
    "category__name",
    "category__slug",
    "cover__id",
    "cover__alt",
    "cover__width",
    "cover__height",
    "cover__focal_x",
    "cover__focal_y",
    "cover__sources",
)
SORTS = {
    "moi": ("-changed_at", "-pk"),
    "cu": ("changed_at", "pk"),
    "dang": ("-publish_at", "-pk"),
    "tieu-de": ("title", "pk"),
}


def cards(now: datetime) -> QuerySet[Post]:
    """Posts on the site, newest first, with what a card shows. 1 query."""
    return (
        Post.objects.on_site(now)
        .select_related("category", "cover")
        .only(*CARD)
        .order_by("-publish_at", "-pk")
    )


def public_list(now: datetime, query: str = "", category: Category | None = None) -> QuerySet[Post]:
    """Cards of a category or of all, holding every word of the query, accents aside."""
    posts = cards(now).filter(matching("search", query))
    return posts.filter(category=category) if category else posts


def article(slug: str, now: datetime) -> Post | None:
    """The post at this address, if it is on the site, with all that its page shows. 1 query."""
    found = Post.objects.on_site(now).filter(slug=slug)
    return found.select_related("category", "unit", "cover", "video").defer("search").first()


def moved_to(slug: str, now: datetime) -> str | None:
    """The present address of a post that once had this one, if it is on the site."""
    old = (
        OldAddress.objects.filter(slug=slug, post__in=Post.objects.on_site(now))
        .select_related("post")
        .first()
    )
    return old.post.get_absolute_url() if old else None


def related(post: Post, now: datetime, limit: int = 3) -> QuerySet[Post]:
    """Other cards of the same category, newest first."""
    return cards(now).filter(category_id=post.category_id).exclude(pk=post.pk)[:limit]


def categories_on_site(now: datetime) -> QuerySet[Category]:
    """Categories that hold something to read."""
    return Category.objects.filter(pk__in=Post.objects.on_site(now).values("category"))


def visible_to(by: Actor) -> QuerySet[Post]:
    """Posts of the units on which the actor may write or publish; all for the system."""
    if by.is_system:
        return Post.objects.all()
    return Post.objects.filter(unit__in=_newsroom(by))


def units_to_write_for(by: Actor) -> QuerySet[Unit]:
    """Units for which the actor may write, by name."""
    units = Unit.objects.standing(by.on).order_by("name")
    return units if by.is_system else units.filter(pk__in=_newsroom(by))


def register(by: Actor, filters: dict[str, str]) -> QuerySet[Post]:
    """Visible posts under the register's filters (q, trang-thai, muc, don-vi, sap-xep). 1 query."""
    posts = visible_to(by).select_related("category", "unit").defer("body", "search", "summary")
    posts = posts.filter(matching("search", filters.get("q", "")))
    if filters.get("trang-thai") in PostState.values:
        posts = posts.filter(state=filters["trang-thai"])
    if filters.get("muc"):
        posts = posts.filter(category__slug=filters["muc"])
    if filters.get("don-vi"):
        posts = posts.filter(unit__code=filters["don-vi"])
    return posts.order_by(*SORTS.get(filters.get("sap-xep", ""), SORTS["moi"]))


def waiting(by: Actor, right: str, state: PostState) -> QuerySet[Post]:
    """Posts in a state, of the units on which the actor has the right, longest waiting first."""
    units = by.unit_ids(offices_that_may(right, by.on))
    return (
        Post.objects.filter(state=state, unit__in=units)
        .select_related("unit")
        .defer("body", "search", "summary")
        .order_by("since_at")
    )


def counts(by: Actor, now: datetime) -> dict[str, int]:
    """How many visible posts are on the site, scheduled, drafts. 1 query."""
    on_site = Q(state=PostState.PUBLISHED, publish_at__lte=now)
    return visible_to(by).aggregate(
        on_site=Count("pk", filter=on_site),
        scheduled=Count("pk", filter=Q(state=PostState.PUBLISHED, publish_at__gt=now)),
        drafts=Count("pk", filter=Q(state__in=[PostState.DRAFT, PostState.RETURNED])),
    )


def due_renditions(stale_before: datetime) -> Iterator[int]:
    """Ids of renditions to make, oldest first."""
    return Rendition.objects.due(stale_before).order_by("pk").values_list("pk", flat=True).iterator(200)


def _newsroom(by: Actor) -> frozenset[int]:
    return by.unit_ids(offices_that_may("news.write", by.on) | offices_that_may("news.publish", by.on))
