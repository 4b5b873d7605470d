"""Who acts: handed to every action as `by=`."""

from dataclasses import dataclass, field, replace
from datetime import date

from foundation.refusal import Refused
from ledger.enums import Via
from ledger.models import User


class NotAllowed(Refused):
    """The actor holds no office that allows the act on this unit."""


@dataclass(frozen=True, slots=True)
class Hold:
    """One office held on one unit, as of today.

    `unit_ids` and `unit_codes` name the unit and everything below it on that day;
    `may` holds the office's rights; nothing stands above a unit that `is_top`.
    """

    office: str
    unit_id: int
    unit_code: str
    unit_name: str
    unit_ids: frozenset[int]
    unit_codes: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()
    is_top: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in user, or the system itself (a job, a command).

    `holds` are the offices in force on `on`; people.actors fills them.
    """

    user: User | None
    via: Via
    on: date
    holds: tuple[Hold, ...] = ()
    address: str | None = None
    run_id: int | None = None
    is_system: bool = False
    acting: Hold | None = field(default=None)

    def holds_for(self, offices: frozenset[str] | set[str], unit_id: int | None = None) -> Hold | None:
        """The first hold of one of `offices`, covering `unit_id` if one is given; else None."""
        for hold in self.holds:
            if hold.office in offices and (unit_id is None or unit_id in hold.unit_ids):
                return hold
        return None

    def hold_that_may(self, right: str, unit_code: str | None = None) -> Hold | None:
        """The first hold with the right, covering the unit if one is given; else None.

        What belongs to no unit (code "") or to one that stands no more is the top unit's.
        """
        for hold in self.holds:
            if right in hold.may and (unit_code is None or hold.is_top or unit_code in hold.unit_codes):
                return hold
        return None

    def may(self, right: str, unit_code: str | None = None) -> bool:
        """True for the system, and for who holds an office with the right, covering the unit if given."""
        return self.is_system or self.hold_that_may(right, unit_code) is not None

    def unit_ids(self, offices: frozenset[str] | set[str]) -> frozenset[int]:
        """Ids of all units covered by any of `offices`."""
        return frozenset().union(*(h.unit_ids for h in self.holds if h.office in offices))

    def as_(self, hold: Hold | None) -> "Actor":
        """The same actor, acting in one office; the audit entry names it."""
        return replace(self, acting=hold)
