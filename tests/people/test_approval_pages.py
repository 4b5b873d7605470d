"""Approvals and recognition of bodies on their pages; the queue; handing up."""

from datetime import timedelta

import pytest
from django.urls import reverse

from foundation.dates import add_working_days, today
from people import tasks
from people.actions.approvals import ask, decide
from people.actors import system_actor
from people.enums import ApprovalState, OfficeCode, UnitKind
from people.models import Approval, Body, Unit
from tests.conftest import Cast, sign_in
from tests.factories import people

pytestmark = pytest.mark.django_db


def asked(unit: Unit, office: OfficeCode = OfficeCode.UNIT_OFFICER, title: str = "Đơn mẫu") -> Approval:
    return ask(by=system_actor(), kind="test", title=title, office=office, unit=unit)


def test_the_queue_shows_what_waits_for_my_offices_oldest_first(cast: Cast) -> None:
    second, first = asked(cast.ward, title="Hai"), asked(cast.ward, title="Một")
    asked(cast.other_ward, title="Nơi khác")
    asked(cast.ward, OfficeCode.ACCOUNTANT, title="Việc của kế toán")
    Approval.objects.filter(pk=first.pk).update(asked_at=second.asked_at - timedelta(days=2))

    items = sign_in(cast.unit_officer).get(reverse("work_home")).context["items"]
    assert [(item.title, item.due_on) for item in items] == [
        ("Một", add_working_days(today(), 5)),
        ("Hai", add_working_days(today(), 5)),
    ]


def test_the_second_officer_is_told_who_decided_and_when(cast: Cast) -> None:
    approval = asked(cast.ward)
    other = people.officer(OfficeCode.UNIT_OFFICER, cast.ward, "Nguyễn Thị Nhanh")
    url = reverse("approval", args=[approval.pk])
    slow = sign_in(cast.unit_officer)
    assert slow.get(url).context["is_waiting"]

    sign_in(other).post(url, {"decision": "approved", "reason": ""})
    page = slow.post(url, {"decision": "refused", "reason": "Thiếu giấy tờ"})

    (told,) = page.context["form"].non_field_errors()
    assert "Nguyễn Thị Nhanh" in told
    assert "đồng ý" in told
    assert told in page.content.decode()
    approval.refresh_from_db()
    assert (approval.state, approval.reason) == (ApprovalState.APPROVED, "")


def test_refusing_needs_a_reason_and_keeps_what_was_typed(cast: Cast) -> None:
    approval = asked(cast.ward)
    client = sign_in(cast.unit_officer)
    url = reverse("approval", args=[approval.pk])
    page = client.post(url, {"decision": "returned", "reason": ""})
    assert page.context["form"].errors["reason"] == ["Hãy ghi lý do."]
    client.post(url, {"decision": "returned", "reason": "Thiếu năm sinh"})
    steps = [(label, step.who) for step, label, _tone in client.get(url).context["steps"]]
    assert steps == [("Đề nghị", ""), ("yêu cầu bổ sung", "Võ Thị Phương")]


def test_nobody_else_finds_an_approval(cast: Cast) -> None:
    approval = asked(cast.ward)
    url = reverse("approval", args=[approval.pk])
    strangers = [
        people.officer(OfficeCode.UNIT_OFFICER, cast.other_ward),
        people.officer(OfficeCode.AUDITOR, cast.city),
        cast.member,
    ]
    assert [sign_in(who).get(url).status_code for who in strangers] == [404, 404, 404]
    assert [sign_in(who).post(url, {"decision": "approved"}).status_code for who in strangers] == [404] * 3


def test_who_asked_follows_it_and_takes_it_back(cast: Cast) -> None:
    asker = people.actor(cast.unit_officer)
    approval = ask(by=asker, kind="test", title="Xin ý kiến", office=OfficeCode.CITY_OFFICER, unit=cast.city)
    client, url = sign_in(cast.unit_officer), reverse("approval", args=[approval.pk])
    page = client.get(url)
    assert (page.context["is_mine"], page.context["may_decide"]) == (True, False)
    assert client.post(url, {"decision": "approved", "reason": "x"}).status_code == 200
    client.post(url, {"decision": "withdrawn", "reason": "Gửi nhầm"})
    approval.refresh_from_db()
    assert (approval.state, approval.reason) == (ApprovalState.WITHDRAWN, "Gửi nhầm")


def test_late_ones_go_to_the_office_above_once_and_the_top_keeps_them(cast: Cast) -> None:
    branch = people.unit("Chi hội 1", cast.ward, UnitKind.BRANCH)
    late = [
        asked(branch, OfficeCode.BRANCH_HEAD),
        asked(cast.ward),
        asked(cast.city, OfficeCode.DATA_OFFICER),
    ]
    Approval.objects.update(due_on=today() - timedelta(days=1))
    in_time = asked(cast.ward)

    tasks.escalate_late_approvals()
    tasks.escalate_late_approvals()

    assert list(Approval.objects.order_by("pk").values_list("unit__code", "office", "state")) == [
        ("P001", "unit_officer", "waiting"),
        ("TP", "city_officer", "waiting"),
        ("TP", "data_officer", "waiting"),
        ("P001", "unit_officer", "waiting"),
    ]
    in_time.refresh_from_db()
    assert in_time.escalated_at is None
    assert [row.events.filter(step="escalated").count() for row in late] == [1, 1, 1]
    decide(by=people.actor(cast.city_officer), approval=late[1], decision=ApprovalState.APPROVED)


def test_a_body_is_entered_asked_for_and_recognised_on_its_pages(cast: Cast) -> None:
    ward, city = sign_in(cast.unit_officer), sign_in(cast.city_officer)
    ward.post(
        reverse("body_new"), {"unit": "P001", "kind": "executive", "first_on": "20/03/2026", "last_on": ""}
    )
    body = Body.objects.get()
    found = ward.get(reverse("body_member", args=[body.pk]), {"q": "truong an"})
    assert list(found.context["form"].fields["person"].queryset) == [cast.member]
    ward.post(
        reverse("body_member", args=[body.pk]) + "?q=truong",
        {"person": cast.member.pk, "post": "Chủ tịch", "first_on": "20/03/2026"},
    )
    ward.post(reverse("body_ask", args=[body.pk]))
    (item,) = city.get(reverse("work_home")).context["items"]
    decision_page = city.get(item.url)
    assert decision_page.headers["Location"] == reverse(
        "body_recognition", args=[body.approval_id or Approval.objects.get().pk]
    )
    url = decision_page.headers["Location"]
    assert [seat.person for seat in city.get(url).context["sitting"]] == [cast.member]
    assert city.post(url, {"decision": "approved", "qd-decision_number": ""}).context["form"].errors
    city.post(url, {"decision": "approved", "qd-decision_number": "15/QĐ", "qd-decided_on": "01/04/2026"})

    body.refresh_from_db()
    assert (body.recognised_number, Approval.objects.get().state) == ("15/QĐ", ApprovalState.APPROVED)
    page = ward.get(reverse("body", args=[body.pk]))
    assert page.context["signing"].lines == ("TM. BAN CHẤP HÀNH", "CHỦ TỊCH")
    seat = body.seats.get()
    ward.post(
        reverse("seat_leave", args=[seat.pk]),
        {"how": "withdrawn", "last_on": "01/10/2026", "reason": "Nghỉ hưu", "decision_number": ""},
    )
    assert [one.ended_reason for one in ward.get(reverse("body", args=[body.pk])).context["left"]] == [
        "Nghỉ hưu"
    ]
    assert ward.get(reverse("body_list"), {"q": "mau 1"}).context["page"].paginator.count == 1
    other = sign_in(people.officer(OfficeCode.UNIT_OFFICER, cast.other_ward))
    assert other.get(reverse("body", args=[body.pk])).status_code == 404
    assert other.get(reverse("body_list")).context["page"].paginator.count == 0
