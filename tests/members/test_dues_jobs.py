"""Dues by the clock: reconciled every night, reminded once a day of the table, nothing twice."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from foundation.dates import today
from foundation.money import format_vnd
from ledger.models import JobRun
from letters.models import Letter
from members import actions, tasks
from members.actions.dues_campaigns import close_campaign
from members.actions.life import Wanted
from members.enums import Ending
from members.models import DuesCharge, DuesRate, Membership
from members.panels import dues_to_do
from members.queries.dues import totals_by_campaign
from members.queries.dues_reminders import due_reminders
from members.rules.dues import reminder_day
from people.actors import system_actor
from people.enums import OfficeCode
from people.models import Person
from tests.conftest import Cast
from tests.factories import dues, people

pytestmark = pytest.mark.django_db


def last_run(job: str) -> tuple[int, int, int, int]:
    run = JobRun.objects.filter(job=job).latest("pk")
    return run.seen, run.changed, run.skipped, run.failed


def test_reminder_days_of_the_table() -> None:
    asked = [date(2026, 9, 30), date(2026, 10, 1), date(2026, 11, 30), date(2026, 12, 1), date(2027, 3, 1)]
    assert [reminder_day(2026, on) for on in asked] == [
        None,
        date(2026, 10, 1),
        date(2026, 10, 1),
        date(2026, 12, 1),
        date(2026, 12, 1),
    ]


def test_a_night_reconciles_open_years_and_the_next_changes_nothing(cast: Cast) -> None:
    branch = dues.branch(cast.ward)
    dues.members(3, branch)
    open_one, closed = dues.campaign(cast.ward), dues.campaign(cast.other_ward)
    close_campaign(by=system_actor(), campaign=closed)
    DuesRate.objects.update(monthly=2_000)
    tasks.reconcile_dues()
    assert last_run("members.reconcile_dues") == (1, 1, 0, 0)
    assert set(DuesCharge.objects.filter(campaign=open_one).values_list("amount", flat=True)) == {24_000}
    tasks.reconcile_dues()
    assert last_run("members.reconcile_dues") == (1, 0, 1, 0)


def test_who_owes_is_reminded_once_and_who_paid_left_or_has_no_mail_is_not(cast: Cast) -> None:
    branch = dues.branch(cast.ward)
    owes, paid, ticked, gone, silent = dues.members(5, branch)
    Person.objects.exclude(pk=silent.person_id).filter(pk__in=Membership.objects.values("person")).update(
        email="mau@example.org"
    )
    year = today().year - 1  # whose days of the table are all behind us
    campaign = dues.campaign(cast.ward, year)
    charge = {row.membership_id: row for row in dues.charges(campaign)}
    dues.receipt_for(campaign, branch, {charge[paid.pk].pk: charge[paid.pk].amount}, today())
    DuesCharge.objects.filter(membership=ticked).update(ticked_on=today())
    actions.change_life(by=system_actor(), membership=gone, wanted=Wanted(Ending.DECEASED, today(), "death"))

    for _twice in range(2):
        tasks.remind_of_dues()

    letter = Letter.objects.get(template__code="members.dues_reminder")
    assert letter.recipient_name == owes.person.full_name
    assert format_vnd(charge[owes.pk].amount) in letter.body
    assert last_run("members.remind_dues") == (1, 0, 1, 0)
    first = JobRun.objects.filter(job="members.remind_dues").earliest("pk")
    assert (first.seen, first.changed, first.skipped) == (2, 1, 1)
    assert "Không có thư điện tử" in next(iter(first.reasons))
    assert due_reminders(date(year, 9, 30)) == []
    (first_day,) = due_reminders(date(year, 10, 1))  # another day of the table is another letter
    assert (first_day.person_id, first_day.day) == (owes.person_id, date(year, 10, 1))


def test_a_branch_head_counts_the_own_branch_only(cast: Cast) -> None:
    here, there = dues.branch(cast.ward), dues.branch(cast.ward, "Chi hội khu phố 5")
    dues.members(2, here)
    dues.members(3, there)
    campaign = dues.campaign(cast.ward)
    head = people.actor(people.officer(OfficeCode.BRANCH_HEAD, here))
    counts = [
        totals_by_campaign(by, [campaign])[campaign.pk].members
        for by in (head, people.actor(cast.unit_officer), people.actor(cast.city_officer))
    ]
    assert counts == [2, 5, 5]


def test_what_waits_for_a_receipt_stands_in_the_units_queue_and_nobody_elses(cast: Cast) -> None:
    branch = dues.branch(cast.ward)
    dues.members(3, branch)
    campaign = dues.campaign(cast.ward)
    officer, city = people.actor(cast.unit_officer), people.actor(cast.city_officer)
    assert list(dues_to_do(officer)) == []
    first, *_rest = dues.charges(campaign, branch)
    DuesCharge.objects.filter(pk=first.pk).update(ticked_on=today())
    (item,) = dues_to_do(officer)
    assert item.url == f"/lam-viec/hoi-phi/{campaign.pk}/chi-hoi/{branch.code}/"
    assert list(dues_to_do(city)) == []  # the level above has 168 units: it sees what is passed up
    dues.receipt(campaign, branch)
    assert list(dues_to_do(officer)) == []


def test_my_dues_and_the_panel_show_years_and_receipts(
    cast: Cast, client_for: Callable[..., Any], django_assert_max_num_queries: Any
) -> None:
    branch = dues.branch(cast.ward)
    dues.members(1, branch)
    Membership.objects.update(person=cast.member)
    people.belong(cast.member, branch, kind="member", since=dues.SINCE)  # type: ignore[arg-type]
    mine, officer = client_for(cast.member), client_for(cast.unit_officer)
    assert "Chưa có hội phí" in mine.get("/cua-toi/hoi-phi/").content.decode()
    campaign = dues.campaign(cast.ward)
    assert "Bạn còn phải nộp 12.000" in mine.get("/cua-toi/hoi-phi/").content.decode()
    receipt = dues.receipt(campaign, branch)
    page = mine.get("/cua-toi/hoi-phi/").content.decode()
    assert "Bạn không còn nợ hội phí" in page
    assert f"Phiếu thu {receipt.number_text}" in page
    panel = f"/lam-viec/nguoi/{cast.member.key}/hoi-phi/"
    with django_assert_max_num_queries(40):
        assert f"/phieu-thu/{receipt.pk}/" in officer.get(panel).content.decode()
