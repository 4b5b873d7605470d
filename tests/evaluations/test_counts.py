"""Every page of evaluation asks the database as often for four people as for one."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from evaluations import actions
from evaluations.enums import FactKind, Step
from evaluations.models import Comment, Cycle, Rating
from people.enums import OfficeCode
from people.models import Person
from redcross.demo.papers import as_of
from tests.conftest import Cast, SignIn
from tests.factories import evaluations as make
from tests.factories import people

pytestmark = pytest.mark.django_db
HEAD, DEPARTMENT = OfficeCode.UNIT_HEAD, OfficeCode.DEPARTMENT_HEAD
KEEPER, PAYER = OfficeCode.EVALUATION_OFFICER, OfficeCode.ACCOUNTANT
Address = Callable[[Rating], str]


def of(name: str, *which: str) -> Address:
    """The address of a page for the first person's rating."""
    found: dict[str, Callable[[Rating], Any]] = {
        "cycle": lambda rating: rating.cycle_id,
        "key": lambda rating: rating.key,
        "job": lambda rating: rating.employment_id,
        "person": lambda rating: rating.person.key,
        "work": lambda _rating: "cong-tac",
    }
    return lambda rating: reverse(name, args=[found[one](rating) for one in which])


# Page, who opens it, the most statements. The same number holds for one person and for four.
PAGES: list[tuple[str, OfficeCode, Address, int]] = [
    ("cycles", HEAD, of("rating_cycles"), 16),
    ("regulations", KEEPER, of("rating_regulations"), 17),
    ("criteria", KEEPER, of("criteria_sets"), 18),
    ("summary", HEAD, of("rating_summary", "cycle"), 26),
    ("publish", HEAD, of("rating_publish", "cycle"), 24),
    ("step", KEEPER, of("rating_step", "cycle"), 14),
    ("form", HEAD, of("rating", "key"), 25),
    ("score", DEPARTMENT, of("rating_score", "key"), 24),
    ("decide", HEAD, of("rating_decide", "key"), 24),
    ("exempt", HEAD, of("rating_exempt", "key"), 24),
    ("staff", KEEPER, of("staff_list"), 16),
    ("one", KEEPER, of("staff", "job"), 18),
    ("fact", KEEPER, of("staff_fact_new", "job"), 14),
    ("file", HEAD, of("person_panel", "person", "work"), 24),
    ("quarters", PAYER, of("pay_sheets"), 17),
    ("fund", PAYER, of("rating_fund", "cycle"), 22),
    ("rates", PAYER, of("year_rates"), 14),
    ("timesheet", PAYER, of("timesheet"), 15),
]


def filled(cast: Cast, count: int) -> Rating:
    """So many people scored in a quarter, each with comments, evidence, facts; the first one."""
    make.criteria(cast.ward)
    staff = [people.person(f"Người Số {number}", cast.ward, with_user=False) for number in range(count)]
    for one in staff:
        job = make.employed(one, cast.ward)
        make.fact(job, FactKind.SECONDMENT)
    steps = (Step.COMMENTS, Step.COUNCIL)
    cycle = actions.open_cycle(by=as_of(make.OPENED), unit=cast.ward, year=2026, number=3, steps=steps)
    ratings = list(Rating.objects.filter(cycle=cycle).order_by("pk"))
    for number, rating in enumerate(ratings):
        make.evidence(rating)
        for author in staff:
            if author != rating.person:
                Comment.objects.create(
                    rating=rating, author=author, words="Tốt", handed_over_at="2026-09-25T08:00+07:00"
                )
        actions.hold_step(
            by=as_of(make.OPENED), cycle=cycle, step=Step.COUNCIL, held_on=make.OPENED, words="Họp"
        )
        make.scored(make.reported(rating))
        actions.issue_regulation(
            by=as_of(make.OPENED),
            unit=cast.ward,
            from_on=date(2026, 1, number + 1),
            decision="Quy chế",
            values={},
        )
    return Rating.objects.get(pk=ratings[0].pk)


@pytest.mark.parametrize("count", [1, 4])
def test_pages_of_the_desk(
    cast: Cast, count: int, client_for: SignIn, django_assert_max_num_queries: Any
) -> None:
    rating = filled(cast, count)
    holders = {
        office: client_for(people.officer(office, cast.ward, f"Người {office}"))
        for office in (HEAD, DEPARTMENT, KEEPER, PAYER)
    }
    for _name, office, address, most in PAGES:
        holders[office].get(address(rating))
        with django_assert_max_num_queries(most):
            assert holders[office].get(address(rating)).status_code == 200


@pytest.mark.parametrize("count", [1, 4])
def test_my_pages(cast: Cast, count: int, client_for: SignIn, django_assert_max_num_queries: Any) -> None:
    """So many periods of mine, and as many colleagues to comment on."""
    make.criteria(cast.ward)
    make.employed(cast.member, cast.ward)
    for number in range(count):
        make.employed(people.person(f"Người Số {number}", cast.ward, with_user=False), cast.ward)
    for number in range(1, min(count, 3) + 1):
        day = date(2026, 3 * number - 2, 1)
        actions.open_cycle(by=as_of(day), unit=cast.ward, year=2026, number=number, steps=(Step.COMMENTS,))
    client = client_for(cast.member)
    mine = Rating.objects.filter(person=cast.member)[0]
    other = Rating.objects.exclude(person=cast.member)[0]
    for name, keys, most in (
        ("mine_ratings", [], 12),
        ("mine_rating", [mine.key], 21),
        ("mine_comment", [other.key], 13),
    ):
        client.get(reverse(name, args=keys))
        with django_assert_max_num_queries(most):
            assert client.get(reverse(name, args=keys)).status_code == 200


@pytest.mark.parametrize("count", [1, 4])
def test_a_year_of_so_many(
    cast: Cast, count: int, client_for: SignIn, django_assert_max_num_queries: Any
) -> None:
    for _number in range(count):
        rating = make.in_a_year(cast.ward)
    client = client_for(people.officer(HEAD, cast.ward, "Thủ Trưởng"))
    scoring = client_for(people.officer(DEPARTMENT, cast.ward, "Trưởng Ban"))
    for one, name, key, most in (
        (client, "rating_cycle", rating.cycle_id, 22),
        (client, "rating", rating.key, 30),
        (scoring, "rating_year", rating.key, 32),
    ):
        one.get(reverse(name, args=[key]))
        with django_assert_max_num_queries(most):
            assert one.get(reverse(name, args=[key])).status_code == 200
    assert Cycle.objects.count() == 1
    assert Person.objects.filter(full_name="Người Của Năm").count() == count
