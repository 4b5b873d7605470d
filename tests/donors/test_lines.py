"""The grid: who is meant, the verdict at once, new donors on the spot; a wrong line blocks no other."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from donors.actions import issue_card
from donors.models import Donation, Donor, Drive
from foundation.dates import today
from ledger.models import AuditEntry
from papers.printing import address_of
from people.actions.contacts import set_contacts, set_identity_number
from people.actors import system_actor
from people.enums import OfficeCode
from people.models import Person
from tests.conftest import Cast, sign_in
from tests.factories import donors, drives, people

pytestmark = pytest.mark.django_db
NUMBER = "001190000001"


@pytest.fixture
def drive(cast: Cast) -> Drive:
    found = drives.opened(cast.ward)
    Drive.objects.filter(pk=found.pk).update(on=today())
    return Drive.objects.get(pk=found.pk)


@pytest.fixture
def officer(cast: Cast) -> Client:
    return sign_in(cast.unit_officer)


def known(cast: Cast, name: str = "Lê Thị Bình", year: int = 1990, **numbers: str) -> Person:
    """A person of the ward with phone and identity number."""
    by = system_actor()
    person = people.person(name, cast.ward, with_user=False)
    person.birth_year = year
    person.save(update_fields=["birth_year"])
    if phone := numbers.get("phone"):
        set_contacts(by=by, person=person, phones=[phone])
    if identity := numbers.get("identity"):
        set_identity_number(by=by, person=person, number=identity)
    return person


def row(number: int, **values: str) -> dict[str, Any]:
    told = {"volume_ml": "350", "component": "whole_blood"} | values
    return {f"d{number}-{name}": value for name, value in told.items()}


def test_a_wrong_line_blocks_no_other_and_keeps_what_was_typed(
    cast: Cast, drive: Drive, officer: Client
) -> None:
    known(cast, phone="0912 345 678", identity=NUMBER)
    typed = {"row": ["0", "1", "2", "3"]}
    typed |= row(0, who="0912345678", certificate_serial="A001")
    typed |= row(1, who="0912345678", volume_ml="3500")
    typed |= row(2, who="Người Không Có")
    typed |= row(3, name="Trần Văn Mới", birth="12/03/2001", sex="male", phone="0987 654 321")

    page = officer.post(reverse("donor_lines", args=[drive.pk]), typed).content.decode()

    given = Donation.objects.filter(drive=drive).order_by("pk")
    assert [(one.donor.person.full_name, one.volume_ml, one.flags) for one in given] == [
        ("Lê Thị Bình", 350, []),
        ("Trần Văn Mới", 350, []),
    ]
    assert given[0].certificate_issuer == drive.facility
    assert [phone.number for phone in given[1].donor.person.phones.all()] == ["+84987654321"]
    assert "Đã ghi 2 lần hiến." in page
    assert "không thể hiến 3500 ml" in page.casefold() or "3500 ml" in page
    assert 'value="Người Không Có"' in page
    assert "Không tìm thấy ai" in page


def test_each_way_of_finding_a_donor(cast: Cast, drive: Drive, officer: Client) -> None:
    person = known(cast, phone="0912 345 678", identity=NUMBER)
    donor = issue_card(by=system_actor(), donor=donors.donor(person, cast.ward))
    assert donor.card is not None
    url = reverse("line_find", args=[drive.pk])

    for typed in (
        "0912345678",
        "001 190 000 001",
        donor.code.lower(),
        address_of(donor.card),
        donor.card.code,
    ):
        page = officer.post(url, {"row": "0", **row(0, who=typed)}).content.decode()
        assert f'value="{person.key}"' in page, typed
        assert "Lê Thị Bình" in page
    assert AuditEntry.objects.filter(act="donors.look_up").count() == 1
    by_name = officer.post(url, {"row": "0", **row(0, who="le binh 1990")}).content.decode()
    assert "Chọn đúng người" in by_name or "<select" in by_name
    nobody = officer.post(url, {"row": "0", **row(0, who="le binh 1991")}).content.decode()
    assert str(person.key) not in nobody
    for _more in range(9):
        people.person("Lê Thị Bình", cast.ward, with_user=False)
    many = officer.post(url, {"row": "0", **row(0, who="le binh")}).content.decode()
    assert many.count("Lê Thị Bình") == 8
    assert "Chỉ hiện 8 người đầu" in many


def test_a_name_alone_does_not_decide(cast: Cast, drive: Drive, officer: Client) -> None:
    person = known(cast)
    url = reverse("line_save", args=[drive.pk])

    page = officer.post(url, {"row": "0", **row(0, who="Lê Thị Bình")}).content.decode()
    assert "một cái tên chưa đủ" in page
    assert not Donation.objects.exists()

    officer.post(url, {"row": "0", **row(0, who="Lê Thị Bình", person=str(person.key))})
    assert Donation.objects.get().donor.person == person
    officer.post(
        url, {"row": "0", **row(0, who="Lê Thị Bình", person="new", name="Lê Thị Bình", birth="1988")}
    )
    assert Donor.objects.filter(person__full_name="Lê Thị Bình").count() == 2


def test_the_verdict_stands_at_once_and_the_fact_is_recorded_with_a_flag(
    cast: Cast, drive: Drive, officer: Client
) -> None:
    person = known(cast, phone="0912345678")
    donors.donation(donors.donor(person, cast.ward), cast.ward, today() - timedelta(days=30))
    typed = {"row": "0", **row(0, who="0912345678")}

    page = officer.post(reverse("line_find", args=[drive.pk]), typed).content.decode()
    assert "Điều 6" in page

    page = officer.post(reverse("line_save", args=[drive.pk]), typed).content.decode()
    assert page.lstrip().startswith("<tr")
    assert Donation.objects.get(drive=drive).flags == ["interval"]


def test_a_donor_of_another_unit_is_found_by_a_number_alone_and_stays_theirs(
    cast: Cast, drive: Drive, officer: Client
) -> None:
    person = people.person("Phạm Thị Xa", cast.other_ward, with_user=False)
    set_contacts(by=system_actor(), person=person, phones=["0912345678"])
    donor = donors.donor(person, cast.other_ward)
    find, save = reverse("line_find", args=[drive.pk]), reverse("line_save", args=[drive.pk])

    assert "Phạm Thị Xa" not in officer.post(find, {"row": "0", **row(0, who="0912345678")}).content.decode()
    by_name = officer.post(find, {"row": "0", **row(0, who="Phạm Thị Xa")}).content.decode()
    assert str(person.key) not in by_name

    officer.post(save, {"row": "0", **row(0, who="0912345678")})
    donation = Donation.objects.get()
    assert (donation.donor, donation.unit, donation.flags) == (donor, cast.ward, ["other_unit"])
    assert sign_in(cast.unit_officer).get(reverse("donor", args=[donor.code])).status_code == 404


def test_the_grid_is_of_the_units_own_drives(cast: Cast, drive: Drive) -> None:
    elsewhere = sign_in(people.officer(OfficeCode.UNIT_OFFICER, cast.other_ward))
    assert elsewhere.get(reverse("donor_lines", args=[drive.pk])).status_code == 404
    Drive.objects.filter(pk=drive.pk).update(state="cancelled")
    page = sign_in(cast.unit_officer).post(
        reverse("donor_lines", args=[drive.pk]),
        {"row": "0", **row(0, name="Trần Văn Mới", birth="2001")},
    )
    assert "đã hủy" in page.content.decode()
    assert not Person.objects.filter(full_name="Trần Văn Mới").exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_grid_asks_as_much_for_many_as_for_one(
    cast: Cast, drive: Drive, officer: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(count):
        typed = {"row": "0", **row(0, name=f"Trần Văn {place}", birth="2001")}
        officer.post(reverse("line_save", args=[drive.pk]), typed)
    url = reverse("donor_lines", args=[drive.pk])
    officer.get(url)
    with django_assert_num_queries(8):
        officer.get(url)
