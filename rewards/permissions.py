"""Who may do what with honours: one function per question."""

from django.utils.translation import pgettext

from ledger.actor import Actor, NotAllowed
from people.permissions import may
from rewards.enums import MANAGE


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


def by_system(by: Actor) -> None:
    """Refuses anybody but a job."""
    if not by.is_system:
        raise NotAllowed([pgettext("rewards", "Your offices do not allow this here.")])


def may_manage(by: Actor) -> bool:
    """Runs, rounds, dossiers, ceremonies."""
    return may(by, MANAGE)
