"""Units stand in a dated tree; offices cover the subtree as of the day."""

from datetime import date, timedelta

import pytest

from foundation.refusal import Refused
from people.actions import end_office, found_unit, grant_office
from people.actors import system_actor
from people.enums import OfficeCode, UnitKind
from people.forms.unit_choice import UnitChoice
from people.models import Unit, UnitCover
from people.queries import visible_people, visible_units
from tests.conftest import Cast
from tests.factories import people

pytestmark = pytest.mark.django_db


def test_a_new_unit_is_covered_by_all_above_it(cast: Cast) -> None:
    branch = people.unit("Chi hội khu phố 4", cast.ward, UnitKind.BRANCH)

    above = UnitCover.objects.filter(unit=branch).order_by("depth").values_list("ancestor__code", "depth")

    assert list(above) == [(branch.code, 0), ("P001", 1), ("TP", 2)]


def test_branches_of_one_name_can_be_told_apart_where_one_is_chosen(cast: Cast) -> None:
    for ward in (cast.ward, cast.other_ward):
        people.unit("Chi hội khu phố 4", ward, UnitKind.BRANCH)
    field = UnitChoice(Unit.objects.none())
    field.queryset = Unit.objects.exclude(pk=cast.city.pk).order_by("kind", "code")

    labels = [field.label_from_instance(unit) for unit in field.queryset]

    branches = {f"Chi hội khu phố 4, {ward.name}" for ward in (cast.ward, cast.other_ward)}
    assert set(labels) >= branches | {cast.ward.name, cast.other_ward.name}


def test_a_unit_founded_later_is_not_covered_before(cast: Cast) -> None:
    later = date(2026, 3, 1)
    branch = found_unit(
        by=system_actor(),
        code="KP9",
        kind=UnitKind.BRANCH,
        name="Chi hội 9",
        founded_on=later,
        parent=cast.ward,
    )

    def covered(on: date) -> bool:
        return UnitCover.objects.filter(ancestor=cast.city, unit=branch, during__contains=on).exists()

    assert [covered(later - timedelta(days=1)), covered(later)] == [False, True]


def test_only_the_first_unit_stands_under_none(cast: Cast) -> None:
    with pytest.raises(Refused, match="Chỉ đơn vị đầu tiên"):
        found_unit(
            by=system_actor(),
            code="TP2",
            kind=UnitKind.CITY,
            name="Thành Hội thứ hai",
            founded_on=people.FOUNDED_ON,
            parent=None,
        )


def test_an_officer_sees_the_own_subtree_and_nobody_else(cast: Cast) -> None:
    by = people.actor(cast.unit_officer)

    assert {u.code for u in visible_units(by)} == {"P001"}
    assert set(visible_people(by)) == {cast.member, cast.unit_officer}
    assert cast.nobody in visible_people(people.actor(cast.city_officer))
    assert list(visible_people(people.actor(cast.nobody))) == [cast.nobody]


def test_an_office_holds_through_its_last_day(cast: Cast) -> None:
    admin = people.actor(people.officer(OfficeCode.ADMINISTRATOR, cast.city))
    today = admin.on
    grant = grant_office(
        by=admin,
        person=cast.member,
        office=OfficeCode.EDITOR,
        unit=cast.ward,
        from_on=today - timedelta(days=10),
        until_on=None,
        reason="QĐ 01/QĐ-CTĐ",
    )
    assert people.actor(cast.member).may("news.write", "P001")

    end_office(by=admin, grant=grant, last_on=today, reason="Chuyển công tác")
    assert people.actor(cast.member).may("news.write", "P001")
    grant.refresh_from_db()
    end_office(by=admin, grant=grant, last_on=today - timedelta(days=1), reason="Chuyển công tác")
    assert not people.actor(cast.member).may("news.write", "P001")


def test_nobody_grants_or_ends_the_own_office(cast: Cast) -> None:
    holder = people.officer(OfficeCode.ADMINISTRATOR, cast.city)
    admin = people.actor(holder)

    with pytest.raises(Refused, match="tự giao chức vụ cho mình"):
        grant_office(
            by=admin,
            person=holder,
            office=OfficeCode.PUBLISHER,
            unit=cast.city,
            from_on=admin.on,
            until_on=None,
            reason="QĐ 02",
        )
    with pytest.raises(Refused, match="tự kết thúc chức vụ của mình"):
        end_office(by=admin, grant=holder.offices.get(), last_on=admin.on, reason="Thôi")


def test_the_same_office_twice_in_one_period_is_refused(cast: Cast) -> None:
    admin = people.actor(people.officer(OfficeCode.ADMINISTRATOR, cast.city))

    with pytest.raises(Refused, match="đã giữ chức vụ này"):
        grant_office(
            by=admin,
            person=cast.unit_officer,
            office=OfficeCode.UNIT_OFFICER,
            unit=cast.ward,
            from_on=admin.on,
            until_on=None,
            reason="QĐ 03",
        )
