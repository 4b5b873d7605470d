"""Active by a dated formula: the day before, of and after; and the same over all rows at once."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.dated import Cited, Entry
from members.enums import Kind
from members.models import Membership, ServiceDay
from members.queries.volunteers import active_only
from members.rules.congress import allot
from members.rules.volunteers import active, months_before, volunteer_terms
from people.models import Person
from tests.conftest import Cast

ON = date(2026, 12, 15)
LONG_AGO = date(2020, 1, 1)


def terms(days: int = 1, months: int = 12, forgiven: int = 3) -> Entry:
    entry = volunteer_terms(ON)
    told = {"active_days": days, "active_months": months, "forgiven_months": forgiven}
    cited = {
        name: Cited(told.get(name, one.value), one.citation, one.source, one.confirmed)
        for name, one in entry.cited.items()
    }
    return replace(entry, cited=cited)


@pytest.mark.parametrize(
    ("served", "is_active"),
    [
        ([date(2026, 12, 15)], True),
        ([date(2025, 12, 16)], True),  # the first day of the twelve months
        ([date(2025, 12, 15)], True),  # forgiven: it counted until 15/12, and later days may be missing
        ([date(2025, 9, 16)], True),  # the first day of the twelve months up to 15/09
        ([date(2025, 9, 15)], False),
        ([date(2026, 12, 16)], False),  # not served yet
        ([], False),
    ],
)
def test_the_last_three_months_are_forgiven(served: list[date], is_active: bool) -> None:
    verdict = active(served, LONG_AGO, terms(), on=ON)
    assert verdict.is_active is is_active
    assert verdict.reason
    assert not verdict.confirmed


def test_who_was_just_received_counts() -> None:
    assert active([], date(2026, 9, 16), terms(), on=ON).is_active
    assert not active([], date(2026, 9, 15), terms(), on=ON).is_active


def test_days_of_both_windows_are_not_added_up() -> None:
    days = [date(2025, 10, 1), date(2026, 11, 1)]
    assert not active(days, LONG_AGO, terms(days=2), on=ON).is_active
    assert active([*days, date(2026, 1, 5)], LONG_AGO, terms(days=2), on=ON).is_active


def test_months_end_where_they_end() -> None:
    assert months_before(date(2026, 5, 31), 3) == date(2026, 2, 28)
    assert months_before(date(2028, 2, 29), 12) == date(2027, 2, 28)
    assert months_before(date(2026, 1, 15), 13) == date(2024, 12, 15)


@pytest.mark.django_db
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lives=st.lists(
        st.tuples(
            st.integers(0, 900).map(lambda n: ON - timedelta(days=n)),
            st.lists(st.integers(-20, 700).map(lambda n: ON - timedelta(days=n)), max_size=5, unique=True),
        ),
        min_size=4,
        max_size=8,
    ),
    shape=st.tuples(st.integers(1, 3), st.sampled_from([2, 12]), st.sampled_from([0, 3])),
)
def test_all_at_once_is_each_by_the_rule(
    cast: Cast, lives: list[tuple[date, list[date]]], shape: tuple[int, int, int]
) -> None:
    entry = terms(*shape)
    with transaction.atomic():
        made = []
        for n, (since, days) in enumerate(lives):
            person = Person(full_name=f"Người {n}")
            person.clean()
            person.save()
            made.append(
                Membership.objects.create(person=person, kind=Kind.VOLUNTEER, during=DateRange(since, None))
            )
            ServiceDay.objects.bulk_create(
                ServiceDay(person=person, unit=cast.ward, on=day, minutes=60, what="x") for day in days
            )
        rows = Membership.objects.filter(kind=Kind.VOLUNTEER)
        found = set(active_only(rows, ON, entry=entry).values_list("pk", flat=True))
        rest = set(active_only(rows, ON, is_active=False, entry=entry).values_list("pk", flat=True))
        transaction.set_rollback(True)
    expected = {
        row.pk
        for row, (since, days) in zip(made, lives, strict=True)
        if active(days, since, entry, on=ON).is_active
    }
    assert found == expected
    assert rest == {row.pk for row in made} - expected


def test_seats_follow_members_and_every_branch_has_one() -> None:
    assert allot(10, {1: 50, 2: 30, 3: 20}) == {1: 5, 2: 3, 3: 2}
    assert allot(7, {1: 97, 2: 2, 3: 1}) == {1: 5, 2: 1, 3: 1}
    assert allot(2, {1: 5, 2: 9, 3: 1}) == {1: 1, 2: 1, 3: 0}
    assert allot(3, {1: 0, 2: 4}) == {1: 0, 2: 3}
    assert allot(3, {}) == {}


@given(st.integers(1, 200), st.dictionaries(st.integers(1, 40), st.integers(1, 500), min_size=1, max_size=20))
def test_seats_sum_up_and_more_members_never_have_fewer(seats: int, members: dict[int, int]) -> None:
    found = allot(seats, members)
    assert sum(found.values()) == seats
    ranked = sorted(members, key=lambda pk: members[pk])
    assert all(found[a] <= found[b] for a, b in pairwise(ranked) if members[a] < members[b])
