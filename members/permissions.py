"""Who may act on a membership."""

from datetime import timedelta

from ledger.actor import Actor
from members.enums import ACT
from members.models import Membership
from members.queries.memberships import place_of
from people.permissions import may


def may_act_on(by: Actor, membership: Membership) -> bool:
    """True if the actor's office covers the unit in which the membership is, or was last, lived."""
    place = place_of(membership, by.on)
    if place is None and membership.during.upper is not None:
        place = place_of(membership, membership.during.upper - timedelta(days=1))
    return may(by, ACT, place.pk if place else None)
