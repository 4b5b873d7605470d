"""A document made known: sent, read, late, carried out, reminded of, extended, recalled."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import Settings

from foundation.dates import today
from foundation.refusal import Refused
from ledger.actor import NotAllowed
from letters.models import Letter
from news.actions.sendings import (
    acknowledge,
    ask_reminders,
    extend_sending,
    recall_sending,
    tell_done,
    write_to_unit,
)
from news.models import Receipt, Sending
from news.panels import documents as queue
from news.queries.sendings import due_letters
from news.rules.sendings import down_to_zero, progress_of, reminder_day
from news.tasks import write_to_units
from people.actors import system_actor
from people.enums import OfficeCode, UnitKind
from people.models import Person, Unit
from tests.conftest import Cast, sign_in
from tests.factories import documents, people

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 26)


@pytest.fixture(autouse=True)
def uncached(settings: Settings) -> None:
    settings.PAGE_CACHE = False


@pytest.fixture
def clerk(cast: Cast) -> Person:
    return people.officer(OfficeCode.CLERK, cast.city)


def asked(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def wards(cast: Cast, count: int) -> list[Unit]:
    return [people.unit(f"Hội Chữ thập đỏ phường Mẫu {n}", cast.city, code=f"W{n:03}") for n in range(count)]


@pytest.mark.parametrize(
    ("on", "day"),
    [
        (DAY, None),
        (DAY + timedelta(4), None),
        (DAY + timedelta(5), DAY + timedelta(5)),
        (DAY + timedelta(6), DAY + timedelta(5)),
        (DAY + timedelta(7), DAY + timedelta(7)),
        (DAY + timedelta(30), DAY + timedelta(10)),
    ],
)
def test_a_reminder_comes_on_days_of_the_table_and_a_missed_one_once(on: date, day: date | None) -> None:
    assert reminder_day(DAY + timedelta(7), [-2, 0, 3], DAY, on) == day


def test_the_last_day_is_in_time_and_the_course_ends_at_zero() -> None:
    days = [DAY, DAY + timedelta(2), DAY + timedelta(3)]
    told = progress_of(days, 1, DAY + timedelta(2), DAY + timedelta(5))
    assert (told.in_time, told.late, told.missing, told.percent) == (2, 1, 0, 100)
    assert [left for _day, left in down_to_zero(days, DAY, DAY + timedelta(9))] == [2, 2, 1, 0]
    assert down_to_zero([None], DAY, DAY + timedelta(1)) == [(DAY, 1), (DAY + timedelta(1), 1)]


def test_sent_to_many_units_at_once_takes_the_same_queries(cast: Cast) -> None:
    def queries(units: list[Unit]) -> int:
        document = documents.published(cast.city, f"{len(units)}/NQ-BCH")
        with CaptureQueriesContext(connection) as counted:
            documents.sent(cast.city, units, document=document)
        return len(counted)

    few = queries([cast.ward])
    assert queries(wards(cast, 20)) == few
    assert Receipt.objects.count() == 21


def test_the_city_sends_a_resolution_and_asks_once_more_first(cast: Cast, clerk: Person) -> None:
    document = documents.published(cast.city)
    client = sign_in(clerk)
    path = f"/lam-viec/thu-vien/{document.pk}/quan-triet/"
    given = {"unit": cast.city.pk, "kinds": [UnitKind.WARD], "due_on": f"{today() + timedelta(7):%d/%m/%Y}"}
    page = client.post(path, given)
    assert "2 đơn vị" in page.content.decode()
    assert not Sending.objects.exists()
    assert client.post(path, given | {"kinds": []}).status_code == 422
    client.post(path, given | {"gui": "1"})
    sending = Sending.objects.get()
    assert set(sending.receipts.values_list("unit", flat=True)) == {cast.ward.pk, cast.other_ward.pk}
    page = client.get(f"/lam-viec/quan-triet/{sending.pk}/")
    assert "2 trên 2 đơn vị" in page.content.decode()


def test_an_officer_of_the_unit_acknowledges_by_one_press_and_nobody_for_another(cast: Cast) -> None:
    sending = documents.sent(cast.city, [cast.ward, cast.other_ward], carry_out_on=today() + timedelta(9))
    mine, other = sending.receipts.get(unit=cast.ward), sending.receipts.get(unit=cast.other_ward)
    officer = people.actor(cast.unit_officer)
    assert [item.url for item in queue(officer)] == [f"/lam-viec/van-ban-can-doc/{mine.pk}/"]
    client = sign_in(cast.unit_officer)
    assert client.get(f"/lam-viec/van-ban-can-doc/{other.pk}/").status_code == 404
    client.post(f"/lam-viec/van-ban-can-doc/{mine.pk}/da-doc/")
    mine.refresh_from_db()
    assert (mine.acknowledged_by, mine.acknowledged_as) == (cast.unit_officer.user, OfficeCode.UNIT_OFFICER)
    first = mine.acknowledged_at
    acknowledge(by=officer, receipt=mine)
    mine.refresh_from_db()
    assert mine.acknowledged_at == first
    assert "Võ Thị Phương" in client.get(f"/lam-viec/van-ban-can-doc/{mine.pk}/").content.decode()
    assert client.post(f"/lam-viec/van-ban-can-doc/{mine.pk}/ket-qua/", {"note": " "}).status_code == 422
    client.post(f"/lam-viec/van-ban-can-doc/{mine.pk}/ket-qua/", {"note": "Đã phổ biến đến 12 chi hội"})
    assert list(queue(officer)) == []
    head = people.actor(people.officer(OfficeCode.UNIT_HEAD, cast.city))
    with pytest.raises(NotAllowed):
        acknowledge(by=head, receipt=other)


def test_files_of_a_document_not_public_are_read_by_the_units_it_was_sent_to(
    cast: Cast, settings: Settings, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    document = documents.document(cast.city)
    file = documents.with_file(document)
    file.__class__.objects.update(state="read")
    row = documents.sent(cast.city, [cast.ward], document=document).receipts.get()
    path = f"/lam-viec/van-ban-can-doc/{row.pk}/tep/{file.pk}/"
    assert sign_in(cast.unit_officer).get(path).status_code == 200
    other = people.officer(OfficeCode.UNIT_OFFICER, cast.other_ward, "Người Khác")
    assert sign_in(other).get(path).status_code == 404
    with pytest.raises(Refused):
        documents.sent(cast.city, [cast.ward], document=document, to_everyone=True)


def test_letters_go_once_for_each_day_and_not_to_who_has_read(cast: Cast) -> None:
    second = people.officer(OfficeCode.UNIT_OFFICER, cast.other_ward, "Cán Bộ Hai")
    sending = documents.sent(cast.city, [cast.ward, cast.other_ward], due_on=today())
    for _time in range(2):
        write_to_units()
    assert Letter.objects.filter(template__code="news.document_sent").count() == 2
    acknowledge(by=people.actor(second), receipt=sending.receipts.get(unit=cast.other_ward))
    Sending.objects.update(sent_at=timezone.now() - timedelta(days=9), due_on=today() - timedelta(days=3))
    for _time in range(3):
        write_to_units()
    (letter,) = Letter.objects.filter(template__code="news.document_reminder")
    assert letter.user == cast.unit_officer.user
    assert list(due_letters(today())) == []
    assert not write_to_unit(by=system_actor(), pk=sending.receipts.get(unit=cast.ward).pk)


def test_a_job_killed_between_units_goes_on_where_it_stood(cast: Cast) -> None:
    documents.sent(cast.city, [cast.ward, cast.other_ward])
    first, _second = due_letters(today())
    write_to_unit(by=system_actor(), pk=first)
    assert len(list(due_letters(today()))) == 1
    write_to_units()
    assert list(due_letters(today())) == []


def test_the_sender_reminds_once_a_day(cast: Cast, clerk: Person) -> None:
    sending = documents.sent(cast.city, [cast.ward, cast.other_ward])
    write_to_units()
    by = people.actor(clerk)
    assert ask_reminders(by=by, sending=sending) == 2
    with pytest.raises(Refused):
        ask_reminders(by=by, sending=sending)
    write_to_units()
    write_to_units()
    assert Letter.objects.filter(template__code="news.document_reminder").count() == 1
    page = sign_in(clerk).get(f"/lam-viec/quan-triet/{sending.pk}/").content.decode()
    assert "Đã nhắc hôm nay" in page
    assert "1 đơn vị chưa có ai giữ chức trách" in page


def test_more_time_is_given_with_a_reason_and_a_recall_ends_it(cast: Cast, clerk: Person) -> None:
    sending = documents.sent(cast.city, [cast.ward], due_on=today())
    row, officer, by = sending.receipts.get(), people.actor(cast.unit_officer), people.actor(clerk)
    with pytest.raises(Refused):
        extend_sending(by=by, sending=sending, due_on=today(), carry_out_on=None, reason="Nghỉ lễ")
    with pytest.raises(Refused):
        extend_sending(by=by, sending=sending, due_on=today() + timedelta(3), carry_out_on=None, reason=" ")
    extend_sending(by=by, sending=sending, due_on=today() + timedelta(3), carry_out_on=None, reason="Nghỉ lễ")
    assert (
        "Nghỉ lễ" in sign_in(cast.unit_officer).get(f"/lam-viec/van-ban-can-doc/{row.pk}/").content.decode()
    )
    client = sign_in(clerk)
    client.post(f"/lam-viec/quan-triet/{sending.pk}/thu-hoi/", {"reason": "Gửi nhầm bản"})
    assert (
        "Gửi nhầm bản"
        in sign_in(cast.unit_officer).get(f"/lam-viec/van-ban-can-doc/{row.pk}/").content.decode()
    )
    with pytest.raises(Refused, match="Gửi nhầm bản"):
        acknowledge(by=officer, receipt=row)
    with pytest.raises(Refused):
        recall_sending(by=by, sending=sending, reason="Lần nữa")
    Sending.objects.update(due_on=today() - timedelta(1))
    page = client.get(f"/lam-viec/quan-triet/{sending.pk}/").content.decode()
    assert ("không còn yêu cầu" in page, "quá hạn" in page.lower(), "cần gọi" in page) == (True, False, False)
    assert (list(queue(officer)), list(due_letters(today()))) == ([], [])


def test_the_follow_up_page_and_the_workbook_say_the_same(cast: Cast, clerk: Person) -> None:
    sending = documents.sent(cast.city, [cast.ward, cast.other_ward])
    client, path = sign_in(clerk), f"/lam-viec/quan-triet/{sending.pk}/"
    acknowledge(by=people.actor(cast.unit_officer), receipt=sending.receipts.get(unit=cast.ward))
    client.get(path)
    few = asked(client, path)
    Receipt.objects.bulk_create(Receipt(sending=sending, unit=unit) for unit in wards(cast, 5))
    assert asked(client, path) == few
    sheet = load_workbook(BytesIO(client.get(f"{path}excel/").content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(min_row=6, values_only=True))
    assert len(rows) == 7
    assert [row[1] for row in rows if row[4] == "Võ Thị Phương"] == [cast.ward.name]


@pytest.mark.parametrize("path", ["/lam-viec/quan-triet/", "/lam-viec/van-ban-can-doc/", "/cua-toi/van-ban/"])
def test_lists_of_one_and_of_three_take_the_same_queries(cast: Cast, path: str) -> None:
    client = sign_in(people.officer(OfficeCode.CLERK, cast.city) if "quan" in path else cast.unit_officer)
    documents.sent(cast.city, [cast.ward], to_everyone=True)
    client.get(path)
    one = asked(client, path)
    for _time in range(2):
        documents.sent(cast.city, [cast.ward], to_everyone=True)
    assert asked(client, path) == one


def test_members_read_what_is_addressed_to_all(cast: Cast) -> None:
    shown = documents.sent(cast.city, [cast.ward], to_everyone=True).document
    hidden = documents.sent(cast.city, [cast.ward]).document
    page = sign_in(cast.member).get("/cua-toi/van-ban/").content.decode()
    assert (shown.number in page, hidden.number in page) == (True, False)


def test_done_is_told_after_reading(cast: Cast) -> None:
    row = documents.sent(cast.city, [cast.ward]).receipts.get()
    with pytest.raises(Refused):
        tell_done(by=people.actor(cast.unit_officer), receipt=row, note="Xong")
