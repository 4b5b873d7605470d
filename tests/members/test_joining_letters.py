"""What an applicant hears: each step once, the reason word for word, nobody's code in a letter."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.dates import format_date, today
from ledger.models import JobRun
from letters.models import Letter
from members import actions, tasks
from members.actions.applications import forget_application
from members.enums import ApplicationState, Kind
from members.models import Application, ApplicationStep, Card
from people.actors import system_actor
from people.models import Person
from tests.conftest import Cast
from tests.factories import members as make
from tests.factories import people

pytestmark = pytest.mark.django_db
BY = system_actor


def letters() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("template__code", flat=True))


def test_received_admitted_invited_once_each(cast: Cast) -> None:
    one = make.application(cast.ward, email="mau@example.org")
    assert letters() == ["members.received"]
    admission = make.batch(cast.ward, one)
    paper = make.issued(admission)
    assert letters() == ["members.received", "members.admitted"]
    place = "Nhà văn hóa khu phố 4"
    for _again in range(2):
        actions.plan_ceremony(by=BY(), admission=admission, on=today(), place=place)
    assert letters() == ["members.received", "members.admitted", "members.ceremony"]

    bodies = "\n".join(Letter.objects.values_list("body", flat=True))
    assert paper.number_text in bodies
    assert place in bodies
    assert one.code not in bodies
    assert set(Letter.objects.values_list("address", "unit_code", "state")) == {
        ("mau@example.org", "P001", "waiting")
    }
    later = today() + timedelta(days=7)
    actions.plan_ceremony(by=BY(), admission=admission, on=later, place=place)
    assert letters().count("members.ceremony") == 2  # another day is another invitation


def test_more_asked_and_refused_say_why_and_without_an_address_the_unit_calls(cast: Cast) -> None:
    officer = people.actor(cast.unit_officer)
    one = make.application(cast.ward)
    for words in ("Xin bổ sung địa chỉ", "Xin bổ sung ngày sinh"):
        actions.ask_more(by=officer, application=one, words=words)
        actions.answer_more(by=BY(), application=one, words="Đây ạ")
    actions.refuse_application(by=officer, application=one, reason="Đã là hội viên nơi khác")

    assert letters() == ["members.received", *["members.asked_more"] * 2, "members.refused"]
    assert "Đã là hội viên nơi khác" in Letter.objects.latest("pk").body
    assert set(Letter.objects.values_list("state", flat=True)) == {"to_call"}


def test_a_volunteer_received_hears_it_without_a_ceremony(cast: Cast) -> None:
    one = make.application(cast.ward, kind=Kind.VOLUNTEER, email="tnv@example.org")
    actions.receive_volunteer(by=BY(), application=one, unit=cast.ward)
    letter = Letter.objects.latest("pk")
    assert letter.template.code == "members.admitted"
    assert "lễ kết nạp" not in letter.body
    assert format_date(today()) in letter.body


def test_a_question_not_answered_is_recalled_once(cast: Cast) -> None:
    one = make.application(cast.ward, email="mau@example.org")
    actions.ask_more(by=BY(), application=one, words="Thiếu địa chỉ")
    for days, expected in ((10, 0), (11, 1), (30, 1)):
        asked = ApplicationStep.objects.filter(application=one, step="asked_more")
        asked.update(at=timezone.now() - timedelta(days=days))
        tasks.remind_applicants()
        assert letters().count("members.answer_reminder") == expected
    assert JobRun.objects.filter(job="members.remind_applicants", changed=1).count() == 1


def test_a_card_that_waits_is_told_once_and_not_after_it_was_handed_over(cast: Cast) -> None:
    Person.objects.filter(pk=cast.member.pk).update(email="an@example.org")
    card = make.card(make.member(cast.member, cast.ward))
    other = make.card(make.member(people.person("Đã Nhận", cast.ward), cast.ward))
    actions.hand_over_card(by=BY(), card=other, on=today())
    Card.objects.filter(pk=card.pk).update(issued_on=today() - timedelta(days=30))
    tasks.remind_cards()
    assert letters() == []
    Card.objects.update(issued_on=today() - timedelta(days=31))
    for _again in range(2):
        tasks.remind_cards()
    assert letters() == ["members.card"]


def test_of_a_refusal_of_long_ago_only_its_course_is_kept(cast: Cast) -> None:
    one, fresh = make.application(cast.ward), make.application(cast.ward, "Người Mới Bị Từ Chối")
    for row in (one, fresh):
        actions.refuse_application(by=BY(), application=row, reason="Ghi trùng")
    one.steps.update(at=timezone.now() - timedelta(days=367))
    tasks.forget_applications()
    one.refresh_from_db()
    assert (one.phone, one.birth_date, one.answer, one.search_name) == ("", None, "", "")
    assert one.state == ApplicationState.REFUSED
    assert Application.objects.get(pk=fresh.pk).phone
    assert not forget_application(by=replace(BY(), on=today()), pk=one.pk)
    tasks.forget_applications()
    assert JobRun.objects.filter(job="members.forget_applications", changed=1).count() == 1
