"""A unit officer meets nobody of another unit: one test a door."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from ledger.actor import NotAllowed
from people.actions.contacts import set_contacts, set_identity_number
from people.actions.persons import change_person
from people.actions.sightings import find_by_identity, reveal_identity
from people.actors import system_actor
from people.enums import OfficeCode, UnitKind
from people.models import Belonging, Person
from people.queries import visible_people
from people.queries.register import Wanted, register
from people.queries.rights import timeline
from people.rules import office_rules
from tests.conftest import Cast, sign_in
from tests.factories import people

pytestmark = pytest.mark.django_db

STRANGER = "Không Quyền Hạn"
PHONE, NUMBER = "0912345678", "999190004321"


@pytest.fixture
def walls(cast: Cast) -> Cast:
    """The stranger of the other ward has everything that could leak."""
    set_contacts(by=system_actor(), person=cast.nobody, phones=[PHONE])
    set_identity_number(by=system_actor(), person=cast.nobody, number=NUMBER)
    return cast


@pytest.mark.parametrize("office", OfficeCode.values)
def test_every_office_sees_its_own_units_and_no_more(walls: Cast, office: str) -> None:
    branch = people.unit("Chi hội 1", walls.ward, UnitKind.BRANCH)
    inside = people.person("Lê Thị Trong", branch, with_user=False)
    holder = people.officer(OfficeCode(office), walls.ward)
    by = people.actor(holder)
    sees = "people.see" in office_rules(by.on)[office].may

    expected = {walls.member, walls.unit_officer, inside, holder} if sees else {holder}
    assert set(visible_people(by)) == expected
    found = register(by, Wanted())
    assert set(found[0:50]) == (expected if sees else set())


@pytest.mark.parametrize("office", OfficeCode.values)
def test_on_the_city_every_office_that_sees_sees_all(walls: Cast, office: str) -> None:
    by = people.actor(people.officer(OfficeCode(office), walls.city))
    if "people.see" in office_rules(by.on)[office].may:
        assert walls.nobody in visible_people(by)
        assert [p.full_name for p in register(by, Wanted(query="khong quyen"))[0:5]] == [STRANGER]


def test_a_person_who_has_left_is_not_met_any_more(walls: Cast) -> None:
    from django.db.backends.postgresql.psycopg_any import DateRange

    by = people.actor(walls.unit_officer)
    Belonging.objects.filter(person=walls.member).update(during=DateRange(people.FOUNDED_ON, by.on))

    assert walls.member not in visible_people(by)


def words(page: str) -> str:
    """What the page says, without its tags."""
    return re.sub(r"<[^>]*>", "", page)


DOORS: dict[str, Callable[[Client, Cast], str]] = {
    "list": lambda c, w: c.get(reverse("people_list")).content.decode(),
    "name": lambda c, w: c.get(reverse("people_list") + "?q=khong+quyen").content.decode(),
    "unit": lambda c, w: c.get(reverse("people_list") + "?don_vi=P002").content.decode(),
    "phone": lambda c, w: c.get(reverse("people_list") + f"?q={PHONE}&cot=phone").content.decode(),
    "identity": lambda c, w: c.post(reverse("people_by_identity"), {"digits": "4321"}).content.decode(),
    "annex": lambda c, w: c.get(reverse("people_annex") + "?q=khong").content.decode(),
    "audit": lambda c, w: c.get(reverse("audit_register") + f"?ho_so={w.nobody.key}").content.decode(),
    "offices": lambda c, w: c.get(reverse("office_list") + "?tat-ca=1").content.decode(),
}


@pytest.mark.parametrize("door", DOORS)
def test_no_door_shows_the_stranger(walls: Cast, door: str) -> None:
    people.grant(walls.unit_officer, OfficeCode.INSPECTION, walls.ward)
    page = DOORS[door](sign_in(walls.unit_officer), walls)

    assert str(walls.nobody.key) not in page
    for leak in (STRANGER, "Khong Quyen", PHONE, NUMBER):
        assert leak not in words(page)
    shown = DOORS[door](sign_in(people.officer(OfficeCode.CITY_OFFICER, walls.city)), walls)
    if door in {"list", "name", "unit", "phone", "identity", "annex"}:
        assert STRANGER in words(shown)  # there is something to leak


@pytest.mark.parametrize("page", ["person", "person_edit", "person_reveal", "person_account", "person_code"])
def test_no_address_of_the_stranger_opens(walls: Cast, page: str) -> None:
    client = sign_in(walls.unit_officer)
    url = reverse(page, args=[walls.nobody.key])
    response = client.post(url) if page == "person_code" else client.get(url)
    assert response.status_code == 404
    for slug in ("lien-he", "don-vi", "nhat-ky"):
        assert client.get(reverse("person_panel", args=[walls.nobody.key, slug])).status_code == 404


def test_no_action_takes_the_stranger(walls: Cast) -> None:
    by = people.actor(walls.unit_officer)
    with pytest.raises(NotAllowed):
        reveal_identity(by=by, person=walls.nobody, reason="Muốn xem thử")
    with pytest.raises(NotAllowed):
        change_person(by=by, person=walls.nobody, version=1, values={"note": "x"})
    assert find_by_identity(by=by, digits="4321") == []
    walls.nobody.refresh_from_db()
    assert walls.nobody.note == ""


def test_in_two_units_contacts_are_read_only_where_the_office_gives_them(walls: Cast) -> None:
    holder = people.officer(OfficeCode.AUDITOR, walls.other_ward, "Hai Chức Vụ")
    people.grant(holder, OfficeCode.UNIT_OFFICER, walls.ward)
    set_contacts(by=system_actor(), person=walls.member, phones=["0987654321"])

    lines = sign_in(holder).get(reverse("people_list") + "?cot=phone").context["lines"]
    phones = {line.person.full_name: line.cells[0][1] for line in lines}
    assert phones["Trương Thị An"] == "0987654321"
    assert phones[STRANGER] == "•••"
    assert register(people.actor(holder), Wanted(query=PHONE)).found == 0


def test_the_timeline_names_no_officer_of_another_unit(walls: Cast) -> None:
    people.belong(walls.member, walls.other_ward)
    other = people.officer(OfficeCode.UNIT_OFFICER, walls.other_ward, "Cán Bộ Phường Khác")
    change_person(by=people.actor(other), person=walls.member, version=1, values={"note": "Đã gọi điện"})

    events = timeline(people.actor(walls.unit_officer), walls.member, with_values=True)
    assert [(event.who, event.office, event.unit) for event in events] == [
        ("", "Cán bộ đơn vị", "Hội Chữ thập đỏ phường Mẫu 2")
    ]


def test_the_stranger_sees_only_the_own_pages(walls: Cast) -> None:
    client = sign_in(walls.nobody)
    assert client.get(reverse("people_list")).status_code == 403
    assert client.get(reverse("mine_data")).status_code == 200
    assert Person.objects.count() == 4
