"""A volunteer's page: kept by the volunteer and the unit; evidence seen, conduct signed, titles recorded."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.dates import today
from foundation.refusal import Refused
from ledger.actor import NotAllowed
from members import hooks
from members.actions import volunteers as actions
from members.enums import Channel, Kind, TitleLevel
from members.models import (
    ConductSigning,
    Membership,
    ServiceDay,
    VolunteerProfile,
    VolunteerSkill,
    VolunteerTitle,
)
from people.actors import system_actor
from people.enums import OfficeCode
from tests.conftest import Cast, sign_in
from tests.factories import members as make_members
from tests.factories import people
from tests.factories import volunteers as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def volunteer(cast: Cast) -> Membership:
    return make_members.member(cast.member, cast.ward, Kind.VOLUNTEER)


def test_a_volunteer_keeps_the_own_page(cast: Cast, volunteer: Membership) -> None:
    client = sign_in(cast.member)
    page = reverse("mine_volunteer")
    assert "chưa ký" in client.get(page).content.decode()

    told = {
        "fields": ["first_aid"], "availability": ["sunday", "emergency"], "area": "Phường Mẫu 2",
        "vehicle": "motorbike", "emergency_name": "Lê Văn Chồng", "emergency_relation": "chồng",
        "emergency_phone": "0500000111", "version": 0,
    }  # fmt: skip
    assert client.post(reverse("mine_volunteer_step", args=["thong-tin"]), told).status_code == 302
    skill = {"code": "first_aid_1", "evidence": "GCN 12/2026", "expires_on": "01/01/2028"}
    assert client.post(reverse("mine_volunteer_step", args=["ky-nang"]), skill).status_code == 302
    told_language = {"code": "en", "level": "good"}
    assert client.post(reverse("mine_volunteer_step", args=["ngon-ngu"]), told_language).status_code == 302
    conduct = reverse("mine_volunteer_step", args=["quy-tac"])
    assert client.post(conduct, {}).status_code == 200  # not ticked: nothing is signed
    assert client.post(conduct, {"agreed": "on"}).status_code == 302

    shown = client.get(page).content.decode()
    for word in ("Lê Văn Chồng", "0500000111", "Sơ cấp cứu – TNV cấp I", "Tiếng Anh", "Phường Mẫu 2"):
        assert word in shown
    assert ConductSigning.objects.get().channel == Channel.WEB
    assert VolunteerProfile.objects.get().reviewed_on == today()
    stale = client.post(reverse("mine_volunteer_step", args=["thong-tin"]), {**told, "area": "Nơi khác"})
    assert stale.status_code == 200  # somebody saved in between: told, and what was typed is kept
    assert "Nơi khác" in stale.content.decode()


def test_who_is_no_volunteer_is_shown_the_way(cast: Cast) -> None:
    client = sign_in(cast.nobody)
    assert reverse("join") in client.get(reverse("mine_volunteer")).content.decode()
    assert client.get(reverse("mine_volunteer_step", args=["ky-nang"])).status_code == 404


def test_evidence_is_seen_by_another_and_again_when_it_changes(cast: Cast, volunteer: Membership) -> None:
    own, officer = people.actor(cast.member), people.actor(cast.unit_officer)
    skill = actions.set_skill(by=own, person=cast.member, code="swimming", evidence="Thẻ 5")
    with pytest.raises(NotAllowed):
        actions.check_skill(by=own, skill=skill)
    assert actions.check_skill(by=officer, skill=skill).checked_on == today()
    changed = actions.set_skill(by=own, person=cast.member, code="swimming", evidence="Thẻ 6")
    assert (changed.pk, changed.checked_on) == (skill.pk, None)
    for wrong in (
        {"code": "khong-co"},
        {"code": "boat", "got_on": today() + timedelta(days=1)},
        {"code": "boat", "got_on": date(2026, 5, 1), "expires_on": date(2026, 4, 1)},
    ):
        with pytest.raises((Refused, Exception)):
            actions.set_skill(by=own, person=cast.member, **wrong)
    assert VolunteerSkill.objects.count() == 1


def test_a_title_rests_on_a_decision_and_is_held_once(cast: Cast, volunteer: Membership) -> None:
    by = people.actor(cast.unit_officer)

    def give(on: date, decision: str = "21/QĐ-CTĐ") -> None:
        actions.give_title(
            by=by,
            person=cast.member,
            level=TitleLevel.GOLD,
            given_on=on,
            decision=decision,
            given_by="Thành Hội",
        )

    for on, decision in (
        (make_members.SINCE - timedelta(days=1), "1/QĐ"),  # no volunteer yet
        (today() + timedelta(days=1), "1/QĐ"),
        (today(), " "),
    ):
        with pytest.raises(Refused):
            give(on, decision)
    give(today())
    with pytest.raises(Exception, match="ghi nhận"):
        give(today())
    title = VolunteerTitle.objects.get()
    with pytest.raises(Refused):
        actions.revoke_title(by=by, title=title, reason="")
    actions.revoke_title(by=by, title=title, reason="Ghi nhầm người")
    give(today())
    assert VolunteerTitle.objects.count() == 2


def test_days_of_service_are_typed_late_and_a_day_has_24_hours(cast: Cast, volunteer: Membership) -> None:
    by = people.actor(cast.unit_officer)

    def note(minutes: int, cause: str = "") -> ServiceDay:
        return actions.note_service(
            by=by, person=cast.member, unit=cast.ward, on=today() - timedelta(days=80), minutes=minutes,
            what="Trực", cause=cause,
        )  # fmt: skip

    first = note(600, "activity:7")
    assert note(600, "activity:7") == first
    note(840)
    with pytest.raises(Refused):
        note(15)
    with pytest.raises(Refused):  # an activity's day is corrected there
        actions.drop_service(by=by, day=first, reason="Nhầm")
    actions.drop_service(by=by, day=ServiceDay.objects.get(cause=""), reason="Nhầm")
    assert ServiceDay.objects.get() == first


def test_the_emergency_contact_is_read_by_who_reads_contacts(cast: Cast, volunteer: Membership) -> None:
    make.profile(cast.member, emergency_name="Lê Văn Chồng", emergency_phone="0500000111")
    panel = reverse("person_panel", args=[cast.member.key, "tinh-nguyen"])
    assert "0500000111" in sign_in(cast.unit_officer).get(panel).content.decode()
    inspector = people.officer(OfficeCode.INSPECTION, cast.ward, "Kiểm Tra")
    assert "0500000111" not in sign_in(inspector).get(panel).content.decode()


def test_the_desk_says_what_runs_out_and_who_has_not_signed(cast: Cast) -> None:
    late = make.volunteer("Hết Hạn", cast.ward)
    make.skill(late.person, expires_on=today() - timedelta(days=1))
    soon = make.volunteer("Sắp Hết", cast.ward)
    make.skill(soon.person, expires_on=today() + timedelta(days=30))
    fine = make.volunteer("Còn Lâu", cast.ward)
    make.skill(fine.person, expires_on=today() + timedelta(days=300))
    make.signed(fine.person)
    make.skill(make.volunteer("Nơi Khác", cast.other_ward).person, expires_on=today())

    page = sign_in(cast.unit_officer).get(reverse("volunteer_desk"))
    assert [skill.person.full_name for skill, _name in page.context["expiring"]] == ["Hết Hạn", "Sắp Hết"]
    assert (page.context["total"], page.context["unsigned"]) == (3, 2)


def test_pages_of_volunteers_are_counted(cast: Cast, volunteer: Membership) -> None:
    def fill(n: int) -> None:
        codes = ("swimming", "boat", "driving")
        make.skill(cast.member, codes[n], today() + timedelta(days=n + 1))
        make.language(cast.member, ("en", "zh", "ko")[n])
        make.served(cast.member, cast.ward, today() - timedelta(days=n))
        make.title(cast.member, list(TitleLevel)[n])

    officer, own = sign_in(cast.unit_officer), sign_in(cast.member)
    pages = (
        (officer, reverse("volunteer_desk"), 30),
        (officer, reverse("person_panel", args=[cast.member.key, "tinh-nguyen"]), 32),
        (own, reverse("mine_volunteer"), 26),
    )
    fill(0)
    few = []
    for client, url, most in pages:
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url).status_code == 200
        assert len(seen) <= most, url
        few.append(len(seen))
    fill(1)
    fill(2)
    for (client, url, _most), expected in zip(pages, few, strict=True):
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        assert len(seen) == expected, url


def test_a_forgotten_volunteer_leaves_figures_and_no_words(cast: Cast, volunteer: Membership) -> None:
    make.profile(cast.member, emergency_name="Lê Văn Chồng", emergency_phone="0500000111")
    make.skill(cast.member)
    make.language(cast.member)
    make.served(cast.member, cast.ward)
    assert "Lê Văn Chồng" in str(list(hooks.personal_data(cast.member)))
    hooks.forget_person(system_actor(), cast.member)
    assert ServiceDay.objects.get().what == "–"
    assert not VolunteerProfile.objects.exists()
    assert not VolunteerSkill.objects.exists()
