"""A drive from plan to counts; its public calendar; places taken, waited for, moved, given back."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time, timedelta
from queue import SimpleQueue
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format

from donors.actions.drives import copy_drive, count_drive, step_drive
from donors.actions.signups import cancel_sign_up, move_sign_up, sign_up
from donors.enums import DriveState, SignUpState
from donors.forms.drives import HourField
from donors.models import Donation, Drive, SignUp, Slot
from donors.queries.drives import funnel
from donors.rules.drives import against_sign_up, against_step, same_weekday_next_year, slot_hours
from donors.views.calendar import folded, ics
from foundation.dates import format_date, today
from foundation.refusal import Refused
from ledger.models import AuditEntry
from letters.models import Letter
from people.actors import actor_for, system_actor
from people.models import Person
from tests.conftest import Cast, sign_in
from tests.factories import donors, drives, people

DAY = date(2026, 6, 14)
SEATED, WAITING, CANCELLED = SignUpState.SEATED, SignUpState.WAITING, SignUpState.CANCELLED


@pytest.mark.parametrize("typed", ["7:30", "07:30", "7h30", "7H30", "7g30", "7 giờ 30"])
def test_an_hour_is_read_as_people_write_it(typed: str) -> None:
    assert HourField().clean(typed) == time(7, 30)
    assert HourField().clean("11h") == time(11, 0)


@pytest.mark.parametrize("typed", ["25h", "7h77", "sáng"])
def test_what_is_no_hour_is_told_with_an_example(typed: str) -> None:
    with pytest.raises(ValidationError, match="Nhập giờ theo dạng 07:30"):
        HourField().clean(typed)


@pytest.mark.parametrize(
    ("on", "open_"), [(DAY - DAY.resolution, False), (DAY, True), (DAY + DAY.resolution, True)]
)
def test_sign_up_ends_with_the_day_of_the_drive(on: date, open_: bool) -> None:
    assert (against_sign_up(DriveState.OPEN, on, DAY) == []) is open_


@pytest.mark.parametrize("state", [DriveState.PLANNED, DriveState.CLOSED, DriveState.CANCELLED])
def test_only_an_open_drive_takes_sign_ups(state: DriveState) -> None:
    assert len(against_sign_up(state, DAY, DAY)) == 1


def test_a_drive_goes_forward_only() -> None:
    ways = {(a, b) for a in DriveState for b in DriveState if not against_step(a, b)}

    assert ways == {
        (DriveState.PLANNED, DriveState.OPEN),
        (DriveState.PLANNED, DriveState.CANCELLED),
        (DriveState.OPEN, DriveState.RUNNING),
        (DriveState.OPEN, DriveState.CLOSED),
        (DriveState.OPEN, DriveState.CANCELLED),
        (DriveState.RUNNING, DriveState.CLOSED),
    }


def test_slots_fill_the_hours_and_no_slot_reaches_beyond_them() -> None:
    assert list(slot_hours(time(7), time(9, 30), 60)) == [time(7), time(8)]
    assert list(slot_hours(time(7), time(7, 30), 60)) == []


def test_a_sunday_drive_is_made_anew_on_a_sunday() -> None:
    assert same_weekday_next_year(DAY) == date(2027, 6, 13)
    assert same_weekday_next_year(DAY).weekday() == DAY.weekday()


def _place(drive: Drive, name: str, slot: Slot | None = None) -> SignUp:
    someone = people.person(name, drive.unit, with_user=False)
    return sign_up(by=system_actor(), person=someone, slot=slot or drive.slots.all()[0])


def test_the_third_waits_and_gets_the_seat_given_back_with_one_letter(cast: Cast) -> None:
    drive = drives.opened(cast.ward, seats=2)
    places = [_place(drive, f"Người Thứ {n}") for n in range(1, 5)]
    assert [place.state for place in places] == [SEATED, SEATED, WAITING, WAITING]

    cancel_sign_up(by=system_actor(), place=places[0])
    cancel_sign_up(by=system_actor(), place=places[0])

    states = dict(SignUp.objects.values_list("pk", "state"))
    assert [states[place.pk] for place in places] == [CANCELLED, SEATED, SEATED, WAITING]
    assert drive.slots.all()[0].taken == 2
    letter = Letter.objects.get(template__code="donors.seat")
    assert (letter.recipient_name, letter.unit_code) == ("Người Thứ 3", cast.ward.code)


def test_a_seat_nobody_waits_for_becomes_free(cast: Cast) -> None:
    drive = drives.opened(cast.ward)
    cancel_sign_up(by=system_actor(), place=_place(drive, "Người Đổi Ý"))

    assert drive.slots.all()[0].left == 2


def test_moving_frees_the_old_hour_and_a_full_hour_keeps_the_old_seat(cast: Cast) -> None:
    drive = drives.opened(cast.ward, seats=1)
    first, second, *_rest = drive.slots.all()
    moving, waiting = _place(drive, "Người Dời", first), _place(drive, "Người Chờ", first)
    _place(drive, "Người Giờ Sau", second)

    with pytest.raises(Refused):
        move_sign_up(by=system_actor(), place=moving, slot=second)
    assert SignUp.objects.get(pk=moving.pk).slot == first

    move_sign_up(by=system_actor(), place=moving, slot=drive.slots.all()[2])
    waiting.refresh_from_db()
    assert waiting.state == SEATED
    assert [slot.taken for slot in drive.slots.all()] == [1, 1, 1, 0]


def test_one_person_has_one_place_at_a_drive_and_may_come_back_after_giving_it_up(cast: Cast) -> None:
    drive = drives.opened(cast.ward)
    by, slot = actor_for(cast.member.user), drive.slots.all()[0]  # type: ignore[arg-type]
    place = sign_up(by=by, person=cast.member, slot=slot)

    with pytest.raises(Refused):
        sign_up(by=by, person=cast.member, slot=drive.slots.all()[1])
    cancel_sign_up(by=by, place=place)
    sign_up(by=by, person=cast.member, slot=slot)
    assert SignUp.objects.standing().filter(person=cast.member).count() == 1


def test_a_cancelled_drive_takes_nobody_and_says_why_it_was_cancelled(cast: Cast) -> None:
    drive = drives.opened(cast.ward)
    with pytest.raises(Refused):
        step_drive(by=system_actor(), drive=drive, wanted=DriveState.CANCELLED)
    step_drive(by=system_actor(), drive=drive, wanted=DriveState.CANCELLED, reason="Mưa bão")

    with pytest.raises(Refused):
        _place(drive, "Người Đến Muộn")
    assert AuditEntry.objects.filter(act="donors.step_drive").latest("pk").reason == "Mưa bão"


def test_counts_wait_for_the_day_and_no_more_pass_than_came(cast: Cast) -> None:
    tomorrow, now = (drives.opened(cast.ward, today() + timedelta(days=n)) for n in (1, 0))
    with pytest.raises(Refused):
        count_drive(by=system_actor(), drive=tomorrow, came=3, passed=2)
    with pytest.raises(Refused):
        count_drive(by=system_actor(), drive=now, came=2, passed=3)
    _place(now, "Người Đăng Ký")
    now = count_drive(by=system_actor(), drive=now, came=3, passed=2)

    assert (funnel(now).seated, funnel(now).came, funnel(now).passed, funnel(now).gave) == (1, 3, 2, 0)


def test_a_copy_is_planned_anew_with_empty_slots(cast: Cast) -> None:
    drive = drives.opened(cast.ward, seats=7)
    _place(drive, "Người Năm Trước")
    made = copy_drive(by=system_actor(), drive=drive, on=same_weekday_next_year(drive.on))

    assert (made.state, made.name, made.copied_from) == (DriveState.PLANNED, drive.name, drive)
    assert [(slot.seats, slot.taken) for slot in made.slots.all()] == [(7, 0)] * 4


@pytest.mark.django_db(transaction=True)
def test_two_hundred_ask_at_once_for_the_last_twenty_seats(cast: Cast) -> None:
    """200 threads set off together and share 20 connections, as the portal's workers do."""
    drive = drives.opened(cast.ward, seats=20)
    slot = drive.slots.all()[0]
    crowd = [Person(full_name=f"Người Thứ {n}") for n in range(200)]
    for one in crowd:
        one.clean()
    crowd = Person.objects.bulk_create(crowd)
    start, pool = Barrier(len(crowd)), SimpleQueue[BaseDatabaseWrapper]()
    for _each in range(20):
        lent = connection.copy()
        lent.inc_thread_sharing()
        pool.put(lent)

    def ask(one: Person) -> str:
        start.wait()
        connections[DEFAULT_DB_ALIAS] = lent = pool.get()
        try:
            return sign_up(by=system_actor(), person=one, slot=slot).state
        finally:
            pool.put(lent)

    with ThreadPoolExecutor(len(crowd)) as threads:
        states = list(threads.map(ask, crowd))
    while not pool.empty():
        pool.get().close()

    assert (states.count(SEATED), states.count(WAITING)) == (20, 180)
    assert Slot.objects.get(pk=slot.pk).taken == 20


# Pages


def test_the_public_sees_open_drives_to_come_and_nothing_else(cast: Cast) -> None:
    shown = drives.opened(cast.ward, name="Đợt mở")
    drives.planned(cast.ward, name="Đợt chưa mở")
    past = drives.opened(cast.ward, name="Đợt đã qua")
    Drive.objects.filter(pk=past.pk).update(on=today() - timedelta(days=1))

    page = Client().get(reverse("drive_calendar")).content.decode()
    assert [name in page for name in ("Đợt mở", "Đợt chưa mở", "Đợt đã qua")] == [True, False, False]
    assert Client().get(reverse("drive_public", args=[shown.pk])).status_code == 200
    assert Client().get(reverse("drive_public", args=[past.pk])).status_code == 404


@pytest.mark.parametrize("name", ["drive_calendar", "blood_home", "drive_ics"])
@pytest.mark.parametrize("count", [1, 3])
def test_the_calendar_asks_the_same_for_many(
    cast: Cast, name: str, count: int, django_assert_num_queries: Callable[..., object]
) -> None:
    for _n in range(count):
        drives.opened(cast.ward)
    place_of_booking = 0 if name == "drive_ics" else 1
    with django_assert_num_queries(1 + place_of_booking):  # type: ignore[attr-defined]
        Client().get(reverse(name))


def test_the_calendar_for_phones_is_folded_escaped_and_in_utc(cast: Cast) -> None:
    drive = drives.opened(
        cast.ward, date(2030, 6, 16), place="Nhà văn hóa; lầu 2, " + "phòng hội trường " * 5
    )
    lines = ics([drive]).split("\r\n")

    assert "DTSTART:20300616T000000Z" in lines
    assert max(len(line.encode()) for line in lines) <= 75
    unfolded = ics([drive]).replace("\r\n ", "")
    assert f"LOCATION:Nhà văn hóa\\; lầu 2\\, {('phòng hội trường ' * 5).strip()}" in unfolded
    assert folded("ă" * 40).replace("\r\n ", "") == "ă" * 40


def test_a_donor_takes_moves_and_gives_back_a_place_on_the_page(cast: Cast) -> None:
    drive = drives.opened(cast.ward, seats=1)
    first, second, *_rest = drive.slots.all()
    client, url = sign_in(cast.member), reverse("mine_drive", args=[drive.pk])

    assert client.post(url, {"slot": first.pk}).status_code == 302
    assert "Bạn có chỗ lúc 07:00" in client.get(url).content.decode()
    client.post(url, {"slot": second.pk})
    assert "Bạn có chỗ lúc 08:00" in client.get(url).content.decode()
    client.post(url, {"do": "cancel"})
    assert SignUp.objects.get(person=cast.member).state == CANCELLED


def test_who_gave_too_lately_for_the_day_is_told_on_the_page_and_to_the_officer(cast: Cast) -> None:
    drive = drives.opened(cast.ward)
    giver = donors.donor(cast.member, cast.ward)
    given = donors.donation(giver, cast.ward, drive.on - timedelta(days=84))
    client, url = sign_in(cast.member), reverse("mine_drive", args=[drive.pk])
    assert "Chưa hiến được" not in client.get(url).content.decode()
    Donation.objects.filter(pk=given.pk).update(on=drive.on - timedelta(days=83))

    told = client.get(url).content.decode()
    earliest = format_date(drive.on + timedelta(days=1))
    assert f"Chưa hiến được ngày {format_date(drive.on)}" in told
    assert f"Ngày sớm nhất theo những gì đã biết: {earliest}." in told
    assert "Quyết định cuối cùng thuộc về bác sĩ khám tuyển." in told
    typed = {"slot": drive.slots.all()[0].pk, "person": cast.member.pk}
    answer = sign_in(cast.unit_officer).post(reverse("drive_sign_up", args=[drive.pk]), typed, follow=True)
    assert f"Ngày sớm nhất: {earliest}." in answer.content.decode()


def test_an_hour_that_is_no_hour_of_this_drive_is_told(cast: Cast) -> None:
    drive, other = drives.opened(cast.ward), drives.opened(cast.ward)
    answer = sign_in(cast.member).post(
        reverse("mine_drive", args=[drive.pk]), {"slot": other.slots.all()[0].pk}
    )

    assert answer.status_code == 200
    assert SignUp.objects.count() == 0


def test_an_officer_plans_opens_and_sees_the_list(cast: Cast) -> None:
    client = sign_in(cast.unit_officer)
    day = today() + timedelta(days=20)
    typed = {
        "unit": cast.ward.pk,
        "name": "Chủ nhật Đỏ",
        "facility": "Trung tâm Hiến máu (mẫu)",
        "place": "Nhà văn hóa",
        "on": date_format(day, "d/m/Y"),
        "starts_at": "07:00",
        "ends_at": "09:00",
        "target": "40",
        "slot_minutes": "60",
        "seats": "10",
    }
    refused = client.post(reverse("drive_new"), {**typed, "ends_at": "06:00"})
    assert "Giờ kết thúc phải sau giờ bắt đầu." in refused.content.decode()

    answer = client.post(reverse("drive_new"), typed)
    drive = Drive.objects.get()
    assert answer.headers["Location"] == reverse("drive", args=[drive.pk])
    client.post(reverse("drive_step", args=[drive.pk, "mo"]))
    _place(drive, "Người Đăng Ký")
    page = client.get(reverse("drive", args=[drive.pk])).content.decode()
    assert [text in page for text in ("Người Đăng Ký", "Chọn giờ tại: ", "Chủ nhật Đỏ")] == [True] * 3
    printed = client.get(reverse("drive_list", args=[drive.pk])).content.decode()
    assert "Người Đăng Ký" in printed
    on_the_day = ("/bat-dau/", "/dong/", "Điểm danh trên máy này")
    assert [what in page for what in on_the_day] == [False] * 3
    early = client.post(reverse("drive_step", args=[drive.pk, "dong"]), follow=True).content.decode()
    assert f"ngày {format_date(day)}: trước ngày đó chỉ có thể hủy" in early
    Drive.objects.filter(pk=drive.pk).update(on=today())
    page = client.get(reverse("drive", args=[drive.pk])).content.decode()
    assert [what in page for what in on_the_day] == [True] * 3


def test_an_officer_of_another_ward_does_not_find_the_drive(cast: Cast) -> None:
    drive = drives.opened(cast.other_ward)

    assert sign_in(cast.unit_officer).get(reverse("drive", args=[drive.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_drive_page_asks_as_often_for_one_as_for_three(
    cast: Cast, count: int, django_assert_max_num_queries: Callable[..., object]
) -> None:
    drive = drives.opened(cast.ward)
    for n in range(count):
        _place(drive, f"Người Thứ {n}")
    client = sign_in(cast.unit_officer)
    with django_assert_max_num_queries(20) as asked:  # type: ignore[attr-defined]
        client.get(reverse("drive", args=[drive.pk]))
    assert len(asked) == QUERIES


QUERIES = 15
