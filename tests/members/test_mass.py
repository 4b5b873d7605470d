"""Ending many memberships at once is ending each of them: same state, same undo, same log."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext

from foundation.dates import today
from foundation.refusal import Refused
from ledger.actor import NotAllowed
from ledger.models import AuditEntry
from members import actions
from members.actions.life import Wanted
from members.actions.mass import end_many
from members.enums import CardState, Kind
from members.models import LifeAct, Membership
from papers.models import Proof
from people.actors import system_actor
from people.models import Belonging
from tests.conftest import Cast
from tests.factories import dues, people
from tests.factories import members as make

pytestmark = pytest.mark.django_db
BY = system_actor


def various(cast: Cast) -> list[Membership]:
    """A member with a card, one who rests since last month, one who rests since today, one with a lost card,
    one member and honorary member at once."""

    def one(name: str) -> Membership:
        return make.member(people.person(name, cast.ward, with_user=False), cast.ward)

    plain, resting, fresh, lost, twice = (one(f"Người {word}") for word in ("Một", "Hai", "Ba", "Bốn", "Năm"))
    resting.pauses.create(during=DateRange(today() - timedelta(days=30), None), reason="Đi xa")
    resting.state = "paused"
    resting.save()
    actions.change_life(by=BY(), membership=fresh, wanted=Wanted("pause", today(), "away"))
    actions.report_lost(by=BY(), card=make.card(lost), reason="Rơi")
    also = Membership.objects.create(
        person=twice.person, kind=Kind.HONORARY, during=DateRange(make.SINCE, None)
    )
    return [plain, resting, fresh, lost, twice, also]


def traces(memberships: list[Membership]) -> list[Any]:
    """All that ending changes and leaves behind, without the keys that differ between two runs."""
    found: list[Any] = []
    for one in memberships:
        one.refresh_from_db()
        found.append(
            (
                one.state,
                one.during,
                one.ending,
                one.end_reason,
                one.end_decision,
                sorted(one.pauses.values_list("during", "reason"), key=str),
                sorted(
                    Belonging.objects.filter(person=one.person).values_list("unit", "kind", "during"), key=str
                ),
                list(one.cards.values_list("state", "proof__state", "proof__ended_on")),
                [(a.act, a.on, a.reason_code, a.words, a.undo_until) for a in one.acts.all()],
                [sorted(change) for a in one.acts.all()[:1] for change in a.changed],
            )
        )
    return found


def test_ending_at_once_is_ending_one_by_one(cast: Cast) -> None:
    rows = various(cast)
    wanted = Wanted("removal", today(), "absent", "Rà soát", "15/QĐ-CTĐ")
    with transaction.atomic():
        for one in rows:
            actions.change_life(by=BY(), membership=one, wanted=wanted)
        singly = traces(rows)
        transaction.set_rollback(True)

    outcome = end_many(by=BY(), unit=cast.ward, memberships=[one.pk for one in rows], wanted=wanted)

    assert traces(rows) == singly
    assert (outcome.ended, dict(outcome.refused)) == (6, {})
    noted = AuditEntry.objects.filter(act="members.change_life", reason__contains="Rà soát")
    assert sorted(int(entry.subject_id) for entry in noted) == sorted(one.pk for one in rows)
    ended = Proof.objects.filter(state="ended", card__state=CardState.ENDED).count()
    assert ended == AuditEntry.objects.filter(act="papers.end_proof").count() - 1  # the lost card's


def test_each_of_them_can_be_taken_back(cast: Cast) -> None:
    rows = various(cast)
    before = traces(rows)
    wanted = Wanted("leave", today(), "wish")
    end_many(by=BY(), unit=cast.ward, memberships=[one.pk for one in rows], wanted=wanted)
    for act in LifeAct.objects.filter(act="leave").order_by("-pk"):
        actions.undo_life_act(by=BY(), act=act, reason="Nhầm danh sách")
    assert [row[:8] for row in traces(rows)] == [row[:8] for row in before]


def test_who_cannot_end_so_is_left_alone_and_told(cast: Cast) -> None:
    plain, resting, fresh, _lost, twice, also = various(cast)
    there = make.member(people.person("Người Nơi Khác", cast.other_ward), cast.other_ward)
    make.transfer(plain, cast.other_ward)
    actions.change_life(by=BY(), membership=also, wanted=Wanted("leave", today(), "wish"))
    ids = [one.pk for one in (plain, resting, fresh, twice, also, there)]
    day = today() - timedelta(days=40)

    outcome = end_many(by=BY(), unit=cast.ward, memberships=ids, wanted=Wanted("leave", day, "moved"))

    assert dict(outcome.refused) == {
        plain.pk: "moving",
        resting.pk: "later",
        fresh.pk: "later",
        also.pk: "ended",
        there.pk: "elsewhere",
    }
    assert outcome.ended == 1
    twice.refresh_from_db()
    assert twice.during == DateRange(make.SINCE, day)


def test_nobody_else_may_and_what_one_act_asks_is_asked_of_many(cast: Cast) -> None:
    [one] = dues.members(1, cast.ward)
    officer = people.actor(cast.unit_officer)
    with pytest.raises(NotAllowed):
        end_many(
            by=officer, unit=cast.other_ward, memberships=[one.pk], wanted=Wanted("leave", today(), "wish")
        )
    for wanted in (
        Wanted("removal", today(), "dues"),
        Wanted("leave", today(), "khong-co"),
        Wanted("leave", date(2999, 1, 1), "wish"),
        Wanted("pause", today(), "away"),
    ):
        with pytest.raises(Refused):
            end_many(by=officer, unit=cast.ward, memberships=[one.pk], wanted=wanted)


def test_a_hundred_take_as_many_statements_as_one(cast: Cast) -> None:
    rows = [one.pk for one in dues.members(101, cast.ward)]
    wanted = Wanted("leave", today(), "wish")
    with CaptureQueriesContext(connection) as few:
        end_many(by=BY(), unit=cast.ward, memberships=rows[:1], wanted=wanted)
    with CaptureQueriesContext(connection) as many:
        assert end_many(by=BY(), unit=cast.ward, memberships=rows[1:], wanted=wanted).ended == 100
    assert len(many) == len(few)
