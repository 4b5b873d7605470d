"""Pages of members and dues: each opens with one row and with many under one count of queries."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.dates import today
from members import actions
from members.actions.dues_campaigns import grant_reliefs, reconcile_campaign
from members.actions.dues_money import remit_dues
from members.actions.life import Wanted
from members.enums import Kind, PayWay
from members.models import DuesCampaign, DuesProposal, Membership
from people.actors import system_actor
from people.models import Unit
from tests.conftest import Cast
from tests.factories import dues, people
from tests.factories import members as make

pytestmark = pytest.mark.django_db
BY = system_actor


def count(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(asked)


def grow_dues(cast: Cast, campaign: DuesCampaign, proposal: DuesProposal, branch: Unit) -> None:
    """One more of everything that dues pages list."""
    here = dues.branch(cast.ward, f"Chi hội {branch.code} {Membership.objects.count()}")
    rows = [*dues.members(2, branch), *dues.members(2, here)]
    reconcile_campaign(by=BY(), campaign=campaign)
    grant_reliefs(
        by=BY(),
        campaign=campaign,
        people=[rows[0].person],
        percent=50,
        reason="poor",
        decision="05/NQ-BCH",
        decided_on=date(2026, 1, 15),
    )
    dues.receipt(campaign, branch, today(), most=1)
    dues.receipt(campaign, here, today(), most=1)
    remit_dues(by=BY(), unit=cast.ward, made_on=today(), how=PayWay.CASH)
    dues.receipt(campaign, here, today(), most=1)
    proposal.lines.create(membership=rows[1], person=rows[1].person, branch=branch)


def test_dues_pages_ask_no_more_for_many_than_for_one(cast: Cast, client_for: Callable[..., Client]) -> None:
    branch = dues.branch(cast.ward, code="KP4")
    dues.members(2, branch)
    campaign = dues.campaign(cast.ward)
    proposal = DuesProposal.objects.create(campaign=campaign, last_year=0)
    grow_dues(cast, campaign, proposal, branch)
    receipt = cast.ward.dues_receipts.earliest("pk")
    remittance = cast.ward.remittances.earliest("pk")
    officer = client_for(cast.unit_officer)
    pages = {
        reverse("dues_list"): 16,
        reverse("dues_campaign", args=[campaign.pk]): 28,
        reverse("dues_branch", args=[campaign.pk, branch.code]): 22,
        reverse("dues_sheet", args=[campaign.pk, branch.code]): 20,
        reverse("dues_unpaid", args=[campaign.pk]): 18,
        reverse("dues_reliefs", args=[campaign.pk]): 18,
        reverse("dues_receipt", args=[receipt.pk]): 18,
        reverse("dues_remit", args=[campaign.pk]): 20,
        reverse("dues_remittance", args=[remittance.pk]): 18,
        reverse("dues_removals", args=[proposal.pk]): 22,
        reverse("dues_handover", args=[cast.ward.code]): 20,
    }
    for address in pages:
        officer.get(address)  # what is asked once a process is asked here
    few = {address: count(officer, address) for address in pages}
    for _n in range(3):
        grow_dues(cast, campaign, proposal, branch)
    many = {address: count(officer, address) for address in pages}
    assert {a: (few[a], many[a]) for a in pages if many[a] > few[a]} == {}
    assert {a: (many[a], most) for a, most in pages.items() if many[a] > most} == {}


def grow_members(cast: Cast, n: int) -> None:
    """One more of everything that pages of membership list."""
    make.application(cast.ward, f"Người Nộp Đơn {n}")
    make.application(cast.ward, f"Tình Nguyện {n}", kind=Kind.VOLUNTEER)
    make.batch(cast.ward, make.application(cast.ward, f"Người Chờ {n}"))
    moving = make.member(people.person(f"Người Chuyển {n}", cast.ward, with_user=False), cast.ward)
    make.transfer(moving, cast.other_ward)


def test_membership_pages_ask_no_more_for_many_than_for_one(
    cast: Cast, client_for: Callable[..., Client]
) -> None:
    membership = make.member(cast.member, cast.ward)
    grow_members(cast, 0)
    officer, member = client_for(cast.unit_officer), client_for(cast.member)
    panel = reverse("person_panel", args=[cast.member.key, "hoi-vien"])
    asked: list[tuple[Client, str, int]] = [
        (officer, reverse("application_list"), 22),
        (officer, reverse("meeting"), 18),
        (officer, reverse("transfer_list"), 16),
        (officer, panel, 36),
        (member, reverse("mine_membership"), 20),
        (member, reverse("mine_dues"), 16),
    ]
    for client, address, _most in asked:
        client.get(address)
    few = [count(client, address) for client, address, _most in asked]
    for n in range(1, 4):
        grow_members(cast, n)
    actions.change_life(by=BY(), membership=membership, wanted=Wanted("leave", make.yesterday(), "wish"))
    again = actions.rejoin(by=BY(), membership=membership, unit=cast.ward, on=today(), decision="9/QĐ-CTĐ")
    actions.replace_card(by=BY(), card=make.card(again), reason="Mờ chữ")
    make.member(cast.member, cast.ward, Kind.VOLUNTEER)
    many = [count(client, address) for client, address, _most in asked]
    told = [(address, a, b) for (_c, address, _m), a, b in zip(asked, few, many, strict=True) if b > a]
    assert told == []
    over = [(address, b, most) for (_c, address, most), b in zip(asked, many, strict=True) if b > most]
    assert over == []
