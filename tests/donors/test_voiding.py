"""A donation voided: all that rested on it is as if it had never been. Bad input: each its own sentence."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from donors.actions import confirm_donation, confirm_turns, issue_card, void_donation
from donors.actions.families import join_family
from donors.enums import Source
from donors.hooks import absorb_person
from donors.models import Donation, Donor, Drive, Family
from donors.queries.drives import funnel
from donors.queries.finding import find_givers
from donors.queries.standings import standings
from foundation.dates import today
from people.actions.absorbing import undo
from people.actions.merges import undo_merge
from people.actors import system_actor
from people.enums import OfficeCode
from redcross.registry import merge_everywhere
from tests.conftest import Cast, sign_in
from tests.factories import donors, drives, people

pytestmark = pytest.mark.django_db
BY = system_actor()


@pytest.fixture
def giver(cast: Cast) -> Donor:
    return donors.donor(cast.member, cast.ward)


@pytest.fixture
def desk(cast: Cast) -> Client:
    return sign_in(people.officer(OfficeCode.DONOR_OFFICER, cast.city))


TYPED = {"on": "14/06/2026", "component": "whole_blood", "volume_ml": "350", "kind": "voluntary"}
SERIAL: dict[str, Any] = {"certificate_issuer": "Viện (mẫu)", "certificate_serial": "0001"}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"on": "01/01/2999"}, "Ngày hiến chưa tới."),
        ({"on": "31/02/2026"}, "rc-field__error"),
        ({"volume_ml": "3500"}, "Không thể hiến 3500 ml trong một lần; nhiều nhất là 650 ml."),
        ({"on": "10/01/2025"}, "Lần hiến ngày này đã có."),
        (SERIAL, "Số giấy chứng nhận này đã ghi cho một lần hiến khác."),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(
    cast: Cast, giver: Donor, desk: Client, values: dict[str, str], sentence: str
) -> None:
    donors.donation(giver, cast.ward, date(2025, 1, 10), **SERIAL)
    page = desk.post(reverse("donor", args=[giver.code]), TYPED | values).content.decode()

    assert sentence in page
    assert all(f'value="{value}"' in page for name, value in values.items())
    assert giver.donations.count() == 1


@pytest.mark.parametrize(
    ("given", "born", "sentence"),
    [
        (date(2025, 1, 20), date(1990, 1, 1), "Chưa đủ ngày từ lần hiến trước"),
        (date(2025, 6, 1), date(2010, 3, 1), "Ngoài độ tuổi hiến máu vào ngày ấy"),
    ],
)
def test_what_happened_is_recorded_and_its_flag_told(
    cast: Cast, giver: Donor, desk: Client, given: date, born: date, sentence: str
) -> None:
    cast.member.birth_date, cast.member.birth_year = born, born.year
    cast.member.save()
    donors.donation(giver, cast.ward, date(2025, 1, 10))
    url = reverse("donor", args=[giver.code])
    page = desk.post(url, TYPED | {"on": f"{given:%d/%m/%Y}"}, follow=True).content.decode()

    assert sentence in page
    assert giver.donations.count() == 2


def test_a_donor_of_another_unit_is_told_on_the_donation(cast: Cast, desk: Client) -> None:
    far = donors.donor(cast.nobody, cast.other_ward)
    donors.donation(far, cast.ward, date(2025, 6, 1))

    assert "Người hiến của đơn vị khác" in desk.get(reverse("donor", args=[far.code])).content.decode()


def test_voiding_recomputes_everything_that_rested_on_it(cast: Cast, giver: Donor) -> None:
    drive = drives.opened(cast.ward, today())
    Drive.objects.filter(pk=drive.pk).update(on=today() - timedelta(days=80))
    drive.refresh_from_db()
    family = Family.objects.create(name="Gia đình bà An", unit=cast.ward)
    join_family(by=BY, family=family, donor=giver, since=date(2020, 1, 1))
    person = cast.member
    person.birth_date, person.birth_year, person.email = date(1990, 1, 1), 1990, "an@example.org"
    person.save()
    first = donors.donation(giver, cast.ward, drive.on, Source.DRIVE, drive=drive)
    Donation.objects.filter(pk=first.pk).update(state="confirmed")
    later = donors.donation(giver, cast.ward, drive.on + timedelta(days=20))
    paper = confirm_turns(by=BY, donor=giver)
    assert (later.flags, paper.turns) == (["interval"], 1)

    def rests() -> dict[str, Any]:
        """What is told of the donor, the drive, the family and the paper."""
        later.refresh_from_db()
        paper.proof.refresh_from_db()
        figures = giver.donations.counting(today()).figures()
        page = sign_in(cast.city_officer).get(reverse("donor_family", args=[family.pk]))
        return {
            "flags of the later one": later.flags,
            "turns and ml": (figures.turns, figures.ml),
            "gave at the drive": funnel(drive).gave,
            "family": page.context["total"],
            "paper": paper.proof.state,
            "interval": next(iter(standings(drive.on + timedelta(days=10)))).interval,
        }

    assert rests() == {
        "flags of the later one": ["interval"],
        "turns and ml": (1, 350),
        "gave at the drive": 1,
        "family": 1,
        "paper": "valid",
        "interval": "failed",
    }
    void_donation(by=BY, donation=first, reason="Ghi nhầm người")
    assert rests() == {
        "flags of the later one": [],
        "turns and ml": (0, 0),
        "gave at the drive": 0,
        "family": 0,
        "paper": "ended",
        "interval": "passed",
    }


def test_two_records_made_one_are_flagged_as_one_and_two_again(cast: Cast, giver: Donor) -> None:
    double = donors.donor(people.person("Trương Thị An", cast.ward, with_user=False), cast.ward)
    theirs = donors.donation(double, cast.ward, date(2026, 1, 10))
    later = donors.donation(giver, cast.ward, date(2026, 2, 10))

    notes = absorb_person(giver.person, double.person)
    later.refresh_from_db()
    theirs.refresh_from_db()
    assert (theirs.donor, later.flags) == (giver, ["interval"])

    assert undo(notes) == []
    later.refresh_from_db()
    theirs.refresh_from_db()
    assert (theirs.donor, later.flags) == (double, [])


@pytest.mark.parametrize("kept_has_one", [True, False])
def test_the_card_of_an_absorbed_record_leads_to_the_kept_one(
    cast: Cast, giver: Donor, kept_has_one: bool
) -> None:
    double = donors.donor(people.person("Trương Thị An", cast.ward, with_user=False), cast.ward)
    confirm_donation(by=BY, donation=donors.donation(double, cast.ward, date(2026, 1, 10)))
    double = issue_card(by=BY, donor=double)
    paper = confirm_turns(by=BY, donor=double)
    if kept_has_one:
        giver = issue_card(by=BY, donor=giver)
    old = double.card
    assert old is not None

    def public() -> tuple[bool, bool]:
        page = Client().get(reverse("proof", args=[old.code])).content.decode()
        return "Hợp lệ" in page, "gộp làm một" in page

    desk = people.actor(cast.city_officer)
    merge = merge_everywhere(desk, giver.person, double.person)
    giver.refresh_from_db()
    paper.refresh_from_db()
    assert (paper.donor, giver.share_code != "") == (giver, True)
    assert public() == ((False, True) if kept_has_one else (True, False))
    new = giver.card
    assert new is not None
    assert (new.code == old.code) != kept_has_one
    if kept_has_one:
        page = Client().get(reverse("proof", args=[old.code])).content.decode()
        assert reverse("proof", args=[new.code]) in page
    for typed in (old.code, double.code, giver.code):
        assert [one.person for one in find_givers(desk, typed).givers] == [giver.person]

    undo_merge(by=desk, merge=merge, reason="Hai người khác nhau")
    giver.refresh_from_db()
    double.refresh_from_db()
    assert (double.card, giver.card) == (old, new if kept_has_one else None)
    assert public() == (True, False)
