"""The way of a nomination: which step may follow which, on which path."""

from rewards.enums import Grantor, Step

# Withdrawn from anywhere before the grant; a withdrawn one comes back to the beginning by a finding.
NEXT: dict[Step, frozenset[Step]] = {
    Step.PROPOSED: frozenset({Step.CHECKED, Step.WITHDRAWN}),
    Step.CHECKED: frozenset({Step.CROSS_CHECKED, Step.WITHDRAWN}),
    Step.CROSS_CHECKED: frozenset({Step.AGREED, Step.REFUSED, Step.WITHDRAWN}),
    Step.AGREED: frozenset({Step.SENT, Step.GRANTED, Step.WITHDRAWN}),
    Step.SENT: frozenset({Step.RETURNED, Step.APPRAISED, Step.GRANTED, Step.REFUSED, Step.WITHDRAWN}),
    Step.APPRAISED: frozenset({Step.RETURNED, Step.GRANTED, Step.REFUSED, Step.WITHDRAWN}),
    Step.RETURNED: frozenset({Step.SENT, Step.REFUSED, Step.WITHDRAWN}),
    Step.GRANTED: frozenset(),
    Step.REFUSED: frozenset(),
    Step.WITHDRAWN: frozenset({Step.PROPOSED}),
}
# A wrong step is taken back by an act of its own; votes and decisions are taken back whole.
BACK: dict[str, Step] = {
    Step.CHECKED: Step.PROPOSED,
    Step.CROSS_CHECKED: Step.CHECKED,
    Step.WITHDRAWN: Step.PROPOSED,
}
OWN = frozenset({Grantor.CHAPTER})


def may_step(now: str, then: str, grantor: str) -> bool:
    """True if the step may follow. What the chapter grants is never sent; what others grant always is."""
    if then not in NEXT[Step(now)]:
        return False
    if then in {Step.SENT, Step.RETURNED, Step.APPRAISED}:
        return grantor not in OWN
    if now == Step.AGREED and then == Step.GRANTED:
        return grantor in OWN
    return True
