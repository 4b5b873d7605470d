"""Who may do what with honours: one function per question."""

from ledger.actor import Actor
from people.permissions import may
from rewards.enums import APPROVE, CHECK, GIFT, MANAGE, POLICY, Step
from rewards.models import Nomination


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
