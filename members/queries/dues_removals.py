"""Who may stand on a list of proposed removals: the set-based twin of rules.dues.may_be_proposed."""

from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from ledger.actor import Actor
from members.enums import DUES_MANAGE, ProposalState
from members.models import DuesCampaign, DuesProposal, DuesProposalLine
from members.queries.dues import books_received, covered
from members.rules.dues import Warned, brake, dues_terms

# Months owed of closed years in a row, back from this one, of which nothing was paid. A membership that
# has ended, rests or moves is left out; so is who owes nothing (exempt).
PROPOSED = """
INSERT INTO members_duesproposalline
       (proposal_id, membership_id, person_id, branch_id, months, kept_reason, outcome)
WITH here AS (
     SELECT c.membership_id, max(c.person_id) AS person_id,
            (array_agg(c.branch_id ORDER BY c.months DESC, c.id DESC))[1] AS branch_id
       FROM members_duescharge AS c
       JOIN members_membership AS m ON m.id = c.membership_id AND m.state = 'active'
      WHERE c.campaign_id = %(campaign)s
      GROUP BY c.membership_id
     HAVING sum(c.paid) = 0 AND sum(c.amount) > 0
), years AS (
     SELECT h.membership_id, y.year, sum(c.months) FILTER (WHERE c.amount > 0) AS months, sum(c.paid) AS paid
       FROM here AS h
       JOIN members_duescharge AS c ON c.membership_id = h.membership_id
       JOIN members_duescampaign AS y ON y.id = c.campaign_id AND y.state = 'closed' AND y.year <= %(year)s
      GROUP BY h.membership_id, y.year
), unpaid AS (
     SELECT y.membership_id, sum(y.months)::int AS months
       FROM years AS y
      WHERE y.year > COALESCE((SELECT max(p.year) FROM years AS p
                                WHERE p.membership_id = y.membership_id AND p.paid > 0), 0)
      GROUP BY y.membership_id
)
SELECT %(proposal)s, h.membership_id, h.person_id, h.branch_id, u.months, '', ''
  FROM here AS h JOIN unpaid AS u USING (membership_id)
 WHERE u.months >= %(least)s
"""


def put_unpaid(proposal: DuesProposal, campaign: DuesCampaign) -> int:
    """Write everybody who may be proposed on the list; how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            PROPOSED,
            {
                "proposal": proposal.pk,
                "campaign": campaign.pk,
                "year": campaign.year,
                "least": proposal.least_months,
            },
        )
        return int(cursor.rowcount)


def visible_proposals(by: Actor) -> QuerySet[DuesProposal]:
    """Lists of units whose dues the actor manages, and those the actor is, or was, asked to approve."""
    rows = DuesProposal.objects.select_related("campaign__unit", "approval__unit")
    if by.is_system:
        return rows
    mine = covered(by, DUES_MANAGE)
    asked = Q()
    for hold in by.holds:
        asked |= Q(approval__office=hold.office, approval__unit__in=hold.unit_ids)
    seen = Q(campaign__unit__in=mine) | Q(campaign__unit__in=books_received(mine))
    return rows.filter(seen | asked if asked else seen)


def on_the_list(proposal: DuesProposal) -> QuerySet[DuesProposalLine]:
    """Lines nobody took off the list."""
    return proposal.lines.filter(kept_reason="")


def stop_of(proposal: DuesProposal, on: date) -> Warned:
    """How the list stands against last year's removals: beyond the brake it goes to the level above."""
    return brake(on_the_list(proposal).count(), proposal.last_year, dues_terms(on))


def still_to_end(proposal: DuesProposal) -> QuerySet[DuesProposalLine]:
    """Lines of an approved list nothing came of yet."""
    return on_the_list(proposal).filter(outcome="")


def approved_proposals(units: Iterable[int]) -> QuerySet[DuesProposal]:
    """Lists of these units that were approved and wait for their decision."""
    rows = DuesProposal.objects.filter(campaign__unit__in=list(units), state=ProposalState.APPROVED)
    return rows.select_related("campaign").order_by("made_at")


def due_removals() -> list[int]:
    """Ids of lines of lists being carried out that nothing came of yet, list by list."""
    rows = DuesProposalLine.objects.filter(proposal__state=ProposalState.RUNNING, kept_reason="", outcome="")
    return list(rows.order_by("proposal", "pk").values_list("pk", flat=True))
