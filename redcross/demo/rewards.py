"""The demo's honours (S3): the first round of 2026 from the guidance letter to the last late hand-over."""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from donors.enums import DonationState, Source
from donors.models import Donation, Donor
from foundation.dates import ZONE
from people.enums import BelongingKind, UnitKind
from people.models import Belonging, Consent, Person, Unit
from people.rules.rights import consent_texts
from redcross.demo.names import invent
from redcross.demo.papers import as_of
from rewards.actions import ceremony, dossiers, gifts, policies, rounds, runs
from rewards.actions.working import work_run
from rewards.enums import Fund, HandedHow, HandedProof, MoveKind, Reply, Step
from rewards.models import Award, Invitation, Nomination, Policy, RewardRun, Round, UnitReport
from rewards.queries.turns import donation_turns

BASES = (UnitKind.WARD, UnitKind.COMMUNE, UnitKind.SPECIAL_ZONE)
AUTUMN = {5: 16, 10: 14, 15: 9}
PROPOSED = {20: 129, 30: 47, 40: 13, 70: 3}
ASKED_ON = date(2026, 3, 2)
CUT_OFF = date(2026, 3, 31)
DEADLINE = date(2026, 4, 15)
MET_ON = date(2026, 4, 22)
SENT_ON = date(2026, 4, 24)
DECIDED_ON = date(2026, 5, 29)
RECEIVED_ON = date(2026, 6, 5)
CEREMONY_ON = date(2026, 6, 14)
RETURNED, SILENT_UNITS = 6, 7
FOR_ANOTHER, NOT_COMING, STILL_OPEN = 14, 8, 3
BACKPACK_VND = 120_000
BONUS = {20: 500_000, 30: 1_000_000, 40: 1_500_000}


def load_rewards(units: dict[str, Unit], on: date) -> int:
    """Donors, policy, run, round, ceremony; returns how many were honoured."""
    city = units["TP"]
    bases = list(Unit.objects.filter(kind__in=BASES, valid__contains=CUT_OFF).order_by("code"))
    donors = donors_of(bases, PROPOSED)
    Donation.objects.bulk_create(donations(donors, date(2026, 1, 5), CUT_OFF), batch_size=2_000)
    law = policy()
    run_as_of(CUT_OFF)
    cycle = rounds.open_round(
        by=as_of(ASKED_ON),
        name="Đợt tôn vinh người hiến máu tiêu biểu 2026 (đợt 1)",
        cut_off=CUT_OFF,
        deadline=DEADLINE,
        ceremony_on=CEREMONY_ON,
        place="Nhà văn hóa Mẫu",
        guidance="Công văn ngày 02/3/2026 (mẫu)",
    )
    checked(cycle, bases)
    decided(cycle)
    held(cycle)
    steps = {Step.AGREED: MET_ON, Step.GRANTED: DECIDED_ON, Step.RETURNED: date(2026, 5, 12)}
    for step, day in steps.items():
        cycle.nominations.filter(step=step).update(step_at=at(day))
    backpacks(city, cycle)
    named(cycle)
    draft_of_2027(law)
    autumn = donors_of(bases[::-1], AUTUMN)
    Donation.objects.bulk_create(donations(autumn, date(2026, 8, 3), date(2026, 11, 2)))
    if on > CUT_OFF:
        run_as_of(on)
    return Award.objects.count()


def donors_of(bases: list[Unit], wanted: dict[int, int]) -> list[tuple[Donor, Unit, int]]:
    """A donor for each proposal, in units all over the city, with the rung just reached."""
    chance = random.Random(sum(wanted.values()))  # noqa: S311  chance, not secrecy
    people = []
    for _n in range(sum(wanted.values())):
        made = invent(chance)
        born = date(1998 - chance.randrange(32), 1 + chance.randrange(12), 1 + chance.randrange(28))
        person = Person(full_name=f"{made.full_name} (mẫu)", sex=made.sex, birth_date=born)
        person.clean()
        people.append(person)
    Person.objects.bulk_create(people)
    rungs = [rung for rung, count in wanted.items() for _n in range(count)]
    places = [bases[n * 5 % len(bases)] for n in range(len(people))]
    Belonging.objects.bulk_create(
        Belonging(
            person=person, unit=unit, kind=BelongingKind.DONOR, cause="demo",
            during=DateRange(date(2025, 7, 1), None),
        )
        for person, unit in zip(people, places, strict=True)
    )  # fmt: skip
    donors = Donor.objects.bulk_create(Donor(person=one, code=f"~{one.pk}") for one in people)
    return list(zip(donors, places, rungs, strict=True))


def donations(donors: list[tuple[Donor, Unit, int]], first: date, entered_on: date) -> Iterator[Donation]:
    """So many turns that the rung is reached in the 80 days from `first`, twelve weeks and more apart."""
    for n, (donor, unit, rung) in enumerate(donors):
        day = first + timedelta(days=n * 7 % 80)
        for _turn in range(rung):
            yield Donation(
                donor=donor,
                unit=unit,
                on=day,
                volume_ml=350,
                source=Source.IMPORT,
                state=DonationState.CONFIRMED,
                recorded_at=at(entered_on),
                decided_at=at(entered_on),
            )
            day -= timedelta(days=84 + n % 9)


def at(day: date) -> datetime:
    return datetime.combine(day, time(9), ZONE)


def policy() -> Policy:
    """In force from New Year's Day; rungs reached earlier were honoured on paper."""
    by = as_of(date(2025, 12, 15))
    made = policies.draft_policy(
        by=by,
        name="Quy chế tôn vinh người hiến máu 2026 (mẫu)",
        effective_from=date(2026, 1, 1),
        budget_vnd=250_000_000,
    )
    for rung in made.rungs.filter(kind="individual", threshold__in=BONUS):
        policies.set_rung(
            by=by,
            policy=made,
            kind=rung.kind,
            threshold=rung.threshold,
            values={"bonus_vnd": BONUS[rung.threshold]},
        )
    policies.set_rung(
        by=by,
        policy=made,
        kind="individual",
        threshold=10,
        values={"honour": "Giấy chứng nhận tôn vinh của Hội (mẫu)", "grantor": "chapter"},
    )
    return policies.approve_policy(by=by, policy=made, decision_number="198/QĐ-CTĐ (mẫu)", decided_on=by.on)


def run_as_of(day: date) -> None:
    """A full run of that day, its brake released by an officer."""
    run = runs.ask_run(by=as_of(day), as_of=day)
    RewardRun.objects.filter(pk=run.pk).update(is_released=True)
    work_run(by=as_of(day), pk=run.pk, turns=donation_turns())
    if day < timezone.localdate():
        RewardRun.objects.filter(pk=run.pk).update(asked_at=at(day), touched_at=at(day), ended_at=at(day))
        Nomination.objects.filter(run=run).update(step_at=at(day))


def checked(cycle: Round, bases: list[Unit]) -> None:
    """161 of 168 units in time; all checked and cross-checked, one of them after death."""
    UnitReport.objects.bulk_create(
        UnitReport(round=cycle, unit=unit, reported_on=DEADLINE - timedelta(days=n % 12))
        for n, unit in enumerate(bases[: len(bases) - SILENT_UNITS])
    )
    rows = cycle.nominations.filter(step=Step.PROPOSED)
    rows.update(
        step=Step.CROSS_CHECKED,
        step_at=at(DEADLINE),
        proof="Giấy chứng nhận hiến máu tình nguyện, đối chiếu sổ của cơ sở tiếp nhận",
    )
    first = cycle.nominations.filter(rung__threshold=40).order_by("pk").first()
    Nomination.objects.filter(pk=first.pk if first else 0).update(is_posthumous=True)


def decided(cycle: Round) -> None:
    """Minutes, two dossiers, six returned (one voided for a doubled donation), two decisions, papers in."""
    rounds.record_meeting(
        by=as_of(MET_ON), cycle=cycle, held_on=MET_ON, present=9, members=11, minutes_number="05/BB-HĐ (mẫu)"
    )
    for grantor, number, signed, decision in (
        ("city", "41/TTr-CTĐ", "Chủ tịch Ủy ban nhân dân Thành phố", "2105/QĐ-UBND (mẫu)"),
        ("central", "42/TTr-CTĐ", "Chủ tịch Trung ương Hội", "188/QĐ-TƯHCTĐ (mẫu)"),
    ):
        dossiers.enter_dossier_paper(
            by=as_of(SENT_ON), cycle=cycle, grantor=grantor, code="report", number="12/BC-CTĐ (mẫu)"
        )
        dossier = rounds.send_dossier(
            by=as_of(SENT_ON), cycle=cycle, grantor=grantor, submission_number=number, sent_on=SENT_ON
        )
        missing = RETURNED if grantor == "city" else 0
        for one in dossier.nominations.order_by("pk")[:missing]:
            rounds.return_nomination(
                by=as_of(date(2026, 5, 12)), nomination=one, reason="Thiếu xác nhận của cơ sở tiếp nhận máu"
            )
        rounds.take_decision(
            by=as_of(DECIDED_ON),
            dossier=dossier,
            decision_number=decision,
            decided_on=DECIDED_ON,
            signer=signed,
        )
    doubled(cycle)
    ceremony.receive_papers(by=as_of(RECEIVED_ON), cycle=cycle, on=RECEIVED_ON)
    wrong = Award.objects.filter(nomination__round=cycle).order_by("pk")[10]
    misspelt = wrong.nomination.holder.replace("y", "i")
    ceremony.mark_misspelt(by=as_of(RECEIVED_ON), award=wrong, name_on_paper=misspelt)
    ceremony.mark_misspelt(by=as_of(date(2026, 6, 11)), award=wrong, name_on_paper="")


def doubled(cycle: Round) -> None:
    """A donation entered twice is voided; the run finds it, the officer withdraws the proposal."""
    back = cycle.nominations.filter(step=Step.RETURNED).order_by("pk").first()
    if back is None:
        return
    twice = Donation.objects.filter(donor__person=back.person).order_by("on").first()
    Donation.objects.filter(pk=twice.pk if twice else 0).update(
        state=DonationState.VOIDED, void_reason="Nhập trùng một lần hiến", decided_at=at(date(2026, 5, 20))
    )
    rounds.withdraw_nomination(
        by=as_of(date(2026, 5, 21)), nomination=back, reason="Một lần hiến nhập trùng: còn 19 lần"
    )


def held(cycle: Round) -> None:
    """183 invited: 161 came, 14 received by another, 8 afterwards, 3 of them still open."""
    ceremony.invite(by=as_of(date(2026, 6, 8)), cycle=cycle)
    invited = list(
        Invitation.objects.filter(round=cycle).select_related("award__nomination").order_by("order")
    )
    dead = [one for one in invited if one.award.nomination.is_posthumous]
    living = [one for one in invited if not one.award.nomination.is_posthumous]
    others = [*dead, *living[3::12]][:FOR_ANOTHER]
    left = [one for one in living if one not in others]
    away = left[5::20][:NOT_COMING]
    for one in invited:
        one.reply, one.receiver = Reply.COMING, ""
        if one in others:
            one.reply, one.receiver = Reply.OTHER, "Người thân (mẫu)"
        if one in away:
            one.reply = Reply.NOT_COMING
        one.checked_in_at = None if one in away else at(CEREMONY_ON)
        award = one.award
        if one not in away:
            award.handed_on, award.handed_proof = CEREMONY_ON, HandedProof.QR
            award.handed_how = HandedHow.FOR_ANOTHER if one in others else HandedHow.CEREMONY
            award.handed_to = one.receiver
    Invitation.objects.bulk_update(invited, ["reply", "receiver", "checked_in_at"])
    fields = ["handed_on", "handed_how", "handed_to", "handed_proof"]
    Award.objects.bulk_update([one.award for one in invited], fields)
    ceremony.close_ceremony(by=as_of(CEREMONY_ON), cycle=cycle)
    for n, one in enumerate(away[STILL_OPEN:]):
        day = CEREMONY_ON + timedelta(days=3 + n)
        ceremony.hand_over(by=as_of(day), award=one.award, on=day, how=HandedHow.LATE)


def named(cycle: Round) -> None:
    """Every ninth of those honoured has agreed to stand on the roll of honour."""
    text = consent_texts(CEREMONY_ON)["public_name"]
    people = Person.objects.filter(awards__nomination__round=cycle, awards__nomination__is_posthumous=False)
    Consent.objects.bulk_create(
        Consent(person=person, purpose="public_name", text_version=text.version, channel="paper")
        for person in people.distinct().order_by("pk")[::9]
    )


def backpacks(city: Unit, cycle: Round) -> None:
    """The chapter's own gift: a backpack for everybody honoured, 21.960.000 đ."""
    gift = gifts.add_gift(
        by=as_of(date(2026, 5, 4)),
        unit=city,
        name="Ba lô (mẫu)",
        fund=Fund.CHAPTER,
        value_vnd=BACKPACK_VND,
        given_from=date(2026, 5, 4),
    )
    gifts.move_gift(
        by=as_of(date(2026, 5, 25)),
        gift=gift,
        kind=MoveKind.RECEIPT,
        quantity=200,
        on=date(2026, 5, 25),
        what_for="Nhập theo hợp đồng (mẫu)",
    )
    gifts.move_gift(
        by=as_of(CEREMONY_ON),
        gift=gift,
        kind=MoveKind.HAND_OUT,
        quantity=cycle.invitations.count(),
        on=CEREMONY_ON,
        what_for="Quà tại lễ tôn vinh 14/6/2026",
        key=f"round:{cycle.pk}",
    )


def draft_of_2027(law: Policy) -> None:
    """A draft to be simulated beside the policy in force."""
    by = as_of(date(2026, 11, 2))
    draft = policies.draft_policy(
        by=by,
        name="Dự thảo quy chế 2027 (mẫu)",
        effective_from=date(2027, 1, 1),
        budget_vnd=300_000_000,
        copy_of=law,
    )
    for threshold, vnd in {20: 600_000, 30: 1_200_000}.items():
        policies.set_rung(
            by=by, policy=draft, kind="individual", threshold=threshold, values={"bonus_vnd": vnd}
        )
    for threshold in (5, 15):
        policies.set_rung(
            by=by,
            policy=draft,
            kind="individual",
            threshold=threshold,
            values={
                "honour": "Giấy chứng nhận tôn vinh của Hội (mẫu)",
                "grantor": "chapter",
                "bonus_vnd": 100_000,
            },
        )
