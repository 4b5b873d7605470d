"""After a closed year: who paid nothing for long is proposed, approved, removed, one act each."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse

from foundation.dates import today
from foundation.refusal import Refused
from ledger.jobs import job_run
from ledger.models import AuditEntry
from members.actions import change_life, undo_life_act
from members.actions.dues_campaigns import close_campaign, reconcile_campaign
from members.actions.dues_removals import (
    ask_removals,
    decide_removals,
    drop_removals,
    keep_on,
    propose_removals,
    remove_unpaid,
    start_removals,
)
from members.actions.life import Wanted
from members.enums import Ending, MembershipState, ProposalState
from members.models import DuesCampaign, DuesCharge, DuesProposal, LifeAct, Membership, Pause
from members.queries.dues import unpaid_charges
from members.queries.dues_removals import due_removals
from members.rules.dues import may_be_proposed
from members.tasks import remove_all_unpaid
from people.actors import system_actor
from people.enums import ApprovalState, OfficeCode
from people.models import Unit
from tests.conftest import Cast
from tests.factories import dues, people

pytestmark = pytest.mark.django_db
BY = system_actor


def closed(unit: Unit, year: int = dues.YEAR) -> DuesCampaign:
    return close_campaign(by=BY(), campaign=DuesCampaign.objects.get(unit=unit, year=year))


def approved(proposal: DuesProposal) -> DuesProposal:
    asked = ask_removals(by=BY(), proposal=proposal, reason="Chi hội đã vận động ba lần")
    return decide_removals(by=BY(), proposal=asked, decision=ApprovalState.APPROVED)


def carried_out(proposal: DuesProposal) -> DuesProposal:
    """Started with a decision and worked to its end, as the job does."""
    start_removals(by=BY(), proposal=proposal, decision="15/QĐ-CTĐ", ends_on=today())
    with job_run("members.remove_unpaid") as run:
        run.each(due_removals(), lambda pk: remove_unpaid(by=run.by, pk=pk))
    assert run.row.failed == 0
    proposal.refresh_from_db()
    return proposal


def test_5000_reconciled_twice_closed_with_300_unpaid_and_nobody_who_paid_is_touched(cast: Cast) -> None:
    branches = [dues.branch(cast.ward, f"Chi hội {n}") for n in range(10)]
    for branch in branches:
        dues.members(500, branch)
    campaign = dues.campaign(cast.ward)
    written = AuditEntry.objects.count()
    assert reconcile_campaign(by=BY(), campaign=campaign) == 0
    assert AuditEntry.objects.count() == written

    for branch in branches:
        dues.receipt(campaign, branch, most=470)
    before = list(Membership.objects.order_by("pk").values())
    campaign = closed(cast.ward)
    unpaid = set(unpaid_charges(campaign).values_list("membership", flat=True))
    assert (len(unpaid), campaign.closing_unpaid) == (300, 300)
    assert list(Membership.objects.order_by("pk").values()) == before

    proposal = propose_removals(by=people.actor(cast.unit_officer), campaign=campaign)
    assert set(proposal.lines.values_list("membership", flat=True)) == unpaid
    with pytest.raises(Refused, match="300"):  # beyond the brake: a reason is needed
        ask_removals(by=people.actor(cast.unit_officer), proposal=proposal)
    proposal = approved(proposal)
    assert proposal.approval is not None
    assert proposal.approval.unit == cast.city
    assert list(Membership.objects.order_by("pk").values()) == before
    start_removals(by=BY(), proposal=proposal, decision="15/QĐ-CTĐ", ends_on=today())
    assert len(due_removals()) == 300
    for pk in due_removals()[:60]:  # then the worker is killed
        assert remove_unpaid(by=BY(), pk=pk)

    ended = Membership.objects.filter(state=MembershipState.ENDED)
    assert set(ended.values_list("ending", "end_decision")) == {(Ending.REMOVED, "15/QĐ-CTĐ")}
    gone = set(ended.values_list("pk", flat=True))
    assert (len(gone), gone <= unpaid, len(due_removals())) == (60, True, 240)
    kept = [row for row in before if row["id"] not in gone]
    assert list(Membership.objects.exclude(pk__in=gone).order_by("pk").values()) == kept


def test_each_removal_is_its_own_act_and_can_be_taken_back(cast: Cast) -> None:
    branch = dues.branch(cast.ward)
    dues.members(2, branch)
    dues.campaign(cast.ward)
    proposal = carried_out(approved(propose_removals(by=BY(), campaign=closed(cast.ward))))
    one, other = (line.membership for line in proposal.lines.order_by("pk"))
    act = LifeAct.objects.get(membership=one)
    assert (act.reason_code, act.decision, act.act) == ("dues", "15/QĐ-CTĐ", Ending.REMOVED)

    undo_life_act(by=people.actor(cast.unit_officer), act=act, reason="Đã nộp cho chi hội trưởng cũ")

    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, other.state) == (MembershipState.ACTIVE, MembershipState.ENDED)


def test_who_pays_rests_leaves_or_is_taken_off_meanwhile_is_left_alone(cast: Cast) -> None:
    branch = dues.branch(cast.ward)
    pays, rests, leaves, spared, goes = dues.members(5, branch)
    campaign = dues.campaign(cast.ward)
    proposal = propose_removals(by=BY(), campaign=closed(cast.ward))
    line = proposal.lines.get(membership=spared)
    keep_on(by=BY(), line=line, reason="Đang điều trị dài ngày")
    proposal = approved(proposal)
    with pytest.raises(Refused):
        keep_on(by=BY(), line=line, reason="")
    charge = DuesCharge.objects.get(membership=pays)
    dues.receipt_for(campaign, branch, {charge.pk: 12_000}, today())
    change_life(by=BY(), membership=rests, wanted=Wanted("pause", today(), "away"))
    change_life(by=BY(), membership=leaves, wanted=Wanted(Ending.LEFT, today(), "wish"))

    proposal = carried_out(proposal)

    removed = Membership.objects.filter(ending=Ending.REMOVED)
    assert list(removed) == [goes]
    assert proposal.lines.exclude(outcome="").count() == 4
    assert proposal.lines.get(membership=pays).outcome == "đã nộp sau đó"


def test_the_rule_counts_months_in_a_row_and_the_list_is_its_twin(cast: Cast) -> None:
    assert may_be_proposed([(12, 0), (6, 0)], 12) == 18
    assert may_be_proposed([(9, 0), (6, 6_000)], 12) == 0
    assert may_be_proposed([(9, 0), (6, 0)], 12) == 15
    assert may_be_proposed([(12, 1)], 12) == 0
    assert may_be_proposed([], 12) == 0

    branch = dues.branch(cast.ward)
    long, paid_before, late, resting = dues.members(4, branch, since=date(2025, 7, 1))
    Membership.objects.filter(pk=late.pk).update(during=DateRange(date(2026, 3, 16), None))
    day = date(2026, 1, 15)
    Pause.objects.create(membership=resting, during=DateRange(day, None), reason="Đi xa")
    Membership.objects.filter(pk=resting.pk).update(state=MembershipState.PAUSED)
    before = dues.campaign(cast.ward, 2025)
    charge = DuesCharge.objects.get(campaign=before, membership=paid_before)
    dues.receipt_for(before, branch, {charge.pk: 1_000}, date(2025, 12, 1))
    closed(cast.ward, 2025)
    dues.campaign(cast.ward)

    proposal = propose_removals(by=BY(), campaign=closed(cast.ward))

    listed = dict(proposal.lines.values_list("membership", "months"))
    years = {
        row.pk: [
            (charge.months, charge.paid)
            for charge in DuesCharge.objects.filter(membership=row).order_by("-campaign__year")
        ]
        for row in (long, paid_before, late)
    }
    told = {pk: may_be_proposed(rows, 12) for pk, rows in years.items()}
    assert listed == {pk: months for pk, months in told.items() if months}
    assert listed == {long.pk: 17, paid_before.pk: 12}


def test_an_open_year_proposes_nobody_and_one_list_is_open_at_a_time(cast: Cast) -> None:
    branch = dues.branch(cast.ward)
    dues.members(1, branch)
    campaign = dues.campaign(cast.ward)
    with pytest.raises(Refused, match="Khóa"):
        propose_removals(by=BY(), campaign=campaign)
    proposal = propose_removals(by=BY(), campaign=closed(cast.ward))
    with pytest.raises(Refused):
        propose_removals(by=BY(), campaign=campaign)
    with pytest.raises(Refused):
        start_removals(by=BY(), proposal=proposal, decision="1/QĐ", ends_on=today())
    asked = ask_removals(by=BY(), proposal=proposal)
    assert asked.approval is not None
    assert (asked.approval.office, asked.approval.unit) == (OfficeCode.UNIT_HEAD, cast.ward)
    back = decide_removals(
        by=BY(), proposal=asked, decision=ApprovalState.RETURNED, reason="Gặp lại từng người"
    )
    assert back.state == ProposalState.DRAFT
    assert drop_removals(by=BY(), proposal=back, reason="Đã nộp đủ").state == ProposalState.DROPPED
    assert propose_removals(by=BY(), campaign=campaign).pk != proposal.pk


def test_no_removal_without_a_number_or_in_the_future(cast: Cast) -> None:
    dues.members(1, dues.branch(cast.ward))
    dues.campaign(cast.ward)
    proposal = approved(propose_removals(by=BY(), campaign=closed(cast.ward)))
    with pytest.raises(Refused) as refused:
        start_removals(by=BY(), proposal=proposal, decision=" ", ends_on=date(2999, 1, 1))
    assert [reason.field for reason in refused.value.reasons] == ["decision", "ends_on"]
    early = replace(BY(), on=today())
    with pytest.raises(Refused):
        start_removals(by=early, proposal=proposal, decision="1/QĐ", ends_on=date(2026, 1, 1))


def test_the_list_goes_through_its_pages(cast: Cast, client_for: Callable[..., Client]) -> None:
    branch = dues.branch(cast.ward)
    kept, *_goes = dues.members(3, branch)
    campaign = dues.campaign(cast.ward)
    closed(cast.ward)
    officer = client_for(cast.unit_officer)
    head = client_for(people.officer(OfficeCode.UNIT_HEAD, cast.ward, "Nguyễn Văn Trưởng"))

    made = officer.post(reverse("dues_removals_new", args=[campaign.pk]))
    proposal = DuesProposal.objects.get()
    page = reverse("dues_removals", args=[proposal.pk])
    assert made.headers["Location"] == page
    line = proposal.lines.get(membership=kept)
    officer.post(f"{page}giu-lai/", {"dong": line.pk, "reason": "Đang điều trị"})
    assert "2 hội viên sẽ bị xóa tên" in officer.get(page).content.decode()
    officer.post(f"{page}trinh/", {"reason": ""})
    proposal.refresh_from_db()
    answer = reverse("dues_removals_decide", args=[proposal.approval_id])
    assert "Trả lại để rà soát thêm" in head.get(answer).content.decode()
    assert head.post(answer, {"decision": "refused", "reason": ""}).status_code == 200  # a reason is missing
    assert head.post(answer, {"decision": "approved"}).status_code == 302
    missing = officer.post(f"{page}thuc-hien/", {"decision": "", "ends_on": "31/13/2026"})
    assert (missing.status_code, "31/13/2026" in missing.content.decode()) == (422, True)
    officer.post(f"{page}thuc-hien/", {"decision": "15/QĐ-CTĐ", "ends_on": f"{today():%d/%m/%Y}"})
    remove_all_unpaid()
    shown = officer.get(page).content.decode()
    assert "Đã xử lý 2/2, xóa tên 2" in shown
    assert "Đang điều trị" in shown
    remove_all_unpaid()
    assert Membership.objects.filter(state=MembershipState.ENDED).count() == 2
    assert head.get(page).status_code == 403
