"""Something waits for an office on a unit: one decides, the other is told; nothing decides itself."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from foundation.dates import today
from foundation.refusal import Refused
from ledger.actor import Actor, NotAllowed
from people.actions.approvals import ask, decide, escalate
from people.actors import system_actor
from people.enums import ApprovalState, OfficeCode
from people.models import Approval, Unit
from tests.conftest import Cast
from tests.factories import people


def asked(unit: Unit) -> Approval:
    return ask(
        by=system_actor(), kind="test", title="Đơn xin gia nhập", office=OfficeCode.UNIT_OFFICER, unit=unit
    )


@pytest.mark.django_db
def test_the_office_on_the_unit_decides_and_says_why(cast: Cast) -> None:
    approval = asked(cast.ward)
    by = people.actor(cast.unit_officer)

    with pytest.raises(Refused, match="lý do"):
        decide(by=by, approval=approval, decision=ApprovalState.REFUSED)
    approval = decide(by=by, approval=approval, decision=ApprovalState.RETURNED, reason="Thiếu năm sinh")

    assert (approval.state, approval.reason) == (ApprovalState.RETURNED, "Thiếu năm sinh")
    steps = [(e.step, e.office) for e in approval.events.order_by("pk")]
    assert steps == [("asked", ""), ("returned", "unit_officer")]


@pytest.mark.django_db
def test_the_same_office_of_another_unit_does_not_decide(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        decide(
            by=people.actor(people.officer(OfficeCode.UNIT_OFFICER, cast.other_ward)),
            approval=asked(cast.ward),
            decision=ApprovalState.APPROVED,
        )


@pytest.mark.django_db
def test_a_late_one_goes_to_the_unit_above_once(cast: Cast) -> None:
    approval = asked(cast.ward)
    Approval.objects.update(due_on=today() - timedelta(days=1))

    escalate(by=system_actor(), pk=approval.pk)
    approval.refresh_from_db()
    assert (approval.unit, approval.state) == (cast.city, ApprovalState.WAITING)
    with pytest.raises(Refused):
        escalate(by=system_actor(), pk=approval.pk)


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_one_wins_the_other_is_told(cast: Cast) -> None:
    approval = asked(cast.ward)
    officers = [people.actor(people.officer(OfficeCode.UNIT_OFFICER, cast.ward)) for _n in range(4)]

    def try_it(by: Actor) -> str:
        try:
            decide(by=by, approval=approval, decision=ApprovalState.APPROVED)
        except Refused as refused:
            return str(refused)
        finally:
            connection.close()
        return "won"

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(try_it, officers))

    assert told.count("won") == 1
    assert all("đã được quyết định" in words for words in told if words != "won")
    assert approval.events.filter(step="approved").count() == 1
