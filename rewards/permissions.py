"""Who may do what with honours: one function per question."""

from django.utils.translation import pgettext

from ledger.actor import Actor, NotAllowed
from people.permissions import may
from rewards.enums import APPROVE, CHECK, GIFT, MANAGE, POLICY, Step
from rewards.models import Nomination


def over_city(by: Actor, right: str) -> bool:
    """True for who holds the right on the chapter as a whole: policies, runs and rounds are the city's."""
    return by.is_system or any(hold.is_top and right in hold.may for hold in by.holds)


def acting_city(by: Actor, right: str) -> Actor:
    """The actor in the office that gives the right over the whole chapter; refuses without one."""
    if by.is_system:
        return by
    for hold in by.holds:
        if hold.is_top and right in hold.may:
            return by.as_(hold)
    raise NotAllowed([pgettext("rewards", "Your offices do not allow this here.")])


def may_draft_policy(by: Actor) -> bool:
    """Draft, change and simulate a policy."""
    return may(by, POLICY)


def may_approve(by: Actor) -> bool:
    """Put a policy in force, revoke an award."""
    return may(by, APPROVE)


def may_manage(by: Actor) -> bool:
    """Runs, rounds, dossiers, ceremonies."""
    return may(by, MANAGE)


def may_check(by: Actor, nomination: Nomination) -> bool:
    """The unit's own check, while the proposal waits for it."""
    return nomination.step == Step.PROPOSED and may(by, CHECK, nomination.unit_id)


def may_keep_gifts(by: Actor, unit_id: int | None = None) -> bool:
    """The gift store."""
    return may(by, GIFT, unit_id)
