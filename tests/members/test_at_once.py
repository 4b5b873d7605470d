"""Two at once, on connections of their own: one does it, the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.db.models import ProtectedError

from foundation.dates import today
from foundation.refusal import Refused
from members import actions
from members.actions.dues_money import cancel_receipt, remit_dues
from members.actions.life import Wanted
from members.enums import ApplicationState, PayWay
from members.models import Card, DuesCharge, DuesReceipt, LifeAct, Membership, Transfer
from papers.actions import issue_paper
from people.actors import system_actor
from people.enums import OfficeCode
from people.models import Belonging
from tests.conftest import Cast
from tests.factories import dues, people
from tests.factories import members as make

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Any]) -> list[bool]:
    """Run all at the same moment; True for each that was not refused."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> bool:
        start.wait()
        try:
            act()
        except Refused:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_officers_decide_on_one_application(cast: Cast) -> None:
    first = people.actor(cast.unit_officer)
    second = people.actor(people.officer(OfficeCode.UNIT_OFFICER, cast.ward, "Người Thứ Hai"))
    for _round in range(5):
        one = make.application(cast.ward)
        done = at_once(
            partial(actions.refuse_application, by=first, application=one, reason="Ghi trùng"),
            partial(actions.ask_more, by=second, application=one, words="Thiếu địa chỉ"),
        )
        one.refresh_from_db()
        # Asking first leaves it open to be refused after; refusing first is the end.
        assert done in ([True, False], [True, True])
        assert one.state == ApplicationState.REFUSED


def test_two_meetings_take_one_application(cast: Cast) -> None:
    one = make.application(cast.ward)
    assert sorted(at_once(*[lambda: make.batch(cast.ward, one)] * 2)) == [False, True]


def test_a_transfer_is_received_or_taken_back_never_both(cast: Cast) -> None:
    membership = make.member(cast.member, cast.ward)
    for _round in range(5):
        transfer = make.transfer(membership, cast.other_ward)
        done = at_once(
            partial(actions.receive_transfer, by=system_actor(), transfer=transfer),
            partial(actions.cancel_transfer, by=system_actor(), transfer=transfer, reason="Ở lại"),
        )
        assert sorted(done) == [False, True]
        transfer.refresh_from_db()
        open_rows = Belonging.objects.filter(
            person=cast.member, kind="member", during__endswith=None
        ).values_list("unit", flat=True)
        assert list(open_rows) == [cast.other_ward.pk if transfer.state == "received" else cast.ward.pk]
        if transfer.state == "received":
            actions.receive_transfer(by=system_actor(), transfer=make.transfer(membership, cast.ward))


def test_two_units_ask_for_one_member(cast: Cast) -> None:
    membership = make.member(cast.member, cast.ward)
    branch = make.branch(cast.ward)
    done = at_once(
        lambda: make.transfer(membership, cast.other_ward), lambda: make.transfer(membership, branch)
    )
    assert sorted(done) == [False, True]
    assert Transfer.objects.count() == 1


def test_leaving_twice_at_once_is_leaving_once(cast: Cast) -> None:
    membership = make.member(cast.member, cast.ward)
    wanted = Wanted("leave", today(), "wish")
    act = partial(actions.change_life, by=system_actor(), membership=membership, wanted=wanted)
    assert sorted(at_once(act, act)) == [False, True]
    assert LifeAct.objects.count() == 1


def test_one_decision_issued_twice_admits_once(cast: Cast) -> None:
    admission = make.batch(cast.ward, make.application(cast.ward))
    paper = make.signed(admission)
    act = partial(issue_paper, by=system_actor(), paper=paper)
    assert sorted(at_once(act, act)) == [False, True]
    assert Membership.objects.count() == 1


def test_card_numbers_of_a_year_are_given_once_and_without_a_gap(cast: Cast) -> None:
    waiting = [
        make.signed(
            make.batch(cast.ward, make.application(cast.ward, f"Người Số {n}", phone=f"05000001{n:02}"))
        )
        for n in range(6)
    ]
    done = at_once(*[partial(issue_paper, by=system_actor(), paper=p) for p in waiting])
    assert done == [True] * 6
    numbers = sorted(Card.objects.values_list("number", flat=True))
    assert [number[-4:] for number in numbers] == [f"{n:04}" for n in range(1, 7)]


def test_receipts_of_a_year_are_numbered_once_without_a_gap_and_refused_ones_take_no_number(
    cast: Cast,
) -> None:
    branch = dues.branch(cast.ward)
    dues.members(7, branch)
    campaign = dues.campaign(cast.ward)
    *paying, wrong = dues.charges(campaign, branch)

    def take(charge: DuesCharge, amount: int) -> Callable[[], DuesReceipt]:
        return lambda: dues.receipt_for(campaign, branch, {charge.pk: amount}, today())

    done = at_once(*[take(charge, 12_000) for charge in paying], take(wrong, 99_000))

    assert done == [True] * 6 + [False]
    numbers = list(DuesReceipt.objects.order_by("number").values_list("number", flat=True))
    assert numbers == [1, 2, 3, 4, 5, 6]
    one = DuesReceipt.objects.earliest("number")
    cancel = partial(cancel_receipt, by=system_actor(), receipt=one, reason="Sai tên")
    assert sorted(at_once(cancel, cancel, take(wrong, 12_000))) == [False, True, True]
    rows = DuesReceipt.objects.order_by("number").values_list("number", "state")
    assert list(rows) == [(1, "cancelled"), *[(n, "valid") for n in range(2, 8)]]
    with pytest.raises(ProtectedError):
        cast.ward.dues_receipts.earliest("number").delete()


def test_two_officers_receipt_one_member_and_one_of_them_is_told(cast: Cast) -> None:
    branch = dues.branch(cast.ward)
    dues.members(1, branch)
    campaign = dues.campaign(cast.ward)
    (charge,) = dues.charges(campaign, branch)
    take = partial(dues.receipt_for, campaign, branch, {charge.pk: 12_000}, today())
    assert sorted(at_once(take, take)) == [False, True]
    charge.refresh_from_db()
    assert (charge.paid, DuesReceipt.objects.get().number) == (12_000, 1)
    remit = partial(remit_dues, by=system_actor(), unit=cast.ward, made_on=today(), how=PayWay.CASH)
    assert sorted(at_once(remit, remit)) == [False, True]
