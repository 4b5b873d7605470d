"""Where every donor stands on a day, set-based: equal to the rule, whatever the facts."""

from dataclasses import astuple
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from donors.enums import Component, DonationState, Source
from donors.models import Deferral, Donation, Donor
from donors.queries.flags import refresh_flags
from donors.queries.rules import giving_rules
from donors.queries.standings import Standing, free_keys, free_on, standing_counts, standings
from donors.queries.verdicts import facts_of
from donors.rules.verdict import Found, Outcome, assess
from people.models import Person, Unit
from tests.conftest import Cast
from tests.factories import donors

pytestmark = pytest.mark.django_db

LEAP = date(2008, 2, 29)
near = st.dates(date(2025, 10, 1), date(2026, 6, 14))
births = st.one_of(
    st.none(),
    st.just(LEAP),
    st.integers(1960, 2010),
    st.dates(date(1964, 1, 1), date(2010, 12, 31)),
    st.builds(lambda year, day: date(year, 6, day), st.sampled_from([1966, 2008]), st.integers(1, 20)),
)
gifts = st.lists(
    st.tuples(
        near,
        st.sampled_from(Component),
        st.sampled_from(["recorded", "confirmed", "confirmed", "voided"]),
    ),
    max_size=6,
)
holds = st.lists(st.tuples(near, st.integers(1, 200)), max_size=2)
lives = st.tuples(births, gifts, holds, st.lists(near, max_size=2))
turns = st.sampled_from([date(2026, 3, 1), date(2026, 2, 28)])
days = st.one_of(st.dates(date(2026, 1, 1), date(2026, 12, 31)), turns)
cells = [(date(2026, 6, day), Component.GRANULOCYTES, "confirmed") for day in (1, 3, 5)]
whole = (date(2026, 5, 1), Component.WHOLE_BLOOD, "confirmed")
Life = tuple[date | int | None, list[tuple[date, Component, str]], list[tuple[date, int]], list[date]]


def born(person: Person, told: date | int | None) -> None:
    person.birth_date = told if isinstance(told, date) else None
    person.birth_year = told.year if isinstance(told, date) else told
    person.save(update_fields=["birth_date", "birth_year"])


def by_rule(donor: Donor, on: date) -> Standing:
    """What the rule says of the donor, in the shape of the twin."""
    verdict = assess(facts_of(donor, Component.WHOLE_BLOOD), giving_rules(on), on=on)
    found = {check.code: check.found for check in verdict.checks}
    deferral = found.get("deferral", Found.PASSED)
    return Standing(donor.pk, verdict.outcome, verdict.earliest, found["age"], found["interval"], deferral)


def lived(giver: Donor, life: Life) -> None:
    """Write a life: birth, donations, deferrals, the days up to which donations were carried over."""
    told, given_rows, held, carried = life
    once = {(day, kind): state for day, kind, state in given_rows}
    born(giver.person, told)
    Donation.objects.bulk_create(
        Donation(
            donor=giver,
            unit=Unit.objects.get(code="P001"),
            on=day,
            component=kind,
            state=state,
            void_reason="Nhầm" if state == DonationState.VOIDED else "",
            source=Source.OFFICER,
        )
        for (day, kind), state in once.items()
    )
    Donation.objects.bulk_create(
        Donation(
            donor=giver,
            unit=Unit.objects.get(code="P001"),
            on=day,
            turns=9,
            source=Source.CARRIED,
            proof="1/XN",
        )
        for day in carried
    )
    Deferral.objects.bulk_create(
        Deferral(donor=giver, from_on=day, until_on=day + timedelta(days=length)) for day, length in held
    )


@pytest.fixture
def giver(cast: Cast) -> Donor:
    return donors.donor(cast.member, cast.ward)


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(life=lives, on=days)
@example(life=(LEAP, [], [], []), on=date(2026, 2, 28))
@example(life=(LEAP, [], [], []), on=date(2026, 3, 1))
@example(life=(1996, cells, [], []), on=date(2026, 6, 7))
@example(life=(1996, cells, [], []), on=date(2026, 6, 8))
@example(life=(date(1966, 6, 14), [whole], [], []), on=date(2026, 6, 14))
@example(life=(1996, [], [], [date(2026, 3, 1)]), on=date(2026, 5, 23))
@example(life=(1996, [], [], [date(2026, 3, 1)]), on=date(2026, 5, 24))
@example(life=(1996, [whole], [], [whole[0]]), on=date(2026, 7, 24))
def test_the_twin_is_equal_to_the_rule(
    giver: Donor,
    life: Life,
    on: date,
) -> None:
    with transaction.atomic():
        lived(giver, life)
        found = list(standings(on))
        assert [astuple(row) for row in found] == [astuple(by_rule(giver, on))]
        transaction.set_rollback(True)


def test_counts_and_who_is_free_are_folds_of_the_same_rows(cast: Cast, giver: Donor) -> None:
    other = donors.donor(cast.nobody, cast.other_ward)
    for person, told in ((cast.member, 1990), (cast.nobody, 1990)):
        born(person, told)
    donors.donation(giver, cast.ward, date(2026, 6, 14))
    free = date(2026, 9, 6)

    assert standing_counts(free - timedelta(days=1)) == {"not_yet": 1, "ask": 1}
    assert standing_counts(free) == {"ask": 2}
    everybody = Donor.objects.order_by("pk")
    assert list(free_on(everybody, free - timedelta(days=1))) == [other]
    assert list(free_on(everybody, free)) == [giver, other]
    assert list(free_on(Donor.objects.filter(pk=giver.pk), free)) == [giver]
    assert free_keys([giver.pk, other.pk], free - timedelta(days=1)) == {other.pk}
    assert free_keys([giver.pk], free) == {giver.pk}
    assert [row.outcome for row in standings(free, Donor.objects.filter(pk=other.pk))] == [Outcome.ASK]


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(life=lives)
@example(life=(1996, [*cells, (date(2026, 6, 7), Component.GRANULOCYTES, "recorded")], [], []))
@example(life=(date(1966, 6, 14), [whole], [(date(2026, 4, 1), 100)], []))
def test_flags_are_what_the_rule_says_of_each_day(giver: Donor, life: Life) -> None:
    with transaction.atomic():
        lived(giver, life)
        refresh_flags([giver.pk])
        for donation in giver.donations.standing().exclude(source=Source.CARRIED):
            facts = facts_of(giver, Component(donation.component), before=donation.on)
            verdict = assess(facts, giving_rules(donation.on), on=donation.on)
            broken = {check.code for check in verdict.checks if check.found == Found.FAILED}
            assert donation.flags == sorted(broken)
        transaction.set_rollback(True)
