"""The demo is alive, plainly fictitious, loaded once, and never outside the demo."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.models import Count, Max, Min, Sum
from django.test import Client, override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker, Settings

from donors.actions import register_donor
from donors.enums import Component
from donors.models import Donation, Donor, Drive
from donors.queries.dossiers import words_of
from donors.queries.drives import first_timers, funnel
from donors.queries.rules import giving_rules
from donors.queries.verdicts import facts_of
from donors.rules.verdict import assess
from evaluations.models import Rating
from foundation.dates import today
from foundation.refusal import Refused
from ledger.models import User
from letters.models import Letter
from members.models import DuesCampaign, DuesCharge, DuesReceipt, DuesRemittance
from members.queries.dues import totals
from news.enums import Ground, OldState, PostState
from news.models import (
    Album,
    Autosave,
    Editing,
    OldSite,
    Picture,
    Post,
    PostFile,
    RoyaltyRate,
    RoyaltySheet,
    Video,
)
from news.queries.media import alike, lacks_proof
from papers.models import Paper
from people.actors import system_actor
from people.enums import OfficeCode, UnitKind
from people.models import (
    Approval,
    DataRequest,
    IdentityNumber,
    ImportBatch,
    OfficeGrant,
    Pair,
    Person,
    Phone,
    Unit,
    UnitAct,
)
from people.queries.imports import wall
from people.sealing import unseal
from redcross.demo.accounts import ACCOUNTS, PASSWORD
from redcross.demo.load import load_demo
from redcross.demo.shown import shown_accounts
from rewards.enums import Grantor, HandedHow, MoveKind, Step
from rewards.models import Award, GiftMove, Invitation, Nomination, Policy, Round, TitleAward
from rewards.queries.due import Span, outcome, spans_in_force
from rewards.queries.seen import late_units
from rewards.queries.telling import awards_to_tell, open_late
from rewards.queries.turns import donation_turns

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)
JUNE = date(2026, 6, 14)


@pytest.fixture(scope="module")
def loaded(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Loaded once for all tests of this file, which each go back to here; undone at the end."""
    folder = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder), transaction.atomic():
        assert load_demo(DAY, people=240)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded: None, db: None) -> None:
    """The demo, within the test's own transaction."""


@pytest.mark.usefixtures("demo")
def test_the_city_stands_with_an_officer_of_each_kind() -> None:
    base = [UnitKind.WARD, UnitKind.COMMUNE, UnitKind.SPECIAL_ZONE]

    assert Unit.objects.filter(kind__in=base, valid__contains=DAY).count() == 168
    assert set(OfficeGrant.objects.values_list("office", flat=True)) == set(OfficeCode.values)
    assert Post.objects.filter(state=PostState.PUBLISHED).count() >= 10


@pytest.mark.usefixtures("demo")
def test_the_newsroom_has_a_post_on_every_step() -> None:
    states = Counter(Post.objects.values_list("state", flat=True))
    assert {state for state in PostState if states[state]} == set(PostState)
    proposed = Post.objects.annotate(said=Count("comments")).get(said=4)
    assert (proposed.state, proposed.comments.filter(thread=None, settled_at=None).count()) == ("proposed", 1)
    corrected = Post.objects.exclude(corrections=[]).get()
    assert corrected.updated_at
    assert corrected.publish_at
    assert corrected.updated_at > corrected.publish_at
    assert Post.objects.filter(updated_at__isnull=False).count() == 2
    assert PostFile.objects.get().posts.get().updated_at
    assert Editing.objects.get().is_warm(timezone.now() + timedelta(days=20))
    assert sorted(Autosave.objects.values_list("user__username", flat=True)) == ["bien-tap", "phuong-1"]


@pytest.mark.usefixtures("demo")
def test_letters_went_out_wait_and_need_somebody() -> None:
    states = Counter(Letter.objects.values_list("state", flat=True))

    told = states.pop("told")
    assert told > 20
    assert states == {"sent": 4, "cancelled": 1, "to_call": 4, "waiting": 2}
    assert not Letter.objects.due(timezone.now(), is_quiet=False).exists()
    assert Post.objects.filter(state=PostState.RETURNED).count() == 1


@pytest.mark.usefixtures("demo")
def test_a_year_is_rated_and_honoured_and_the_next_one_runs() -> None:
    """All six titles stand somewhere, with reasons; the year that runs is rated by its law meanwhile."""
    held = Counter(TitleAward.objects.filter(state="recognised").values_list("title", flat=True))
    waits = TitleAward.objects.filter(state="proposed").order_by("title").values_list("title", flat=True)
    last, running = (Rating.objects.filter(cycle__number=0, cycle__year=year) for year in (2025, 2026))

    assert (held["advanced"], held["base_fighter"], held["city_merit"]) == (20, 9, 1)
    assert (held["city_fighter"], held["state_merit"]) == (2, 1)
    assert list(waits) == ["advanced", "national_fighter"]
    assert Counter(last.values_list("state", flat=True)) == {"final": 24, "exempt": 1}
    assert Counter(running.values_list("state", flat=True)) == {"open": 19, "reported": 3, "scored": 3}
    assert all(one.reasons for one in running.filter(state="scored"))
    assert Rating.objects.filter(person__user__username="truong-ban", state="final").count() == 3


@pytest.mark.usefixtures("demo")
def test_the_media_library_shows_every_ground_with_its_proof_and_without() -> None:
    standing = Picture.objects.standing()
    proven = set(standing.exclude(lacks_proof()).values_list("ground", flat=True))
    unproven = set(standing.filter(lacks_proof()).values_list("ground", flat=True))
    film = Video.objects.exclude(captions="").get()

    assert proven == set(Ground.values)
    assert unproven == {*Ground.values, ""} - {Ground.NO_PEOPLE}
    assert Picture.objects.filter(withdrawn_at__isnull=False).count() == 1
    boat = standing.get(alt="Tranh: thuyền cứu hộ trên sông")
    assert alike(system_actor(), boat).count() == 1
    assert film.poster is not None
    assert Album.objects.on_site().count() == 1
    assert not RoyaltyRate.objects.filter(confirmed=True).exists()
    assert RoyaltySheet.objects.get().total > 0
    assert OldSite.objects.get().state == OldState.TRYING


@pytest.mark.usefixtures("demo")
def test_dues_of_khu_pho_4_are_passed_up_and_not_confirmed() -> None:
    """46 of 50 pay 552.000 đ, the twelve of March 108.000 đ; 20 percent of both wait for the city."""
    branch = Unit.objects.get(code="P001-KP04")
    campaign = DuesCampaign.objects.get(unit__code="P001", year=DAY.year)
    found = totals(DuesCharge.objects.filter(campaign=campaign, branch=branch))
    receipts = DuesReceipt.objects.filter(branch=branch, lines__charge__campaign=campaign).distinct()
    rows = receipts.order_by("number").values_list("amount", "branch_part", "base_part", "upper_part")

    assert (found.members, found.exempt, found.unpaid) == (62, 4, 0)
    assert list(rows) == [(552_000, 276_000, 165_600, 110_400), (108_000, 54_000, 32_400, 21_600)]
    assert DuesRemittance.objects.get(state="sent").amount == 132_000
    closed = DuesCampaign.objects.get(unit__code="P001", year=DAY.year - 1)
    assert (closed.state, closed.closing_unpaid) >= ("closed", 3)


@pytest.mark.usefixtures("demo")
def test_the_ground_is_alive() -> None:
    """Something waits, something is late, something was merged and something is to come."""
    waiting = Approval.objects.filter(state="waiting", kind="body.recognise")
    papers = Counter(Paper.objects.values_list("state", flat=True))

    assert waiting.count() == 4
    assert waiting.filter(due_on__lt=today()).count() == 2
    assert list(UnitAct.objects.order_by("pk").values_list("state", flat=True)) == [
        "done",
        "waiting",
        "awaiting",
    ]
    assert papers == {"issued": 3, "submitted": 2, "signed": 1, "returned": 1, "draft": 1}
    assert Paper.objects.filter(number_text="07/QĐ-CTĐ", unit__code="P001").count() == 1
    assert Pair.objects.filter(state="open").count() == 3
    states = list(ImportBatch.objects.order_by("pk").values_list("state", flat=True))
    assert states[:4] == ["done", "tried", "tried", "tried"]
    assert set(states[4:]) == {"done"}
    asked_since = timezone.localdate().replace(day=1)
    assert 25 < sum(not one.sent_at for one in wall(system_actor(), asked_since)) < 45
    assert DataRequest.objects.filter(state="open").count() == 1


@pytest.mark.usefixtures("demo")
def test_loading_twice_changes_nothing() -> None:
    before = (Person.objects.count(), Unit.objects.count(), Post.objects.count(), User.objects.count())

    assert not load_demo(DAY, people=240)
    assert (
        Person.objects.count(),
        Unit.objects.count(),
        Post.objects.count(),
        User.objects.count(),
    ) == before


@pytest.mark.usefixtures("demo")
def test_nobody_in_it_can_be_real() -> None:
    emails = set(User.objects.exclude(email="").values_list("email", flat=True))
    numbers = [unseal(row.sealed, row.key_version) for row in IdentityNumber.objects.all()]

    assert all(email.endswith("@example.org") for email in emails)
    assert all(number.startswith("+8450") for number in Phone.objects.values_list("number", flat=True))
    assert numbers
    assert all(number.startswith("999") for number in numbers)


@pytest.mark.usefixtures("demo")
def test_every_account_signs_in_with_what_the_page_shows(settings: Settings) -> None:
    settings.MODE = "demo"
    page = Client().get("/tai-khoan/dang-nhap/").content.decode()

    assert PASSWORD in page
    assert all(account.username in page for account in ACCOUNTS)
    assert all(shown.code in page for shown in shown_accounts())


@pytest.mark.usefixtures("demo")
def test_outside_the_demo_the_sign_in_page_shows_nothing_of_it(settings: Settings) -> None:
    settings.MODE, settings.DEMO = "production", False
    page = Client().get("/tai-khoan/dang-nhap/").content.decode()

    assert PASSWORD not in page
    assert not any(f">{account.username}<" in page for account in ACCOUNTS)


def test_it_is_refused_outside_the_demo(settings: Settings) -> None:
    settings.MODE = "production"
    before = Unit.objects.count()
    with pytest.raises(Refused):
        load_demo(DAY, people=1)
    assert Unit.objects.count() == before


@pytest.mark.usefixtures("demo")
def test_the_figures_of_the_first_round_of_2026() -> None:
    cycle = Round.objects.get()

    rows = Nomination.objects.filter(round=cycle).order_by().values_list("rung__threshold")
    assert dict(rows.annotate(n=Count("pk"))) == {20: 129, 30: 47, 40: 13, 70: 3}
    assert (cycle.reports.count(), late_units(cycle).count()) == (161, 7)
    sent = cycle.dossiers.order_by("submission_number").values_list("submission_number", "grantor")
    assert list(sent) == [("41/TTr-CTĐ", Grantor.CITY), ("42/TTr-CTĐ", Grantor.CENTRAL)]
    steps = dict(
        Nomination.objects.filter(round=cycle).order_by().values_list("step").annotate(n=Count("pk"))
    )
    assert steps == {Step.GRANTED: 183, Step.RETURNED: 5, Step.WITHDRAWN: 1, Step.AGREED: 3}
    assert Award.objects.filter(decided_on=date(2026, 5, 29)).count() == Invitation.objects.count() == 183
    how = dict(Award.objects.order_by().values_list("handed_how").annotate(n=Count("pk")))
    assert how == {HandedHow.CEREMONY: 161, HandedHow.FOR_ANOTHER: 14, HandedHow.LATE: 5, "": 3}
    assert open_late(DAY).count() == 3
    assert Award.objects.filter(nomination__is_posthumous=True).count() == 1
    out = GiftMove.objects.filter(kind=MoveKind.HAND_OUT).aggregate(n=Sum("quantity"))["n"]
    assert -out * 120_000 == 21_960_000
    assert Award.objects.exclude(name_on_paper="").count() == 0
    assert not awards_to_tell(DAY).exists(), "honours of long ago are not congratulated today"

    draft = Policy.objects.get(state="draft")
    span = [Span(draft.pk, date(2026, 1, 1), DAY)]
    assert outcome(donation_turns(), span, DAY).nominations == 0
    assert Nomination.objects.filter(round=None, step=Step.PROPOSED).count() == 39
    assert outcome(donation_turns(), spans_in_force(DAY), DAY).nominations == 0


@pytest.mark.usefixtures("demo")
def test_the_drive_of_june_and_the_next_one() -> None:
    """168 signed up, 151 came, 132 gave 47.400 ml, 41 for the first time; 62 of 120 seats, five wait."""
    drive = Drive.objects.get(on=JUNE)
    told = funnel(drive)
    figures = drive.donations.standing().figures()
    coming = Drive.objects.get(on=date(2026, 12, 13))
    full = coming.slots.get(starts_at="08:00")
    seats = coming.slots.aggregate(taken=Sum("taken"), seats=Sum("seats"))
    waiting = coming.sign_ups.filter(slot=full, state="waiting").count()
    faithful = Donation.objects.filter(donor__person__user__username="tinh-nguyen").counting(DAY)

    assert (told.seated, told.came, told.gave, told.checked_in) == (168, 151, 132, 151)
    assert (figures.bags, figures.ml, str(figures.units.normalize())) == (132, 47_400, "189.6")
    assert first_timers(drive) == 41
    assert (seats["taken"], seats["seats"], full.left, waiting) == (62, 120, 0, 5)
    assert faithful.figures().turns == 18
    assert (faithful.filter(on__lte=drive.on).figures().turns, drive.target) == (17, 150)
    mix = drive.donations.order_by("volume_ml").values_list("volume_ml").annotate(n=Count("pk"))
    assert list(mix) == [(250, 12), (350, 96), (450, 24)]
    assert words_of(drive, DAY)["gifts"].startswith("19.920.000 đồng")
    assert drive.donations.filter(flags=["age"]).count() == 1
    assert drive.check_ins.filter(state="dropped", conflict="twice").count() == 1
    donor = Donor.objects.select_related("person").get(person__user__username="tinh-nguyen")
    facts = facts_of(donor, Component.WHOLE_BLOOD)
    assert assess(facts, giving_rules(JUNE), on=JUNE).earliest == date(2026, 9, 6)
    assert assess(facts, giving_rules(DAY), on=DAY).earliest == date(2027, 2, 12)


@pytest.mark.usefixtures("demo")
def test_three_years_of_donations_lie_behind_it_and_a_new_donor_finds_a_code() -> None:
    days = Donation.objects.exclude(source="carried").aggregate(first=Min("on"), last=Max("on"))
    assert (DAY - days["first"]).days > 365 * 2.9
    assert (DAY - days["last"]).days < 30
    months = Donation.objects.filter(on__gte=DAY - timedelta(days=365 * 3)).dates("on", "month")
    assert len(months) >= 36
    assert not Donor.objects.exclude(code__regex=r"^HM\d{7}$").exists()
    person = Person.objects.filter(donor=None).first()
    assert person is not None
    donor = register_donor(by=system_actor(), person=person, unit=Unit.objects.get(code="P001"))
    assert donor.code == f"HM{donor.pk:07}"
    assert Drive.objects.filter(state="closed").count() == 1
