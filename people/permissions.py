"""Who may: one function per question, True or False. Actions ask again under the lock."""

from django.utils.translation import gettext as _

from ledger.actor import Actor, NotAllowed
from people.rules import offices_that_may


def may(by: Actor, right: str, unit_id: int | None = None) -> bool:
    """True if the actor holds an office with the right, covering the unit if one is given."""
    return by.is_system or by.holds_for(offices_that_may(right, by.on), unit_id) is not None


def acting(by: Actor, right: str, unit_id: int | None = None) -> Actor:
    """The actor in the office that gives the right, for the audit entry; refuses without one."""
    if by.is_system:
        return by
    hold = by.holds_for(offices_that_may(right, by.on), unit_id)
    if hold is None:
        raise NotAllowed([_("Your offices do not allow this here.")])
    return by.as_(hold)
