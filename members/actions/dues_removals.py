"""After a closed year: who paid nothing for long is proposed for removal, approved, removed one by one.

Nothing ends without all of it: a list looked through, an approval (the level above beyond the brake), a
decision's number; then each removal is its own act on a membership, with its reason and its undo.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from foundation.dates import format_date
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from members.actions.life import Wanted, change_life
from members.enums import DUES_MANAGE, CampaignState, Ending, MembershipState, ProposalState
from members.models import DuesCampaign, DuesCharge, DuesProposal, DuesProposalLine, LifeAct, Membership
from members.models.dues_money import OPEN_PROPOSALS
from members.queries.dues import keeper_of, removed_for_dues
from members.queries.dues_removals import on_the_list, put_unpaid, still_to_end, stop_of
from members.rules.dues import least_months_unpaid
from people.actions.approvals import ask, decide
from people.enums import ApprovalState, OfficeCode
from people.models import UnitLink
from people.permissions import acting

APPROVE = "dues.removals"
REASON = "dues"


@transaction.atomic
def propose_removals(*, by: Actor, campaign: DuesCampaign) -> DuesProposal:
    """A list of who may be removed after a closed year, by the rule of the day. Touches no membership."""
    campaign = DuesCampaign.objects.select_for_update(of=("self",)).select_related("unit").get(pk=campaign.pk)
    keeper = keeper_of(campaign.unit)
    by = acting(by, DUES_MANAGE, keeper.pk)
    if campaign.state != CampaignState.CLOSED:
        raise Refused([_("Close the year first: until then everybody may still pay.")])
    least, citation, _confirmed = least_months_unpaid(by.on)
    proposal = DuesProposal(
        campaign=campaign,
        last_year=removed_for_dues(keeper, by.on.year - 1),
        least_months=least,
        citation=citation[:200],
    )
    proposal.full_clean(validate_constraints=False)
    if campaign.proposals.filter(state__in=OPEN_PROPOSALS).exists():
        raise Refused([_("A list of this year is open already: carry it out or give it up first.")])
    proposal.save()
    count = put_unpaid(proposal, campaign)
    if not count:
        text = ngettext(
            "Nobody has left %(count)s month in a row unpaid: there is nobody to propose.",
            "Nobody has left %(count)s months in a row unpaid: there is nobody to propose.",
            least,
        )
        raise Refused([text % {"count": least}])
    record(by=by, act="members.propose_removals", subject=proposal, after={"names": count, "months": least})
    return proposal


@transaction.atomic
def keep_on(*, by: Actor, line: DuesProposalLine, reason: str) -> DuesProposalLine:
    """Take somebody off the list, with a reason; an empty reason puts them back. Returns the line."""
    proposal, by = _locked(by, line.proposal, ProposalState.DRAFT)
    line = proposal.lines.get(pk=line.pk)
    line.kept_reason = reason.strip()[:300]
    line.save(update_fields=["kept_reason"])
    record(by=by, act="members.keep_on", subject=line, after={"kept": bool(reason.strip())}, reason=reason)
    return line


@transaction.atomic
def ask_removals(*, by: Actor, proposal: DuesProposal, reason: str = "") -> DuesProposal:
    """Hand the list to the head of the unit; beyond the brake to the level above, with a reason."""
    proposal, by = _locked(by, proposal, ProposalState.DRAFT)
    count = on_the_list(proposal).count()
    if not count:
        raise Refused([_("Nobody is left on the list: give it up.")])
    warned = stop_of(proposal, by.on)
    unit = keeper_of(proposal.campaign.unit)
    if warned.is_beyond and not reason.strip():
        text = _("%(sentence)s Say why it is right all the same; the level above decides.")
        raise Refused([Reason(text % {"sentence": warned.sentence}, warned.citation, "reason")])
    if warned.is_beyond:
        link = UnitLink.objects.filter(unit=unit, during__contains=by.on).select_related("parent").first()
        unit = link.parent if link else unit
    told = {
        "count": count,
        "unit": proposal.campaign.unit.name,
        "year": proposal.campaign.year,
    }
    title = ngettext(
        "Proposed removal of %(count)s member, dues %(year)s: %(unit)s",
        "Proposed removal of %(count)s members, dues %(year)s: %(unit)s",
        count,
    )
    proposal.approval = ask(by=by, kind=APPROVE, title=title % told, office=OfficeCode.UNIT_HEAD, unit=unit)
    proposal.state, proposal.is_beyond = ProposalState.ASKED, warned.is_beyond
    proposal.reason = reason.strip()[:300]
    proposal.full_clean()
    proposal.save(update_fields=["approval", "state", "is_beyond", "reason"])
    record(
        by=by,
        act="members.ask_removals",
        subject=proposal,
        after={"names": count, "beyond": warned.is_beyond},
        reason=reason,
    )
    return proposal


@transaction.atomic
def decide_removals(
    *, by: Actor, proposal: DuesProposal, decision: ApprovalState, reason: str = ""
) -> DuesProposal:
    """Approve the list, return it to be looked through again, or refuse it. Touches no membership."""
    proposal = _row(proposal)
    if proposal.approval is None or proposal.state != ProposalState.ASKED:
        raise Refused([_("This list waits for no approval: %(state)s.") % _told(proposal)])
    approval = decide(by=by, approval=proposal.approval, decision=decision, reason=reason)
    proposal.state = {
        ApprovalState.APPROVED: ProposalState.APPROVED,
        ApprovalState.RETURNED: ProposalState.DRAFT,
    }.get(ApprovalState(approval.state), ProposalState.DROPPED)
    proposal.save(update_fields=["state"])
    record(
        by=by,
        act="members.decide_removals",
        subject=proposal,
        before={"state": ProposalState.ASKED},
        after={"state": proposal.state},
        reason=reason,
    )
    return proposal


@transaction.atomic
def drop_removals(*, by: Actor, proposal: DuesProposal, reason: str) -> DuesProposal:
    """Give the list up before it is carried out; everybody on it stays. Returns it."""
    open_states = (ProposalState.DRAFT, ProposalState.ASKED, ProposalState.APPROVED)
    proposal, by = _locked(by, proposal, *open_states)
    if not reason.strip():
        raise Refused(Reason(pgettext("members", "Say the reason."), field="reason"))
    approval = proposal.approval
    if approval is not None and approval.state == ApprovalState.WAITING:
        system = Actor(user=by.user, via=by.via, on=by.on, is_system=True)
        decide(by=system, approval=approval, decision=ApprovalState.RETURNED, reason=reason)
    before = {"state": proposal.state}
    proposal.state = ProposalState.DROPPED
    proposal.save(update_fields=["state"])
    after = {"state": proposal.state}
    record(by=by, act="members.drop_removals", subject=proposal, before=before, after=after, reason=reason)
    return proposal


@transaction.atomic
def start_removals(*, by: Actor, proposal: DuesProposal, decision: str, ends_on: date) -> DuesProposal:
    """The decision is there: from now on a job removes who is on the approved list, one act each."""
    proposal, by = _locked(by, proposal, ProposalState.APPROVED)
    reasons: list[Reason] = []
    if not decision.strip():
        reasons.append(Reason(pgettext("members", "Write the decision's number."), field="decision"))
    if ends_on > by.on:
        reasons.append(Reason(_("The day lies in the future."), field="ends_on"))
    closed = proposal.campaign.closed_on
    if closed and ends_on < closed:
        told = {"day": format_date(closed)}
        reasons.append(
            Reason(_("The year was closed on %(day)s: nobody ends before.") % told, field="ends_on")
        )
    if reasons:
        raise Refused(reasons)
    proposal.state, proposal.decision, proposal.ends_on = ProposalState.RUNNING, decision.strip(), ends_on
    proposal.full_clean()
    proposal.save(update_fields=["state", "decision", "ends_on"])
    after = {"decision": proposal.decision, "from": ends_on, "names": on_the_list(proposal).count()}
    record(by=by, act="members.start_removals", subject=proposal, after=after)
    return proposal


@transaction.atomic
def remove_unpaid(*, by: Actor, pk: int) -> bool:
    """One line of a list that is being carried out: True if the member was removed, else left, and why.

    Killed anywhere, the next run goes on with the lines nothing came of yet; nobody is removed twice.
    """
    line = DuesProposalLine.objects.get(pk=pk)
    proposal = _row(line.proposal)
    by = acting(by, DUES_MANAGE, keeper_of(proposal.campaign.unit).pk)
    line = DuesProposalLine.objects.select_related("membership").get(pk=pk)
    if proposal.state != ProposalState.RUNNING or line.outcome or line.kept_reason:
        return False
    line.act, why = _removed(by, proposal, line.membership)
    line.outcome = why[:200] or _("removed")
    line.save(update_fields=["outcome", "act"])
    if not still_to_end(proposal).exists():
        proposal.state, proposal.done_at = ProposalState.DONE, timezone.now()
        proposal.save(update_fields=["state", "done_at"])
        ended = proposal.lines.exclude(act=None).count()
        record(by=by, act="members.carry_out_removals", subject=proposal, after={"removed": ended})
    return line.act is not None


def _removed(by: Actor, proposal: DuesProposal, membership: Membership) -> tuple[LifeAct | None, str]:
    """The act that removed, or why the member was left alone: paid since, paused, moved, gone."""
    charges = DuesCharge.objects.select_for_update().filter(
        campaign=proposal.campaign_id, membership=membership
    )
    if any(charge.paid or charge.ticked_on for charge in charges):
        return None, _("has paid since")
    if membership.state != MembershipState.ACTIVE:
        return None, _("no longer active: %(state)s") % {"state": membership.get_state_display()}
    words = _("List of unpaid dues %(year)s") % {"year": proposal.campaign.year}
    wanted = Wanted(Ending.REMOVED, proposal.ends_on or by.on, REASON, words, proposal.decision)
    try:
        with transaction.atomic():
            return change_life(by=by, membership=membership, wanted=wanted), ""
    except Refused as refused:
        return None, str(refused)


def _row(proposal: DuesProposal) -> DuesProposal:
    rows = DuesProposal.objects.select_for_update(of=("self",)).select_related("campaign__unit", "approval")
    return rows.get(pk=proposal.pk)


def _told(proposal: DuesProposal) -> dict[str, str]:
    return {"state": str(proposal.get_state_display())}


def _locked(by: Actor, proposal: DuesProposal, *states: ProposalState) -> tuple[DuesProposal, Actor]:
    """The list under a lock in one of the states, and the actor in the office that manages the dues."""
    proposal = _row(proposal)
    by = acting(by, DUES_MANAGE, keeper_of(proposal.campaign.unit).pk)
    if proposal.state not in states:
        raise Refused([_("The list is no longer there: %(state)s.") % _told(proposal)])
    return proposal, by
