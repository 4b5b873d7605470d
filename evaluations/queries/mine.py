"""What a member of staff reads about himself, and whom he comments on."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from evaluations.enums import RatingState
from evaluations.models import Comment, Employment, Rating, RatingEvent, SheetLine
from evaluations.queries.paysheet import Paid, paid_of
from ledger.actor import Actor
from people.models import Person


def colleagues_to_comment(by: Actor) -> QuerySet[Rating]:
    """Open forms of colleagues in the actor's unit on the period's last day, where the unit's steps ask for
    comments and the actor has not handed one over."""
    if by.user is None:
        return Rating.objects.none()
    beside = Employment.objects.filter(
        person__user=by.user,
        unit=OuterRef("employment__unit"),
        during__startswith__lte=OuterRef("cycle__last_on"),
    ).filter(Q(during__endswith=None) | Q(during__endswith__gt=OuterRef("cycle__last_on")))
    given = Comment.objects.filter(rating=OuterRef("pk"), author__user=by.user, handed_over_at__isnull=False)
    rows = Rating.objects.filter(
        Exists(beside),
        ~Exists(given),
        state__in=(RatingState.OPEN, RatingState.REPORTED),
        employment__rated_above=False,
        cycle__steps__contains=["comments"],
    )
    return (
        rows.exclude(person__user=by.user)
        .select_related("person", "cycle__unit", "employment__unit")
        .order_by("-cycle__last_on", "person__sort_key")
    )


def comment_by(rating: Rating, author: Person) -> Comment | None:
    return Comment.objects.filter(rating=rating, author=author).first()


def steps_told(rating: Rating) -> list[RatingEvent]:
    """What happened to a published rating; drafts of the department before it was scored are not told."""
    rows = rating.events.exclude(state=RatingState.OPEN, reason="").order_by("at", "pk")
    return list(rows)


def pay_of(rating: Rating) -> list[Paid]:
    """The person's own lines on closed sheets, the first one first; told, and told still when the rating is
    done anew or taken back."""
    lines = SheetLine.objects.filter(rating=rating, sheet__closed_on__isnull=False)
    found = lines.select_related("sheet", "rating__person", "rating__employment__unit", "rating__cycle")
    return [paid_of(line) for line in found.order_by(F("sheet__number"))]
