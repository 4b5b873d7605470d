"""Entering and changing a person: names, births, versions, doubts that never block."""

from typing import Any

import pytest
from django.urls import reverse

from foundation.refusal import Refused
from ledger.actor import NotAllowed
from ledger.models import AuditEntry
from people.actions import add_person
from people.actions.persons import change_person
from people.enums import OfficeCode
from people.models import Person, Sighting
from tests.conftest import Cast, sign_in
from tests.factories import people

pytestmark = pytest.mark.django_db


def send(cast: Cast, person: Person | None = None, **values: Any) -> Any:
    client = sign_in(cast.unit_officer)
    data = {"full_name": "Lê Thị Mới", "unit": cast.ward.pk, "sex": "female", "version": 1} | values
    url = reverse("person_edit", args=[person.key]) if person else reverse("person_new")
    return client.post(url, data, follow=True)


def test_a_person_is_entered_with_all_that_is_known(cast: Cast) -> None:
    send(cast, birth="05/06/1990", phones="0912 345 678, 028 3829 7915", email="moi@example.org")

    person = Person.objects.get(full_name="Lê Thị Mới")
    assert (person.given_name, person.birth_year, person.sex) == ("Mới", 1990, "female")
    assert sorted(person.phones.values_list("number", "kind")) == [
        ("+842838297915", "landline"),
        ("+84912345678", "mobile"),
    ]
    assert person.belongings.get().unit == cast.ward


def test_a_year_alone_is_enough_and_no_day_is_made_up(cast: Cast) -> None:
    send(cast, birth="1958")

    person = Person.objects.get(full_name="Lê Thị Mới")
    assert (person.birth_date, person.birth_year) == (None, 1958)


@pytest.mark.parametrize("birth", ["31/02/1990", "1899", "05/06/90", "01/01/2999"])
def test_a_birth_that_cannot_be_is_refused_and_what_was_typed_stays(cast: Cast, birth: str) -> None:
    response = send(cast, birth=birth)

    assert response.context["form"].errors.keys() == {"birth"}
    assert f'value="{birth}"' in response.content.decode()
    assert not Person.objects.filter(full_name="Lê Thị Mới").exists()


def test_proper_capitals_are_proposed_shown_and_taken_with_one_click(cast: Cast) -> None:
    asked = send(cast, full_name="bùi xuân HẰNG")
    assert asked.context["better_name"] == "Bùi Xuân Hằng"
    assert not Person.objects.filter(search_name__contains=" bui").exists()

    send(cast, full_name="bùi xuân HẰNG", use_name="Bùi Xuân Hằng")
    send(cast, full_name="K'brông điểu", keep_name="1")
    assert sorted(Person.objects.filter(user=None).values_list("full_name", flat=True)) == [
        "Bùi Xuân Hằng",
        "K'brông điểu",
    ]


def test_a_name_is_kept_as_typed_in_composed_letters(cast: Cast) -> None:
    import unicodedata

    person = add_person(
        by=people.actor(cast.unit_officer),
        full_name=unicodedata.normalize("NFD", "Lê  Thị Hường"),
        unit=cast.ward,
    )
    assert person.full_name == "Lê Thị Hường"


def test_a_doubtful_identity_number_warns_and_is_saved(cast: Cast) -> None:
    response = send(cast, birth="1990", identity="999187000001")

    person = Person.objects.get(full_name="Lê Thị Mới")
    told = [str(message) for message in response.context["messages"]]
    assert person.identity_numbers.count() == 1
    assert len(told) == 3  # saved; unknown place; another year
    assert "999187000001" not in response.content.decode()
    assert "•••• 0001" in response.content.decode()


def test_a_number_that_is_none_is_refused_at_its_field(cast: Cast) -> None:
    response = send(cast, identity="12")

    assert response.context["form"].errors.keys() == {"identity"}
    assert not Person.objects.filter(full_name="Lê Thị Mới").exists()


def test_who_saves_second_is_told(cast: Cast) -> None:
    by = people.actor(cast.unit_officer)
    change_person(by=by, person=cast.member, version=1, values={"address": "Số 1 đường Mẫu"})

    with pytest.raises(Refused, match="vừa thay đổi hồ sơ này"):
        change_person(by=by, person=cast.member, version=1, values={"address": "Số 2 đường Mẫu"})
    cast.member.refresh_from_db()
    assert (cast.member.address, cast.member.version) == ("Số 1 đường Mẫu", 2)


def test_saving_what_is_there_already_changes_and_logs_nothing(cast: Cast) -> None:
    before = AuditEntry.objects.count()
    same = change_person(
        by=people.actor(cast.unit_officer),
        person=cast.member,
        version=1,
        values={"full_name": "Trương Thị An"},
    )
    assert (same.version, AuditEntry.objects.count()) == (1, before)


def test_only_an_office_of_the_unit_changes_a_record(cast: Cast) -> None:
    stranger = people.officer(OfficeCode.UNIT_OFFICER, cast.other_ward)
    with pytest.raises(NotAllowed):
        change_person(by=people.actor(stranger), person=cast.member, version=1, values={"note": "x"})


def test_sensitive_fields_do_not_exist(cast: Cast) -> None:
    fields = {field.name for field in Person._meta.get_fields()}
    assert not fields & {"ethnicity", "religion", "dan_toc", "ton_giao", "party", "health"}


def test_every_panel_has_an_address_and_says_something(cast: Cast) -> None:
    client = sign_in(cast.unit_officer)
    page = client.get(reverse("person", args=[cast.member.key]))
    for slug, _label in page.context["tabs"]:
        panel = client.get(reverse("person_panel", args=[cast.member.key, slug]))
        assert panel.status_code == 200
        assert panel.context["panel"] == slug
    assert client.get(reverse("person_panel", args=[cast.member.key, "khong-co"])).status_code == 404


def test_opening_is_noted_once_a_day_for_each_officer_and_not_for_oneself(cast: Cast) -> None:
    url = reverse("person", args=[cast.member.key])
    for client in (sign_in(cast.unit_officer), sign_in(cast.unit_officer), sign_in(cast.city_officer)):
        assert client.get(url).status_code == 200
    sign_in(cast.unit_officer).get(reverse("person", args=[cast.unit_officer.key]))

    seen = Sighting.objects.order_by("pk").values_list("person", "office", "unit", "what")
    assert list(seen) == [
        (cast.member.pk, "unit_officer", "P001", "record"),
        (cast.member.pk, "city_officer", "TP", "record"),
    ]


def test_a_merged_record_leads_to_the_kept_one(cast: Cast) -> None:
    double = people.person("Trương Thị An", cast.ward, with_user=False)
    Person.objects.filter(pk=double.pk).update(state="merged", merged_into=cast.member)

    response = sign_in(cast.unit_officer).get(reverse("person", args=[double.key]))
    assert response.headers["Location"] == reverse("person", args=[cast.member.key])
