"""What everybody owes, counted over all rows at once, is what the rule says of each of them."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

import pytest
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members.enums import CampaignState, Kind
from members.models import DuesCampaign, DuesRate, DuesRelief, Membership, Pause
from members.queries.dues_owed import count_owed
from members.rules.dues import Span, amount_owed, months_owed
from people.enums import BelongingKind
from people.models import Belonging, Person
from tests.conftest import Cast
from tests.factories import dues

pytestmark = pytest.mark.django_db
YEAR = 2026
RATES = [
    (Span(date(2009, 1, 1), date(2026, 5, 1)), 1_000),
    (Span(date(2026, 5, 1), date(2026, 10, 15)), 1_500),
    (Span(date(2026, 10, 15), None), 2_333),
]
FIRST = date(2025, 6, 1)
# The edges of months are where counts differ: half of the days lie there.
DAYS = st.one_of(
    st.integers(0, 800).map(lambda n: FIRST + timedelta(days=n)),
    st.tuples(st.integers(0, 25), st.integers(-1, 1)).map(
        lambda at: date(2025 + (5 + at[0]) // 12, (5 + at[0]) % 12 + 1, 1) + timedelta(days=at[1])
    ),
)


class Life(NamedTuple):
    """One member: membership, stays (span, at the first branch or the second), rests, relief in percent."""

    during: Span
    stays: Sequence[tuple[Span, int]]
    rests: Sequence[Span]
    relief: int


@st.composite
def lives(draw: st.DrawFn) -> Life:
    days = sorted(set(draw(st.lists(DAYS, min_size=2, max_size=6))))
    if len(days) < 2:
        days.append(days[0] + timedelta(days=40))
    spans = [Span(*pair) for pair in pairwise(days)]
    if draw(st.booleans()):
        spans[-1] = Span(spans[-1].first, None)
    stays = [(span, draw(st.integers(0, 1))) for span in spans if draw(st.integers(0, 4))]
    during = Span(days[0], spans[-1].after)
    if draw(st.booleans()):
        during = Span(during.first + timedelta(days=draw(st.integers(1, 40))), None)
    edges = sorted(set(draw(st.lists(DAYS, max_size=4))))
    rests = [Span(one, other) for one, other in zip(edges[::2], edges[1::2], strict=False)]
    return Life(during, stays, rests, draw(st.sampled_from([0, 0, 33, 50, 100])))


def put(span: Span) -> DateRange:
    return DateRange(span.first, span.after)


@pytest.mark.parametrize("count", [8])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_all_at_once_is_each_by_the_rule(cast: Cast, data: st.DataObject, count: int) -> None:
    people = [data.draw(lives()) for _n in range(count)]
    with transaction.atomic():
        assert owed_at_once(cast, people) == owed_by_rule(people)
        transaction.set_rollback(True)


def owed_at_once(cast: Cast, people: Sequence[Life]) -> set[tuple[int, ...]]:
    """(number of the person, of the branch, months, amount, relief) of every row the query makes."""
    DuesRate.objects.all().delete()
    DuesRate.objects.bulk_create(
        DuesRate(kind=Kind.MEMBER, monthly=amount, during=put(span), decision="mẫu") for span, amount in RATES
    )
    branches = [dues.branch(cast.ward, f"Chi hội {n}", f"CH{n}") for n in (1, 2)]
    campaign = DuesCampaign.objects.create(unit=cast.ward, year=YEAR, state=CampaignState.OPEN)
    made = [Person(full_name=f"Người {n}") for n in range(len(people))]
    for person in made:
        person.clean()
    Person.objects.bulk_create(made)
    rows = Membership.objects.bulk_create(
        Membership(person=person, kind=Kind.MEMBER, during=put(life.during))
        for person, life in zip(made, people, strict=True)
    )
    for person, row, life in zip(made, rows, people, strict=True):
        Belonging.objects.bulk_create(
            Belonging(person=person, unit=branches[at], kind=BelongingKind.MEMBER, during=put(span))
            for span, at in life.stays
        )
        Pause.objects.bulk_create(Pause(membership=row, during=put(span), reason="x") for span in life.rests)
        if life.relief:
            DuesRelief.objects.create(
                campaign=campaign, person=person, percent=life.relief, reason="poor", decision="1",
                decided_on=FIRST,
            )  # fmt: skip
    count_owed(campaign)
    numbers = {person.pk: n for n, person in enumerate(made)}
    places = {branch.pk: n for n, branch in enumerate(branches)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id, branch_id, months, amount, relief FROM dues_owed")
        return {(numbers[who], places[where], *rest) for who, where, *rest in cursor.fetchall()}


def owed_by_rule(people: Sequence[Life]) -> set[tuple[int, ...]]:
    found: set[tuple[int, ...]] = set()
    for n, life in enumerate(people):
        for branch in (0, 1):
            stays = [span for span, at in life.stays if at == branch]
            if months := months_owed(YEAR, life.during, stays, life.rests):
                found.add((n, branch, len(months), amount_owed(months, RATES, life.relief), life.relief))
    return found
