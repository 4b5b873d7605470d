"""From the form to the card in the hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from foundation.dates import today
from foundation.refusal import Refused
from ledger.actor import NotAllowed
from members import actions
from members.enums import AdmissionState, ApplicationState, CardState, Kind
from members.models import Application, Card, Membership
from members.queries.memberships import place_of
from papers import actions as papers
from papers.enums import ProofState
from papers.models import Proof
from people.actors import system_actor
from people.enums import ApprovalState, BelongingKind, OfficeCode
from people.models import Belonging, Consent, Person
from tests.conftest import Cast
from tests.factories import members as make
from tests.factories import people

pytestmark = pytest.mark.django_db
BY = system_actor


def filled(cast: Cast, **values: object) -> Application:
    """A draft on the public pages, filled in and not sent."""
    draft = actions.begin_application(by=BY(), kind=Kind.MEMBER)
    given = {
        "unit": make.branch(cast.ward),
        "full_name": "  lê  thị   mẫu ",
        "birth_date": date(1992, 2, 29),
        "phone": "0500000009",
        **values,
    }
    return actions.save_application(by=BY(), application=draft, values=given)


def test_from_the_form_to_the_card(cast: Cast) -> None:
    one = actions.submit_application(by=BY(), application=filled(cast), consents={"photos": False})
    assert one.unit is not None
    head = people.officer(OfficeCode.BRANCH_HEAD, one.unit, "Chi Hội Trưởng")
    officer = people.actor(cast.unit_officer)
    assert one.state == ApplicationState.SUBMITTED
    assert one.approval is not None
    assert one.approval.office == OfficeCode.BRANCH_HEAD

    one = actions.give_opinion(by=people.actor(head), application=one, agrees=True)
    assert one.state == ApplicationState.MEETING
    other = actions.enter_application(
        by=officer,
        values={
            "kind": Kind.MEMBER,
            "unit": cast.ward,
            "full_name": "Trần Văn Giấy",
            "birth_date": date(1960, 1, 1),
            "phone": "0500000010",
        },
    )
    admission = actions.hold_meeting(
        by=officer, unit=cast.ward, met_on=today(), minutes="BB 03/BB-CTĐ", agreed=[one, other]
    )
    assert set(admission.applications.values_list("state", flat=True)) == {ApplicationState.AGREED}

    paper = make.issued(admission)
    admission.refresh_from_db()
    assert admission.state == AdmissionState.DECIDED
    rows = Membership.objects.order_by("pk")
    assert [row.during for row in rows] == [DateRange(today(), None)] * 2
    assert {row.decision for row in rows} == {paper.number_text}
    assert [place_of(row, today()) for row in rows] == [one.unit, cast.ward]
    numbers = [f"P001-{today().year}-{n:04}" for n in (1, 2)]
    assert list(Card.objects.order_by("pk").values_list("number", "state")) == [
        (number, CardState.MADE) for number in numbers
    ]
    assert not Consent.objects.exists()  # silence is no consent

    admission = actions.plan_ceremony(by=officer, admission=admission, on=today(), place="Nhà văn hóa")
    actions.close_ceremony(by=officer, admission=admission, present=[one.pk])
    assert list(Card.objects.order_by("pk").values_list("state", "handed_on")) == [
        (CardState.HANDED, today()),
        (CardState.MADE, None),
    ]
    late = Card.objects.get(number=numbers[1])
    actions.hand_over_card(by=officer, card=late, on=today())
    assert list(one.steps.values_list("step", flat=True)) == [
        "submitted",
        "opinion",
        "agreed",
        "admitted",
        "ceremony",
    ]


def test_everything_missing_is_told_at_once_and_the_draft_stays(cast: Cast) -> None:
    draft = filled(cast, full_name="", phone="", birth_date=None, unit=None)
    with pytest.raises(Refused) as refused:
        actions.submit_application(by=BY(), application=draft, consents={})
    assert [reason.field for reason in refused.value.reasons] == [
        "full_name",
        "unit",
        "phone",
        "birth_date",
    ]
    draft.refresh_from_db()
    assert draft.state == ApplicationState.DRAFT


def test_under_18_a_guardian_is_needed_and_noted(cast: Cast) -> None:
    young = filled(cast, birth_date=today().replace(day=1) - timedelta(days=17 * 365))
    with pytest.raises(Refused) as refused:
        actions.submit_application(by=BY(), application=young, consents={})
    assert [reason.field for reason in refused.value.reasons] == ["guardian_name"]
    actions.save_application(
        by=BY(), application=young, values={"guardian_name": "Mẹ", "guardian_phone": "0500000011"}
    )
    sent = actions.submit_application(by=BY(), application=young, consents={})
    assert sent.guardian_agreed_at is not None


def test_known_in_the_unit_by_name_and_birthday_is_not_entered_twice(cast: Cast) -> None:
    born = date(1992, 2, 29)
    person = people.person("Lê Thị Mẫu", cast.ward, with_user=False)
    person.birth_date = born
    person.clean()
    person.save()
    people.person("Lê Thị Mẫu", cast.other_ward, with_user=False)  # a namesake elsewhere
    one = make.application(cast.ward, "lê thị mẫu", birth_date=born, phone="0500000012")
    make.issued(make.batch(cast.ward, one))
    assert Membership.objects.get().person == person
    assert Person.objects.filter(search_name=person.search_name).count() == 2


def test_more_is_asked_and_answered_then_it_waits_for_the_meeting_again(cast: Cast) -> None:
    officer = people.actor(cast.unit_officer)
    one = make.application(cast.ward)
    with pytest.raises(Refused):
        actions.ask_more(by=officer, application=one, words=" ")
    one = actions.ask_more(by=officer, application=one, words="Xin bổ sung địa chỉ")
    one.refresh_from_db()
    assert one.approval is not None
    assert (one.state, one.approval.state) == (ApplicationState.RETURNED, ApprovalState.RETURNED)
    one = actions.answer_more(by=BY(), application=one, words="Khu phố 4")
    assert one.approval is not None
    assert (one.state, one.answer, one.approval.state) == (
        ApplicationState.MEETING,
        "",
        ApprovalState.WAITING,
    )


def test_a_branch_that_disagrees_says_why_and_decides_nothing(cast: Cast) -> None:
    branch = make.branch(cast.ward)
    head = people.actor(people.officer(OfficeCode.BRANCH_HEAD, branch, "Chi Hội Trưởng"))
    one = make.application(branch)
    with pytest.raises(Refused):
        actions.give_opinion(by=head, application=one, agrees=False)
    one = actions.give_opinion(by=head, application=one, agrees=False, words="Chưa tham gia sinh hoạt")
    assert (one.opinion, one.state) == (False, ApplicationState.MEETING)


def test_an_officer_of_another_ward_decides_nothing_here(cast: Cast) -> None:
    stranger = people.actor(people.officer(OfficeCode.UNIT_OFFICER, cast.other_ward, "Người Khác"))
    with pytest.raises(NotAllowed):
        actions.refuse_application(by=stranger, application=make.application(cast.ward), reason="Không")


def test_who_left_the_batch_is_not_admitted_by_the_old_draft(cast: Cast) -> None:
    by = BY()
    one, two = make.application(cast.ward), make.application(cast.ward, "Võ Văn Hai", phone="0500000013")
    admission = make.batch(cast.ward, one, two)
    paper = actions.draft_decision(by=by, admission=admission)
    actions.withdraw_application(by=by, application=two)
    values = {**paper.form, "signer_name": "Nguyễn Văn Chủ"}
    paper = papers.edit_draft(by=by, paper=paper, version=paper.version, values=values)
    paper = papers.sign_paper(by=by, paper=papers.submit_paper(by=by, paper=paper))
    with pytest.raises(Refused):
        papers.issue_paper(by=by, paper=paper)
    assert not Membership.objects.exists()


def test_the_decision_names_the_batch_and_is_drafted_once(cast: Cast) -> None:
    admission = make.batch(cast.ward, make.application(cast.ward, "Nguyễn Thị Mẫu Đơn"))
    paper = actions.draft_decision(by=BY(), admission=admission)
    assert "Nguyễn Thị Mẫu Đơn\t1990" in paper.form["annex_1_rows"]
    assert f"ngày {today().day:02} tháng {today().month} năm {today().year}" in paper.form["grounds"]
    admission.refresh_from_db()
    with pytest.raises(Refused):
        actions.draft_decision(by=BY(), admission=admission)
    papers.cancel_draft(by=BY(), paper=paper, reason="Sai tên")
    admission.refresh_from_db()
    assert actions.draft_decision(by=BY(), admission=admission) != paper


def test_who_is_a_member_already_stops_the_whole_batch(cast: Cast) -> None:
    person = people.person("Nguyễn Thị Mẫu Đơn", cast.ward, with_user=False)
    person.birth_date = date(1990, 5, 6)
    person.clean()
    person.save()
    make.member(person, cast.ward)
    admission = make.batch(cast.ward, make.application(cast.ward), make.application(cast.ward, "Võ Văn Hai"))
    with pytest.raises(Refused):
        make.issued(admission)
    assert Membership.objects.count() == 1


def test_a_volunteer_is_received_and_assigned_without_a_meeting(cast: Cast) -> None:
    officer = people.actor(cast.unit_officer)
    one = make.application(cast.ward, kind=Kind.VOLUNTEER)
    branch = make.branch(cast.ward)
    with pytest.raises(Refused):
        actions.receive_volunteer(by=officer, application=make.application(cast.ward), unit=cast.ward)
    one = actions.receive_volunteer(by=BY(), application=one, unit=branch)
    assert one.state == ApplicationState.ADMITTED
    membership = Membership.objects.get()
    assert (membership.kind, place_of(membership, today())) == (Kind.VOLUNTEER, branch)
    assert Belonging.objects.filter(kind=BelongingKind.VOLUNTEER, unit=branch).count() == 1


def test_drafts_nobody_went_on_with_are_cleared_on_their_day(cast: Cast) -> None:
    drafts = [actions.begin_application(by=BY(), kind=Kind.MEMBER) for _n in range(2)]
    for draft, days in zip(drafts, (30, 31), strict=True):
        Application.objects.filter(pk=draft.pk).update(created_at=timezone.now() - timedelta(days=days))
    sent = make.application(cast.ward)
    Application.objects.filter(pk=sent.pk).update(created_at=timezone.now() - timedelta(days=400))
    assert actions.clear_drafts(by=BY()) == 1
    assert list(Application.objects.order_by("pk")) == [drafts[0], sent]
    assert actions.clear_drafts(by=BY()) == 0


def test_a_ceremony_follows_its_decision_and_its_day(cast: Cast) -> None:
    admission = make.batch(cast.ward, make.application(cast.ward))
    with pytest.raises(Refused):
        actions.plan_ceremony(by=BY(), admission=admission, on=today(), place="Nhà văn hóa")
    make.issued(admission)
    with pytest.raises(Refused):
        actions.plan_ceremony(by=BY(), admission=admission, on=make.yesterday(), place="Nhà văn hóa")
    tomorrow = today() + timedelta(days=1)
    admission = actions.plan_ceremony(by=BY(), admission=admission, on=tomorrow, place="Nhà văn hóa")
    with pytest.raises(Refused):
        actions.close_ceremony(by=BY(), admission=admission, present=[])
    later = replace(BY(), on=tomorrow)
    assert actions.close_ceremony(by=later, admission=admission, present=[]).state == AdmissionState.CLOSED


def test_a_lost_card_says_so_at_once_and_the_new_one_holds(cast: Cast) -> None:
    officer = people.actor(cast.unit_officer)
    card = make.card(make.member(cast.member, cast.ward))
    actions.report_lost(by=officer, card=card, reason="Rơi ví")
    assert Proof.objects.get(card=card).state == ProofState.ENDED
    made = actions.replace_card(by=officer, card=card, reason="Rơi ví")
    card.refresh_from_db()
    assert (card.state, made.state, made.replaces) == (CardState.REPLACED, CardState.MADE, card)
    assert Proof.objects.get(card=made).state == ProofState.VALID
    assert made.number == f"P001-{today().year}-0002"
    with pytest.raises(Refused):
        actions.replace_card(by=officer, card=card, reason="Lần nữa")
