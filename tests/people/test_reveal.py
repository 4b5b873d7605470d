"""The identity number: masked, opened by POST with a reason, found exactly, logged, limited."""

import pytest
from django.urls import reverse

from foundation.refusal import Refused
from ledger.actor import NotAllowed
from ledger.models import AuditEntry, AuditValue
from people.actions.contacts import set_identity_number
from people.actions.sightings import find_by_identity, reveal_identity
from people.actors import system_actor
from people.enums import OfficeCode
from people.models import Person, Sighting
from people.rules.rights import term
from tests.conftest import Cast, sign_in
from tests.factories import people

pytestmark = pytest.mark.django_db

NUMBER = "999190004321"


@pytest.fixture
def held(cast: Cast) -> Cast:
    for person in (cast.member, cast.nobody):
        set_identity_number(by=system_actor(), person=person, number=NUMBER)
    return cast


def test_pages_show_the_last_four_digits_only(held: Cast) -> None:
    client = sign_in(held.unit_officer)
    record = client.get(reverse("person", args=[held.member.key])).content.decode()
    form = client.get(reverse("person_edit", args=[held.member.key])).content.decode()

    assert "•••• 4321" in record
    assert NUMBER not in record + form
    auditor = people.officer(OfficeCode.AUDITOR, held.city)
    assert "4321" not in sign_in(auditor).get(reverse("person", args=[held.member.key])).content.decode()


def test_opening_needs_a_reason_and_the_person_reads_it(held: Cast) -> None:
    client = sign_in(held.unit_officer)
    url = reverse("person_reveal", args=[held.member.key])

    assert NUMBER not in client.get(url).content.decode()
    assert NUMBER not in client.post(url, {"reason": " x "}).content.decode()
    assert Sighting.objects.count() == 0
    shown = client.post(url, {"reason": "Đối chiếu hồ sơ khen thưởng"})

    assert NUMBER in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    mine = sign_in(held.member).get(reverse("mine_data")).content.decode()
    assert "Đối chiếu hồ sơ khen thưởng" in mine
    entry = AuditEntry.objects.get(act="people.reveal_identity")
    assert (entry.office, entry.unit, entry.reason) == ("unit_officer", "P001", "Đối chiếu hồ sơ khen thưởng")


@pytest.mark.parametrize("office", [OfficeCode.AUDITOR, OfficeCode.BRANCH_HEAD, OfficeCode.ADMINISTRATOR])
def test_most_offices_never_open_it(held: Cast, office: OfficeCode) -> None:
    by = people.actor(people.officer(office, held.city))
    with pytest.raises(NotAllowed):
        reveal_identity(by=by, person=held.member, reason="Muốn xem thử")


def test_the_last_four_digits_find_exactly_and_only_in_the_own_units(held: Cast) -> None:
    by = people.actor(held.unit_officer)

    assert find_by_identity(by=by, digits="4321") == [held.member]
    assert find_by_identity(by=by, digits="9991 9000 4321") == [held.member]
    assert find_by_identity(by=by, digits="4322") == []
    for digits in ("321", "43210", "43a1", ""):
        with pytest.raises(Refused):
            find_by_identity(by=by, digits=digits)
    city = people.actor(held.city_officer)
    assert set(find_by_identity(by=city, digits="4321")) == {held.member, held.nobody}


def test_looking_up_is_logged_without_the_digits_and_limited(held: Cast) -> None:
    by = people.actor(held.unit_officer)
    most = term("identity_lookups_an_hour", by.on)
    for _n in range(most):
        find_by_identity(by=by, digits="4321")

    with pytest.raises(Refused, match=str(most)):
        find_by_identity(by=by, digits="4321")
    find_by_identity(by=people.actor(held.city_officer), digits="4321")
    assert AuditEntry.objects.filter(act="people.find_by_identity").count() == most + 1
    assert Sighting.objects.filter(person=held.member, what="lookup").count() == most + 1
    assert "4321" not in str(list(AuditValue.objects.values_list("before", "after")))


def test_the_register_offers_the_look_up_for_four_digits_and_the_address_never_holds_it(held: Cast) -> None:
    client = sign_in(held.unit_officer)

    offered = client.get(reverse("people_list") + "?q=4321").content.decode()
    assert f'action="{reverse("people_by_identity")}"' in offered
    assert client.get(reverse("people_by_identity")).status_code == 405
    found = client.post(reverse("people_by_identity"), {"digits": "4321"})
    assert [line.person for line in found.context["lines"]] == [held.member]


def test_the_store_holds_no_number_in_the_open(held: Cast) -> None:
    row = Person.objects.get(pk=held.member.pk).identity_numbers.get()
    kept = bytes(row.sealed) + row.digest.encode() + row.tail_digest.encode()
    assert NUMBER.encode() not in kept
    assert b"4321" not in bytes(row.sealed)
