"""Who may see and settle letters: one function per question."""

from django.utils.translation import gettext as _

from ledger.actor import Actor, NotAllowed
from letters.enums import MANAGE
from letters.models import Letter


def may_read(by: Actor, letter: Letter) -> bool:
    """True for who manages the unit's letters: others see that a letter went out, not what it says."""
    return by.may(MANAGE, letter.unit_code)


def managing(by: Actor, letter: Letter) -> Actor:
    """The actor in the office that manages this letter's unit, for the audit entry; refuses without one."""
    if by.is_system:
        return by
    hold = by.hold_that_may(MANAGE, letter.unit_code)
    if hold is None:
        raise NotAllowed([_("Your offices do not allow this here.")])
    return by.as_(hold)
