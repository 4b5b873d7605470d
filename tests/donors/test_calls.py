"""Calls: who may be called, the count shown and begun with, the cap, each person once, the brake."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from donors.actions.calls import call_donor, plan_call, start_call, stop_call
from donors.enums import CallState, NoticeKind
from donors.models import CallUp, Deferral, Donor, Notice
from donors.queries.calls import callable_donors, next_called
from donors.queries.settings import drive_settings
from donors.tasks import work_calls
from foundation.dates import today
from foundation.refusal import Refused
from letters.models import Letter
from people.actors import system_actor
from people.models import Person, Unit
from tests.conftest import Cast, sign_in
from tests.factories import donors, people

pytestmark = pytest.mark.django_db
BY = system_actor()


def _donor(name: str, unit: Unit, **about: object) -> Donor:
    """Thirty years old, reachable, O−, agreed to be called; never gave here."""
    person = people.person(name, unit, with_user=False)
    year = today().year - 30
    Person.objects.filter(pk=person.pk).update(birth_year=year, email=f"n{person.pk}@example.org")
    donor = donors.donor(person, unit)
    values = {"group": "O", "rhesus": "-", "group_known": "said", "is_reserve": True} | about
    Donor.objects.filter(pk=donor.pk).update(**values)
    return donor


def _call(cast: Cast, area: Unit | None = None, **about: object) -> CallUp:
    values = {"groups": ["O-"], "on": today(), "cap": 10, "words": "Bệnh viện cần máu O−."} | about
    return plan_call(by=BY, unit=cast.ward, area=area or cast.ward, **values)  # type: ignore[arg-type]


def test_only_who_agreed_can_come_and_may_give_is_counted(cast: Cast) -> None:
    called = _donor("Được Gọi", cast.ward)
    _donor("Chưa Đồng Ý", cast.ward, is_reserve=False)
    _donor("Đang Bận", cast.ward, is_available=False)
    _donor("Nhóm Khác", cast.ward, rhesus="+")
    _donor("Phường Khác", cast.other_ward)
    Person.objects.filter(donor=_donor("Không Thư", cast.ward)).update(email="")
    Deferral.objects.create(
        donor=_donor("Tạm Hoãn", cast.ward), from_on=today(), until_on=today() + timedelta(days=9)
    )
    recent = _donor("Mới Hiến", cast.ward)
    donors.donation(recent, cast.ward, today() - timedelta(days=30))
    lately = _donor("Mới Gọi", cast.ward)
    Notice.objects.create(person=lately.person, kind=NoticeKind.CALL, about="0")

    call = _call(cast)
    assert call.found == 1
    assert list(callable_donors(call)) == [called]
    later = _call(cast, on=today() + timedelta(days=60))
    assert later.found == 3  # the deferral and the interval are over by then
    assert _call(cast, area=cast.city).found == 2
    assert _call(cast, groups=[]).found == 2


def test_each_is_called_once_up_to_the_cap_who_gave_longest_ago_first(cast: Cast) -> None:
    for n in range(4):
        donors.donation(_donor(f"Người {n}", cast.ward), cast.ward, today() - timedelta(days=100 + n))
    call = start_call(by=BY, call=_call(cast, cap=3), seen=4)
    for _again in range(3):
        work_calls()

    call.refresh_from_db()
    told = Letter.objects.filter(template__code="donors.call").order_by("pk")
    assert [letter.recipient_name for letter in told] == ["Người 3", "Người 2", "Người 1"]
    assert (call.state, call.sent) == (CallState.DONE, 3)
    assert "Bệnh viện cần máu O−." in told[0].body


def test_so_many_a_minute_and_nobody_after_the_brake(cast: Cast) -> None:
    a_minute = drive_settings(today())["call_a_minute"]
    year = today().year - 30
    about = {"group": "O", "rhesus": "-", "group_known": "said", "is_reserve": True}
    everybody = range(a_minute + 1)
    crowd = [Person(full_name=f"Người {n}", birth_year=year, email=f"m{n}@example.org") for n in everybody]
    donors.crowd(crowd, cast.ward, **about)
    call = start_call(by=BY, call=_call(cast, cap=a_minute + 9), seen=a_minute + 1)
    due = next_called(call)
    assert len(due) == a_minute
    call_donor(by=BY, call=call, pk=due[0])
    call = stop_call(by=BY, call=call, reason="Đã đủ người đến")
    assert call_donor(by=BY, call=call, pk=due[1]) is False
    work_calls()

    assert (call.state, Letter.objects.filter(template__code="donors.call").count()) == (CallState.STOPPED, 1)


def test_a_call_begins_only_with_the_count_that_was_shown(cast: Cast) -> None:
    call = _call(cast)
    with pytest.raises(Refused):
        start_call(by=BY, call=call, seen=0)
    _donor("Người Mới", cast.ward)
    with pytest.raises(Refused):
        start_call(by=BY, call=call, seen=0)
    assert start_call(by=BY, call=call, seen=1).state == CallState.SENDING


@pytest.mark.parametrize(
    "about",
    [{"cap": 0}, {"cap": 501}, {"groups": ["X+"]}, {"words": " "}, {"on": today() - timedelta(days=1)}],
)
def test_what_cannot_be_asked_is_refused(cast: Cast, about: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        _call(cast, **about)


def test_a_donor_who_changed_their_mind_meanwhile_is_not_called(cast: Cast) -> None:
    donor = _donor("Đổi Ý", cast.ward)
    start_call(by=BY, call=_call(cast), seen=1)
    Donor.objects.filter(pk=donor.pk).update(is_reserve=False)
    work_calls()

    assert Letter.objects.filter(template__code="donors.call").count() == 0
    assert CallUp.objects.get().state == CallState.DONE


def test_the_rest_between_two_calls(cast: Cast) -> None:
    donor = _donor("Người Một", cast.ward)
    notice = Notice.objects.create(person=donor.person, kind=NoticeKind.CALL, about="0")
    for days, found in ((13, 0), (15, 1)):
        Notice.objects.filter(pk=notice.pk).update(at=timezone.now() - timedelta(days=days))
        assert _call(cast).found == found


def test_an_officer_sees_a_count_and_no_name(cast: Cast) -> None:
    _donor("Nguyễn Kín Đáo", cast.ward)
    client = sign_in(cast.unit_officer)
    typed = {
        "area": cast.ward.pk,
        "groups": ["O-"],
        "on": f"{today():%d/%m/%Y}",
        "cap": 10,
        "words": "Cần máu",
    }
    page = client.post(reverse("call_list"), typed, follow=True).content.decode()

    assert "Có thể gọi 1 người" in page
    assert "Kín Đáo" not in page
    call = CallUp.objects.get()
    client.post(reverse("call_start", args=[call.pk]), {"seen": "1"})
    call.refresh_from_db()
    assert call.state == CallState.SENDING
    assert "Địa bàn" in client.get(reverse("call_list")).content.decode()
