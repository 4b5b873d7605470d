"""Policies, turns and nominations for tests."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from django.db import connection

from foundation.dates import today
from ledger.actor import Actor
from people.actions.acts import Line, Plan, carry_out_act, confirm_act, enter_act
from people.actors import system_actor
from people.enums import ActKind
from people.models import Person, Unit, UnitLink
from rewards.actions.dossiers import enter_dossier_paper
from rewards.actions.gifts import add_gift, move_gift
from rewards.actions.policies import approve_policy, draft_policy
from rewards.actions.runs import ask_run
from rewards.actions.working import work_run
from rewards.enums import Fund, MoveKind, StaffTitle, TitleState
from rewards.models import Gift, Nomination, Policy, RewardRun, Round, TitleAward
from rewards.queries.turns import Turns
from tests.factories import people

TURNS = Turns(
    "SELECT person_id, given_on, times, seq FROM reward_turn WHERE NOT is_voided",
    "SELECT person_id FROM reward_turn WHERE at >= %(since)s",
)


def on(day: date) -> Actor:
    """The system on a day."""
    return replace(system_actor(), on=day)


def make_table() -> None:
    """A table of turns of the test's own, gone with its transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS reward_turn (seq bigserial PRIMARY KEY, person_id bigint,"
            " given_on date, times int DEFAULT 1, is_voided bool DEFAULT false,"
            " at timestamptz DEFAULT clock_timestamp())"
        )


def give(person: Person, days: Iterable[date], times: int = 1) -> None:
    """The person gave on these days."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO reward_turn (person_id, given_on, times) VALUES (%s, %s, %s)",
            [(person.pk, day, times) for day in days],
        )


def void(person: Person, day: date) -> None:
    """The turn of that day was an error."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reward_turn SET is_voided = true, at = clock_timestamp()"
            " WHERE person_id = %s AND given_on = %s",
            [person.pk, day],
        )


def policy(
    first: date = date(2025, 7, 1), *, reached_from: date | None = None, number: str = "01/QĐ-CTĐ"
) -> Policy:
    """A policy in force with the rungs of the table."""
    draft = draft_policy(
        by=on(first), name=f"Quy chế từ {first:%d/%m/%Y}", effective_from=first, reached_from=reached_from
    )
    return approve_policy(by=on(first), policy=draft, decision_number=number, decided_on=first)


def worked(as_of: date, *, chunk: int = 1000, turns: Turns = TURNS) -> RewardRun:
    """A full run as of a day, ended."""
    run = ask_run(by=on(as_of), as_of=as_of)
    work_run(by=on(as_of), pk=run.pk, turns=turns, chunk=chunk)
    run.refresh_from_db()
    return run


def nomination(person: Person, unit: Unit, threshold: int = 20, *, law: Policy | None = None) -> Nomination:
    """A proposal as a run makes it."""
    law = law or Policy.objects.filter(state="approved").first() or policy()
    return Nomination.objects.create(
        person=person,
        unit=unit,
        honour=f"individual-{threshold}",
        rung=law.rungs.get(kind="individual", threshold=threshold),
        reached_on=date(2026, 3, 1),
        count=threshold,
        as_of=date(2026, 3, 31),
    )


def gift(unit: Unit, stock: int = 0, **changes: object) -> Gift:
    """A gift of the chapter's own fund, so many in stock."""
    given = {
        "name": "Ba lô (mẫu)",
        "fund": Fund.CHAPTER,
        "value_vnd": 120_000,
        "given_from": date(2026, 1, 1),
    }
    made = add_gift(by=system_actor(), unit=unit, **{**given, **changes})  # type: ignore[arg-type]
    if stock:
        move_gift(
            by=system_actor(),
            gift=made,
            kind=MoveKind.RECEIPT,
            quantity=stock,
            on=date(2026, 1, 2),
            what_for="Nhập đầu năm",
        )
        made.refresh_from_db()
    return made


def title(
    person: Person,
    unit: Unit,
    year: int = 2026,
    kind: str = StaffTitle.ADVANCED,
    state: str = TitleState.RECOGNISED,
) -> TitleAward:
    """A title of a member of staff, recognised unless changed."""
    day = date(year, 12, 20)
    made, _new = TitleAward.objects.get_or_create(
        person=person,
        year=year,
        title=kind,
        state=state,
        defaults={"unit": unit, "proposed_on": day, "decision": "300/QĐ-CTĐ", "decided_on": day},
    )
    return made


def with_papers(cycle: Round, grantor: str = "city") -> Round:
    """The round; the report and the minutes of its next dossier are in hand."""
    for code in ("report", "minutes"):
        enter_dossier_paper(by=system_actor(), cycle=cycle, grantor=grantor, code=code, number=f"1/{code}")
    return cycle


def ended(into: Unit) -> Unit:
    """A ward beside the unit that has gone up in it."""
    found = Unit.objects.filter(code="P00X").first()
    return found or go_up(people.unit("Hội Chữ thập đỏ phường Cũ (mẫu)", above(into), code="P00X"), into)


def above(unit: Unit) -> Unit:
    return UnitLink.objects.get(unit=unit).parent


def go_up(old: Unit, into: Unit) -> Unit:
    """The old unit went up in the other yesterday; the old one, ended."""
    day = today() - timedelta(days=1)
    act = enter_act(
        by=system_actor(), kind=ActKind.MERGE, decision_number="9/QĐ", decided_on=day, effective_on=day,
        plan=Plan(lines=[Line(source=old, target=into, is_whole=True)]),
    )  # fmt: skip
    act = confirm_act(by=system_actor(), act=act)
    if act.state != "done":
        carry_out_act(by=system_actor(), pk=act.pk)
    old.refresh_from_db()
    return old
