"""Whether a document is in force on a day, and what says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from foundation.dates import format_date
from foundation.refusal import Reason
from news.enums import Force, RelationKind

ENDING = frozenset({RelationKind.REPLACES, RelationKind.REPEALS})


@dataclass(frozen=True, slots=True)
class Act:
    """What a newer public document does: from which day (None: not known), to which part ("" the whole)."""

    kind: str
    by: str
    from_on: date | None
    part: str = ""

    @property
    def ends(self) -> bool:
        """True if nothing is left of the older one."""
        return self.kind in ENDING and not self.part


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where the document stands on the day, with the reasons."""

    force: Force
    reasons: tuple[Reason, ...]

    @property
    def tone(self) -> str:
        """Of the badge."""
        tones = {Force.IN_FORCE: "ok", Force.AMENDED: "info", Force.NOT_YET: "wait", Force.ENDED: "bad"}
        return tones.get(self.force, "")


def assess_force(
    effective_from: date | None, effective_to: date | None, acts: Sequence[Act], *, on: date
) -> Verdict:
    """Ended, not yet, unknown, amended or in force, in this order; an act without a day decides nothing."""
    acting = [act for act in acts if act.from_on is not None and act.from_on <= on]
    ending = [act for act in acting if act.ends]
    if effective_to is not None and effective_to < on:
        return Verdict(
            Force.ENDED,
            (Reason(_("It was in force up to %(day)s.") % {"day": format_date(effective_to)}),),
        )
    if ending:
        return Verdict(Force.ENDED, tuple(_reason(act) for act in ending))
    if effective_from is not None and effective_from > on:
        return Verdict(
            Force.NOT_YET,
            (Reason(_("It comes into force on %(day)s.") % {"day": format_date(effective_from)}),),
        )
    if effective_from is None:
        return Verdict(
            Force.UNKNOWN, (Reason(_("The library does not know from which day it is in force.")),)
        )
    since = Reason(_("In force since %(day)s.") % {"day": format_date(effective_from)})
    amending = [act for act in acting if act.kind == RelationKind.AMENDS or act.kind in ENDING]
    if amending:
        return Verdict(Force.AMENDED, (since, *(_reason(act) for act in amending)))
    return Verdict(Force.IN_FORCE, (since,))


def _reason(act: Act) -> Reason:
    facts = {"document": act.by, "day": format_date(act.from_on) if act.from_on else "", "part": act.part}
    if act.kind == RelationKind.AMENDS:
        text = _("Amended by %(document)s from %(day)s.") % facts
    elif act.kind == RelationKind.REPEALS:
        text = _("Repealed by %(document)s from %(day)s.") % facts
    else:
        text = _("Replaced by %(document)s from %(day)s.") % facts
    return Reason(f"{text} ({act.part})" if act.part else text)
