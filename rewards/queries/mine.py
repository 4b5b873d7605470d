"""A person's own honours, and the roll of those who agreed to be named."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from donors.models import Donor
from people.enums import PersonState
from people.models import Consent, Person
from rewards.enums import Grantor, Kind, Step
from rewards.models import Award, Nomination, Rung, holder_of
from rewards.queries.seen import policy_in_force

NAMED = "public_name"


def turns_of(person: Person, on: date) -> int:
    """Voluntary confirmed donations up to the day."""
    found = Donor.objects.filter(person=person).with_turns(on).first()
    return int(found.turns) if found is not None else 0  # type: ignore[attr-defined]


def honours_of(person: Person) -> tuple[list[Award], list[Nomination]]:
    """Awards that stand, the latest first; proposals under way."""
    awards = Award.objects.filter(person=person, revoked_on=None).select_related(
        "nomination__rung", "nomination__unit", "proof"
    )
    waiting = Nomination.objects.filter(person=person).exclude(
        step__in=[Step.GRANTED, Step.REFUSED, Step.WITHDRAWN]
    )
    return (
        list(awards.order_by("-decided_on", "-pk")),
        list(waiting.select_related("rung", "round").order_by("-reached_on", "-pk")),
    )


def next_rung(turns: int, on: date) -> Rung | None:
    """The next rung of the policy in force above so many turns."""
    policy = policy_in_force(on)
    if policy is None:
        return None
    rungs = policy.rungs.filter(kind=Kind.INDIVIDUAL, threshold__gt=turns).exclude(grantor=Grantor.FACILITY)
    return rungs.order_by("threshold").first()


def roll() -> QuerySet[Award]:
    """Awards of people who agree today to be named, the highest rung and the latest first.

    A family's is not among them: one of it cannot agree for the others.
    """
    agreed = Consent.objects.filter(person=OuterRef("person"), purpose=NAMED, withdrawn_at=None)
    return (
        Award.objects.filter(
            Exists(agreed), revoked_on=None, nomination__family=None, person__state=PersonState.STANDING
        )
        .select_related(*holder_of("nomination__"), "nomination__rung", "nomination__unit")
        .order_by("-nomination__rung__threshold", "-decided_on", "person__sort_key", "pk")
    )
