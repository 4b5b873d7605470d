"""Figures on a unit's page, and the member book: as of days, through moves and ends."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.dates import today
from members import actions
from members.actions.life import Wanted
from members.enums import Ending, Kind
from members.queries.figures import by_age, by_kind, dues_share
from members.queries.scope import scope_of
from people.actors import system_actor
from people.models import Person
from tests.conftest import Cast, sign_in
from tests.factories import dues, people
from tests.factories import members as make

pytestmark = pytest.mark.django_db


def test_figures_of_a_day_and_of_the_year(cast: Cast) -> None:
    by, day = people.actor(cast.unit_officer), today()
    born = (date(day.year - 16, day.month, min(day.day, 28)), date(day.year - 70, 1, 1), None)
    rows = []
    for n, (birth, sex) in enumerate(zip(born, ("female", "male", ""), strict=True)):
        row = make.member(people.person(f"Người {n}", cast.ward, with_user=False), cast.ward)
        Person.objects.filter(pk=row.person_id).update(
            birth_date=birth, birth_year=birth and birth.year, sex=sex
        )
        rows.append(row)
    make.member(people.person("Nơi Khác", cast.other_ward), cast.other_ward)
    actions.change_life(by=system_actor(), membership=rows[1], wanted=Wanted(Ending.LEFT, day, "wish"))

    [kind] = by_kind(scope_of(by, "members.see", cast.ward, day))
    assert (kind.kind, kind.people, kind.new, kind.ended) == (Kind.MEMBER, 2, 3, 1)
    ages = by_age(scope_of(by, "members.see", cast.ward, day))
    assert [(row.female, row.male, row.other) for row in ages if row.total] == [(1, 0, 0), (0, 0, 1)]
    before = by_age(scope_of(by, "members.see", cast.ward, day - timedelta(days=1)))
    assert sum(row.male for row in before) == 1


def test_the_share_of_dues_is_shown_on_the_units_page(cast: Cast) -> None:
    branch = dues.branch(cast.ward)
    dues.members(4, branch)
    campaign = dues.campaign(cast.ward, today().year)
    dues.receipt(campaign, branch, today(), most=1)
    share = dues_share(frozenset({branch.pk}), today().year)
    assert share is not None
    assert (share.members, share.settled, share.percent) == (4, 1, 25)
    page = sign_in(cast.unit_officer).get(reverse("unit", args=[cast.ward.code])).content.decode()
    assert "25 %" in page
    assert 'class="rc-bar' in page
    assert dues_share(frozenset({cast.other_ward.pk}), today().year) is None


def test_the_units_page_takes_as_many_queries_with_more_members(cast: Cast) -> None:
    client = sign_in(cast.unit_officer)
    url = reverse("unit", args=[cast.ward.code])
    dues.members(1, cast.ward)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    dues.members(3, cast.ward)
    make.member(people.person("Tình Nguyện", cast.ward), cast.ward, Kind.VOLUNTEER)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few) <= 42


def test_the_book_keeps_who_left_and_who_moved(cast: Cast) -> None:
    """In the order of admission; a year, or who is a member today; one query count for any length."""
    client = sign_in(cast.unit_officer)
    branch = make.branch(cast.ward)
    stays = make.member(people.person("Lê Ở Lại", branch, with_user=False), branch)
    leaves = make.member(people.person("Lê Đi", branch, with_user=False), branch, since=date(2025, 9, 1))
    moves = make.member(people.person("Lê Chuyển", branch, with_user=False), branch, since=date(2025, 8, 1))
    comes = make.member(people.person("Lê Đến", cast.other_ward), cast.other_ward, since=date(2025, 7, 15))
    wanted = Wanted(Ending.REMOVED, today(), "absent", "", "9/QĐ-CTĐ")
    actions.change_life(by=system_actor(), membership=leaves, wanted=wanted)
    for row, target in ((moves, cast.other_ward), (comes, branch)):
        transfer = make.transfer(row, target)
        actions.receive_transfer(by=system_actor(), transfer=transfer, unit=target)

    url = reverse("member_book", args=[cast.ward.code])
    page = client.get(url)
    lines = page.context["lines"]
    assert [line.membership.person.full_name for line in lines] == [
        "Lê Đến",
        "Lê Chuyển",
        "Lê Đi",
        "Lê Ở Lại",
    ]
    text = page.content.decode()
    for told in ("9/QĐ-CTĐ", "Chuyển sinh hoạt đi", "Từ đơn vị khác chuyển đến", make.card(stays).number):
        assert told in text
    assert [line.left_on for line in lines] == [None, make.yesterday(), make.yesterday(), None]
    still = client.get(url, {"con": "1"}).context["lines"]
    assert [line.membership.person.full_name for line in still] == ["Lê Đến", "Lê Ở Lại"]
    assert len(client.get(url, {"nam": "2026"}).context["lines"]) == 1
    assert client.get(reverse("member_book", args=[cast.other_ward.code])).status_code == 404
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url, {"nam": "2026"})
    assert len(many) == len(few) <= 22
