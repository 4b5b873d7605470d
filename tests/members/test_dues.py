"""Dues of a branch, from the list to the confirmed remittance: the figures of the demo's story."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from foundation.refusal import Refused
from members.actions.dues_books import hand_over_book
from members.actions.dues_campaigns import (
    close_campaign,
    end_relief,
    grant_reliefs,
    reconcile_campaign,
    set_rate,
    set_shares,
)
from members.actions.dues_money import (
    cancel_receipt,
    confirm_remittance,
    remit_dues,
    take_back_remittance,
    take_receipt,
    tick_dues,
)
from members.enums import Kind, MembershipState, PayWay, ReceiptState, RemittanceState
from members.models import DuesCampaign, DuesCharge, DuesReceipt, DuesSeries, Membership, Pause
from members.queries.dues import books_to_hand_over, not_remitted, receipts_of, totals, unpaid_charges
from members.rules.dues import dues_terms, exemptions
from people.actors import system_actor
from people.enums import OfficeCode
from people.models import Belonging, Unit
from tests.conftest import Cast
from tests.factories import dues, people

pytestmark = pytest.mark.django_db
ADMITTED = date(2026, 3, 16)


def relieved(campaign: DuesCampaign, membership: Membership, percent: int = 100) -> None:
    grant_reliefs(
        by=system_actor(),
        campaign=campaign,
        people=[membership.person],
        percent=percent,
        reason="poor",
        decision="05/NQ-BCH",
        decided_on=date(2026, 1, 15),
    )


def test_fifty_members_four_exempt_then_twelve_who_joined_in_march(cast: Cast) -> None:
    """552.000 đ = 276.000 / 165.600 / 110.400; then 108.000 đ = 54.000 / 32.400 / 21.600."""
    branch = dues.branch(cast.ward)
    old = dues.members(50, branch)
    campaign = dues.campaign(cast.ward)
    for membership in old[:4]:
        relieved(campaign, membership)

    first = dues.receipt(campaign, branch, date(2026, 11, 20))
    dues.members(12, branch, since=ADMITTED)
    assert reconcile_campaign(by=system_actor(), campaign=campaign) == 12
    second = dues.receipt(campaign, branch, date(2026, 11, 25))

    assert (first.lines.count(), first.amount) == (46, 552_000)
    assert (first.branch_part, first.base_part, first.upper_part) == (276_000, 165_600, 110_400)
    assert (second.lines.count(), second.amount) == (12, 108_000)
    assert (second.branch_part, second.base_part, second.upper_part) == (54_000, 32_400, 21_600)
    assert [first.number_text, second.number_text] == ["01/2026", "02/2026"]
    found = totals(DuesCharge.objects.filter(campaign=campaign))
    assert (found.members, found.exempt, found.unpaid, found.paid) == (62, 4, 0, 660_000)


def test_what_is_passed_up_is_paid_only_once_the_level_above_confirms(cast: Cast) -> None:
    branch = dues.branch(cast.ward)
    dues.members(10, branch)
    dues.receipt(dues.campaign(cast.ward), branch)
    officer = people.actor(cast.unit_officer)
    accountant = people.actor(people.officer(OfficeCode.ACCOUNTANT, cast.city))

    sent = remit_dues(by=officer, unit=cast.ward, made_on=officer.on, how=PayWay.CASH)
    assert (sent.amount, sent.state) == (24_000, RemittanceState.SENT)
    with pytest.raises(Refused, match="Không có phiếu thu"):
        remit_dues(by=officer, unit=cast.ward, made_on=officer.on, how=PayWay.CASH)

    returned = confirm_remittance(by=accountant, remittance=sent, is_received=False, reason="Thiếu chứng từ")
    assert returned.state == RemittanceState.RETURNED
    again = remit_dues(by=officer, unit=cast.ward, made_on=officer.on, how=PayWay.TRANSFER, document="UNC 7")
    confirmed = confirm_remittance(by=accountant, remittance=again, is_received=True)

    assert (confirmed.state, confirmed.confirmed_on) == (RemittanceState.CONFIRMED, officer.on)
    assert not_remitted(cast.ward).count() == 0


def test_a_list_taken_back_frees_its_receipts(cast: Cast) -> None:
    branch = dues.branch(cast.ward)
    dues.members(2, branch)
    dues.receipt(dues.campaign(cast.ward), branch)
    officer = people.actor(cast.unit_officer)
    sent = remit_dues(by=officer, unit=cast.ward, made_on=officer.on, how=PayWay.CASH)

    take_back_remittance(by=officer, remittance=sent, reason="Ghi nhầm ngày")

    assert not_remitted(cast.ward).count() == 1


def test_a_cancelled_receipt_keeps_its_number_and_its_names_owe_again(cast: Cast) -> None:
    branch = dues.branch(cast.ward)
    dues.members(3, branch)
    campaign = dues.campaign(cast.ward)
    wrong = dues.receipt(campaign, branch)

    cancel_receipt(by=system_actor(), receipt=wrong, reason="Ghi sai người nộp")
    right = dues.receipt(campaign, branch)

    assert [(r.number, r.state) for r in DuesReceipt.objects.order_by("number")] == [
        (1, ReceiptState.CANCELLED),
        (2, ReceiptState.VALID),
    ]
    assert right.amount == 36_000
    with pytest.raises(Refused, match="đã hủy"):
        cancel_receipt(by=system_actor(), receipt=wrong, reason="Lần nữa")


def test_a_receipt_whose_share_was_passed_up_is_not_cancelled(cast: Cast) -> None:
    branch = dues.branch(cast.ward)
    dues.members(1, branch)
    receipt = dues.receipt(dues.campaign(cast.ward), branch)
    remit_dues(
        by=people.actor(cast.unit_officer), unit=cast.ward, made_on=receipt.received_on, how=PayWay.CASH
    )

    with pytest.raises(Refused, match="bảng kê"):
        cancel_receipt(by=system_actor(), receipt=receipt, reason="Sai")


def test_a_refused_receipt_leaves_no_gap(cast: Cast) -> None:
    branch = dues.branch(cast.ward)
    dues.members(2, branch)
    campaign = dues.campaign(cast.ward)
    one, other = dues.charges(campaign, branch)

    with pytest.raises(Refused, match="nợ ít hơn"):
        take_receipt(
            by=system_actor(),
            campaign=campaign,
            branch=branch,
            amounts={one.pk: 12_001},
            payer="Đặng Văn Tư",
            received_on=date(2026, 11, 1),
        )
    assert not DuesSeries.objects.exists()
    part = take_receipt(
        by=system_actor(),
        campaign=campaign,
        branch=branch,
        amounts={one.pk: 5_000, other.pk: 12_000},
        payer="Đặng Văn Tư",
        received_on=date(2026, 11, 1),
    )
    one.refresh_from_db()

    assert (part.number, part.amount, one.open_amount) == (1, 17_000, 7_000)


def test_ticks_on_the_phone_wait_for_one_receipt(cast: Cast) -> None:
    branch = dues.branch(cast.ward)
    dues.members(3, branch)
    campaign = dues.campaign(cast.ward)
    head = people.actor(people.officer(OfficeCode.BRANCH_HEAD, branch))
    keys = [charge.pk for charge in dues.charges(campaign, branch)]

    assert tick_dues(by=head, campaign=campaign, branch=branch, ticked=keys[:2], shown=keys) == 2
    assert tick_dues(by=head, campaign=campaign, branch=branch, ticked=keys[:2], shown=keys) == 0
    assert totals(DuesCharge.objects.filter(campaign=campaign)).ticked == 2
    with pytest.raises(Refused, match="2 hội viên"):
        close_campaign(by=system_actor(), campaign=campaign)
    assert tick_dues(by=head, campaign=campaign, branch=branch, ticked=[], shown=keys) == 2


def test_a_pause_a_transfer_and_an_end_cost_the_months_they_cost(cast: Cast) -> None:
    here, there = dues.branch(cast.ward), dues.branch(cast.ward, "Chi hội khu phố 5")
    rests, moves, leaves = dues.members(3, here)
    Pause.objects.create(
        membership=rests, during=DateRange(date(2026, 2, 15), date(2026, 5, 1)), reason="Đi xa"
    )
    Belonging.objects.filter(person=moves.person).update(during=DateRange(dues.SINCE, date(2026, 4, 1)))
    people.belong(moves.person, there, kind="member", since=date(2026, 4, 1))  # type: ignore[arg-type]
    Membership.objects.filter(pk=leaves.pk).update(
        during=DateRange(dues.SINCE, date(2026, 3, 2)), state=MembershipState.ENDED, ending="leave"
    )
    campaign = dues.campaign(cast.ward)

    assert {(c.membership_id, c.branch_id): c.months for c in dues.charges(campaign)} == {
        (rests.pk, here.pk): 10,  # not March, not April
        (moves.pk, here.pk): 3,
        (moves.pk, there.pk): 9,
        (leaves.pk, here.pk): 3,
    }


def test_a_new_rate_and_new_shares_hold_from_their_day(cast: Cast) -> None:
    branch = dues.branch(cast.ward)
    dues.members(1, branch)
    campaign = dues.campaign(cast.ward)
    by = people.actor(cast.city_officer)

    set_rate(
        by=by,
        top=cast.city,
        kind=Kind.MEMBER,
        monthly=2_000,
        first_on=date(2026, 7, 1),
        decision="91/CTĐ",
        confirmed=True,
    )
    set_shares(
        by=by,
        top=cast.city,
        branch=60,
        base=40,
        upper=0,
        first_on=date(2026, 12, 1),
        decision="92/CTĐ",
        confirmed=True,
    )
    assert reconcile_campaign(by=system_actor(), campaign=campaign) == 1
    assert [charge.amount for charge in dues.charges(campaign)] == [18_000]
    with pytest.raises(Refused, match="01/07/2026"):
        set_rate(
            by=by,
            top=cast.city,
            kind=Kind.MEMBER,
            monthly=3_000,
            first_on=date(2026, 7, 1),
            decision="93/CTĐ",
            confirmed=True,
        )
    receipt = dues.receipt(campaign, branch, date(2026, 11, 20))
    assert (receipt.branch_part, receipt.base_part, receipt.upper_part) == (9_000, 5_400, 3_600)


def test_a_list_of_exempt_beyond_ten_percent_warns_and_is_entered_whole_or_not_at_all(cast: Cast) -> None:
    rows = dues.members(10, dues.branch(cast.ward))
    campaign = dues.campaign(cast.ward)
    given: dict[str, Any] = {
        "percent": 100,
        "reason": "poor",
        "decision": "05/NQ-BCH",
        "decided_on": date(2026, 1, 15),
    }

    def warned() -> bool:
        found = totals(DuesCharge.objects.filter(campaign=campaign))
        return exemptions(found.exempt, found.members, dues_terms(date(2026, 11, 26))).is_beyond

    grant_reliefs(by=system_actor(), campaign=campaign, people=[rows[0].person], **given)
    assert not warned()  # one in ten is the cap
    two = [rows[1].person, rows[0].person]
    with pytest.raises(Refused, match="đã được miễn"):
        grant_reliefs(by=system_actor(), campaign=campaign, people=two, **given)
    assert campaign.reliefs.count() == 1
    grant_reliefs(by=system_actor(), campaign=campaign, people=two[:1], **given)
    assert warned()


def test_a_relief_taken_back_is_owed_again(cast: Cast) -> None:
    branch = dues.branch(cast.ward)
    (membership,) = dues.members(1, branch)
    campaign = dues.campaign(cast.ward)
    relieved(campaign, membership, percent=50)
    assert [c.amount for c in dues.charges(campaign)] == [6_000]

    end_relief(by=system_actor(), relief=campaign.reliefs.get(), reason="Ghi nhầm người")

    assert [c.amount for c in dues.charges(campaign)] == [12_000]


def test_who_pays_after_the_year_is_closed_gets_a_receipt_of_that_day(cast: Cast) -> None:
    branch = dues.branch(cast.ward)
    dues.members(3, branch, since=date(2024, 7, 1))  # the tree begins on 1 July 2025: six months
    campaign = dues.campaign(cast.ward, 2025)
    dues.receipt(campaign, branch, date(2025, 12, 20), most=2)
    campaign = close_campaign(by=replace(system_actor(), on=date(2025, 12, 31)), campaign=campaign)
    assert (campaign.closing_owed, campaign.closing_paid, campaign.closing_unpaid) == (18_000, 12_000, 1)
    head = people.actor(people.officer(OfficeCode.BRANCH_HEAD, branch))
    (late,) = unpaid_charges(campaign)

    assert tick_dues(by=head, campaign=campaign, branch=branch, ticked=[late.pk], shown=[late.pk]) == 1
    receipt = dues.receipt(campaign, branch, date(2026, 2, 3))

    assert (receipt.number_text, receipt.amount, receipt.branch_part) == ("01/2026", 6_000, 3_000)
    assert not unpaid_charges(campaign).exists()
    assert list(receipts_of(campaign).order_by("year")) == [DuesReceipt.objects.get(year=2025), receipt]
    campaign.refresh_from_db()
    assert totals(DuesCharge.objects.filter(campaign=campaign)).paid == (campaign.closing_paid or 0) + 6_000
    assert list(not_remitted(cast.ward)) == list(DuesReceipt.objects.order_by("year"))


def test_a_unit_that_is_gone_asks_the_city_to_hand_its_book_over(
    cast: Cast, client_for: Callable[..., Client]
) -> None:
    dues.members(2, dues.branch(cast.ward))
    dues.receipt(dues.campaign(cast.ward), cast.ward.dues_campaigns.get().charges.first().branch)  # type: ignore[union-attr]
    city = client_for(cast.city_officer)
    assert not books_to_hand_over(people.actor(cast.city_officer)).exists()
    Unit.objects.filter(pk=cast.ward.pk).update(valid=DateRange(cast.ward.valid.lower, date(2026, 11, 25)))
    assert list(books_to_hand_over(people.actor(cast.city_officer))) == [cast.ward]
    page = f"/lam-viec/hoi-phi/so/{cast.ward.code}/"
    assert "24.000" in city.get(page).content.decode()
    typed = {"successor": cast.other_ward.pk, "on": "26/11/2026", "minutes": ""}
    assert "26/11/2026" in city.post(page, typed).content.decode()  # what was typed stays
    assert city.post(page, typed | {"minutes": "03/BB"}).status_code == 302
    assert "Biên bản bàn giao" in city.get(page).content.decode()
    assert not books_to_hand_over(people.actor(cast.city_officer)).exists()
    assert city.post(page, typed | {"minutes": "04/BB"}).status_code == 200  # once only


def test_a_merged_unit_hands_its_book_over(cast: Cast) -> None:
    branch = dues.branch(cast.ward)
    dues.members(4, branch)
    campaign = dues.campaign(cast.ward)
    wrong = dues.receipt(campaign, branch, most=1)
    cancel_receipt(by=system_actor(), receipt=wrong, reason="Sai số tiền")
    kept = dues.receipt(campaign, branch, most=3)

    book = hand_over_book(
        by=people.actor(cast.city_officer),
        unit=cast.ward,
        successor=cast.other_ward,
        on=date(2026, 11, 25),
        minutes="Biên bản 03/BB-CTĐ",
    )

    assert (book.collected, book.not_remitted, book.arrears) == (36_000, 7_200, 12_000)
    assert book.receipts == [{"year": 2026, "first": 1, "last": 2, "cancelled": 1}]
    with pytest.raises(Refused, match="25/11/2026"):
        dues.receipt(campaign, branch, date(2026, 11, 24))
    late = dues.receipt(campaign, branch, date(2026, 11, 26))
    assert (late.unit, late.number_text, late.amount) == (cast.other_ward, "01/2026", 12_000)
    assert sorted(one.upper_part for one in not_remitted(cast.other_ward)) == [2_400, 7_200]
    with pytest.raises(Refused, match="bàn giao"):
        cancel_receipt(by=system_actor(), receipt=kept, reason="Sai")
