"""Every page of honours asks as often for three rows as for one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from donors.models import Donation, Drive
from foundation.dates import today
from people.actors import system_actor
from people.enums import OfficeCode
from rewards.actions.emergencies import declare_emergency
from rewards.actions.gifts import move_gift
from rewards.enums import Step
from rewards.models import (
    Award,
    Dossier,
    Finding,
    Gift,
    Invitation,
    Meeting,
    Nomination,
    Policy,
    RewardRun,
    Round,
)
from tests.conftest import Cast, sign_in
from tests.factories import donors, drives, people
from tests.factories.rewards import gift, nomination, policy

pytestmark = pytest.mark.django_db
BY = system_actor()


def filled(
    cast: Cast, law: Policy, cycle: Round, run: RewardRun, sent: Dossier, first: int, last: int
) -> None:
    """People from the first to the last: a proposal at each step, an invitation, a call, a gift."""
    meeting = Meeting.objects.get()
    for n in range(first, last):
        who = people.person(f"Người {n}", cast.ward, with_user=False)
        giver = donors.donor(who, cast.ward)
        for days in range(10):
            row = donors.donation(giver, cast.ward, today() - timedelta(days=1 + days * 90))
            Donation.objects.filter(pk=row.pk).update(state="confirmed")
        rows = [nomination(who, cast.ward, threshold, law=law) for threshold in (20, 30, 40, 50)]
        steps = [Step.PROPOSED, Step.CROSS_CHECKED, Step.SENT, Step.GRANTED]
        for one, step in zip(rows, steps, strict=True):
            Nomination.objects.filter(pk=one.pk).update(step=step, round=cycle, run=run, meeting=meeting)
        Nomination.objects.filter(pk=rows[2].pk).update(dossier=sent)
        Finding.objects.create(nomination=rows[0], run=run, kind="withdraw", count=19)
        award = Award.objects.create(
            nomination=rows[3], person=who, honour="individual-50", decision_number=f"{n}",
            decided_on=today(), due_on=today(),
        )  # fmt: skip
        Invitation.objects.create(award=award, round=cycle, order=n + 1, seat=f"A{n:02}")
        drive = drives.opened(cast.ward)
        Drive.objects.filter(pk=drive.pk).update(on=today())
        drive.refresh_from_db()
        declare_emergency(by=BY, name=f"Bão {n}", drive=drive, decision_number=f"{n}", decided_on=today())
        thing = gift(cast.city, 9, name=f"Quà {n}", given_from=today())
        for _move in range(2):
            move_gift(by=BY, gift=thing, kind="loss", quantity=1, on=today(), what_for="Rách")
        Policy.objects.create(name=f"Dự thảo {n}", effective_from=today() + timedelta(days=n))
        RewardRun.objects.create(as_of=today(), brake=9, state="done")


def test_pages_ask_as_often_for_three_as_for_one(cast: Cast) -> None:
    law = policy(reached_from=today().replace(year=2015))
    days = {"cut_off": today(), "deadline": today(), "ceremony_on": today()}
    cycle = Round.objects.create(name="Đợt", **days)
    run = RewardRun.objects.create(as_of=today(), brake=9, state="done")
    Meeting.objects.create(round=cycle, held_on=today(), present=7, members=9, minutes_number="1/BB")
    sent = Dossier.objects.create(
        round=cycle, grantor="city", submission_number="1/TTr", sent_on=today(), expected_on=today()
    )
    client = sign_in(people.officer(OfficeCode.REWARD_OFFICER, cast.city, "Cán Bộ Khen"))
    period = f"?tu={today() - timedelta(days=900):%d/%m/%Y}&den={today():%d/%m/%Y}"

    def asked() -> dict[str, int]:
        first = Nomination.objects.order_by("pk")[0]
        urls = [
            reverse("reward_nominations"),
            reverse("reward_nomination", args=[first.key]),
            reverse("reward_rounds"),
            reverse("reward_round", args=[cycle.pk]),
            reverse("reward_dossier", args=[sent.pk]),
            reverse("reward_ceremony", args=[cycle.pk]),
            reverse("reward_invitation", args=[Invitation.objects.order_by("pk")[0].key]),
            reverse("reward_invitation_public", args=[Invitation.objects.order_by("pk")[0].key]),
            reverse("reward_late"),
            reverse("reward_runs"),
            reverse("reward_run", args=[run.pk]),
            reverse("reward_findings"),
            reverse("reward_finding", args=[Finding.objects.order_by("pk")[0].pk]),
            reverse("reward_policies"),
            reverse("reward_policy", args=[law.pk]),
            reverse("reward_policy_simulate", args=[law.pk]) + period,
            reverse("reward_emergencies"),
            reverse("reward_figures") + period,
            reverse("reward_unit_rounds"),
            reverse("gift_list"),
            reverse("gift", args=[gift_of()]),
            reverse("reward_ladder"),
        ]
        counts = {}
        for url in urls:
            who = Client() if url.startswith(("/loi-moi/", "/hien-mau/")) else client
            with CaptureQueriesContext(connection) as told:
                answer = who.get(url)
            assert answer.status_code == 200, url
            counts[url] = len(told)
        return counts

    filled(cast, law, cycle, run, sent, 0, 1)
    asked()  # what is kept in memory is read
    one = asked()
    filled(cast, law, cycle, run, sent, 1, 3)
    three = asked()
    assert three == one
    assert max(one.values()) <= 34, one


def gift_of() -> int:
    return Gift.objects.order_by("pk")[0].pk
