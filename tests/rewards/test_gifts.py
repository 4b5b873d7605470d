"""The gift store's pages, a drive reconciled with the law of its day, figures that agree with it."""

from datetime import date

import pytest
from django.urls import reverse

from donors.models import Donation, Drive
from foundation.dates import today
from people.actors import system_actor
from people.enums import OfficeCode
from rewards.actions.gifts import hand_out_at_drive
from rewards.models import Award, Gift, GiftMove, Nomination, Round
from rewards.queries.figures import gifts, money
from rewards.queries.gifts import owed_at, value_report
from tests.conftest import Cast, sign_in
from tests.factories import donors, drives, people
from tests.factories.rewards import gift, nomination

pytestmark = pytest.mark.django_db
BY = system_actor()


def held(cast: Cast, on: date, volumes: tuple[int, ...]) -> Drive:
    """A drive of the day with one voluntary donation of each volume."""
    drive = drives.opened(cast.ward)
    Drive.objects.filter(pk=drive.pk).update(on=on)
    drive.refresh_from_db()
    for n, ml in enumerate(volumes):
        one = donors.donor(people.person(f"Người Cho {n}", cast.ward, with_user=False), cast.ward)
        Donation.objects.create(donor=one, unit=cast.ward, on=on, volume_ml=ml, drive=drive, source="drive")
    return drive


def test_the_store_through_its_pages(cast: Cast) -> None:
    client = sign_in(people.officer(OfficeCode.REWARD_OFFICER, cast.city, "Cán Bộ Khen"))
    day = f"{today():%d/%m/%Y}"
    values = {"name": "Áo mưa", "fund": "chapter", "value_vnd": "45000", "given_from": "01/01/2026"}
    assert client.post(reverse("gift_list"), values).status_code == 302
    made = Gift.objects.get()
    assert made.unit == cast.city
    url = reverse("gift", args=[made.pk])

    def move(kind: str, quantity: int) -> int:
        typed = {"kind": kind, "quantity": str(quantity), "on": day, "what_for": "Đợt tháng 6"}
        answer = client.post(f"{url}nhap-xuat/", {f"nhap-xuat-{k}": v for k, v in typed.items()})
        return int(answer.status_code)

    assert (move("receipt", 10), move("hand_out", 4), move("hand_out", 7)) == (302, 302, 200)
    count = {"kiem-ke-counted": "5", "kiem-ke-on": day, "kiem-ke-reason": ""}
    assert client.post(f"{url}kiem-ke/", count).status_code == 200, "a difference needs its reason"
    assert client.post(f"{url}kiem-ke/", {**count, "kiem-ke-reason": "Rách một"}).status_code == 302
    made.refresh_from_db()
    assert made.stock == sum(GiftMove.objects.values_list("quantity", flat=True)) == 5
    assert "225.000" in client.get(reverse("gift_list")).content.decode()
    report = value_report(BY, date(2026, 1, 1), today())
    assert [(one.name, *rest) for one, *rest in report] == [("Áo mưa", 10, 4, -1, 180_000)]


def test_a_drive_is_reconciled_with_the_least_of_its_day(cast: Cast) -> None:
    drive = held(cast, date(2026, 6, 14), (250, 350, 350, 450))
    milk = gift(cast.city, 10, name="Sữa", fund="facility", value_vnd=150_000)
    coat = gift(cast.city, 10, name="Áo mưa", value_vnd=45_000)
    assert [hand_out_at_drive(by=BY, gift=milk, drive=drive) for _time in range(2)] == [4, 0]
    hand_out_at_drive(by=BY, gift=coat, drive=drive)

    lines = {
        line.volume_ml: (line.count, line.least_vnd, line.given_vnd, line.under) for line in owed_at(drive)
    }
    assert lines == {
        250: (1, 100_000, 150_000, 0),
        350: (2, 300_000, 300_000, 0),
        450: (1, 180_000, 150_000, 1),
    }
    client = sign_in(people.officer(OfficeCode.REWARD_OFFICER, cast.city, "Cán Bộ Khen"))
    page = client.get(reverse("gift_drive", args=[drive.pk])).content.decode()
    assert "15/2023" in page
    assert "580.000" in page
    spent = money(BY, date(2026, 1, 1), today())
    assert (spent.bonus_vnd, spent.chapter_gifts_vnd) == (0, 180_000), "funds never mix"
    told = gifts(BY, date(2026, 1, 1), today())
    assert (told.donations, told.with_gift, told.facility_vnd) == (4, 4, 600_000)


def test_before_any_law_nothing_is_assumed(cast: Cast) -> None:
    (line,) = owed_at(held(cast, date(2015, 6, 14), (350,)))
    assert (line.least, line.least_vnd, line.under) == (None, 0, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_the_store_asks_the_same_questions_of_many(
    cast: Cast, count: int, django_assert_max_num_queries: object
) -> None:
    for n in range(count):
        gift(cast.city, 5, name=f"Quà {n}")
    drive = held(cast, date(2026, 6, 14), (350,) * count)
    hand_out_at_drive(by=BY, gift=Gift.objects.all()[0], drive=drive)
    client = sign_in(people.officer(OfficeCode.REWARD_OFFICER, cast.city, "Cán Bộ Khen"))
    for url, most in ((reverse("gift_list"), 14), (reverse("gift_drive", args=[drive.pk]), 17)):
        with django_assert_max_num_queries(most):  # type: ignore[operator]
            assert client.get(url).status_code == 200


def test_the_gifts_of_a_ceremony_are_taken_once_for_each_paper_in_hand(cast: Cast) -> None:
    days = {"cut_off": today(), "deadline": today(), "ceremony_on": today()}
    cycle = Round.objects.create(name="Đợt tôn vinh", **days)
    bag = gift(cast.city, 2)
    for n in range(3):
        one = nomination(people.person(f"Người {n}", cast.ward, with_user=False), cast.ward)
        Nomination.objects.filter(pk=one.pk).update(round=cycle)
        values = {"honour": one.honour, "decision_number": "1/QĐ", "decided_on": today()}
        Award.objects.create(nomination=one, person=one.person, **values)
    client = sign_in(people.officer(OfficeCode.REWARD_OFFICER, cast.city, "Cán Bộ Khen"))
    url = reverse("reward_round_act", args=[cycle.pk, "qua"])
    first = Award.objects.order_by("pk")[0]
    Award.objects.filter(pk=first.pk).update(handed_on=today(), handed_how="ceremony")
    for _time in range(2):
        assert client.post(url, {"qua-gift": bag.pk}).status_code == 302
    assert GiftMove.objects.filter(kind="hand_out").get().quantity == -1
    Award.objects.update(handed_on=today(), handed_how="late")
    assert client.post(url, {"qua-gift": bag.pk}).status_code == 200, "the store has one left"
    bag.refresh_from_db()
    assert bag.stock == 1
