"""Reorganisation: one dated act, many-to-many and partial; earlier days never change."""

from datetime import date, timedelta

import pytest

from foundation.dates import today
from foundation.refusal import Refused
from ledger.actor import NotAllowed
from people.actions.acts import Line, NewUnit, Plan, cancel_act, carry_out_act, confirm_act, enter_act
from people.actors import system_actor
from people.enums import ActKind, ActState, BelongingKind, OfficeCode, UnitKind
from people.models import Approval, Belonging, Person, Unit, UnitAct, UnitCover
from people.queries.acts import due_acts, members_under, name_on, preview_act
from tests.conftest import Cast
from tests.factories import people

pytestmark = pytest.mark.django_db
DAY = date(2025, 10, 21)
BEFORE = DAY - timedelta(days=1)


@pytest.fixture
def phu_giao(cast: Cast) -> dict[str, Unit]:
    """Two units that go whole, a third of which two hamlets go; four people in each hamlet or unit."""
    units = {
        "an_binh": people.unit("Hội Chữ thập đỏ xã An Bình (mẫu)", cast.city, code="AB"),
        "phuoc_vinh": people.unit("Hội Chữ thập đỏ thị trấn Phước Vĩnh (mẫu)", cast.city, code="PV"),
        "tam_lap": people.unit("Hội Chữ thập đỏ xã Tam Lập (mẫu)", cast.city, code="TL"),
    }
    for code, parent in (
        ("AB1", "an_binh"),
        ("PV1", "phuoc_vinh"),
        ("DT", "tam_lap"),
        ("GB", "tam_lap"),
        ("TL3", "tam_lap"),
    ):
        units[code] = people.unit(f"Chi hội {code}", units[parent], UnitKind.BRANCH, code=code)
    for key in ("an_binh", "AB1", "PV1", "DT", "GB", "TL3"):
        for n in range(4):
            member = people.person(f"Người {key} Số {n}", None, with_user=False)
            people.belong(member, units[key], BelongingKind.MEMBER)
    return units


def plan_of(cast: Cast, units: dict[str, Unit]) -> Plan:
    return Plan(
        new_units=[NewUnit("PG", UnitKind.COMMUNE, "Hội Chữ thập đỏ xã Phú Giáo (mẫu)", cast.city)],
        lines=[
            Line(source=units["an_binh"], target_code="PG", is_whole=True),
            Line(source=units["phuoc_vinh"], target_code="PG", is_whole=True),
            Line(source=units["tam_lap"], part=units["DT"], target_code="PG"),
            Line(source=units["tam_lap"], part=units["GB"], target_code="PG"),
        ],
    )


def enter(plan: Plan, effective_on: date = DAY) -> UnitAct:
    return enter_act(
        by=system_actor(),
        kind=ActKind.MERGE,
        decision_number="12/QĐ-CTĐ",
        decided_on=DAY - timedelta(days=5),
        effective_on=effective_on,
        plan=plan,
    )


def test_two_units_whole_and_two_hamlets_of_a_third(cast: Cast, phu_giao: dict[str, Unit]) -> None:
    report_before = {key: members_under(unit, BEFORE) for key, unit in phu_giao.items()}
    act = enter(plan_of(cast, phu_giao))
    preview = preview_act(act)
    assert preview.people_total == 8 + 4 + 4 + 4
    assert preview.founded == ["Hội Chữ thập đỏ xã Phú Giáo (mẫu)"]

    act = confirm_act(by=system_actor(), act=act)

    assert act.state == ActState.DONE
    merged = Unit.objects.get(code="PG")
    assert members_under(merged, DAY) == 20
    assert members_under(phu_giao["tam_lap"], DAY) == 4
    assert members_under(cast.city, DAY) == members_under(cast.city, BEFORE)
    # The report of the day before is unchanged.
    assert {key: members_under(unit, BEFORE) for key, unit in phu_giao.items()} == report_before
    assert members_under(merged, BEFORE) == 0
    assert BEFORE in Unit.objects.get(code="AB").valid
    assert DAY not in Unit.objects.get(code="AB").valid


def test_access_follows_and_the_successor_reads_its_predecessors(
    cast: Cast, phu_giao: dict[str, Unit]
) -> None:
    old_officer = people.officer(OfficeCode.UNIT_OFFICER, phu_giao["an_binh"])
    assert people.actor(old_officer).holds
    confirm_act(by=system_actor(), act=enter(plan_of(cast, phu_giao)))

    merged = Unit.objects.get(code="PG")
    new_officer = people.person("Cán Bộ Xã Mới", merged)
    people.grant(new_officer, OfficeCode.UNIT_OFFICER, merged)
    hold = people.actor(new_officer).holds[0]

    assert people.actor(old_officer).holds == ()
    assert {"PG", "AB", "PV", "AB1", "PV1", "DT", "GB"} == set(hold.unit_codes)


def test_the_tree_of_the_day_before_is_still_there(cast: Cast, phu_giao: dict[str, Unit]) -> None:
    confirm_act(by=system_actor(), act=enter(plan_of(cast, phu_giao)))

    def above(unit: Unit, on: date) -> list[str]:
        rows = UnitCover.objects.filter(unit=unit, during__contains=on, depth__gt=0).order_by("depth")
        return list(rows.values_list("ancestor__code", flat=True))

    assert above(phu_giao["DT"], BEFORE) == ["TL", "TP"]
    assert above(phu_giao["DT"], DAY) == ["PG", "TP"]


def test_a_future_act_waits_and_can_be_cancelled(cast: Cast, phu_giao: dict[str, Unit]) -> None:
    tomorrow = today() + timedelta(days=1)
    act = confirm_act(by=system_actor(), act=enter(plan_of(cast, phu_giao), tomorrow))

    assert act.state == ActState.WAITING
    assert list(due_acts(today())) == []
    assert list(due_acts(tomorrow)) == [act]
    with pytest.raises(Refused, match="Chưa đến ngày"):
        carry_out_act(by=system_actor(), pk=act.pk)
    cancel_act(by=system_actor(), act=act, reason="Thành phố đổi phương án")
    assert list(due_acts(tomorrow)) == []
    assert not Unit.objects.filter(code="PG").exists()


def test_carrying_out_twice_does_no_harm(cast: Cast, phu_giao: dict[str, Unit]) -> None:
    act = confirm_act(by=system_actor(), act=enter(plan_of(cast, phu_giao)))
    rows = set(Belonging.objects.values_list("person", "unit", "during"))

    with pytest.raises(Refused):
        carry_out_act(by=system_actor(), pk=act.pk)

    assert set(Belonging.objects.values_list("person", "unit", "during")) == rows


def test_a_new_name_leaves_the_old_days_their_name(cast: Cast) -> None:
    act = enter(Plan(renames=[(cast.ward, "Hội Chữ thập đỏ phường Mẫu Mới", "")]))
    confirm_act(by=system_actor(), act=act)

    ward = Unit.objects.get(pk=cast.ward.pk)
    assert name_on(ward, BEFORE) == "Hội Chữ thập đỏ phường Mẫu 1"
    assert name_on(ward, DAY) == ward.name == "Hội Chữ thập đỏ phường Mẫu Mới"


def test_named_people_move_and_keep_their_past(cast: Cast) -> None:
    act = enter(Plan(lines=[Line(source=cast.ward, target=cast.other_ward, people=[cast.member])]))
    confirm_act(by=system_actor(), act=act)

    where = Belonging.objects.filter(person=cast.member).order_by("during")
    assert [(b.unit.code, b.during.lower, b.during.upper) for b in where] == [
        ("P001", people.FOUNDED_ON, DAY),
        ("P002", DAY, None),
    ]


def test_a_unit_with_people_is_not_dissolved_into_nothing(cast: Cast) -> None:
    with pytest.raises(Refused, match="hãy ghi họ chuyển về đâu"):
        enter(Plan(lines=[Line(source=cast.ward, is_whole=True)]))


def test_a_unit_does_not_go_below_itself(cast: Cast) -> None:
    branch = people.unit("Chi hội 1", cast.ward, UnitKind.BRANCH)
    with pytest.raises(Refused, match="nằm dưới"):
        enter(Plan(lines=[Line(source=cast.city, part=cast.ward, target=branch)]))


def test_a_reorganisation_opens_the_task_of_the_data_officer(cast: Cast, phu_giao: dict[str, Unit]) -> None:
    confirm_act(by=system_actor(), act=enter(plan_of(cast, phu_giao)))

    task = Approval.objects.get(kind="dpia.update")
    assert (task.office, task.unit) == (OfficeCode.DATA_OFFICER, cast.city)


def test_only_the_right_office_reorganises(cast: Cast) -> None:
    for who in (cast.unit_officer, cast.nobody):
        with pytest.raises(NotAllowed):
            enter_act(
                by=people.actor(who),
                kind=ActKind.RENAME,
                decision_number="1/QĐ",
                decided_on=DAY,
                effective_on=DAY,
                plan=Plan(renames=[(cast.ward, "Tên khác", "")]),
            )
    assert Person.objects.count() == 4
