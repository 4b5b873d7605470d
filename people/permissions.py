"""Who may: one function per question, True or False. Actions ask again under the lock."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ledger.actor import Actor, Hold, NotAllowed
from people.models import Approval, Person
from people.queries import units_of
from people.rules import offices_that_may


def may(by: Actor, right: str, unit_id: int | None = None) -> bool:
    """True if the actor holds an office with the right, covering the unit if one is given."""
    return by.is_system or by.holds_for(offices_that_may(right, by.on), unit_id) is not None


def hold_over(by: Actor, right: str, person: Person) -> Hold | None:
    """The first hold with the right that covers a unit the person belongs to today; a top covers all."""
    units = set(units_of(person, by.on).values_list("code", flat=True))
    for hold in by.holds:
        if right in hold.may and (hold.is_top or units & hold.unit_codes):
            return hold
    return None


def may_with(by: Actor, right: str, person: Person) -> bool:
    """True if the actor may do this with the person."""
    return by.is_system or hold_over(by, right, person) is not None


def acting_with(by: Actor, right: str, person: Person) -> Actor:
    """The actor in the office that gives the right over the person; refuses without one."""
    if by.is_system:
        return by
    hold = hold_over(by, right, person)
    if hold is None:
        raise NotAllowed([pgettext("people", "Your offices do not allow this here.")])
    return by.as_(hold)


def acting(by: Actor, right: str, unit_id: int | None = None) -> Actor:
    """The actor in the office that gives the right, for the audit entry; refuses without one."""
    if by.is_system:
        return by
    hold = by.holds_for(offices_that_may(right, by.on), unit_id)
    if hold is None:
        raise NotAllowed([pgettext("people", "Your offices do not allow this here.")])
    return by.as_(hold)


def acting_over(by: Actor, right: str, unit_ids: Iterable[int]) -> Actor:
    """The actor in one office that gives the right over all of the units; refuses without such a one."""
    if by.is_system:
        return by
    wanted = set(unit_ids)
    for hold in by.holds:
        if right in hold.may and (hold.is_top or wanted <= hold.unit_ids):
            return by.as_(hold)
    raise NotAllowed([pgettext("people", "Your offices do not allow this here.")])


def hold_for(by: Actor, approval: Approval) -> Hold:
    """The hold in which the actor decides an approval: its office, on its unit or above; refuses without."""
    hold = by.holds_for({approval.office}, approval.unit_id)
    if hold is None:
        raise NotAllowed([pgettext("people", "Your offices do not allow this here.")])
    return hold


def acting_for_self(by: Actor, person: Person) -> None:
    """Refuses unless the actor is the person, or the system."""
    if not by.is_system and (by.user is None or person.user_id != by.user.pk):
        raise NotAllowed([_("Only the person decides this.")])
