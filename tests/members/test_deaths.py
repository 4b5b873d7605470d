"""A branch reports, the unit confirms; a death ends all and silences all; what came later stops an undo."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from evaluations.actions import open_cycle
from evaluations.models import Employment
from foundation.dates import quarter_of, today
from foundation.refusal import Refused
from ledger.actor import NotAllowed
from ledger.models import AuditEntry
from letters.models import Letter
from members import actions, hooks
from members.actions.life import Wanted
from members.actions.mass import end_many
from members.actions.reports import answer_report, report_life
from members.enums import Ending, Kind, MembershipState, ReportKind, ReportState, TransferState
from members.models import LifeAct, LifeReport, Membership
from people.actors import system_actor
from people.enums import OfficeCode
from people.models import Belonging, Person, Unit
from tests.conftest import Cast
from tests.factories import dues, people
from tests.factories import evaluations as make_staff
from tests.factories import letters as make_letters
from tests.factories import members as make

pytestmark = pytest.mark.django_db
BY = system_actor


def dead(membership: Membership) -> LifeAct:
    wanted = Wanted(Ending.DECEASED, today(), "death")
    return actions.change_life(by=BY(), membership=membership, wanted=wanted)


def test_the_branch_reports_with_one_tap_and_the_unit_confirms(cast: Cast) -> None:
    branch = make.branch(cast.ward)
    membership = make.member(cast.member, branch)
    head = people.actor(people.officer(OfficeCode.BRANCH_HEAD, branch, "Đặng Văn Tư"))
    elsewhere = people.actor(people.officer(OfficeCode.BRANCH_HEAD, cast.other_ward, "Người Khác"))
    with pytest.raises(NotAllowed):
        report_life(by=elsewhere, membership=membership, what=ReportKind.DEATH, on=today())
    report = report_life(by=head, membership=membership, what=ReportKind.DEATH, on=make.yesterday())
    with pytest.raises(Refused):
        report_life(by=head, membership=membership, what=ReportKind.DEATH, on=today())
    membership.refresh_from_db()
    assert membership.state == MembershipState.ACTIVE  # the report changes nothing
    assert report.approval is not None
    assert (report.approval.office, report.approval.unit) == (OfficeCode.UNIT_OFFICER, cast.ward)

    answer_report(by=people.actor(cast.unit_officer), report=report, is_true=True)

    membership.refresh_from_db()
    assert (membership.ending, membership.during.upper) == (Ending.DECEASED, make.yesterday())


def test_a_report_that_is_not_so_or_is_a_move_ends_nothing(cast: Cast) -> None:
    membership = make.member(cast.member, cast.ward)
    officer = people.actor(cast.unit_officer)
    wrong = report_life(by=officer, membership=membership, what=ReportKind.DEATH, on=today())
    with pytest.raises(Refused):
        answer_report(by=officer, report=wrong, is_true=False)
    refused = answer_report(by=officer, report=wrong, is_true=False, reason="Trùng tên")
    assert refused.state == ReportState.REFUSED
    moved = report_life(by=officer, membership=membership, what=ReportKind.MOVE, on=today(), words="Về quê")
    assert answer_report(by=officer, report=moved, is_true=True).state == ReportState.CONFIRMED
    membership.refresh_from_db()
    assert membership.state == MembershipState.ACTIVE


def test_a_death_ends_every_membership_the_transfer_the_account_and_all_letters(cast: Cast) -> None:
    membership = make.member(cast.member, cast.ward)
    volunteer = make.member(cast.member, cast.other_ward, Kind.VOLUNTEER)
    transfer = make.transfer(membership, cast.other_ward)
    user = cast.member.user
    assert user is not None
    waiting = make_letters.letter(user=user)
    other = make_letters.letter()

    act = dead(volunteer)

    states = Membership.objects.filter(person=cast.member).values_list("state", "ending")
    assert set(states) == {(MembershipState.ENDED, Ending.DECEASED)}
    transfer.refresh_from_db()
    waiting.refresh_from_db()
    other.refresh_from_db()
    user.refresh_from_db()
    assert transfer.state == TransferState.CANCELLED
    assert (waiting.state, other.state, user.is_active) == ("cancelled", "waiting", False)
    assert make_letters.letter(user=user).state == "cancelled"  # nor any later one
    assert not Letter.objects.filter(user=user).exclude(state="cancelled").exists()

    actions.undo_life_act(by=BY(), act=act, reason="Nhầm người")
    user.refresh_from_db()
    assert user.is_active
    assert set(Membership.objects.filter(person=cast.member).values_list("state", flat=True)) == {"active"}


def test_a_death_ends_the_employment_that_day_and_an_error_gives_it_back(cast: Cast) -> None:
    membership = make.member(cast.member, cast.ward)
    make.member(cast.member, cast.other_ward, Kind.VOLUNTEER)
    job = make_staff.employed(cast.member, cast.other_ward)
    staff = Belonging.objects.get(person=cast.member, kind="staff")
    day = today() - timedelta(days=95)

    wanted = Wanted(Ending.DECEASED, day, "death")
    act = actions.change_life(by=BY(), membership=membership, wanted=wanted)

    job.refresh_from_db()
    staff.refresh_from_db()
    assert job.during.upper == staff.during.upper == day + timedelta(days=1)
    entries = AuditEntry.objects.filter(act="evaluations.end_employment")
    assert [entry.reason for entry in entries] == ["Từ trần, theo sổ hội viên."]
    now = quarter_of(today())
    make_staff.employed(people.person("Người Còn Làm", cast.other_ward, with_user=False), cast.other_ward)
    cycle = open_cycle(by=BY(), unit=cast.other_ward, year=now.year, number=now.number, steps=())
    assert [one.person.full_name for one in cycle.ratings.all()] == ["Người Còn Làm"]

    actions.undo_life_act(by=BY(), act=act, reason="Nhầm người")
    job.refresh_from_db()
    staff.refresh_from_db()
    assert (job.during.upper, staff.during.upper) == (None, None)

    act = dead(Membership.objects.get(pk=membership.pk))
    Employment.objects.create(
        person=cast.member,
        unit=cast.ward,
        during=DateRange(today() + timedelta(days=9), None),
        **make_staff.VALUES,
    )
    with pytest.raises(Refused, match="Đã có công việc khác"):
        actions.undo_life_act(by=BY(), act=act, reason="Nhầm người")


def test_deaths_are_entered_one_by_one(cast: Cast) -> None:
    membership = make.member(cast.member, cast.ward)
    wanted = Wanted(Ending.DECEASED, today(), "death")
    with pytest.raises(Refused, match="từng người"):
        end_many(by=BY(), unit=cast.ward, memberships=[membership.pk], wanted=wanted)


def test_a_merged_record_takes_reports_dues_and_proposals_along(cast: Cast) -> None:
    kept = people.person("Lê Thị Bình", cast.ward, with_user=False)
    double = people.person("Lê Thị Binh", cast.ward, with_user=False)
    membership = make.member(double, cast.ward)
    report = report_life(
        by=BY(), membership=membership, what=ReportKind.MOVE, on=today(), words="Về quê với con gái"
    )
    campaign = dues.campaign(cast.ward)
    proposal = campaign.proposals.create(last_year=0)
    proposal.lines.create(membership=membership, person=double, branch=cast.ward)

    hooks.absorb_person(kept, double)

    assert proposal.lines.get().person == kept
    assert campaign.charges.get().person == kept
    assert Membership.objects.get(reports=report).person == kept
    hooks.forget_person(BY(), kept)
    report.refresh_from_db()
    assert report.words == ""


def test_an_undo_that_something_later_forbids_says_what(cast: Cast) -> None:
    """The person belongs elsewhere since, or the unit is gone: a sentence, not an error."""
    membership = make.member(cast.member, cast.ward)
    wanted = Wanted(Ending.LEFT, today() - timedelta(days=3), "wish")
    act = actions.change_life(by=BY(), membership=membership, wanted=wanted)
    make.member(cast.member, cast.other_ward, Kind.HONORARY, since=make.yesterday())
    with pytest.raises(Refused, match="phường Mẫu 2") as refused:
        actions.undo_life_act(by=BY(), act=act, reason="Nhầm")
    assert f"{make.yesterday():%d/%m/%Y}" in str(refused.value)

    Belonging.objects.filter(person=cast.member, unit=cast.other_ward).delete()
    Unit.objects.filter(pk=cast.ward.pk).update(valid=DateRange(cast.ward.valid.lower, today()))
    with pytest.raises(Refused, match="không còn hoạt động"):
        actions.undo_life_act(by=BY(), act=act, reason="Nhầm")
    membership.refresh_from_db()
    assert membership.state == MembershipState.ENDED


def test_an_undo_after_the_record_was_merged_is_refused_whole(cast: Cast) -> None:
    membership = make.member(cast.member, cast.ward)
    wanted = Wanted(Ending.LEFT, today(), "wish")
    act = actions.change_life(by=BY(), membership=membership, wanted=wanted)
    Belonging.objects.filter(person=cast.member, kind="member").delete()  # gone to the kept record
    with pytest.raises(Refused, match="hoàn tác"):
        actions.undo_life_act(by=BY(), act=act, reason="Nhầm")
    act.refresh_from_db()
    membership.refresh_from_db()
    assert (act.undone_at, membership.state) == (None, MembershipState.ENDED)


def test_who_was_expelled_rests_or_left_comes_back_by_a_new_decision(cast: Cast) -> None:
    for n, (act, code, number) in enumerate(
        ((Ending.EXPELLED, "discipline", "13/QĐ-CTĐ"), (Ending.LEFT, "wish", ""))
    ):
        person: Person = people.person(f"Người Trở Lại {n}", cast.ward, with_user=False)
        old = make.member(person, cast.ward)
        actions.change_life(by=BY(), membership=old, wanted=Wanted("pause", make.yesterday(), "away"))
        wanted = Wanted(act, today(), code, "", number)
        actions.change_life(by=BY(), membership=old, wanted=wanted)
        new = actions.rejoin(
            by=replace(BY(), on=today()), membership=old, unit=cast.ward, on=today(), decision="20/QĐ-CTĐ"
        )
        old.refresh_from_db()
        assert (new.predecessor, old.state, new.state) == (old, "ended", "active")
        assert not new.pauses.exists()


def test_pages_of_a_report_speak_to_both_sides(cast: Cast, client_for: Callable[..., Any]) -> None:
    branch = make.branch(cast.ward)
    membership = make.member(people.person("Lê Thị Bình", branch, with_user=False), branch)
    head = people.officer(OfficeCode.BRANCH_HEAD, branch, "Đặng Văn Tư")
    tapping, answering = client_for(head), client_for(cast.unit_officer)
    form = f"/lam-viec/hoi-vien/{membership.pk}/bao/tu-tran/"
    assert "Báo từ trần" in tapping.get(form).content.decode()
    bad = tapping.post(form, {"on": "32/13/2026", "words": "Giỗ"})
    assert "Giỗ" in bad.content.decode()  # what was typed stays
    assert tapping.post(form, {"on": f"{today():%d/%m/%Y}"}).status_code == 302
    report = LifeReport.objects.get()
    page = f"/lam-viec/hoi-vien/bao-cao/{report.approval_id}/"
    assert "Xác nhận đúng" in answering.get(page).content.decode()
    assert "Xác nhận đúng" not in tapping.get(page).content.decode()
    assert answering.post(page, {"refuse": "1"}).status_code == 200  # a reason is missing
    assert answering.post(page).status_code == 302
    membership.refresh_from_db()
    assert membership.ending == Ending.DECEASED
