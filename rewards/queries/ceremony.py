"""Reading a ceremony: who is invited, in which order, who has come, who has it in hand."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Count, Q, QuerySet

from foundation.text import matching
from rewards.enums import Reply
from rewards.models import Invitation, Round, holder_of

REPLIES = {"den": Reply.COMING, "thay": Reply.OTHER, "vang": Reply.NOT_COMING, "chua": Reply.NONE}


def invitations_of(cycle: Round) -> QuerySet[Invitation]:
    """Of a round, in the calling order, revoked awards left out. 1 query."""
    return (
        Invitation.objects.filter(round=cycle, award__revoked_on=None)
        .select_related(
            *holder_of("award__nomination__"), "award__nomination__unit", "award__nomination__rung"
        )
        .order_by("order")
    )


def found_in(cycle: Round, words: str, reply: str) -> QuerySet[Invitation]:
    """The same by a name, and by the answer ("den", "thay", "vang", "chua")."""
    rows = invitations_of(cycle).filter(
        matching("award__person__search_name", words)
        | matching("award__nomination__collective__search_name", words)
    )
    return rows.filter(reply=REPLIES[reply]) if reply in REPLIES else rows


@dataclass(frozen=True, slots=True)
class Figures:
    """A ceremony in figures."""

    invited: int
    coming: int
    other: int
    not_coming: int
    silent: int
    came: int
    handed: int
    open: int


def counts_of(cycle: Round) -> Figures:
    """1 query."""
    found = invitations_of(cycle).aggregate(
        invited=Count("pk"),
        coming=Count("pk", filter=Q(reply=Reply.COMING)),
        other=Count("pk", filter=Q(reply=Reply.OTHER)),
        not_coming=Count("pk", filter=Q(reply=Reply.NOT_COMING)),
        silent=Count("pk", filter=Q(reply=Reply.NONE)),
        came=Count("pk", filter=Q(checked_in_at__isnull=False)),
        handed=Count("pk", filter=Q(award__handed_on__isnull=False)),
        open=Count("pk", filter=Q(award__handed_on=None)),
    )
    return Figures(**found)


def groups_of(cycle: Round, size: int) -> list[list[Invitation]]:
    """Groups that stand on the stage together: the rows of seats, in the calling order."""
    rows = list(invitations_of(cycle))
    return [list(group) for _n, group in groupby(rows, lambda one: (one.order - 1) // size)]


def late_on(on: date) -> Q:
    """Of awards: past their last day of hand-over."""
    return Q(handed_on=None, revoked_on=None, due_on__lt=on)
