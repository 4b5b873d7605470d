"""What may be seen."""

from django.db.models import Q, QuerySet

from evaluations.enums import DECIDE, MANAGE, PAY, SCORE, STAFF, RatingState
from evaluations.models import Cycle, Employment, Rating, Sheet
from ledger.actor import Actor
from people.rules import offices_that_may

TOLD = (RatingState.PUBLISHED, RatingState.PETITIONED, RatingState.FINAL)


def covered(by: Actor, *rights: str) -> frozenset[int]:
    """Ids of the units on which the actor holds one of the rights."""
    return frozenset().union(*(by.unit_ids(offices_that_may(right, by.on)) for right in rights))


def visible_cycles(by: Actor) -> QuerySet[Cycle]:
    """Cycles of units on which the actor manages, scores or decides."""
    if by.is_system:
        return Cycle.objects.all()
    scoring = covered(by, SCORE)
    here = Q(unit__in=covered(by, MANAGE, DECIDE)) | Q(ratings__employment__unit__in=scoring)
    return Cycle.objects.filter(here).distinct()


def visible_to(by: Actor) -> QuerySet[Rating]:
    """Ratings in the actor's units that are not the actor's own."""
    if by.is_system:
        return Rating.objects.all()
    here = Q(cycle__unit__in=covered(by, MANAGE, DECIDE)) | Q(employment__unit__in=covered(by, SCORE))
    rows = Rating.objects.filter(here)
    return rows.exclude(person__user=by.user) if by.user else rows


def own_ratings(by: Actor) -> QuerySet[Rating]:
    """The actor's own ratings."""
    return Rating.objects.filter(person__user=by.user) if by.user else Rating.objects.none()


def visible_sheets(by: Actor) -> QuerySet[Sheet]:
    """Pay sheets of units on which the actor does the accounts; nobody else sees another's pay."""
    return Sheet.objects.all() if by.is_system else Sheet.objects.filter(cycle__unit__in=covered(by, PAY))


def visible_staff(by: Actor) -> QuerySet[Employment]:
    """Employment rows of units on which the actor keeps the staff register or does the accounts."""
    if by.is_system:
        return Employment.objects.all()
    return Employment.objects.filter(unit__in=covered(by, STAFF, PAY))


def cycles_to_pay(by: Actor) -> QuerySet[Cycle]:
    """Cycles of units on which the actor does the accounts."""
    return Cycle.objects.all() if by.is_system else Cycle.objects.filter(unit__in=covered(by, PAY))
