"""The register: who is found, in what order, as whom it is asked."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.actions.contacts import set_contacts
from people.actors import system_actor
from people.enums import BelongingKind, OfficeCode, UnitKind
from people.models import Person
from people.queries.register import Wanted, everyone, register, wanted_again
from tests.conftest import Cast, sign_in
from tests.factories import people

pytestmark = pytest.mark.django_db


def names(cast: Cast, holder: Person | None = None, **wanted: Any) -> list[str]:
    found = register(people.actor(holder or cast.unit_officer), Wanted(**wanted))
    return [person.full_name for person in found[0:50]]


@pytest.fixture
def three(cast: Cast) -> Cast:
    for name in ("Nguyễn Thị Hằng", "Lê Hàng Châu", "Đặng Thúy Hạng"):
        people.person(name, cast.ward, with_user=False)
    return cast


def test_accents_are_optional_and_exact_ones_come_first(three: Cast) -> None:
    assert names(three, query="hang") == ["Lê Hàng Châu", "Đặng Thúy Hạng", "Nguyễn Thị Hằng"]
    assert names(three, query="hằng") == ["Nguyễn Thị Hằng", "Lê Hàng Châu", "Đặng Thúy Hạng"]
    assert names(three, query="dang hạng") == ["Đặng Thúy Hạng"]


def test_exact_accents_come_first_in_large_units_too(three: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("people.queries.register.SMALL", 0)
    monkeypatch.setattr("people.queries.register.RARE", 0)
    found = register(people.actor(three.unit_officer), Wanted(query="hằng"))

    assert len(found) == 3
    assert [[p.full_name for p in found[n : n + 1]] for n in range(3)] == [
        ["Nguyễn Thị Hằng"],
        ["Lê Hàng Châu"],
        ["Đặng Thúy Hạng"],
    ]


def test_names_of_two_letters_are_found(cast: Cast) -> None:
    people.person("Lê Vy", cast.ward, with_user=False)
    people.person("Trần Ý", cast.ward, with_user=False)

    assert names(cast, query="an") == ["Trương Thị An"]
    assert names(cast, query="vy") == ["Lê Vy"]
    assert names(cast, query="y") == ["Trần Ý"]


def test_a_phone_is_found_as_people_type_it(cast: Cast) -> None:
    set_contacts(by=system_actor(), person=cast.member, phones=["0912 345 678"])

    for typed in ("0912345678", "0912.345", "+84 912 345 678"):
        assert names(cast, query=typed) == ["Trương Thị An"]
    assert names(cast, query="0912999") == []


def test_filters_narrow_and_go_through_storage_unchanged(cast: Cast) -> None:
    branch = people.unit("Chi hội khu phố 4", cast.ward, UnitKind.BRANCH)
    young = people.person("Lê Thị Trẻ", branch, with_user=False)
    Person.objects.filter(pk=young.pk).update(
        birth_year=people.actor(cast.unit_officer).on.year - 20, sex="female"
    )
    people.belong(young, branch, BelongingKind.MEMBER)

    for wanted in (
        {"unit": branch},
        {"kind": "member"},
        {"sex": "female"},
        {"age_from": 20, "age_to": 20},
        {"query": "tre", "has_phone": False},
    ):
        assert names(cast, **wanted) == ["Lê Thị Trẻ"]
        again = wanted_again(Wanted(**wanted).stored())
        assert again == Wanted(**wanted)
    assert names(cast, age_from=21) == names(cast, has_phone=True) == []


def test_order_by_given_name_unit_and_newest(cast: Cast) -> None:
    branch = people.unit("Chi hội A", cast.ward, UnitKind.BRANCH, code="P001-1")
    people.person("Vũ Bình", branch, with_user=False)
    people.person("Đỗ Đạt", cast.ward, with_user=False)

    assert names(cast) == ["Trương Thị An", "Vũ Bình", "Đỗ Đạt", "Võ Thị Phương"]
    assert names(cast, order="newest") == ["Đỗ Đạt", "Vũ Bình", "Võ Thị Phương", "Trương Thị An"]
    assert names(cast, order="unit") == ["Trương Thị An", "Đỗ Đạt", "Võ Thị Phương", "Vũ Bình"]


def test_a_list_too_long_to_stand_by_unit_stands_by_name_and_says_so(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("people.queries.register.SMALL", 0)
    page = sign_in(cast.unit_officer).get(reverse("people_list") + "?sap_xep=unit")

    assert [line.person.given_name for line in page.context["lines"]] == ["An", "Phương"]
    assert "Danh sách quá dài để xếp theo đơn vị" in page.content.decode()


def test_merged_and_erased_records_are_not_listed(cast: Cast) -> None:
    Person.objects.filter(pk=cast.member.pk).update(state="erased")

    assert names(cast) == ["Võ Thị Phương"]
    assert "Trương Thị An" not in names(cast, cast.city_officer)


def test_the_count_is_exact_up_to_its_limit_and_then_says_more(
    three: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = people.actor(three.unit_officer)
    assert (len(register(by, Wanted())), register(by, Wanted()).has_more) == (5, False)

    monkeypatch.setattr("people.queries.register.MOST", 4)
    found = register(by, Wanted())
    assert (len(found), found.has_more) == (4, True)
    assert everyone(by, Wanted())[0].count() == 5


def test_one_and_three_people_take_the_same_queries(cast: Cast) -> None:
    client = sign_in(cast.unit_officer)
    url = reverse("people_list") + "?q=hang"
    people.person("Nguyễn Thị Hằng", cast.ward, with_user=False)
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for name in ("Lê Hàng Châu", "Đặng Thúy Hạng"):
        people.person(name, cast.ward, with_user=False)
    with CaptureQueriesContext(connection) as three:
        client.get(url)

    assert len(three) == len(one) < 30


def test_the_address_holds_everything_and_htmx_gets_the_list_alone(three: Cast) -> None:
    client = sign_in(three.unit_officer)
    url = reverse("people_list") + "?q=hang&loai=record&gioi_tinh=khong-co&cot=sex&cot=phone&tuoi_tu=abc"

    whole = client.get(url)
    part = client.get(url, headers={"HX-Request": "true"})

    assert "<mark>Hằng</mark>" in whole.content.decode()
    assert "<main" in whole.content.decode()
    assert "<main" not in part.content.decode()
    assert [line.person for line in whole.context["lines"]] == [line.person for line in part.context["lines"]]
    assert [label for label, _text in part.context["lines"][0].cells] == ["Giới tính", "Điện thoại"]
    assert part.headers["Cache-Control"].startswith("max-age=0")
    assert "HX-Request" in part.headers["Vary"]


def test_who_may_not_read_contacts_sees_them_masked_and_finds_nobody_by_them(cast: Cast) -> None:
    set_contacts(by=system_actor(), person=cast.member, phones=["0912345678"])
    auditor = people.officer(OfficeCode.AUDITOR, cast.city, "Trần Kiểm Toán")

    page = sign_in(auditor).get(reverse("people_list") + "?q=truong&cot=phone")
    assert page.context["lines"][0].cells[0][1] == "•••"
    assert names(cast, auditor, query="0912345678") == []
    assert sign_in(cast.unit_officer).get(reverse("people_list") + "?q=truong&cot=phone").context["lines"][
        0
    ].cells == [("Điện thoại", "0912345678")]
