"""A wrong approval is taken back by an act that leaves both in the record; what the cross-check knows."""

from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from foundation.dates import today
from foundation.refusal import Refused
from ledger.models import AuditEntry
from members.actions import change_life
from members.actions.life import Wanted
from members.enums import Ending
from people.actors import system_actor
from people.enums import BelongingKind, OfficeCode
from people.models import Belonging
from rewards.actions.policies import approve_policy, draft_policy
from rewards.actions.rounds import (
    check_nomination,
    cross_check,
    grant_by_chapter,
    record_meeting,
    return_nomination,
    send_dossier,
    take_decision,
    withdraw_nomination,
)
from rewards.actions.runs import ask_nightly
from rewards.actions.undoing import step_back, undo_decision, undo_meeting, undo_policy
from rewards.actions.working import work_run
from rewards.enums import PolicyState, Step
from rewards.models import Award, Dossier, Nomination, Policy, RewardRun, Round
from rewards.queries.due import not_run_yet
from tests.conftest import Cast, sign_in
from tests.factories import members, people
from tests.factories.rewards import TURNS, give, make_table, nomination, on, policy, with_papers, worked

pytestmark = pytest.mark.django_db
BY = system_actor()


def acts(*names: str) -> list[str]:
    rows = AuditEntry.objects.filter(act__in=[f"rewards.{name}" for name in names]).order_by("pk")
    return [row.removeprefix("rewards.") for row in rows.values_list("act", flat=True)]


def round_at(step: Step, *nominations: Nomination) -> Round:
    made = Round.objects.create(name="Đợt", cut_off=today(), deadline=today(), ceremony_on=today())
    Nomination.objects.filter(pk__in=[one.pk for one in nominations]).update(round=made, step=step)
    return made


def test_a_policy_put_in_force_by_mistake_is_taken_back(cast: Cast) -> None:
    make_table()
    old = policy(date(2026, 1, 1))
    draft = draft_policy(by=on(date(2026, 3, 1)), name="Quy chế sai", effective_from=date(2026, 3, 1))
    wrong = approve_policy(by=BY, policy=draft, decision_number="02/QĐ", decided_on=date(2026, 3, 1))
    give(cast.member, [date(2026, 3, 2) + timedelta(days=n) for n in range(5)])
    worked(date(2026, 4, 1))
    with pytest.raises(Refused):
        undo_policy(by=BY, policy=wrong, reason=" ")

    one = Nomination.objects.get()
    round_at(Step.PROPOSED, one)
    with pytest.raises(Refused, match="1"):
        undo_policy(by=BY, policy=wrong, reason="Sai mốc")
    Nomination.objects.update(round=None)
    undo_policy(by=BY, policy=wrong, reason="Sai mốc")

    old.refresh_from_db()
    wrong.refresh_from_db()
    assert (old.effective_to, wrong.state, wrong.decision_number) == (None, PolicyState.REVERSED, "02/QĐ")
    assert acts("approve_policy", "undo_policy", "restore_policy") == [
        "approve_policy", "approve_policy", "undo_policy", "restore_policy",
    ]  # fmt: skip
    assert Nomination.objects.count() == 0
    worked(date(2026, 4, 1))
    assert Nomination.objects.get().rung.policy == old
    right = draft_policy(by=on(date(2026, 3, 1)), name="Quy chế đúng", effective_from=date(2026, 3, 1))
    assert approve_policy(by=BY, policy=right, decision_number="02/QĐ", decided_on=date(2026, 3, 1))


def test_a_policy_that_reaches_back_gets_its_full_run_by_itself(cast: Cast) -> None:
    make_table()
    policy(date(2026, 1, 1))
    worked(today())
    assert not_run_yet() == []
    give(cast.member, [date(2026, 2, 1) + timedelta(days=n) for n in range(5)])
    draft = draft_policy(by=on(date(2026, 1, 15)), name="Quy chế lùi", effective_from=date(2026, 1, 15))
    approve_policy(by=BY, policy=draft, decision_number="3/QĐ", decided_on=date(2026, 1, 10))
    officer = sign_in(people.officer(OfficeCode.REWARD_OFFICER, cast.city, "Cán Bộ Khen"))
    assert "Quy chế lùi" in officer.get(reverse("reward_runs")).content.decode()

    asked = ask_nightly(by=BY, as_of=today())

    assert asked is not None
    assert (asked.since, not_run_yet()) == (None, [])
    work_run(by=BY, pk=asked.pk, turns=TURNS)
    assert Nomination.objects.get().rung.policy == draft
    again = ask_nightly(by=BY, as_of=today())
    assert again is not None
    assert again.since is not None
    assert RewardRun.objects.filter(since=None).count() == 2


def test_a_wrong_step_goes_back_one_and_both_stay(cast: Cast) -> None:
    one = nomination(cast.member, cast.ward)
    check_nomination(by=BY, nomination=one, proof="GCN 1")
    cross_check(by=BY, nomination=one)
    with pytest.raises(Refused):
        step_back(by=BY, nomination=one, reason="")
    for then in (Step.CHECKED, Step.PROPOSED):
        step_back(by=BY, nomination=one, reason="Nhầm người")
        one.refresh_from_db()
        assert one.step == then
    with pytest.raises(Refused):
        step_back(by=BY, nomination=one, reason="Nhầm người")
    withdraw_nomination(by=BY, nomination=one, reason="Trùng")
    step_back(by=BY, nomination=one, reason="Không trùng")
    assert acts("check_nomination", "cross_check", "withdraw_nomination", "step_back") == [
        "check_nomination", "cross_check", "step_back", "step_back", "withdraw_nomination", "step_back",
    ]  # fmt: skip


def test_wrong_minutes_and_a_wrong_decision_are_taken_back_whole(cast: Cast) -> None:
    law = policy()
    rows = [
        nomination(people.person(f"Người {n}", cast.ward, with_user=False), cast.ward, law=law)
        for n in range(3)
    ]
    cycle = round_at(Step.CROSS_CHECKED, *rows)
    minutes = {"cycle": cycle, "held_on": today(), "present": 7, "members": 9, "minutes_number": "1/BB"}
    wrong = record_meeting(by=BY, **minutes, failed=[rows[0].pk])  # type: ignore[arg-type]
    undo_meeting(by=BY, meeting=wrong, reason="Nhập nhầm phiếu")
    assert set(Nomination.objects.values_list("step", "votes_for")) == {(Step.CROSS_CHECKED, None)}
    record_meeting(by=BY, **minutes)  # type: ignore[arg-type]
    with_papers(cycle)
    sent = send_dossier(by=BY, cycle=cycle, grantor="city", submission_number="1/TTr", sent_on=today())
    with pytest.raises(Refused):
        undo_meeting(by=BY, meeting=cycle.meetings.get(undone_on=None), reason="Nhầm")

    decision = {"dossier": sent, "decided_on": today(), "signer": "Chủ tịch"}
    take_decision(by=BY, decision_number="99/QĐ", refused={rows[0].pk: "Trùng"}, **decision)  # type: ignore[arg-type]
    assert undo_decision(by=BY, cycle=cycle, decision_number="99/QĐ", reason="Nhập nhầm số") == 2
    assert set(Nomination.objects.values_list("step", flat=True)) == {Step.SENT}
    take_decision(by=BY, decision_number="100/QĐ", **decision)  # type: ignore[arg-type]

    kept = Award.objects.order_by("pk").values_list("decision_number", "revoked_on")
    assert list(kept) == [("99/QĐ", today())] * 2 + [("100/QĐ", None)] * 3
    assert Dossier.objects.get().decision_number == "100/QĐ"
    Award.objects.update(handed_on=today(), handed_how="late")
    with pytest.raises(Refused):
        undo_decision(by=BY, cycle=cycle, decision_number="100/QĐ", reason="Nhầm")


def test_one_number_is_one_decision_of_a_year(cast: Cast) -> None:
    law = policy()
    rows = [nomination(cast.member, cast.ward, n, law=law) for n in (20, 30)]
    first, second = (round_at(Step.AGREED, one) for one in rows)
    law.rungs.update(grantor="city")
    for cycle in (first, second):
        with_papers(cycle)
    sent = [
        send_dossier(by=BY, cycle=cycle, grantor="city", submission_number=f"{n}/TTr", sent_on=today())
        for n, cycle in enumerate((first, second))
    ]
    take_decision(by=BY, dossier=sent[0], decision_number="5/QĐ", decided_on=today(), signer="A")
    with pytest.raises(Refused):
        take_decision(by=BY, dossier=sent[1], decision_number="5/qđ", decided_on=today(), signer="A")
    assert Award.objects.count() == 1


def test_the_cross_check_shows_what_is_known_and_asks_for_more(cast: Cast) -> None:
    one = nomination(cast.member, cast.ward)
    check_nomination(by=BY, nomination=one, proof="GCN 1")
    moved_from = DateRange(date(2024, 1, 1), date(2025, 1, 1))
    Belonging.objects.create(
        person=cast.member, unit=cast.other_ward, kind=BelongingKind.DONOR, during=moved_from, cause="test"
    )
    old = members.member(cast.member, cast.other_ward)
    change_life(by=BY, membership=old, wanted=Wanted(Ending.EXPELLED, today(), "discipline", decision="9/QĐ"))
    client = sign_in(people.officer(OfficeCode.REWARD_OFFICER, cast.city, "Cán Bộ Khen"))
    url = reverse("reward_nomination", args=[one.key])
    page = client.get(url).content.decode()
    assert cast.other_ward.name in page
    assert "Bị khai trừ" in page

    assert client.post(f"{url}doi-chieu/", {"doi-chieu-note": ""}).status_code == 200
    assert client.post(f"{url}doi-chieu/", {"doi-chieu-note": "Đã được phục hồi"}).status_code == 302
    one.refresh_from_db()
    assert (one.step, one.reason) == (Step.CROSS_CHECKED, "Đã được phục hồi")


def test_who_is_known_to_have_died_is_honoured_after_death_only(cast: Cast) -> None:
    one = nomination(cast.member, cast.ward)
    check_nomination(by=BY, nomination=one, proof="GCN 1")
    membership = members.member(cast.member, cast.ward)
    change_life(by=BY, membership=membership, wanted=Wanted(Ending.DECEASED, today(), "death"))
    with pytest.raises(Refused):
        cross_check(by=BY, nomination=one)
    cross_check(by=BY, nomination=one, is_posthumous=True)
    one.refresh_from_db()
    assert one.is_posthumous
    assert Policy.objects.count() == 1


def test_the_chapters_own_decision_is_taken_back_with_its_certificates(cast: Cast) -> None:
    law = policy()
    law.rungs.update(grantor="chapter")
    cycle = round_at(Step.AGREED, nomination(cast.member, cast.ward, law=law))
    given = {"cycle": cycle, "decision_number": "7/QĐ", "decided_on": today()}
    (wrong,) = grant_by_chapter(by=BY, **given)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        undo_decision(by=BY, cycle=cycle, decision_number="8/QĐ", reason="Nhầm")
    undo_decision(by=BY, cycle=cycle, decision_number="7/QĐ", reason="Nhầm mức thưởng")
    (right,) = grant_by_chapter(by=BY, **given)  # type: ignore[arg-type]

    wrong.refresh_from_db()
    assert wrong.proof is not None
    assert right.proof is not None
    assert (wrong.revoked_on, wrong.proof.state, right.proof.state) == (today(), "ended", "valid")


def test_a_dossier_is_appraised_returned_and_decided(cast: Cast) -> None:
    law = policy()
    rows = [
        nomination(people.person(f"Người {n}", cast.ward, with_user=False), cast.ward, law=law)
        for n in range(2)
    ]
    cycle = round_at(Step.AGREED, *rows)
    with_papers(cycle)
    sent = send_dossier(by=BY, cycle=cycle, grantor="city", submission_number="1/TTr", sent_on=today())
    client = sign_in(people.officer(OfficeCode.REWARD_OFFICER, cast.city, "Cán Bộ Khen"))
    url = reverse("reward_dossier", args=[sent.pk])
    values = {"tham-dinh-on": f"{today():%d/%m/%Y}", "tham-dinh-words": "Đủ điều kiện"}
    assert client.post(f"{url}tham-dinh/", values).status_code == 302
    assert "Đủ điều kiện" in client.get(url).content.decode()
    return_nomination(by=BY, nomination=rows[0], reason="Thiếu xác nhận")
    take_decision(by=BY, dossier=sent, decision_number="5/QĐ", decided_on=today(), signer="A")
    steps = Nomination.objects.order_by("pk").values_list("step", flat=True)
    assert list(steps) == [Step.RETURNED, Step.GRANTED]
