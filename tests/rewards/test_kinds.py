"""Families, mobilisers, calls in an emergency, carried-over rows, a double taken over: by the register."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from django.utils import timezone

from donors.enums import DonationState, Source
from donors.models import Donation, Donor, DriveTarget, Family, FamilyMember
from foundation.dates import today
from foundation.refusal import Refused
from letters.models import Letter
from people.actors import system_actor
from people.enums import OfficeCode
from people.models import Person, Unit
from redcross.registry import merge_everywhere
from rewards.actions.ceremony import invite, receive_papers
from rewards.actions.emergencies import declare_emergency
from rewards.actions.heirs import pass_on
from rewards.actions.papers import draft_round_paper
from rewards.actions.policies import approve_policy, draft_policy, set_rung
from rewards.actions.rounds import check_nomination, cross_check, grant_by_chapter, record_meeting
from rewards.actions.runs import ask_nightly
from rewards.actions.working import work_run
from rewards.enums import FindingKind, PaperUse, Step
from rewards.models import Award, Finding, Nomination, Policy, RewardRun, Round, Rung
from rewards.queries.due import outcome, run_digest, spans_in_force
from rewards.queries.turns import donation_turns
from rewards.rules import Turn, mobilised, target_reached
from rewards.tasks import tell
from tests.conftest import Cast, sign_in
from tests.factories import donors as make
from tests.factories import drives, people
from tests.factories.rewards import go_up, nomination, on, policy, worked

pytestmark = pytest.mark.django_db


def giver(cast: Cast, name: str) -> Donor:
    return make.donor(people.person(name, cast.ward, with_user=False), cast.ward)


def gave(donor: Donor, days: list[date], **values: Any) -> None:
    """Confirmed voluntary donations, as a reconciled list leaves them."""
    source = values.pop("source", Source.DRIVE)
    Donation.objects.bulk_create(
        [
            Donation(
                donor=donor, unit_id=donor.person.belongings.first().unit_id, on=day, source=source,  # type: ignore[union-attr]
                state=DonationState.CONFIRMED, decided_at=timezone.now(), **values,
            )
            for day in days
        ]
    )  # fmt: skip


def back(days: int) -> date:
    return today() - timedelta(days=days)


def every(count: int, first: int = 0, step: int = 90) -> list[date]:
    return [back(first + step * n) for n in range(count)]


def full() -> RewardRun:
    return worked(today(), turns=donation_turns())


def night() -> RewardRun:
    asked = ask_nightly(by=system_actor(), as_of=today())
    assert asked is not None
    work_run(by=system_actor(), pk=asked.pk, turns=donation_turns())
    asked.refresh_from_db()
    return asked


def found(kind: str) -> list[tuple[str, str, int]]:
    rows = Nomination.objects.filter(rung__kind=kind).order_by("rung__threshold", "occasion")
    return [(row.honour, row.occasion, row.count) for row in rows]


def family(cast: Cast, *members: tuple[Donor, DateRange]) -> Family:
    made = Family.objects.create(name="Gia đình ông Mẫu", unit=cast.ward)
    FamilyMember.objects.bulk_create(FamilyMember(family=made, donor=d, during=p) for d, p in members)
    return made


@pytest.mark.parametrize(("way", "count"), [("while", 3), ("all", 4), ("people", 2)])
def test_a_family_is_counted_in_the_way_of_the_policy(cast: Cast, way: str, count: int) -> None:
    Policy.objects.filter(pk=policy(reached_from=date(2015, 1, 1)).pk).update(family_counting=way)
    one, other = giver(cast, "Người Cha"), giver(cast, "Người Mẹ")
    gave(one, [back(10), back(200), back(400)])
    gave(other, [back(20)])
    made = family(cast, (one, DateRange(back(300), None)), (other, DateRange(back(300), None)))

    full()

    expected = [("family-3", f"family-{made.pk}", count)] if count >= 3 else []
    assert found("family") == expected
    assert full().proposed == 0


def test_a_family_keeps_its_honour_when_another_stands_for_it(cast: Cast) -> None:
    policy(reached_from=date(2015, 1, 1))
    late, first = giver(cast, "Người Sau"), giver(cast, "Người Trước")
    gave(first, every(3))
    made = family(cast, (first, DateRange(date(2015, 1, 1), None)))
    full()
    FamilyMember.objects.create(family=made, donor=late, during=DateRange(date(2015, 1, 1), None))
    assert Nomination.objects.get(rung__kind="family").person == first.person

    assert full().proposed == 0
    Donation.objects.filter(donor=first, on=back(180)).update(
        state=DonationState.VOIDED, void_reason="Trùng", decided_at=timezone.now()
    )
    assert night().found == 1
    finding = Finding.objects.get()
    assert (finding.kind, finding.count) == (FindingKind.WITHDRAW, 2)


def test_a_mobiliser_brings_a_hundred_different_donors_in_a_year(cast: Cast) -> None:
    policy(reached_from=date(2015, 1, 1))
    crowd = [Person(full_name=f"Người {n}") for n in range(100)]
    for one in crowd:
        one.clean()
    Person.objects.bulk_create(crowd)
    rows = Donor.objects.bulk_create(Donor(person=p, code=f"HM-{n}") for n, p in enumerate(crowd))
    days = [date(2025, 1, 1) + timedelta(days=n) for n in range(100)]
    common = {"unit": cast.ward, "source": Source.DRIVE, "state": DonationState.CONFIRMED}
    Donation.objects.bulk_create(
        Donation(donor=d, on=day, mobilised_by=cast.member, **common)
        for d, day in zip(rows[:99], days, strict=False)
    )
    Donation.objects.create(donor=rows[0], on=date(2025, 9, 1), mobilised_by=cast.member, **common)
    full()
    assert found("mobiliser") == []

    Donation.objects.create(
        donor=rows[99], on=days[99], mobilised_by=cast.member, decided_at=timezone.now(), **common
    )
    night()
    assert found("mobiliser") == [("mobiliser-100", "2025", 100)]
    told = list(Donation.objects.values_list("donor", "on"))
    assert Nomination.objects.get().reached_on == mobilised(told, 100, year=2025) == days[99]


def test_who_answered_a_call_is_proposed_once(cast: Cast) -> None:
    policy(reached_from=date(2015, 1, 1))
    drive = drives.opened(cast.ward)
    type(drive).objects.filter(pk=drive.pk).update(on=back(3))
    one, other = giver(cast, "Người Đến"), giver(cast, "Người Khác")
    gave(one, [back(3)], drive=drive)
    gave(other, [back(3)])
    full()
    assert found("emergency") == []

    call = declare_emergency(
        by=system_actor(), name="Cháy lớn", drive=drive, decision_number="9/QĐ-BCĐ", decided_on=back(2)
    )
    assert night().proposed == 1
    assert found("emergency") == [("emergency-1", f"emergency-{call.pk}", 1)]
    assert full().proposed == 0


def test_what_a_carried_row_covers_counts_once(cast: Cast) -> None:
    """The relation of the engine and the register's own counting are the same."""
    policy(reached_from=date(2015, 1, 1))
    one = giver(cast, "Người Mang Sang")
    gave(one, every(4, 500))
    gave(one, [back(450)], source=Source.CARRIED, turns=18, proof="GXN 5")
    gave(one, every(2))
    full()

    counted = Donor.objects.filter(pk=one.pk).with_turns(today()).get().turns  # type: ignore[attr-defined]
    top = Nomination.objects.filter(person=one.person).order_by("-rung__threshold").first()
    assert top is not None
    assert (top.honour, top.count, top.reached_on) == ("individual-20", counted, today())
    assert counted == 20


def test_who_takes_over_a_double_is_found_by_the_next_night(cast: Cast) -> None:
    policy(reached_from=date(2015, 1, 1))
    kept, double = giver(cast, "Người Hai Hồ Sơ"), giver(cast, "Người Hai Hồ Sơ")
    gave(kept, every(12, 10))
    gave(double, every(8, 40))
    Donation.objects.update(recorded_at=timezone.now() - timedelta(days=9), decided_at=None)
    full()
    assert not Nomination.objects.filter(honour="individual-20").exists()

    merge_everywhere(system_actor(), kept.person, double.person)
    assert night().proposed >= 1

    reached = Nomination.objects.get(honour="individual-20")
    assert (reached.person, reached.count) == (kept.person, 20)


def test_a_run_as_of_an_earlier_day_does_not_hide_what_came_after_it(cast: Cast) -> None:
    policy(reached_from=date(2015, 1, 1))
    gave(giver(cast, "Người Sau Ngày Chốt"), every(5))
    Donation.objects.update(recorded_at=timezone.now() - timedelta(days=9), decided_at=None)
    worked(back(30), turns=donation_turns())

    assert ask_nightly(by=system_actor(), as_of=today()) is None


def with_group_rung(cast: Cast, way: str) -> None:
    """A policy in force that honours groups at 100 percent of their target."""
    draft = draft_policy(
        by=on(date(2025, 1, 1)), name="Quy chế tập thể", effective_from=date(2025, 1, 1), group_counting=way
    )
    values = {"honour": "Giấy khen của Hội", "grantor": "chapter", "citation": "Điều 4", "source": "Hội"}
    set_rung(by=system_actor(), policy=draft, kind="collective", threshold=100, values=values)
    approve_policy(by=system_actor(), policy=draft, decision_number="1/QĐ", decided_on=date(2025, 1, 1))
    DriveTarget.objects.create(unit=cast.ward, year=2025, turns=4, decision="KH 1")


@pytest.mark.parametrize(("way", "day"), [("place", date(2025, 8, 4)), ("people", date(2025, 8, 5))])
def test_a_group_is_proposed_on_the_day_its_target_is_reached(cast: Cast, way: str, day: date) -> None:
    with_group_rung(cast, way)
    own = giver(cast, "Người Của Phường")
    guest = make.donor(people.person("Khách", cast.other_ward, with_user=False), cast.other_ward)
    gave(own, [date(2024, 12, 31), *(date(2025, 8, n) for n in (1, 2, 3, 5))])
    gave(guest, [date(2025, 8, 4)])
    Donation.objects.update(unit=cast.ward)
    turns = [Turn(given_on) for given_on in Donation.objects.values_list("on", flat=True)]
    if way == "people":
        turns = [turn for turn in turns if turn.given_on != date(2025, 8, 4)]
    assert target_reached(turns, 4, 100, year=2025) == day

    for n in (-1, 0, 1):
        worked(day + timedelta(days=n), turns=donation_turns())
        seen = Nomination.objects.filter(rung__kind="collective", person=None).values_list(
            "collective", "unit", "occasion", "reached_on"
        )
        assert list(seen) == ([] if n < 0 else [(cast.ward.pk, cast.ward.pk, "2025", day)])
    assert full().proposed == 0


def test_a_group_whose_target_is_missed_by_a_void_is_found(cast: Cast) -> None:
    with_group_rung(cast, "place")
    one = giver(cast, "Người Của Phường")
    gave(one, [date(2025, 8, n) for n in (1, 2, 3, 4)])
    before = outcome(donation_turns(), spans_in_force(today()), today())
    run = full()
    assert (run_digest(run.pk), run.proposed) == (before.digest, before.nominations)
    assert found("collective") == [("collective-100", "2025", 100)]
    Donation.objects.filter(on=date(2025, 8, 4)).update(
        state=DonationState.VOIDED, void_reason="Trùng", decided_at=timezone.now()
    )
    night()
    finding = Finding.objects.get(nomination__rung__kind="collective")
    assert (finding.kind, finding.count) == (FindingKind.WITHDRAW, 75)


def test_a_group_goes_the_whole_way_and_its_papers_name_it(cast: Cast) -> None:
    with_group_rung(cast, "place")
    gave(giver(cast, "Người Của Phường"), [date(2025, 8, n) for n in (1, 2, 3, 4)])
    full()
    days = {"cut_off": today(), "deadline": today(), "ceremony_on": today()}
    cycle = Round.objects.create(name="Đợt", **days)
    Nomination.objects.filter(rung__kind="collective").update(round=cycle)
    one = Nomination.objects.get(round=cycle)
    check_nomination(by=system_actor(), nomination=one, proof="Báo cáo năm 2025")
    cross_check(by=system_actor(), nomination=one)
    record_meeting(
        by=system_actor(), cycle=cycle, held_on=today(), present=7, members=9, minutes_number="1/BB"
    )
    drafted = draft_round_paper(by=system_actor(), cycle=cycle, use=PaperUse.DECISION).paper
    assert cast.ward.name in str(drafted.form["annex_1_rows"])
    assert "100% chỉ tiêu năm 2025" in str(drafted.form["annex_1_rows"])
    grant_by_chapter(by=system_actor(), cycle=cycle, decision_number="7/QĐ", decided_on=today())
    receive_papers(by=system_actor(), cycle=cycle, on=today())
    invite(by=system_actor(), cycle=cycle)
    award = Award.objects.get()
    assert (award.person, award.proof.holder if award.proof else "") == (None, cast.ward.name)

    client = sign_in(people.officer(OfficeCode.REWARD_OFFICER, cast.city, "Cán Bộ Khen"))
    shown = [
        reverse("reward_nomination", args=[one.key]),
        reverse("reward_round", args=[cycle.pk]),
        reverse("reward_ceremony", args=[cycle.pk]),
        reverse("reward_invitation", args=[award.invitation.key]),
        reverse("reward_invitation_public", args=[award.invitation.key]),
        reverse("reward_ceremony_print", args=[cycle.pk, "the-ban"]),
        f"{reverse('reward_nominations')}?q=mau+1",
    ]
    for url in shown:
        assert cast.ward.name in client.get(url).content.decode(), url
    for what in ("giay-moi", "thu-cam-on", "giay-chung-nhan"):
        assert client.get(reverse("reward_round_pdf", args=[cycle.pk, what])).status_code == 200
    draft_round_paper(by=system_actor(), cycle=cycle, use=PaperUse.THANKS)
    tell()
    assert not Letter.objects.filter(key__startswith="rewards.").exists()


def test_what_an_ended_unit_left_open_goes_to_its_heir(cast: Cast) -> None:
    """Under way: the honour itself, unless the heir has one of that year; granted: the paper alone."""
    with_group_rung(cast, "place")
    rung = Rung.objects.get(kind="collective")
    old = people.unit("Hội Chữ thập đỏ phường Cũ (mẫu)", cast.city, code="P00X")

    def group(unit: Unit, year: int, step: Step = Step.CHECKED) -> Nomination:
        return Nomination.objects.create(
            collective=unit, unit=unit, honour="collective-100", occasion=str(year), rung=rung, step=step,
            reached_on=date(year, 8, 4), count=100, as_of=date(year, 12, 31),
        )  # fmt: skip

    going, twice = group(old, 2025), group(old, 2024)
    group(cast.ward, 2024)
    granted, refused = group(old, 2023, Step.GRANTED), group(old, 2022, Step.REFUSED)
    Award.objects.create(
        nomination=granted, honour=granted.honour, occasion="2023", decision_number="1", decided_on=today()
    )
    person = nomination(giver(cast, "Người Hiến Máu Phường Cũ").person, old)
    with pytest.raises(Refused):
        pass_on(by=system_actor(), unit=old, reason="Chưa sáp nhập")
    go_up(old, cast.ward)
    client = sign_in(people.officer(OfficeCode.REWARD_OFFICER, cast.city, "Cán Bộ Khen"))
    assert (
        f"Đơn vị đã kết thúc còn khen thưởng dở dang: {old.name}" in client.get("/lam-viec/").content.decode()
    )
    url = reverse("reward_nomination", args=[going.key])
    client.post(f"{url}ke-thua/", {"ke-thua-reason": "Sáp nhập theo 9/QĐ"})

    ward = cast.ward.pk
    expected = [
        (going, ward, ward), (twice, old.pk, ward), (granted, old.pk, ward), (refused, old.pk, old.pk),
        (person, None, ward),
    ]  # fmt: skip
    for one, collective, unit in expected:
        one.refresh_from_db()
        assert (one.collective_id, one.unit_id) == (collective, unit), one.occasion
    assert "Đơn vị đã kết thúc" not in client.get("/lam-viec/").content.decode()
