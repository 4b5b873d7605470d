"""A congress from the seats of branches to the bodies it elected."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.dates import today
from foundation.refusal import Refused
from members.actions import congress as actions
from members.enums import CongressState, DelegateState, DelegateWay, Kind
from members.models import Congress, Delegate
from people.actions.bodies import found_body
from people.actors import system_actor
from people.enums import BodyKind
from people.models import Body, Person, Seat, Unit
from tests.conftest import Cast, sign_in
from tests.factories import dues, people
from tests.factories import members as make_members
from tests.factories import volunteers as make

pytestmark = pytest.mark.django_db
BY = system_actor


@pytest.fixture
def branches(cast: Cast) -> tuple[Unit, Unit]:
    """Two branches, of thirty and of ten members."""
    made = tuple(dues.branch(cast.ward, f"Chi hội {n}", f"CH{n}") for n in (1, 2))
    dues.members(30, made[0])
    dues.members(10, made[1])
    return made  # type: ignore[return-value]


def planned(cast: Cast) -> Congress:
    return actions.plan_congress(
        by=people.actor(cast.unit_officer),
        unit=cast.ward,
        values={
            "name": "Đại hội lần thứ nhất", "held_on": today(), "term_first": today(),
            "term_last": today() + timedelta(days=1825), "counted_on": today(), "seats": 8,
        },
    )  # fmt: skip


def of(branch: Unit, n: int = 0) -> Person:
    return Person.objects.filter(belongings__unit=branch).order_by("pk")[n]


def test_from_seats_to_bodies(cast: Cast, branches: tuple[Unit, Unit]) -> None:
    """Proposed by members, named, checked, present, elected: the committee stands for the term."""
    client = sign_in(cast.unit_officer)
    congress = planned(cast)
    url = {
        name: reverse(name, args=[congress.pk]) for name in ("congress", "congress_seats", "congress_results")
    }
    assert client.post(url["congress_seats"], {"de-xuat": "1"}).status_code == 302
    assert [row.seats for row in congress.allocation.order_by("branch__code")] == [6, 2]

    branch = reverse("congress_branch", args=[congress.pk, "CH2"])
    for n in (0, 1):
        assert client.post(branch, {"person": of(branches[1], n).pk}).status_code == 302
    full = client.post(branch, {"person": of(branches[1], 2).pk})
    assert "đủ" in full.content.decode()
    assert client.post(branch, {"person": of(branches[0]).pk}).status_code == 200  # of another branch
    beside = reverse("congress_branch", args=[congress.pk, cast.ward.code])
    assert client.post(beside, {"person": of(branches[0]).pk, "way": "office"}).status_code == 302

    first, second, third = Delegate.objects.order_by("pk")
    for row in (first, third):
        client.post(reverse("delegate_step", args=[row.pk, "xac-nhan"]))
        client.post(reverse("delegate_step", args=[row.pk, "den"]))
    client.post(reverse("delegate_step", args=[second.pk, "bac"]), {"reason": "Đang bị kỷ luật"})
    assert [(row.number, row.state) for row in Delegate.objects.order_by("pk")] == [
        (1, DelegateState.CONFIRMED),
        (None, DelegateState.REFUSED),
        (2, DelegateState.CONFIRMED),
    ]
    assert Delegate.objects.filter(came_at__isnull=False).count() == 2

    lasting = found_body(
        by=BY(), unit=cast.ward, kind=BodyKind.EXECUTIVE, first_on=people.FOUNDED_ON, last_on=None,
        is_provisional=True,
    )  # fmt: skip
    told = {"body_kind": "executive", "person": first.person_id, "post": "Chủ tịch", "votes": 3}
    assert client.post(url["congress_results"], told).status_code == 200  # more votes than delegates came
    assert client.post(url["congress_results"], {**told, "votes": 2}).status_code == 302
    assert lasting.name in client.get(url["congress"]).content.decode()
    assert client.post(reverse("congress_close", args=[congress.pk])).status_code == 302

    congress.refresh_from_db()
    lasting.refresh_from_db()
    assert congress.state == CongressState.HELD
    assert lasting.term.upper == today()
    body = Body.objects.get(kind=BodyKind.EXECUTIVE, term__startswith=today())
    seat = Seat.objects.get(body=body)
    assert (seat.person, seat.post, congress.results.get().seat) == (first.person, "Chủ tịch", seat)
    assert body.term.upper == today() + timedelta(days=1826)
    with pytest.raises(Refused):
        actions.drop_delegate(by=BY(), delegate=first, reason="Muộn")


def test_seats_are_data_but_add_up_and_never_undo_names(cast: Cast, branches: tuple[Unit, Unit]) -> None:
    congress = planned(cast)
    one, two = branches
    actions.allot_seats(by=BY(), congress=congress, seats={one.pk: 5, two.pk: 3})
    for seats in ({one.pk: 5, two.pk: 4}, {one.pk: 8, two.pk: -0}):
        if sum(seats.values()) == 8:
            actions.name_delegate(
                by=BY(), congress=congress, person=of(two), branch=two, way=DelegateWay.ELECTED
            )
        with pytest.raises(Refused):
            actions.allot_seats(by=BY(), congress=congress, seats=seats)
    assert [row.seats for row in congress.allocation.order_by("branch__code")] == [5, 3]


def test_lists_and_cards_are_printed(cast: Cast, branches: tuple[Unit, Unit]) -> None:
    client = sign_in(cast.unit_officer)
    congress = planned(cast)
    cards = reverse("congress_cards", args=[congress.pk])
    assert client.get(cards).status_code == 302
    make.delegate(congress, of(branches[0]), branches[0], 1)
    make.delegate(congress, of(branches[1]), None, 2)
    printed = client.get(reverse("congress_print", args=[congress.pk])).content.decode()
    assert "Chi hội 1 (1)" in printed
    assert of(branches[1]).full_name in printed
    assert client.get(cards).content.startswith(b"%PDF")


def test_another_units_congress_is_not_seen(cast: Cast) -> None:
    congress = make.congress(cast.other_ward)
    client = sign_in(cast.unit_officer)
    for name in ("congress", "congress_credentials", "congress_print", "congress_cards", "congress_results"):
        assert client.get(reverse(name, args=[congress.pk])).status_code == 404


def test_pages_take_as_many_queries_with_one_as_with_three(cast: Cast) -> None:
    client = sign_in(cast.unit_officer)
    congress = make.congress(cast.ward, today())

    def fill(n: int) -> None:
        branch = dues.branch(cast.ward, f"Chi hội {n}", f"CH{n}")
        person = make_members.member(people.person(f"Người {n}", branch), branch, Kind.MEMBER).person
        congress.allocation.create(branch=branch, members=1, seats=1)
        make.delegate(congress, person, branch, n)
        congress.results.create(body_kind=BodyKind.EXECUTIVE, person=person, post="Ủy viên", rank=n)

    names = ("congress", "congress_credentials", "congress_print", "congress_results", "congress_seats")
    urls = [reverse("congress_list"), *(reverse(name, args=[congress.pk]) for name in names)]
    fill(1)
    few = []
    for url in urls:
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url).status_code == 200
        few.append(len(seen))
        assert len(seen) <= 26, url
    fill(2)
    fill(3)
    make.congress(cast.ward, today() - timedelta(days=400))
    for url, expected in zip(urls, few, strict=True):
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        assert len(seen) == expected, url
