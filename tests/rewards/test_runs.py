"""Simulation and run are one engine; a run is harmless twice, paused, cancelled, braked."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.refusal import Refused
from ledger.models import AuditEntry
from people.models import Person
from rewards.actions.policies import approve_policy, draft_policy, set_rung
from rewards.actions.runs import answer_finding, ask_run, cancel_run, pause_run, resume_run
from rewards.actions.working import work_chunk, work_run
from rewards.enums import FindingKind, RunState, Step
from rewards.models import Finding, Nomination, RewardRun
from rewards.queries.due import FAR, Span, by_unit_and_month, compared, outcome, run_digest, spans_in_force
from rewards.queries.turns import with_planned
from rewards.rules import Turn, reached
from tests.conftest import Cast
from tests.factories import people
from tests.factories.rewards import TURNS, give, make_table, on, policy, void, worked

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 31)
RUNGS = [5, 10, 15, 20, 30, 40, 50, 70, 100]


@pytest.fixture(autouse=True)
def table(db: None) -> None:
    make_table()


def days(count: int, last: date = DAY) -> list[date]:
    """So many days, a week apart, up to the last."""
    return [last - timedelta(days=7 * n) for n in range(count)]


def honours(person: Person) -> list[str]:
    return sorted(Nomination.objects.filter(person=person).values_list("honour", flat=True))


def test_a_dry_run_equals_the_run_to_the_last_row(cast: Cast) -> None:
    policy(reached_from=date(2015, 1, 1))
    for n in range(30):
        give(people.person(f"Người Hiến {n}", cast.ward, with_user=False), days(n * 3 + 1))
    before = outcome(TURNS, spans_in_force(DAY), DAY)

    run = worked(DAY, chunk=7)

    assert before.nominations == run.proposed == run.expected == Nomination.objects.count() > 50
    assert run_digest(run.pk) == before.digest
    assert run.state == RunState.DONE
    assert AuditEntry.objects.filter(act="rewards.propose").count() == run.proposed
    assert outcome(TURNS, spans_in_force(DAY), DAY).nominations == 0


def test_the_same_run_again_changes_nothing(cast: Cast) -> None:
    policy(reached_from=date(2015, 1, 1))
    give(cast.member, days(21))
    worked(DAY)
    first = list(Nomination.objects.order_by("pk").values())

    again = worked(DAY)

    assert (again.proposed, again.found) == (0, 0)
    assert list(Nomination.objects.order_by("pk").values()) == first


def test_a_nomination_says_why(cast: Cast) -> None:
    policy(reached_from=date(2015, 1, 1))
    give(cast.member, days(22))
    worked(DAY)

    found = Nomination.objects.get(person=cast.member, honour="individual-20")
    assert (found.count, found.reached_on, found.as_of) == (22, DAY - timedelta(days=14), DAY)
    assert (found.unit, found.step) == (cast.ward, Step.PROPOSED)
    assert "Điều 7" in found.rung.citation


@pytest.mark.parametrize("rung", [20, 30, 40])
def test_a_rung_the_day_before_of_and_after(cast: Cast, rung: int) -> None:
    policy(reached_from=date(2015, 1, 1))
    give(cast.member, days(rung))

    seen = []
    for n in (-1, 0, 1):
        worked(DAY + timedelta(days=n))
        seen.append(f"individual-{rung}" in honours(cast.member))
    assert seen == [False, True, True]


def test_two_policies_inside_a_year_each_judge_their_own_days(cast: Cast) -> None:
    policy(date(2026, 1, 1))
    later = draft_policy(by=on(date(2026, 3, 1)), name="Quy chế mới", effective_from=date(2026, 3, 1))
    set_rung(by=on(DAY), policy=later, kind="individual", threshold=20, values={"honour": "Hình thức mới"})
    later = approve_policy(by=on(DAY), policy=later, decision_number="02/QĐ-CTĐ", decided_on=date(2026, 3, 1))
    early, late = (people.person(name, cast.ward, with_user=False) for name in ("Người Sớm", "Người Muộn"))
    give(early, days(20, date(2026, 2, 28)))
    give(late, days(20, date(2026, 3, 1)))
    worked(DAY)

    forms = dict(Nomination.objects.filter(honour="individual-20").values_list("person_id", "rung__honour"))
    assert forms == {
        early.pk: "Bằng khen của Chủ tịch Ủy ban nhân dân Thành phố",
        late.pk: "Hình thức mới",
    }


def test_a_void_leads_to_a_finding_and_never_to_silent_change(cast: Cast) -> None:
    policy(reached_from=date(2015, 1, 1))
    give(cast.member, days(20))
    worked(DAY)
    void(cast.member, DAY)
    run = worked(DAY)

    finding = Finding.objects.get(nomination__honour="individual-20")
    assert (run.found, finding.kind, finding.count) == (1, FindingKind.WITHDRAW, 19)
    assert finding.nomination.step == Step.PROPOSED
    assert worked(DAY).found == 0

    answer_finding(by=on(DAY), finding=finding, accept=True, answer="Nhập trùng")
    finding.nomination.refresh_from_db()
    assert finding.nomination.step == Step.WITHDRAWN

    give(cast.member, [DAY])
    worked(DAY)
    back = Finding.objects.get(is_accepted=None)
    assert (back.kind, back.count, back.nomination) == (FindingKind.ADD_BACK, 20, finding.nomination)
    answer_finding(by=on(DAY), finding=back, accept=True, answer="Đã có giấy chứng nhận")
    finding.nomination.refresh_from_db()
    assert finding.nomination.step == Step.PROPOSED
    assert Nomination.objects.filter(honour="individual-20").count() == 1


def test_a_refused_finding_is_not_raised_again_while_the_count_stands(cast: Cast) -> None:
    policy(reached_from=date(2015, 1, 1))
    give(cast.member, days(20))
    worked(DAY)
    void(cast.member, DAY)
    worked(DAY)
    answer_finding(by=on(DAY), finding=Finding.objects.get(), accept=False, answer="Chờ đối chiếu")

    assert worked(DAY).found == 0
    void(cast.member, DAY - timedelta(days=7))
    assert worked(DAY).found == 1


def test_a_nightly_run_looks_only_at_what_changed(cast: Cast) -> None:
    policy(reached_from=date(2015, 1, 1))
    other = people.person("Người Khác", cast.ward, with_user=False)
    give(cast.member, days(4))
    worked(DAY)
    run = ask_run(by=on(DAY), as_of=DAY, since=timezone.now() + timedelta(hours=1))
    work_run(by=on(DAY), pk=run.pk, turns=TURNS)
    run.refresh_from_db()
    assert (run.state, run.proposed) == (RunState.DONE, 0)

    moment = timezone.now()
    give(other, days(5))
    run = ask_run(by=on(DAY), as_of=DAY, since=moment)
    work_run(by=on(DAY), pk=run.pk, turns=TURNS)
    assert (honours(other), honours(cast.member)) == (["individual-5"], [])


def test_paused_it_goes_on_where_it_stopped_and_cancelled_its_proposals_fall(cast: Cast) -> None:
    policy(reached_from=date(2015, 1, 1))
    for n in range(6):
        give(people.person(f"Người {n}", cast.ward, with_user=False), days(5))
    run = ask_run(by=on(DAY), as_of=DAY)
    with pytest.raises(Refused):
        ask_run(by=on(DAY), as_of=DAY)
    while run.proposed < 2:
        work_chunk(by=on(DAY), pk=run.pk, turns=TURNS, chunk=1)
        run.refresh_from_db()
    pause_run(by=on(DAY), run=run)
    assert work_chunk(by=on(DAY), pk=run.pk, turns=TURNS) is False
    resume_run(by=on(DAY), run=run)
    work_run(by=on(DAY), pk=run.pk, turns=TURNS, chunk=1)
    run.refresh_from_db()
    assert (run.state, run.proposed) == (RunState.DONE, 6)

    Nomination.objects.all().delete()
    run = ask_run(by=on(DAY), as_of=DAY)
    while not run.proposed:
        work_chunk(by=on(DAY), pk=run.pk, turns=TURNS, chunk=1)
        run.refresh_from_db()
    cancel_run(by=on(DAY), run=run, reason="Sai ngày chốt")
    assert Nomination.objects.count() == 0
    assert worked(DAY).proposed == 6


def test_the_brake_stops_a_run_that_proposes_too_many(cast: Cast) -> None:
    policy(reached_from=date(2015, 1, 1))
    give(cast.member, days(20))
    run = ask_run(by=on(DAY), as_of=DAY)
    RewardRun.objects.filter(pk=run.pk).update(brake=3)

    assert work_run(by=on(DAY), pk=run.pk, turns=TURNS) is False
    run.refresh_from_db()
    assert (run.state, run.expected, Nomination.objects.count()) == (RunState.BRAKED, 4, 0)

    resume_run(by=on(DAY), run=run)
    assert work_run(by=on(DAY), pk=run.pk, turns=TURNS) is True
    assert Nomination.objects.count() == 4


def test_a_draft_is_simulated_beside_the_policy_in_force_and_writes_nothing(cast: Cast) -> None:
    policy(date(2026, 1, 1))
    draft = draft_policy(by=on(DAY), name="Dự thảo 2027", effective_from=date(2027, 1, 1))
    draft.rungs.filter(kind="individual", threshold=20).delete()
    set_rung(
        by=on(DAY), policy=draft, kind="individual", threshold=18,
        values={
            "honour": "Thư cảm ơn", "grantor": "chapter", "bonus_vnd": 50_000,
            "citation": "Dự thảo", "source": "Thành Hội",
        },
    )  # fmt: skip
    more, fewer = (
        people.person(name, cast.ward, with_user=False) for name in ("Người Hai Mươi", "Người Mười Tám")
    )
    give(more, [*days(3, date(2026, 3, 20)), *days(17, date(2025, 12, 20))])
    give(fewer, [*days(2, date(2026, 3, 20)), *days(16, date(2025, 12, 20))])
    entries = AuditEntry.objects.count()

    spans = [Span(draft.pk, date(2026, 1, 1), FAR)]
    gains, losses = compared(TURNS, spans, spans_in_force(DAY), DAY)

    assert gains == sorted([(more.pk, "Thư cảm ơn"), (fewer.pk, "Thư cảm ơn")])
    assert losses == [(more.pk, "Bằng khen của Chủ tịch Ủy ban nhân dân Thành phố")]
    lines = [
        (line.unit_id, line.month, line.honour, line.people, line.bonus_vnd)
        for line in by_unit_and_month(TURNS, spans, DAY)
    ]
    assert lines == [(cast.ward.pk, date(2026, 3, 1), "individual-18", 2, 100_000)]
    planned = with_planned(TURNS, [fewer.pk], date(2026, 3, 30))
    assert outcome(planned, spans_in_force(DAY), DAY).nominations == 1
    assert (Nomination.objects.count(), AuditEntry.objects.count()) == (1 - 1, entries)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.dates(date(2025, 7, 1), date(2026, 6, 30)), st.integers(1, 12)), min_size=1, max_size=25
    ),
    st.dates(date(2025, 7, 1), date(2026, 6, 30)),
)
def test_the_sql_twin_equals_the_rule(cast: Cast, given_turns: list[tuple[date, int]], as_of: date) -> None:
    if not Nomination.objects.exists() and not spans_in_force(as_of):
        policy()
    person = people.person("Người Bất Kỳ", cast.ward, with_user=False)
    for day, times in given_turns:
        give(person, [day], times)
    RewardRun.objects.filter(state=RunState.BRAKED).delete()
    worked(as_of)

    rows = Nomination.objects.filter(person=person).values_list("honour", "reached_on")
    rule = reached([Turn(day, times) for day, times in given_turns], RUNGS, on=as_of)
    assert sorted(rows) == sorted((f"individual-{one.threshold}", one.on) for one in rule)
