"""Good examples: what the public reads, what a unit or an approver sees."""

from collections.abc import Mapping

from django.db.models import Prefetch, QuerySet

from foundation.text import matching
from ledger.actor import Actor
from news.enums import ExampleKind, ExampleState
from news.models import Example, ExamplePicture, Picture
from news.rules.examples import APPROVE, PROPOSE
from news.rules.publishing import missing_proof
from people.models import Unit
from people.rules import offices_that_may


def public_examples(filters: Mapping[str, str]) -> QuerySet[Example]:
    """What anybody may read, by filters q and loai, the last published first; pictures read along."""
    rows = with_pictures(Example.objects.public()).select_related("unit")
    rows = rows.filter(matching("search", filters.get("q", "")))
    if filters.get("loai") in ExampleKind.values:
        rows = rows.filter(kind=filters["loai"])
    return rows.order_by("-published_at", "-pk")


def with_pictures(rows: QuerySet[Example]) -> QuerySet[Example]:
    """Each with its pictures in order."""
    pictures = ExamplePicture.objects.select_related("picture").order_by("order", "pk")
    return rows.prefetch_related(Prefetch("example_pictures", queryset=pictures))


def shown_pictures(example: Example) -> list[Picture]:
    """The pictures whose ground is still proven and that nobody has withdrawn."""
    pictures = [row.picture for row in example.example_pictures.all()]
    return [one for one in pictures if one.withdrawn_at is None and not missing_proof(one.facts)]


def visible_examples(by: Actor) -> QuerySet[Example]:
    """Examples of the units the actor's offices cover with the right to propose or to approve."""
    rows = Example.objects.select_related("unit")
    if by.is_system:
        return rows
    return rows.filter(
        unit__in=by.unit_ids(offices_that_may(PROPOSE, by.on) | offices_that_may(APPROVE, by.on))
    )


def register(by: Actor, filters: Mapping[str, str]) -> QuerySet[Example]:
    """Visible ones by filters q, trang-thai, loai; what waits longest first, then the last changed."""
    rows = visible_examples(by).filter(matching("search", filters.get("q", "")))
    if filters.get("trang-thai") in ExampleState.values:
        rows = rows.filter(state=filters["trang-thai"])
    if filters.get("loai") in ExampleKind.values:
        rows = rows.filter(kind=filters["loai"])
    return rows.order_by("-changed_at", "-pk")


def units_to_propose_for(by: Actor) -> QuerySet[Unit]:
    """Standing units for which the actor may propose, by name."""
    units = Unit.objects.standing(by.on).order_by("name")
    return units if by.is_system else units.filter(pk__in=by.unit_ids(offices_that_may(PROPOSE, by.on)))


def waiting_examples(by: Actor, right: str, state: ExampleState) -> QuerySet[Example]:
    """Examples in a state, of the units on which the actor has the right, longest waiting first."""
    units = by.unit_ids(offices_that_may(right, by.on))
    return Example.objects.filter(state=state, unit__in=units).select_related("unit").order_by("since_at")
