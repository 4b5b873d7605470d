"""Who may do what with a paper: one function per question."""

from ledger.actor import Actor
from papers.enums import DRAFT, NUMBER, SIGN, PaperState
from papers.models import Paper
from people.permissions import may

OPEN = (PaperState.DRAFT, PaperState.RETURNED)


def may_edit(by: Actor, paper: Paper) -> bool:
    """A draft or a returned paper, by who drafts for its unit."""
    return paper.state in OPEN and may(by, DRAFT, paper.unit_id)


def may_sign(by: Actor, paper: Paper) -> bool:
    """A submitted paper, by the head."""
    return paper.state == PaperState.SUBMITTED and may(by, SIGN, paper.unit_id)


def may_number(by: Actor, paper: Paper) -> bool:
    """A signed paper, by the clerk."""
    return paper.state == PaperState.SIGNED and may(by, NUMBER, paper.unit_id)


def may_take_number(by: Actor, paper: Paper) -> bool:
    """A paper that was signed and numbered outside, by the clerk."""
    return paper.state in (*OPEN, PaperState.SUBMITTED, PaperState.SIGNED) and may(by, NUMBER, paper.unit_id)


def may_end(by: Actor, paper: Paper) -> bool:
    """An issued paper, by the clerk."""
    return paper.state == PaperState.ISSUED and may(by, NUMBER, paper.unit_id)


def may_scan(by: Actor, paper: Paper) -> bool:
    """A paper that has been issued, by the clerk."""
    return paper.issued_on is not None and may(by, NUMBER, paper.unit_id)
