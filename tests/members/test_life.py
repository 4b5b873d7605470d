"""Acts on a membership: each with a reason, seen before, taken back within its window."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from foundation.dates import today
from foundation.refusal import Refused
from members import actions
from members.actions.life import Wanted
from members.enums import CardState, Ending, Kind, MembershipState, TransferState
from members.models import Card, Membership
from members.queries.memberships import place_of
from papers.models import Proof
from people.actors import system_actor
from people.enums import OfficeCode
from people.models import Belonging
from tests.conftest import Cast
from tests.factories import members as make
from tests.factories import people

pytestmark = pytest.mark.django_db
BY = system_actor


@pytest.fixture
def membership(cast: Cast) -> Membership:
    return make.member(cast.member, cast.ward)


def do(membership: Membership, act: str, on: date | None = None, code: str = "", number: str = "") -> None:
    actions.change_life(by=BY(), membership=membership, wanted=Wanted(act, on or today(), code, "", number))
    membership.refresh_from_db()


def everything(membership: Membership) -> tuple[object, ...]:
    """All that an act can change."""
    membership.refresh_from_db()
    return (
        membership.state,
        membership.during,
        membership.ending,
        membership.end_reason,
        sorted(membership.pauses.values_list("during", flat=True), key=str),
        sorted(
            Belonging.objects.filter(person=membership.person).values_list("unit", "kind", "during"), key=str
        ),
        list(Card.objects.filter(membership=membership).values_list("state", flat=True)),
        list(Proof.objects.values_list("state", "ended_on").order_by("pk")),
    )


@pytest.mark.parametrize(
    ("act", "code", "number"),
    [
        ("pause", "away", ""),
        (Ending.LEFT, "wish", ""),
        (Ending.REMOVED, "dues", "12/QĐ-CTĐ"),
        (Ending.EXPELLED, "discipline", "13/QĐ-CTĐ"),
        (Ending.DECEASED, "death", ""),
    ],
)
def test_an_act_taken_back_leaves_everything_as_it_was(
    membership: Membership, act: str, code: str, number: str
) -> None:
    before = everything(membership)
    do(membership, act, code=code, number=number)
    assert everything(membership) != before
    actions.undo_life_act(by=BY(), act=membership.acts.get(), reason="Nhầm người")
    assert everything(membership) == before
    assert membership.acts.get().undone_why == "Nhầm người"
    with pytest.raises(Refused):
        actions.undo_life_act(by=BY(), act=membership.acts.get(), reason="Lần nữa")


def test_resuming_is_taken_back_too_also_on_the_day_of_the_pause(membership: Membership) -> None:
    do(membership, "pause", code="away")
    before = everything(membership)
    do(membership, "resume")
    assert not membership.pauses.exists()  # paused and resumed on one day: it never rested
    actions.undo_life_act(by=BY(), act=membership.acts.latest("pk"), reason="Nhầm")
    assert everything(membership) == before


def test_the_window_closes_after_its_last_day(membership: Membership) -> None:
    do(membership, Ending.LEFT, code="wish")
    act = membership.acts.get()
    assert act.undo_until == today() + timedelta(days=15)
    after = replace(BY(), on=today() + timedelta(days=16))
    with pytest.raises(Refused):
        actions.undo_life_act(by=after, act=act, reason="Muộn")
    actions.undo_life_act(by=replace(BY(), on=act.undo_until), act=act, reason="Vừa kịp")
    membership.refresh_from_db()
    assert membership.state == MembershipState.ACTIVE


def test_leaving_ends_place_card_and_membership_on_the_same_day(membership: Membership, cast: Cast) -> None:
    do(membership, Ending.LEFT, code="moved")
    assert membership.during == DateRange(make.SINCE, today())
    assert place_of(membership, today()) is None
    assert place_of(membership, make.yesterday()) == cast.ward
    assert make.card(membership).state == CardState.ENDED


def test_an_officer_who_sees_the_unit_can_still_take_the_ending_back(
    membership: Membership, cast: Cast
) -> None:
    officer = people.actor(cast.unit_officer)
    act = actions.change_life(by=officer, membership=membership, wanted=Wanted(Ending.LEFT, today(), "wish"))
    assert actions.undo_life_act(by=officer, act=act, reason="Nhầm").undone_at is not None


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (Wanted(Ending.LEFT, date(2999, 1, 1), "wish"), "on"),
        (Wanted(Ending.LEFT, make.SINCE, "wish"), "on"),
        (Wanted(Ending.LEFT, make.SINCE - timedelta(days=1), "wish"), "on"),
        (Wanted(Ending.LEFT, make.SINCE + timedelta(days=1), ""), "reason_code"),
        (Wanted(Ending.REMOVED, make.SINCE + timedelta(days=1), "dues"), "decision"),
        (Wanted("resume", make.SINCE + timedelta(days=1)), ""),
        (Wanted("vanish", make.SINCE + timedelta(days=1)), "act"),
    ],
)
def test_what_stands_against_an_act_is_told_at_its_field(
    membership: Membership, wanted: Wanted, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        actions.change_life(by=BY(), membership=membership, wanted=wanted)
    assert [reason.field for reason in refused.value.reasons] == [field]


def test_no_act_before_a_later_change(membership: Membership) -> None:
    do(membership, "pause", today() - timedelta(days=3), code="away")
    do(membership, "resume", today() - timedelta(days=1))
    for act, code in (("pause", "away"), (Ending.LEFT, "wish")):
        with pytest.raises(Refused):
            do(membership, act, today() - timedelta(days=2), code=code)
    do(membership, Ending.LEFT, today() - timedelta(days=1), code="wish")
    assert membership.state == MembershipState.ENDED


def test_an_earlier_act_waits_for_the_later_one_to_be_taken_back(membership: Membership) -> None:
    do(membership, "pause", make.yesterday(), code="away")
    do(membership, "resume")
    with pytest.raises(Refused):
        actions.undo_life_act(by=BY(), act=membership.acts.earliest("pk"), reason="Sai thứ tự")
    for _n in range(2):
        last = membership.acts.filter(undone_at=None).latest("pk")
        actions.undo_life_act(by=BY(), act=last, reason="Nhập lại")
    membership.refresh_from_db()
    assert (membership.state, membership.pauses.count()) == (MembershipState.ACTIVE, 0)


def test_29_february_begins_and_ends_like_any_day(cast: Cast) -> None:
    leap = date(2024, 2, 29)
    membership = make.member(cast.member, cast.ward, since=leap)
    do(membership, Ending.LEFT, date(2025, 2, 28), code="wish")
    day = timedelta(days=1)
    held = [
        Membership.objects.on(on).count()
        for on in (leap - day, leap, date(2025, 2, 27), date(2025, 2, 28), date(2025, 3, 1))
    ]
    assert held == [0, 1, 1, 0, 0]


def test_joining_anew_keeps_the_earlier_one_before_it(membership: Membership, cast: Cast) -> None:
    officer = people.actor(cast.unit_officer)
    do(membership, Ending.LEFT, code="wish")
    with pytest.raises(Refused) as refused:
        actions.rejoin(by=officer, membership=membership, unit=cast.ward, on=make.yesterday(), decision="")
    assert [reason.field for reason in refused.value.reasons] == ["on", "decision"]
    new = actions.rejoin(by=officer, membership=membership, unit=cast.ward, on=today(), decision="9/QĐ-CTĐ")
    assert (new.predecessor, new.during, place_of(new, today())) == (
        membership,
        DateRange(today(), None),
        cast.ward,
    )
    with pytest.raises(Refused):  # the ending rests under the new one
        actions.undo_life_act(by=officer, act=membership.acts.get(), reason="Muộn")
    with pytest.raises(Refused):
        actions.rejoin(by=officer, membership=membership, unit=cast.ward, on=today(), decision="9/QĐ-CTĐ")


def test_the_deceased_do_not_join_anew(membership: Membership, cast: Cast) -> None:
    do(membership, Ending.DECEASED, code="death")
    with pytest.raises(Refused):
        actions.rejoin(by=BY(), membership=membership, unit=cast.ward, on=today(), decision="9/QĐ-CTĐ")


def test_two_of_one_kind_never_hold_on_a_day_and_two_kinds_may(membership: Membership, cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            person=cast.member, kind=Kind.MEMBER, during=DateRange(today(), None), decision="8"
        )
    make.member(cast.member, make.branch(cast.ward), Kind.VOLUNTEER)
    assert Membership.objects.on(today()).filter(person=cast.member).count() == 2


def test_an_honour_that_ends_leaves_the_member_in_the_unit(membership: Membership, cast: Cast) -> None:
    honour = make.member(cast.member, cast.ward, Kind.HONORARY)
    do(honour, Ending.LEFT, code="wish")
    assert place_of(membership, today()) == cast.ward


def test_a_transfer_is_received_from_today_and_yesterday_stays(membership: Membership, cast: Cast) -> None:
    officer = people.actor(cast.unit_officer)
    other = people.actor(people.officer(OfficeCode.UNIT_OFFICER, cast.other_ward, "Người Nhận"))
    transfer = actions.ask_transfer(
        by=officer, membership=membership, target=cast.other_ward, reason="Chuyển nơi ở"
    )
    membership.refresh_from_db()
    assert membership.state == MembershipState.MOVING
    assert place_of(membership, today()) == cast.ward
    with pytest.raises(Refused):
        do(membership, Ending.LEFT, code="wish")
    actions.receive_transfer(by=other, transfer=transfer)
    membership.refresh_from_db()
    assert membership.state == MembershipState.ACTIVE
    assert [place_of(membership, day) for day in (make.yesterday(), today())] == [cast.ward, cast.other_ward]
    assert membership.during == DateRange(make.SINCE, None)
    with pytest.raises(Refused):  # leaving before the move would contradict it
        do(membership, Ending.LEFT, make.yesterday(), code="wish")


def test_there_and_back_on_one_day_ends_where_it_began(membership: Membership, cast: Cast) -> None:
    for target in (cast.other_ward, cast.ward):
        actions.receive_transfer(by=BY(), transfer=make.transfer(membership, target))
        membership.refresh_from_db()
    assert place_of(membership, today()) == cast.ward


@pytest.mark.parametrize("way", ["refuse", "cancel"])
def test_a_transfer_not_received_changes_nothing(membership: Membership, cast: Cast, way: str) -> None:
    do(membership, "pause", code="away")
    before = everything(membership)
    transfer = make.transfer(membership, cast.other_ward)
    act = actions.refuse_transfer if way == "refuse" else actions.cancel_transfer
    act(by=BY(), transfer=transfer, reason="Chưa rõ địa chỉ")
    assert everything(membership) == before
    transfer.refresh_from_db()
    assert transfer.state == (TransferState.REFUSED if way == "refuse" else TransferState.CANCELLED)


def test_the_member_asks_and_takes_back_alone(membership: Membership, cast: Cast) -> None:
    me = people.actor(cast.member)
    transfer = actions.ask_transfer(by=me, membership=membership, target=cast.other_ward, reason="Dọn nhà")
    assert actions.cancel_transfer(by=me, transfer=transfer, reason="Ở lại").state == TransferState.CANCELLED
