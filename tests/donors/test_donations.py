"""Donations: recorded, confirmed, voided; what counts on a day; who sees them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from donors.actions import confirm_donation, void_donation
from donors.enums import DonationKind, DonationState, Source
from donors.models import Donor
from foundation.dates import today
from foundation.refusal import Refused
from people.actors import system_actor
from people.enums import OfficeCode
from tests.conftest import Cast, sign_in
from tests.factories import donors, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def giver(cast: Cast) -> Donor:
    return donors.donor(cast.member, cast.ward)


def test_only_voluntary_confirmed_donations_up_to_the_day_count(cast: Cast, giver: Donor) -> None:
    by, ward = system_actor(), cast.ward
    for on, ml in ((date(2025, 1, 10), 350), (date(2025, 6, 10), 450)):
        confirm_donation(by=by, donation=donors.donation(giver, ward, on, volume_ml=ml))
    paid = donors.donation(giver, ward, date(2025, 10, 1), kind=DonationKind.PAID)
    confirm_donation(by=by, donation=paid)
    donors.donation(giver, ward, date(2026, 2, 1))
    covered = donors.donation(giver, ward, date(2024, 6, 1))
    confirm_donation(by=by, donation=covered)
    carried = donors.donation(
        giver, ward, date(2024, 12, 31), Source.CARRIED, turns=12, volume_ml=None, proof="15/XN-TTHM"
    )
    confirm_donation(by=by, donation=carried)

    def turns(on: date) -> int:
        return Donor.objects.with_turns(on).get(pk=giver.pk).turns  # type: ignore[attr-defined,no-any-return]

    assert [turns(date(2024, 12, 30)), turns(date(2024, 12, 31)), turns(date(2025, 6, 9))] == [1, 12, 13]
    figures = giver.donations.counting(today()).figures()
    assert (figures.turns, figures.bags, figures.ml, figures.units) == (14, 2, 800, Decimal("3.2"))
    assert giver.donations.counting(today()).turns_by_donor() == {giver.pk: 14}


def test_voiding_takes_the_count_back(cast: Cast, giver: Donor) -> None:
    donation = confirm_donation(by=system_actor(), donation=donors.donation(giver, cast.ward, today()))
    assert giver.donations.counting(today()).figures().turns == 1

    voided = void_donation(by=system_actor(), donation=donation, reason="Ghi nhầm người")

    assert (voided.state, giver.donations.counting(today()).figures().turns) == (DonationState.VOIDED, 0)
    with pytest.raises(Refused, match="đã hủy bỏ"):
        void_donation(by=system_actor(), donation=voided, reason="Lần nữa")


def test_what_cannot_be_is_refused_with_its_own_sentence(cast: Cast, giver: Donor) -> None:
    serial: dict[str, Any] = {"certificate_issuer": "Viện (mẫu)", "certificate_serial": "0001"}
    donors.donation(giver, cast.ward, date(2025, 1, 10), **serial)
    for values, sentence in (
        ({"on": date(2999, 1, 1)}, "chưa tới"),
        ({"on": date(2025, 9, 1), "volume_ml": 3500}, "3500 ml"),
        ({"on": date(2025, 1, 10)}, "đã có"),
        ({"on": date(2025, 9, 1), **serial}, "đã ghi cho một lần hiến khác"),
    ):
        with pytest.raises(Refused, match=sentence):
            donors.donation(giver, cast.ward, **values)


def test_what_happened_against_a_rule_is_recorded_with_a_flag(cast: Cast, giver: Donor) -> None:
    donors.donation(giver, cast.ward, date(2025, 1, 10))

    assert donors.donation(giver, cast.ward, date(2025, 4, 3)).flags == ["interval"]
    assert donors.donation(giver, cast.ward, date(2025, 6, 26)).flags == []


def test_the_register_and_the_donors_page(cast: Cast, giver: Donor) -> None:
    officer = people.officer(OfficeCode.DONOR_OFFICER, cast.city)
    client = sign_in(officer)
    assert "Trương Thị An" in client.get(reverse("donor_list")).content.decode()
    url = reverse("donor", args=[giver.code])

    answer = client.post(
        url,
        {
            "on": "14/06/2026",
            "component": "whole_blood",
            "volume_ml": "350",
            "kind": "voluntary",
            "turns": "1",
        },
    )
    assert answer.status_code == 302
    donation = giver.donations.get()
    client.post(reverse("donation_decide", args=[donation.pk]), {"do": "confirm"})
    donation.refresh_from_db()
    assert donation.state == DonationState.CONFIRMED

    typed = {
        "on": "14/06/2026",
        "component": "whole_blood",
        "volume_ml": "3500",
        "kind": "voluntary",
        "turns": "1",
    }
    page = client.post(url, typed).content.decode()
    assert "3500 ml" in page
    assert 'value="3500"' in page
    elsewhere = sign_in(people.officer(OfficeCode.DONOR_OFFICER, cast.other_ward))
    assert elsewhere.get(url).status_code == 404


def test_a_donor_reads_what_was_given_and_when_next(cast: Cast, giver: Donor) -> None:
    donors.donation(giver, cast.ward, today())
    page = sign_in(cast.member).get(reverse("mine_donations")).content.decode()

    assert giver.code in page
    assert "Quyết định cuối cùng thuộc về bác sĩ khám tuyển." in page
    assert "Chưa có lần hiến nào" in sign_in(cast.nobody).get(reverse("mine_donations")).content.decode()
