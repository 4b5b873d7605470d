"""Families, mobilisers, calls in an emergency, carried-over rows, a double taken over: by the register."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from donors.enums import DonationState, Source
from donors.models import Donation, Donor, Family, FamilyMember
from foundation.dates import today
from people.actors import system_actor
from people.models import Person
from redcross.registry import merge_everywhere
from rewards.actions.emergencies import declare_emergency
from rewards.actions.runs import ask_nightly
from rewards.actions.working import work_run
from rewards.enums import FindingKind
from rewards.models import Finding, Nomination, Policy, RewardRun
from rewards.queries.turns import donation_turns
from rewards.rules import mobilised
from tests.conftest import Cast
from tests.factories import donors as make
from tests.factories import drives, people
from tests.factories.rewards import policy, worked

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
