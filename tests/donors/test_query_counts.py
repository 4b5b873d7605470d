"""Every page of donors and drives asks the database as often for three of everything as for one."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from donors.actions import confirm_donation, confirm_turns
from donors.actions.calls import plan_call
from donors.actions.dossiers import draft_drive_paper
from donors.actions.families import join_family
from donors.actions.list_runs import work_list
from donors.actions.lists import ask_list_run, ask_list_try, take_in_gifts
from donors.actions.rules import set_local_rule
from donors.actions.signups import sign_up
from donors.enums import DrivePaperKind, Source
from donors.models import Confirmation, DonationList, Donor, Drive, DriveTarget, Family
from foundation.dates import today
from people.actors import system_actor
from people.enums import OfficeCode
from people.models import Person
from tests.conftest import Cast, sign_in
from tests.factories import donors, drives, people

pytestmark = pytest.mark.django_db
BY = system_actor()
HEAD = "Họ tên;Năm sinh;SĐT;Ngày hiến;Thể tích (ml)"


@dataclass
class Chapter:
    """A ward with `more()` of everything, as often as it is called."""

    cast: Cast
    drive: Drive
    giver: Donor
    family: Family
    batch: DonationList
    officer: Person
    desk: Client
    mine: Client
    so_far: int = 0
    paper: Confirmation | None = None

    def more(self) -> None:
        n = self.so_far = self.so_far + 1
        ward = self.cast.ward
        person = people.person(f"Người Hiến {n}", ward, with_user=False)
        donor = donors.donor(person, ward)
        sign_up(by=BY, person=person, slot=self.drive.slots.all()[0])
        donors.donation(donor, ward, today() - timedelta(days=n), Source.DRIVE, drive=self.drive)
        donors.donation(donor, ward, today() - timedelta(days=300 + n), Source.DECLARED)
        own = donors.donation(self.giver, ward, today() - timedelta(days=400 + 100 * n))
        confirm_donation(by=BY, donation=own)
        self.paper = confirm_turns(by=BY, donor=self.giver)
        join_family(by=BY, family=self.family, donor=donor, since=today())
        Family.objects.create(name=f"Gia đình {n}", unit=ward)
        plan_call(by=BY, unit=ward, area=ward, groups=["O-"], on=today(), cap=9, words="Cần máu")
        draft_drive_paper(by=BY, drive=self.drive, kind=DrivePaperKind.values[n])
        DriveTarget.objects.create(unit=ward, year=2000 + n, turns=9, decision="Quyết định (mẫu)")
        set_local_rule(
            by=BY,
            subject="least_kg_female",
            value=45 + n,
            effective_from=today() + timedelta(days=n),
            citation="Quyết định (mẫu)",
            confirmed=False,
        )
        drives.opened(ward)
        brought_in(self.cast, self.officer, n)
        self.batch = brought_in(self.cast, self.officer, n, rows=n)


def brought_in(cast: Cast, officer: Person, n: int, rows: int = 1) -> DonationList:
    """A list with that many doubtful rows, and as many new people."""
    by = people.actor(officer)
    lines = [f"Chỉ Có Tên {row};;;01/02/2026;350" for row in range(rows)]
    lines += [f"Người Mới {n} {row};1990;09{n:04}{row:04};01/02/2026;350" for row in range(rows)]
    file = ContentFile("\n".join([HEAD, *lines]).encode(), "ds.csv")
    batch = take_in_gifts(by=by, unit=cast.ward, file=file, source="Sổ", is_facilitys=False)
    ask_list_try(by=by, batch=batch, columns=batch.columns)
    work_list(by=BY, pk=batch.pk)
    ask_list_run(by=by, batch=batch)
    work_list(by=BY, pk=batch.pk)
    batch.refresh_from_db()
    return batch


@pytest.fixture
def chapter(cast: Cast) -> Chapter:
    officer = people.officer(OfficeCode.DONOR_OFFICER, cast.city)
    drive = drives.opened(cast.ward, today(), seats=9)
    family = Family.objects.create(name="Gia đình", unit=cast.ward)
    giver = donors.donor(cast.member, cast.ward)
    batch = brought_in(cast, officer, 0)
    return Chapter(cast, drive, giver, family, batch, officer, sign_in(officer), sign_in(cast.member))


# Of each page: whose browser opens it, the names of its parts, how often it may ask at most.
PAGES: dict[str, tuple[str, Any, int]] = {
    "donor_list": ("desk", lambda c: [], 12),
    "donor_list_export": ("desk", lambda c: [], 12),
    "donor": ("desk", lambda c: [c.giver.code], 22),
    "declared_list": ("desk", lambda c: [], 10),
    "family_list": ("desk", lambda c: [], 12),
    "donor_family": ("desk", lambda c: [c.family.pk], 12),
    "donor_rules": ("desk", lambda c: [], 12),
    "donation_lists": ("desk", lambda c: [], 12),
    "donation_list": ("desk", lambda c: [c.batch.pk], 14),
    "donation_list_new": ("desk", lambda c: [], 12),
    "donation_queue": ("desk", lambda c: [c.batch.pk], 18),
    "donor_lines": ("desk", lambda c: [c.drive.pk], 12),
    "drive_register": ("desk", lambda c: [], 12),
    "drive": ("desk", lambda c: [c.drive.pk], 20),
    "drive_list": ("desk", lambda c: [c.drive.pk], 12),
    "drive_papers": ("desk", lambda c: [c.drive.pk], 20),
    "drive_sign_up": ("desk", lambda c: [c.drive.pk], 12),
    "drive_figures": ("desk", lambda c: [], 12),
    "target_list": ("desk", lambda c: [], 12),
    "call_list": ("desk", lambda c: [], 14),
    "mine_donations": ("mine", lambda c: [], 16),
    "mine_drive": ("mine", lambda c: [c.drive.pk], 12),
    "mine_declare": ("mine", lambda c: [], 12),
    "blood_home": ("", lambda c: [], 3),
    "drive_calendar": ("", lambda c: [], 3),
    "drive_public": ("", lambda c: [c.drive.pk], 3),
    "public_figures": ("", lambda c: [], 4),
    "donor_self_check": ("", lambda c: [], 2),
    "donor_count": ("", lambda c: [c.paper.proof.code], 14),
}


def test_every_page_asks_as_often_for_three_as_for_one(
    chapter: Chapter, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    asked: dict[str, list[int]] = {name: [] for name in PAGES}
    for more in (1, 2):
        for _one in range(more):
            chapter.more()
        for name, (who, parts, most) in PAGES.items():
            client = getattr(chapter, who) if who else Client()
            url = reverse(name, args=parts(chapter))
            if more == 1:
                client.get(url)  # what is noted once a day, and what is read once a process
            with django_assert_max_num_queries(most, info=name) as queries:
                assert client.get(url).status_code == 200, name
            asked[name].append(len(queries))

    assert {name: counts for name, counts in asked.items() if len(set(counts)) > 1} == {}
