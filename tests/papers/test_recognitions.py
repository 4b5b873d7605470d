"""A ward's committee is recognised by the decision that the city drafts, signs and issues."""

from datetime import timedelta

import pytest
from django.urls import reverse

from foundation.refusal import Refused
from papers.actions import cancel_draft, draft_recognition, issue_paper, sign_paper, submit_paper
from papers.actions.drafting import edit_draft
from papers.models import Paper
from people.actions.approvals import decide
from people.actions.bodies import ask_recognition, step_down
from people.actors import system_actor
from people.enums import ApprovalState, BodyKind, OfficeCode
from people.models import Approval, Body
from people.queries.bodies import signature_block
from tests.conftest import Cast, sign_in
from tests.factories import people

pytestmark = pytest.mark.django_db
BY = system_actor()


@pytest.fixture
def asked(cast: Cast) -> Approval:
    """The ward's committee of two asks to be recognised."""
    people.seat(cast.member, cast.ward)
    body = people.seat(cast.unit_officer, cast.ward, "Phó Chủ tịch").body
    return ask_recognition(by=people.actor(cast.unit_officer), body=body)


def signed(paper: Paper) -> Paper:
    values = {**paper.form, "signer_name": "Đỗ Thị Trưởng (mẫu)"}
    paper = edit_draft(by=BY, paper=paper, version=paper.version, values=values)
    return sign_paper(by=BY, paper=submit_paper(by=BY, paper=paper))


def test_the_body_is_recognised_when_its_decision_is_issued_and_not_before(
    cast: Cast, asked: Approval
) -> None:
    city = sign_in(cast.city_officer)
    page = city.get(reverse("body_recognition", args=[asked.pk])).content.decode()
    assert reverse("recognition_draft", args=[asked.pk]) in page
    city.post(reverse("recognition_draft", args=[asked.pk]))
    paper = Paper.objects.get()
    assert paper.abstract == "Về việc công nhận Ban Chấp hành Hội Chữ thập đỏ phường Mẫu 1"
    assert "gồm 02 ông, bà" in paper.form["body"]
    assert paper.form["annex_1_rows"].splitlines()[1].split("\t")[1:4] == ["Trương Thị An", "", "Chủ tịch"]
    assert paper.recipients.get().unit == cast.ward
    paper = signed(paper)
    body = Body.objects.get()
    assert (body.recognised_number, signature_block(cast.ward, BY.on, as_kind=BodyKind.EXECUTIVE)) == (
        "",
        None,
    )
    assert reverse("paper", args=[paper.key]) in (
        city.get(reverse("body_recognition", args=[asked.pk])).content.decode()
    )

    clerk = people.actor(people.officer(OfficeCode.CLERK, cast.city))
    issue_paper(by=clerk, paper=paper)
    body.refresh_from_db()
    asked.refresh_from_db()
    assert (body.recognised_number, body.recognised_on) == ("01/QĐ-CTĐ", BY.on)
    assert asked.state == ApprovalState.APPROVED
    block = signature_block(cast.ward, BY.on, as_kind=BodyKind.EXECUTIVE)
    assert block is not None
    assert block.person == cast.member


def test_one_draft_at_a_time_and_giving_it_up_leaves_the_request_waiting(cast: Cast, asked: Approval) -> None:
    paper = draft_recognition(by=people.actor(cast.city_officer), approval=asked)
    with pytest.raises(Refused, match="đang được soạn"):
        draft_recognition(by=people.actor(cast.city_officer), approval=asked)
    cancel_draft(by=BY, paper=paper, reason="Soạn lại")
    asked.refresh_from_db()
    assert asked.state == ApprovalState.WAITING
    assert draft_recognition(by=people.actor(cast.city_officer), approval=asked).pk != paper.pk


def test_what_changed_since_stops_the_issue(cast: Cast, asked: Approval) -> None:
    paper = signed(draft_recognition(by=BY, approval=asked))
    seat = Body.objects.get().seats.get(person=cast.member)
    yesterday = BY.on - timedelta(days=1)
    step_down(by=BY, seat=seat, last_on=yesterday, reason="Chuyển nơi ở", decision_number="")
    with pytest.raises(Refused, match="thay đổi"):
        issue_paper(by=BY, paper=paper)


def test_a_request_that_was_answered_meanwhile_is_not_decided_by_the_paper(
    cast: Cast, asked: Approval
) -> None:
    paper = signed(draft_recognition(by=BY, approval=asked))
    by = people.actor(cast.city_officer)
    decide(by=by, approval=asked, decision=ApprovalState.RETURNED, reason="Bổ sung biên bản")
    with pytest.raises(Refused):
        issue_paper(by=BY, paper=paper)
