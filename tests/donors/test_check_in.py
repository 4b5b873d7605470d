"""Check-in: each entry once, conflicts shown and settled, the list gone when it must be."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from donors.actions.checkins import (
    Entry,
    open_device,
    receive_check_ins,
    revoke_device,
    settle_check_in,
)
from donors.actions.drives import step_drive
from donors.actions.signups import cancel_sign_up, sign_up
from donors.enums import CheckInState, Conflict, DriveState, SignUpState
from donors.models import CheckIn, CheckInDevice, Drive, SignUp
from donors.queries.drives import funnel
from donors.rules.checkins import Known, Seen, conflict_of, seen_of
from foundation.dates import ZONE, today
from foundation.refusal import Refused
from people.actors import system_actor
from people.models import Phone
from tests.conftest import Cast, sign_in
from tests.factories import drives, people

DAY = date(2026, 6, 14)
BY = system_actor()


def _known(**facts: object) -> Known:
    base: dict[str, object] = {
        "on": DAY,
        "state": DriveState.RUNNING,
        "is_revoked": False,
        "places": {1: SignUpState.SEATED, 2: SignUpState.CANCELLED},
        "counted": set(),
    }
    return Known(**(base | facts))  # type: ignore[arg-type]


SOMEBODY = seen_of("Nguyễn Văn  Đức", 1990, "123")


@pytest.mark.parametrize(
    ("facts", "came_on", "place", "wanted"),
    [
        ({}, DAY, 1, None),
        ({}, DAY, None, None),
        ({"state": DriveState.CLOSED}, DAY, 1, None),
        ({"counted": {1}}, DAY, 1, Conflict.TWICE),
        ({}, DAY, 2, Conflict.GIVEN_BACK),
        ({}, DAY, 3, Conflict.OTHER),
        ({}, DAY - timedelta(days=1), 1, Conflict.DAY),
        ({}, DAY + timedelta(days=1), 1, Conflict.DAY),
        ({"state": DriveState.RECONCILED}, DAY, 1, Conflict.LATE),
        ({"is_revoked": True}, DAY, 1, Conflict.REVOKED),
        ({"listed": [Seen("nguyen van duc", 1990, "")]}, DAY, None, Conflict.ON_LIST),
        ({"walked_in": [Seen("nguyen van duc", 1990, "123")]}, DAY, None, Conflict.ALIKE),
        ({"walked_in": [Seen("nguyen van duc", 1991, "123")]}, DAY, None, None),
        ({"walked_in": [Seen("nguyen van duc", 1990, "124")]}, DAY, None, None),
    ],
)
def test_what_an_officer_looks_at_before_it_counts(
    facts: dict[str, object], came_on: date, place: int | None, wanted: Conflict | None
) -> None:
    assert conflict_of(_known(**facts), came_on, place, SOMEBODY) == wanted


def _drive(cast: Cast, names: list[str], **about: object) -> tuple[Drive, list[SignUp], CheckInDevice, str]:
    drive = drives.opened(cast.ward, today(), seats=9, **about)
    slot = drive.slots.all()[0]
    places = []
    for n, name in enumerate(names):
        person = people.person(name, cast.ward, with_user=False)
        Phone.objects.create(person=person, number=f"+84500000{n:03}", as_given="0", kind="mobile")
        places.append(sign_up(by=BY, person=person, slot=slot))
    device, key = open_device(by=BY, drive=drive, name="Máy bàn 1")
    device.opened_by = cast.unit_officer.user
    device.save()
    return drive, places, device, key


def _entry(place: SignUp | None = None, key: UUID | None = None, **who: Any) -> Entry:
    return Entry(key or uuid4(), timezone.now(), place=place.pk if place else None, **who)


@pytest.mark.django_db
def test_sent_twice_an_entry_is_one_and_two_devices_are_a_conflict(cast: Cast) -> None:
    drive, (first, second), device, _key = _drive(cast, ["Người Một", "Người Hai"])
    other, _other_key = open_device(by=BY, drive=drive, name="Máy bàn 2")
    one, two = _entry(first), _entry(second)

    for _again in range(3):
        receive_check_ins(by=BY, device=device, entries=[one, two, one])
    twice = receive_check_ins(by=BY, device=other, entries=[_entry(first)])[0]

    assert (twice.state, twice.conflict) == (CheckInState.CONFLICT, Conflict.TWICE)
    assert (CheckIn.objects.count(), funnel(drive).came) == (3, 2)
    with pytest.raises(Refused):
        settle_check_in(by=BY, check_in=twice, counts=True)
    settle_check_in(by=BY, check_in=CheckIn.objects.get(key=one.key), counts=False)
    settle_check_in(by=BY, check_in=twice, counts=True)
    assert funnel(drive).came == 2


@pytest.mark.django_db
def test_who_came_without_signing_up_counts_unless_somebody_alike_is_known(cast: Cast) -> None:
    drive, _places, device, _key = _drive(cast, ["Người Một"])
    fresh: dict[str, Any] = {"full_name": "Lê Thị Mới", "birth_year": 1999, "phone_tail": "456"}

    rows = receive_check_ins(
        by=BY,
        device=device,
        entries=[
            _entry(**fresh),
            _entry(**fresh),
            _entry(full_name="người một", birth_year=None, phone_tail="000"),
        ],
    )

    assert [row.conflict for row in rows] == ["", Conflict.ALIKE, Conflict.ON_LIST]
    assert funnel(drive).checked_in == 1


@pytest.mark.django_db
def test_entries_made_before_the_close_count_though_they_come_after_it(cast: Cast) -> None:
    drive, (first, second), device, key = _drive(cast, ["Người Một", "Người Hai"])
    cancel_sign_up(by=BY, place=second)
    step_drive(by=BY, drive=drive, wanted=DriveState.CLOSED)

    rows = receive_check_ins(by=BY, device=device, entries=[_entry(first), _entry(second)])
    assert [row.conflict for row in rows] == ["", Conflict.GIVEN_BACK]
    assert _is_over(key)


@pytest.mark.django_db
def test_a_revoked_device_gets_no_list_and_its_entries_wait(cast: Cast) -> None:
    _, (first,), device, key = _drive(cast, ["Người Một"])
    assert not _is_over(key)
    revoke_device(by=BY, device=device)

    assert _is_over(key)
    sent = _post("checkin_send", key, {"entries": [_sent(first)]})
    assert [one["state"] for one in sent.json()["entries"]] == ["conflict"]


@pytest.mark.parametrize(("hours", "is_over"), [(-1, False), (0, True), (1, True)])
@pytest.mark.django_db
def test_the_list_goes_after_24_hours(cast: Cast, hours: int, is_over: bool) -> None:
    _, _places, device, key = _drive(cast, ["Người Một"])
    assert device.list_until - device.opened_at < timedelta(hours=24, minutes=1)
    CheckInDevice.objects.update(list_until=timezone.now() - timedelta(hours=hours))

    assert _is_over(key) is is_over


@pytest.mark.django_db
def test_a_device_is_opened_on_the_day_or_the_day_before(cast: Cast) -> None:
    open_device(by=BY, drive=drives.opened(cast.ward, today() + timedelta(days=1)), name="Máy")
    for drive in (
        drives.opened(cast.ward, today() + timedelta(days=2)),
        drives.planned(cast.ward, today()),
    ):
        with pytest.raises(Refused):
            open_device(by=BY, drive=drive, name="Máy")
    with pytest.raises(Refused):
        open_device(by=BY, drive=drives.opened(cast.ward, today()), name=" ")


def _post(name: str, key: str, body: object = None) -> Any:
    client = Client(enforce_csrf_checks=True)
    return client.post(
        reverse(name),
        json.dumps(body or {}),
        content_type="application/json",
        headers={"authorization": f"Bearer {key}"},
    )


def _is_over(key: str) -> bool:
    told = _post("checkin_list", key).json()
    assert told.get("over", False) is ("people" not in told)
    return bool(told.get("over"))


def _sent(place: SignUp, **more: object) -> dict[str, object]:
    at = datetime.now(tz=ZONE).isoformat()
    return {"key": str(uuid4()), "place": place.pk, "at": at, **more}


@pytest.mark.django_db
def test_the_list_tells_name_year_and_three_digits_and_no_more(cast: Cast) -> None:
    _, (place,), _device, key = _drive(cast, ["Trần Thị Hoa"])
    answer = _post("checkin_list", key)

    assert answer["Cache-Control"] == "no-store"
    assert answer.json()["people"] == [
        {
            "id": place.pk,
            "name": "Trần Thị Hoa",
            "year": None,
            "tail": "000",
            "hour": "07:00",
            "waiting": False,
            "came": False,
        }
    ]
    assert _post("checkin_list", "wrong").status_code == 401
    assert Client().post(reverse("checkin_list")).status_code == 401


@pytest.mark.parametrize(
    "body",
    [{}, {"entries": [{}]}, {"entries": [{"key": "x", "at": "2026-06-14T08:00:00+07:00"}]}, {"entries": 3}],
)
@pytest.mark.django_db
def test_what_cannot_be_read_is_refused_in_words(cast: Cast, body: object) -> None:
    _, _places, _device, key = _drive(cast, [])
    answer = _post("checkin_send", key, body)

    assert (answer.status_code, CheckIn.objects.count()) == (400, 0)
    assert "Không đọc được" in answer.json()["words"]


@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.django_db
def test_a_list_is_read_in_the_same_queries_for_one_and_five(
    cast: Cast, count: int, django_assert_num_queries: Callable[..., object]
) -> None:
    _, _places, _device, key = _drive(cast, [f"Người {n}" for n in range(count)])
    with django_assert_num_queries(4):  # type: ignore[attr-defined]
        _post("checkin_list", key)


@pytest.mark.django_db
def test_the_key_is_handed_over_once_on_https_only(cast: Cast) -> None:
    drive, _places, _device, _key = _drive(cast, [])
    client, url = sign_in(cast.unit_officer), reverse("checkin_open", args=[drive.pk])

    assert client.post(url, {"name": "Điện thoại"}).status_code == 302
    assert CheckInDevice.objects.count() == 1
    answer = client.post(url, {"name": "Điện thoại"}, secure=True)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert "data-rc-checkin-key" in answer.content.decode()


@pytest.mark.django_db
def test_the_page_and_its_worker_hold_no_name_and_ask_no_cookie(cast: Cast) -> None:
    _drive(cast, ["Trần Thị Hoa"])
    page, worker = Client().get(reverse("checkin_shell")), Client().get(reverse("checkin_worker"))

    assert "Trần Thị Hoa" not in page.content.decode()
    assert worker["Content-Type"].startswith("text/javascript")
    sends = Client().get(reverse("checkin_worker") + "?gui").content.decode()
    assert ['("sync"' in text for text in (worker.content.decode(), sends)] == [False, True]
    assert not page.cookies


@pytest.mark.django_db
def test_an_officer_settles_on_the_drives_page(cast: Cast) -> None:
    drive, (first,), device, _key = _drive(cast, ["Người Một"])
    receive_check_ins(by=BY, device=device, entries=[_entry(first), _entry(first)])
    conflict = CheckIn.objects.open_conflicts().get()
    client = sign_in(cast.unit_officer)

    assert "Đã điểm danh rồi" in client.get(reverse("drive", args=[drive.pk])).content.decode()
    client.post(reverse("checkin_settle", args=[conflict.pk]), {"do": "bo"})
    conflict.refresh_from_db()
    assert conflict.state == CheckInState.DROPPED
