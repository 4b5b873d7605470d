"""Bodies with a term, who sits in them, and whose names stand under a paper (Decree 30/2020, block 7a)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from foundation.dates import today
from foundation.refusal import Refused
from ledger.actor import NotAllowed
from people.actions.acts import Line, Plan, confirm_act, enter_act
from people.actions.approvals import decide
from people.actions.bodies import (
    ask_recognition,
    elect_in_addition,
    end_body,
    found_body,
    put_in_charge,
    recognise_body,
    seat_member,
    step_down,
    strike_off,
)
from people.actors import system_actor
from people.enums import ActKind, ApprovalState, BodyKind, OfficeCode, SeatEnd
from people.models import Approval, Body, Person, Seat
from people.queries.bodies import seats_on, signature_block
from people.rules.bodies import Sitting, signer_among, signing_lines
from tests.conftest import Cast
from tests.factories import people

pytestmark = pytest.mark.django_db
FIRST = date(2026, 3, 20)
LAST = date(2031, 3, 19)
ACT_DAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("post", "body", "lines"),
    [
        ("Chủ tịch", "Ban Thường vụ", ("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH")),
        ("Phó Chủ tịch", "Ban Thường vụ", ("TM. BAN THƯỜNG VỤ", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        ("Phó Chủ tịch", "", ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        ("Phó Trưởng ban", "Ban Kiểm tra", ("TM. BAN KIỂM TRA", "KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN")),
        ("Chủ tịch", "", ("CHỦ TỊCH",)),
    ],
)
def test_the_lines_above_a_signature(post: str, body: str, lines: tuple[str, ...]) -> None:
    assert signing_lines(post, body) == lines


def test_the_head_signs_and_in_a_vacancy_who_is_in_charge() -> None:
    head, first, second = (
        Sitting(1, "Chủ tịch", 1),
        Sitting(2, "Phó Chủ tịch", 2),
        Sitting(3, "Phó Chủ tịch", 2),
    )
    in_charge = Sitting(3, "Phó Chủ tịch", 2, is_acting=True)

    assert signer_among([second, first, head]) == head
    assert signer_among([first, in_charge]) == in_charge
    assert signer_among([second, first]) == first
    assert signer_among([]) is None


@pytest.fixture
def body(cast: Cast) -> Body:
    """The ward's standing committee, president and deputy, recognised."""
    by = people.actor(cast.unit_officer)
    made = found_body(by=by, unit=cast.ward, kind=BodyKind.STANDING, first_on=FIRST, last_on=LAST)
    for name, post in (("Lê Văn Chủ", "Chủ tịch"), ("Hồ Thị Phó", "Phó Chủ tịch")):
        who = people.person(name, cast.ward, with_user=False)
        seat_member(by=by, body=made, person=who, post=post, first_on=FIRST)
    ask_recognition(by=by, body=made)
    return recognise_body(
        by=people.actor(cast.city_officer),
        body=made,
        decision_number="15/QĐ-CTĐ",
        decided_on=date(2026, 4, 1),
    )


def seat_of(name: str) -> Seat:
    return Seat.objects.get(person__full_name=name, ended_how="")


def test_the_level_above_recognises_and_the_question_is_answered(cast: Cast, body: Body) -> None:
    assert (body.name, body.recognised_number) == ("Ban Thường vụ", "15/QĐ-CTĐ")
    approval = Approval.objects.get(kind="body.recognise")
    assert (approval.unit, approval.office, approval.state) == (
        cast.city,
        OfficeCode.CITY_OFFICER,
        ApprovalState.APPROVED,
    )


def test_a_unit_does_not_recognise_its_own_body(cast: Cast) -> None:
    by = people.actor(cast.unit_officer)
    made = found_body(by=by, unit=cast.ward, kind=BodyKind.INSPECTION, first_on=FIRST, last_on=LAST)
    with pytest.raises(NotAllowed):
        recognise_body(by=by, body=made, decision_number="1/QĐ", decided_on=FIRST)


def test_a_refused_body_can_be_asked_for_again(cast: Cast) -> None:
    by = people.actor(cast.unit_officer)
    made = found_body(by=by, unit=cast.ward, kind=BodyKind.EXECUTIVE, first_on=FIRST, last_on=LAST)
    with pytest.raises(Refused, match="thành viên trước"):
        ask_recognition(by=by, body=made)
    seat_member(by=by, body=made, person=cast.member, post="Chủ tịch", first_on=FIRST)
    first = ask_recognition(by=by, body=made)
    with pytest.raises(Refused, match="Đã đề nghị"):
        ask_recognition(by=by, body=made)
    city = people.actor(cast.city_officer)
    decide(by=city, approval=first, decision=ApprovalState.RETURNED, reason="Thiếu biên bản bầu")

    second = ask_recognition(by=by, body=made)
    assert (first.pk != second.pk, second.state) == (True, ApprovalState.WAITING)


def test_overlapping_terms_of_one_kind_are_refused(cast: Cast, body: Body) -> None:
    by = people.actor(cast.unit_officer)

    def again(first_on: date) -> Body:
        return found_body(by=by, unit=cast.ward, kind=BodyKind.STANDING, first_on=first_on, last_on=None)

    with pytest.raises(Refused, match="20/03/2026 – 19/03/2031"):
        again(LAST)
    with pytest.raises(IntegrityError, match="body_one_of_a_kind_a_day"), transaction.atomic():
        Body.objects.create(unit=cast.ward, kind="standing", name="Hai", term=DateRange(LAST, None))
    assert again(LAST + timedelta(days=1)).term.lower == LAST + timedelta(days=1)
    other = found_body(by=by, unit=cast.ward, kind=BodyKind.INSPECTION, first_on=FIRST, last_on=LAST)
    assert other.name == "Ban Kiểm tra"


def test_a_provisional_body_ends_before_the_elected_one_begins(cast: Cast) -> None:
    by = people.actor(cast.unit_officer)
    kind, begun = BodyKind.EXECUTIVE, date(2025, 10, 1)
    first = found_body(by=by, unit=cast.ward, kind=kind, first_on=begun, last_on=None, is_provisional=True)
    seat_member(by=by, body=first, person=cast.member, post="Chủ tịch", first_on=begun)
    end_body(by=by, body=first, last_on=FIRST - timedelta(days=1), reason="Đại hội đã bầu Ban Chấp hành")
    found_body(by=by, unit=cast.ward, kind=kind, first_on=FIRST, last_on=LAST)

    seat = Seat.objects.get(body=first)
    assert first.name == "Ban Chấp hành lâm thời"
    assert (seat.during.upper, seat.ended_how) == (FIRST, SeatEnd.TERM)


def test_stepping_down_striking_off_and_electing_in_addition_are_different_acts(
    cast: Cast, body: Body
) -> None:
    by = people.actor(cast.unit_officer)
    with pytest.raises(Refused, match="số quyết định"):
        strike_off(by=by, seat=seat_of("Hồ Thị Phó"), last_on=ACT_DAY, reason="Kỷ luật", decision_number="")
    strike_off(by=by, seat=seat_of("Hồ Thị Phó"), last_on=ACT_DAY, reason="Kỷ luật", decision_number="7/QĐ")
    step_down(by=by, seat=seat_of("Lê Văn Chủ"), last_on=ACT_DAY, reason="Nghỉ hưu", decision_number="")
    with pytest.raises(Refused, match="bầu bổ sung"):
        seat_member(by=by, body=body, person=cast.member, post="Chủ tịch", first_on=ACT_DAY)
    elect_in_addition(
        by=by,
        body=body,
        person=cast.member,
        post="Chủ tịch",
        first_on=ACT_DAY + timedelta(days=1),
        decision_number="8/QĐ",
    )

    rows = Seat.objects.order_by("pk").values_list("person__full_name", "ended_how", "is_by_election")
    assert list(rows) == [
        ("Lê Văn Chủ", "withdrawn", False),
        ("Hồ Thị Phó", "struck_off", False),
        ("Trương Thị An", "", True),
    ]
    told = Approval.objects.filter(kind="body.report", unit=cast.city).order_by("pk")
    assert [row.title.split(":")[0] for row in told] == ["Xóa tên", "Rút tên", "Bầu bổ sung"]


def test_a_person_sits_once_in_a_body(cast: Cast) -> None:
    by = people.actor(cast.unit_officer)
    made = found_body(by=by, unit=cast.ward, kind=BodyKind.EXECUTIVE, first_on=FIRST, last_on=LAST)
    seat_member(by=by, body=made, person=cast.member, post="Chủ tịch", first_on=FIRST)
    with pytest.raises(Refused, match="đã tham gia"):
        seat_member(by=by, body=made, person=cast.member, post="Phó Chủ tịch", first_on=ACT_DAY)


def block(cast: Cast, on: date, **told: object) -> tuple[tuple[str, ...], str] | None:
    found = signature_block(cast.ward, on, **told)  # type: ignore[arg-type]
    return (found.lines, found.person.full_name) if found else None


def test_a_paper_is_signed_in_the_name_of_the_standing_committee(cast: Cast, body: Body) -> None:
    assert block(cast, ACT_DAY) == (("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"), "Lê Văn Chủ")
    assert block(cast, ACT_DAY, as_kind=None) == (("CHỦ TỊCH",), "Lê Văn Chủ")
    deputy = Person.objects.get(full_name="Hồ Thị Phó")
    assert block(cast, ACT_DAY, signer=deputy) == (
        ("TM. BAN THƯỜNG VỤ", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        "Hồ Thị Phó",
    )
    assert block(cast, date(2026, 3, 31)) is None  # not recognised yet
    assert block(cast, date(2026, 4, 1)) is not None
    assert block(cast, LAST + timedelta(days=1)) is None
    assert block(cast, ACT_DAY, as_kind=BodyKind.INSPECTION) is None


def test_a_deputy_in_charge_signs_for_the_head(cast: Cast, body: Body) -> None:
    by = people.actor(cast.unit_officer)
    deputy = seat_of("Hồ Thị Phó")
    with pytest.raises(Refused, match="Lê Văn Chủ"):
        put_in_charge(by=by, seat=deputy, first_on=ACT_DAY, decision_number="9/QĐ")
    step_down(by=by, seat=seat_of("Lê Văn Chủ"), last_on=ACT_DAY, reason="Chuyển", decision_number="8/QĐ")
    put_in_charge(by=by, seat=deputy, first_on=ACT_DAY + timedelta(days=1), decision_number="9/QĐ")

    after = ACT_DAY + timedelta(days=1)
    assert block(cast, ACT_DAY) == (("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"), "Lê Văn Chủ")
    assert block(cast, after, as_kind=None) == (("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Hồ Thị Phó")
    assert [(s.person.full_name, s.is_acting) for s in seats_on(body, after)] == [("Hồ Thị Phó", True)]


def test_the_executive_committee_signs_where_no_standing_one_is(cast: Cast) -> None:
    by = system_actor()
    made = found_body(
        by=by,
        unit=cast.ward,
        kind=BodyKind.EXECUTIVE,
        first_on=FIRST,
        last_on=None,
        is_provisional=True,
    )
    seat_member(by=by, body=made, person=cast.member, post="Phó Chủ tịch", first_on=FIRST, is_acting=True)
    recognise_body(by=by, body=made, decision_number="3/QĐ", decided_on=FIRST)

    lines = ("TM. BAN CHẤP HÀNH LÂM THỜI", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    assert block(cast, ACT_DAY) == (lines, "Trương Thị An")


def test_the_bodies_of_a_unit_end_with_it(cast: Cast, body: Body) -> None:
    plan = Plan(lines=[Line(source=cast.ward, target=cast.other_ward, is_whole=True)])
    act = enter_act(
        by=system_actor(),
        kind=ActKind.MERGE,
        decision_number="1/QĐ",
        decided_on=ACT_DAY,
        effective_on=ACT_DAY,
        plan=plan,
    )
    confirm_act(by=system_actor(), act=act)

    assert Body.objects.get().term == DateRange(FIRST, ACT_DAY)
    assert {seat.during.upper for seat in Seat.objects.all()} == {ACT_DAY}
    assert block(cast, ACT_DAY) is None
    assert block(cast, ACT_DAY - timedelta(days=1)) is not None
    assert today() > ACT_DAY


def test_steering_committees_stand_side_by_side_each_with_its_name(cast: Cast) -> None:
    def steering(name: str = "") -> Body:
        kind, unit = BodyKind.STEERING, cast.ward
        return found_body(by=system_actor(), unit=unit, kind=kind, first_on=FIRST, last_on=None, name=name)

    assert steering().name == "Ban Chỉ đạo vận động hiến máu tình nguyện"
    assert steering("Ban Chỉ đạo Tết Nhân ái").unit == cast.ward
    with pytest.raises(Refused):
        steering("Ban Chỉ đạo Tết Nhân ái")
