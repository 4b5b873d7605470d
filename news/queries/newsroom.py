"""Reading for the newsroom: an officer sees the posts of covered units."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from foundation.text import matching
from ledger.actor import Actor
from news.enums import PostState
from news.models import Autosave, Comment, Editing, Post, Rendition
from news.models.editing import SILENT
from news.queries.public import Article, article_of, article_rows
from people.models import OfficeGrant, Person, Unit, UnitCover
from people.rules import offices_that_may

# Whose turn it is, by the right that the next step asks.
NEXT_RIGHT = {
    PostState.DRAFT: "news.write",
    PostState.RETURNED: "news.write",
    PostState.PROPOSED: "news.review",
    PostState.APPROVED: "news.publish",
    PostState.PUBLISHED: "news.publish",
    PostState.ARCHIVED: "news.publish",
    PostState.WITHDRAWN: "news.publish",
}


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody who can take a post its next step."""

    name: str
    office: str
    unit: str
    user_id: int


SCHEDULED = "hen-gio"  # the filter for what will go out by itself
SORTS = {
    "moi": ("-changed_at", "-pk"),
    "cu": ("changed_at", "pk"),
    "dang": ("-publish_at", "-pk"),
    "tieu-de": ("title", "pk"),
}


def visible_to(by: Actor) -> QuerySet[Post]:
    """Posts of the units on which the actor may write or publish; all for the system."""
    if by.is_system:
        return Post.objects.all()
    return Post.objects.filter(unit__in=_newsroom(by))


def preview(by: Actor, pk: int) -> Article | None:
    """A visible post as its page will show it. 1 query."""
    row = article_rows(visible_to(by).filter(pk=pk)).first()
    return article_of(row) if row else None


def units_to_write_for(by: Actor) -> QuerySet[Unit]:
    """Units for which the actor may write, by name."""
    units = Unit.objects.standing(by.on).order_by("name")
    return units if by.is_system else units.filter(pk__in=_newsroom(by))


def register(by: Actor, filters: dict[str, str]) -> QuerySet[Post]:
    """Visible posts under the register's filters (q, trang-thai, muc, don-vi, sap-xep). 1 query.

    `held_by` is who has the post open now, `said` how many threads of comments are open.
    """
    now = timezone.now()
    posts = visible_to(by).select_related("category", "unit").defer("body", "search", "summary")
    posts = posts.filter(matching("search", filters.get("q", "")))
    if filters.get("trang-thai") == SCHEDULED:
        posts = posts.filter(state=PostState.PUBLISHED, publish_at__gt=now)
    elif filters.get("trang-thai") == PostState.PUBLISHED:
        posts = posts.filter(state=PostState.PUBLISHED, publish_at__lte=now)
    elif filters.get("trang-thai") in PostState.values:
        posts = posts.filter(state=filters["trang-thai"])
    if filters.get("muc"):
        posts = posts.filter(category__slug=filters["muc"])
    if filters.get("don-vi"):
        posts = posts.filter(unit__code=filters["don-vi"])
    open_pages = Editing.objects.filter(post=OuterRef(OuterRef("pk")), seen_at__gt=now - SILENT)
    holders = Person.objects.filter(user__in=open_pages.values("user")).values("full_name")[:1]
    threads = Comment.objects.filter(post=OuterRef("pk"), thread=None, settled_at=None).order_by()
    said = threads.values("post").annotate(n=Count("pk")).values("n")
    posts = posts.annotate(held_by=Subquery(holders), said=Subquery(said))
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


def talk_waiting(by: Actor) -> QuerySet[Comment]:
    """Open threads that wait for the actor's word: of posts of the own unit, or begun or answered by them.

    The last word in each is somebody else's; `since` is when it was said. The first comments. 1 query.
    """
    if by.user is None:
        return Comment.objects.none()
    thread = Comment.objects.filter(Q(pk=OuterRef("pk")) | Q(thread=OuterRef("pk"))).order_by("-pk")
    mine = Exists(thread.filter(user=by.user))
    own = [hold.unit_id for hold in by.holds]
    return (
        Comment.objects.filter(thread=None, settled_at=None, post__in=visible_to(by))
        .exclude(post__state__in=[PostState.ARCHIVED, PostState.WITHDRAWN])
        .annotate(last=Subquery(thread.values("user")[:1]), since=Subquery(thread.values("at")[:1]))
        .exclude(last=by.user.pk)
        .filter(Q(mine) | Q(post__unit__in=own))
        .select_related("post__unit")
        .defer("post__body", "post__search", "post__summary")
        .order_by("since", "pk")
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


def editing_of(post: Post, now: datetime) -> Editing | None:
    """Who has the post open in the editor now; None if nobody. 1 query."""
    held = Editing.objects.filter(post=post).first()
    return held if held and held.is_warm(now) else None


def typing_of(by: Actor, post: Post | None) -> Autosave | None:
    """What the actor typed into the post (None: a new one) and has not saved. 1 query."""
    return Autosave.objects.filter(user=by.user, post=post).first() if by.user else None


def names_of(users: Iterable[int | None]) -> dict[int | None, str]:
    """Names of the persons behind accounts; one without a person is missing. 1 query, none for nobody."""
    wanted = {pk for pk in users if pk is not None}
    if not wanted:
        return {}
    return dict(Person.objects.filter(user__in=wanted).values_list("user_id", "full_name"))


def threads_of(post: Post) -> list[tuple[Comment, list[Comment]]]:
    """First comments with their answers, the open ones first. 1 query."""
    said = list(Comment.objects.filter(post=post))
    answers: dict[int | None, list[Comment]] = {}
    for comment in said:
        answers.setdefault(comment.thread_id, []).append(comment)
    first = sorted(answers.get(None, []), key=lambda one: (one.settled_at is not None, one.pk))
    return [(one, answers.get(one.pk, [])) for one in first]


def next_hands(post: Post, on: date) -> list[Hand]:
    """Who can take the post its next step, those nearest to its unit first. 1 query."""
    right = NEXT_RIGHT[PostState(post.state)]
    above = UnitCover.objects.filter(unit=post.unit_id, during__contains=on).values("ancestor")
    grants = OfficeGrant.objects.in_force(on).filter(office__in=offices_that_may(right, on), unit__in=above)
    rows = grants.filter(person__user__is_active=True).select_related("person", "unit")
    hands = [
        Hand(
            grant.person.full_name,
            str(grant.get_office_display()),
            grant.unit.name,
            grant.person.user_id or 0,
        )
        for grant in rows.order_by("person__full_name", "pk")
    ]
    return sorted(hands, key=lambda one: one.unit != post.unit.name)


def _newsroom(by: Actor) -> frozenset[int]:
    return by.unit_ids(offices_that_may("news.write", by.on) | offices_that_may("news.publish", by.on))
