"""Reorganisation: one dated act, many-to-many and partial; earlier days never change."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from foundation.dates import today
from foundation.refusal import Refused
from ledger.actor import NotAllowed
from ledger.models import AuditEntry
from people import tasks
from people.actions import grant_office
from people.actions.acts import (
    Line,
    NewUnit,
    Plan,
    Rename,
    add_to_act,
    cancel_act,
    carry_out_act,
    confirm_act,
    drop_from_act,
    enter_act,
)
from people.actions.approvals import ask
from people.actors import system_actor
from people.enums import ActKind, ActState, BelongingKind, OfficeCode, UnitKind
from people.models import Approval, Belonging, OfficeGrant, Person, Unit, UnitAct, UnitCover
from people.queries.act_problems import act_problems
from people.queries.acts import brake, due_acts, members_under, preview_act, stands_below
from people.queries.units import find_units, name_on, predecessors, standing_successors
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


def enter(plan: Plan, effective_on: date = DAY, kind: ActKind = ActKind.MERGE) -> UnitAct:
    return enter_act(
        by=system_actor(),
        kind=kind,
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
    act = enter(Plan(renames=[Rename(cast.ward, "Hội Chữ thập đỏ phường Mẫu Mới")]), kind=ActKind.RENAME)
    confirm_act(by=system_actor(), act=act)

    ward = Unit.objects.get(pk=cast.ward.pk)
    assert name_on(ward, BEFORE) == "Hội Chữ thập đỏ phường Mẫu 1"
    assert name_on(ward, DAY) == ward.name == "Hội Chữ thập đỏ phường Mẫu Mới"


def test_named_people_move_and_keep_their_past(cast: Cast) -> None:
    act = enter(
        Plan(lines=[Line(source=cast.ward, target=cast.other_ward, people=[cast.member])]),
        kind=ActKind.MOVE_PART,
    )
    confirm_act(by=system_actor(), act=act)

    where = Belonging.objects.filter(person=cast.member).order_by("during")
    assert [(b.unit.code, b.during.lower, b.during.upper) for b in where] == [
        ("P001", people.FOUNDED_ON, DAY),
        ("P002", DAY, None),
    ]


def test_a_unit_with_people_is_not_dissolved_into_nothing(cast: Cast) -> None:
    with pytest.raises(Refused, match="hãy ghi họ chuyển về đâu"):
        enter(Plan(lines=[Line(source=cast.ward, is_whole=True)]), kind=ActKind.DISSOLVE)


def test_a_unit_does_not_go_below_itself(cast: Cast) -> None:
    branch = people.unit("Chi hội 1", cast.ward, UnitKind.BRANCH)
    with pytest.raises(Refused, match="nằm dưới"):
        enter(Plan(lines=[Line(source=cast.city, part=cast.ward, target=branch)]), kind=ActKind.MOVE)


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
                plan=Plan(renames=[Rename(cast.ward, "Tên khác")]),
            )
    assert Person.objects.count() == 4


def test_an_act_founds(cast: Cast) -> None:
    new = NewUnit("CLB1", UnitKind.CLUB, "Câu lạc bộ Hiến máu hiếm (mẫu)", cast.ward)
    confirm_act(by=system_actor(), act=enter(Plan(new_units=[new]), kind=ActKind.FOUND))

    club = Unit.objects.get(code="CLB1")
    assert (BEFORE in club.valid, DAY in club.valid) == (False, True)
    assert stands_below(club, cast.city, DAY)


def test_an_act_moves_a_unit_under_another(cast: Cast) -> None:
    branch = people.unit("Chi hội 1", cast.ward, UnitKind.BRANCH, code="CH1")
    people.belong(cast.member, branch, BelongingKind.MEMBER)
    plan = Plan(lines=[Line(source=cast.ward, part=branch, target=cast.other_ward)])
    confirm_act(by=system_actor(), act=enter(plan, kind=ActKind.MOVE))

    assert [stands_below(branch, unit, BEFORE) for unit in (cast.ward, cast.other_ward)] == [True, False]
    assert [stands_below(branch, unit, DAY) for unit in (cast.ward, cast.other_ward)] == [False, True]
    assert Belonging.objects.get(unit=branch).during.upper is None


def test_an_act_merges_into_a_unit_that_stands(cast: Cast) -> None:
    both = people.person("Người Hai Nơi", cast.ward, with_user=False)
    people.belong(both, cast.other_ward)
    confirm_act(
        by=system_actor(),
        act=enter(Plan(lines=[Line(source=cast.other_ward, target=cast.ward, is_whole=True)])),
    )

    assert members_under(cast.ward, DAY) == 4
    assert members_under(cast.other_ward, BEFORE) == 2
    rows = Belonging.objects.filter(person=both).order_by("unit__code")
    assert [(r.unit.code, r.during.lower, r.during.upper) for r in rows] == [
        ("P001", people.FOUNDED_ON, None),
        ("P002", people.FOUNDED_ON, DAY),
    ]


def test_an_act_splits(cast: Cast, phu_giao: dict[str, Unit]) -> None:
    plan = Plan(
        new_units=[NewUnit("TL-B", UnitKind.COMMUNE, "Hội Chữ thập đỏ xã Tam Lập B (mẫu)", cast.city)],
        lines=[Line(source=phu_giao["tam_lap"], part=phu_giao["DT"], target_code="TL-B")],
    )
    confirm_act(by=system_actor(), act=enter(plan, kind=ActKind.SPLIT))

    half = Unit.objects.get(code="TL-B")
    assert (members_under(phu_giao["tam_lap"], BEFORE), members_under(phu_giao["tam_lap"], DAY)) == (12, 8)
    assert members_under(half, DAY) == 4


def test_an_act_dissolves_a_unit_whose_people_are_told_where_to_go(
    cast: Cast, phu_giao: dict[str, Unit]
) -> None:
    lines = [
        Line(source=phu_giao["tam_lap"], part=phu_giao[code], target=cast.ward)
        for code in ("DT", "GB", "TL3")
    ]
    lines.append(Line(source=phu_giao["tam_lap"], is_whole=True))
    confirm_act(by=system_actor(), act=enter(Plan(lines=lines), kind=ActKind.DISSOLVE))

    gone = Unit.objects.get(code="TL")
    assert (gone.valid.upper, members_under(gone, BEFORE), members_under(gone, DAY)) == (DAY, 12, 0)
    assert name_on(gone, BEFORE) == "Hội Chữ thập đỏ xã Tam Lập (mẫu)"
    assert standing_successors([gone], DAY) == {gone.pk: [cast.ward]}


def test_an_old_name_leads_to_what_the_unit_became(cast: Cast, phu_giao: dict[str, Unit]) -> None:
    confirm_act(by=system_actor(), act=enter(plan_of(cast, phu_giao)))
    commune = Unit.objects.get(code="PG")
    later = Plan(lines=[Line(source=commune, target=cast.ward, is_whole=True)])
    confirm_act(by=system_actor(), act=enter(later, DAY + timedelta(days=30)))

    found = list(find_units(people.actor(cast.city_officer), "phuoc vinh"))
    assert [unit.code for unit in found] == ["PV"]
    assert standing_successors(found, today()) == {found[0].pk: [cast.ward]}
    assert list(find_units(people.actor(cast.unit_officer), "an binh")) == [phu_giao["an_binh"]]
    other = people.officer(OfficeCode.UNIT_OFFICER, cast.other_ward)
    assert list(find_units(people.actor(other), "an binh")) == []
    assert {p.other.code for p in predecessors(commune)} == {"AB", "PV", "TL"}


def test_what_depends_on_a_unit_ends_or_goes_with_it(cast: Cast) -> None:
    waiting = ask(
        by=system_actor(),
        kind="test",
        title="Đơn chờ duyệt",
        office=OfficeCode.UNIT_OFFICER,
        unit=cast.other_ward,
    )
    holder = people.officer(OfficeCode.UNIT_OFFICER, cast.other_ward)
    act = enter(Plan(lines=[Line(source=cast.other_ward, target=cast.ward, is_whole=True)]))
    preview = preview_act(act)
    assert ([g.person for g in preview.offices], preview.approvals) == ([holder], 1)
    assert [(a.unit, a.holders, a.gains) for a in preview.access] == [(cast.ward.name, 1, 2)]

    confirm_act(by=system_actor(), act=act)

    waiting.refresh_from_db()
    assert waiting.unit == cast.ward
    assert holder.offices.get().during.upper == DAY
    moved = AuditEntry.objects.filter(act="people.move_with_unit").values_list("subject_id", flat=True)
    assert set(moved) == {str(cast.nobody.pk), str(holder.pk)}


def test_more_people_than_ever_need_their_number_typed(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, phu_giao: dict[str, Unit]
) -> None:
    monkeypatch.setattr("people.queries.acts.SMALL_MOVE", 3)
    act = enter(plan_of(cast, phu_giao))
    for wrong in (None, 19):
        with pytest.raises(Refused, match="20 người"):
            confirm_act(by=system_actor(), act=act, people_count=wrong)
    confirm_act(by=system_actor(), act=act, people_count=20)

    assert brake() == 20
    small = Plan(lines=[Line(source=cast.other_ward, target=cast.ward, is_whole=True)])
    assert confirm_act(by=system_actor(), act=enter(small, DAY)).state == ActState.DONE


def test_an_act_does_not_rewrite_what_a_later_one_did(cast: Cast, phu_giao: dict[str, Unit]) -> None:
    confirm_act(by=system_actor(), act=enter(plan_of(cast, phu_giao)))
    earlier = Plan(lines=[Line(source=phu_giao["tam_lap"], part=phu_giao["TL3"], target=cast.ward)])

    with pytest.raises(Refused, match="đã có hiệu lực"):
        enter(earlier, BEFORE, ActKind.MOVE_PART)
    assert enter(earlier, DAY, ActKind.MOVE_PART).state == ActState.DRAFT


def test_a_due_act_that_cannot_be_stops_only_itself_and_says_why(
    cast: Cast, phu_giao: dict[str, Unit]
) -> None:
    good = enter(plan_of(cast, phu_giao))
    bad = enter(Plan(renames=[Rename(cast.ward, "Tên mới (mẫu)")]), kind=ActKind.RENAME)
    UnitAct.objects.update(state=ActState.WAITING)
    Unit.objects.filter(pk=cast.ward.pk).update(valid=DateRange(people.FOUNDED_ON, BEFORE))

    tasks.carry_out_due_acts()
    tasks.carry_out_due_acts()

    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.state, good.failure) == (ActState.DONE, "")
    assert (bad.state, bad.failure) == (
        ActState.WAITING,
        "Hội Chữ thập đỏ phường Mẫu 1 không tồn tại vào ngày 21/10/2025.",
    )
    assert AuditEntry.objects.filter(act="people.fail_unit_act").count() == 1


def test_an_office_on_one_ward_does_not_reorganise_another(cast: Cast) -> None:
    local = people.actor(people.officer(OfficeCode.CITY_OFFICER, cast.ward))
    act = enter_act(
        by=local,
        kind=ActKind.RENAME,
        decision_number="1/QĐ",
        decided_on=DAY,
        effective_on=DAY,
    )
    with pytest.raises(NotAllowed):
        add_to_act(by=local, act=act, item=Rename(cast.other_ward, "Tên khác"))
    assert add_to_act(by=local, act=act, item=Rename(cast.ward, "Tên khác")).details["renames"]


def test_a_draft_is_put_together_and_taken_apart(cast: Cast, phu_giao: dict[str, Unit]) -> None:
    act = enter(plan_of(cast, phu_giao))
    part = act.lines.get(part=phu_giao["DT"])

    act = drop_from_act(by=system_actor(), act=act, what="line", key=str(part.pk))
    assert preview_act(act).people_total == 16
    act = drop_from_act(by=system_actor(), act=act, what="new", key="PG")
    assert act_problems(act) == ["Việc sắp xếp chưa chuyển, chưa thành lập, chưa đổi tên đơn vị nào."]


def in_parallel(*calls: Callable[[], object]) -> list[str]:
    """What each call says, all begun at once on connections of their own: "done" or the refusal."""

    def run(call: Callable[[], object]) -> str:
        try:
            call()
        except Refused as refused:
            return str(refused)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.mark.django_db(transaction=True)
def test_two_acts_at_once_on_one_unit_one_takes_effect(cast: Cast) -> None:
    third = people.unit("Hội Chữ thập đỏ phường Mẫu 3", cast.city, code="P003")
    both = [
        enter(Plan(lines=[Line(source=cast.ward, target=target, is_whole=True)]))
        for target in (cast.other_ward, third)
    ]

    told = in_parallel(*(partial(confirm_act, by=system_actor(), act=act) for act in both))

    assert sorted(words == "done" for words in told) == [False, True]
    assert next(words for words in told if words != "done").startswith(
        "Hội Chữ thập đỏ phường Mẫu 1 không tồn tại"
    )
    assert sorted(members_under(unit, DAY) for unit in (cast.other_ward, third)) in ([1, 2], [0, 3])
    assert UnitAct.objects.filter(state=ActState.DONE).count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_office_granted_while_its_unit_goes_never_outlives_it(cast: Cast) -> None:
    administrator = people.actor(people.officer(OfficeCode.ADMINISTRATOR, cast.city))
    act = enter(Plan(lines=[Line(source=cast.ward, target=cast.other_ward, is_whole=True)]))
    give = partial(
        grant_office,
        by=administrator,
        person=cast.member,
        office=OfficeCode.EDITOR,
        unit=cast.ward,
        from_on=BEFORE,
        until_on=None,
        reason="QĐ mẫu",
    )

    told = in_parallel(partial(confirm_act, by=system_actor(), act=act), give)

    assert told[0] == "done"
    assert told[1] == "done" or "không tồn tại suốt thời gian này" in told[1]
    assert not OfficeGrant.objects.filter(unit=cast.ward, during__contains=DAY).exists()
    assert {grant.during.upper for grant in OfficeGrant.objects.filter(unit=cast.ward)} == {DAY}
