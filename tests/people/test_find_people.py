"""An upper app asks whom the rows of its own list name."""

import pytest

from people.actions.contacts import set_contacts
from people.actors import system_actor
from people.models import Person
from people.queries.staging import find_people
from people.rules.cells import Draft, read_row
from tests.conftest import Cast
from tests.factories import people

pytestmark = pytest.mark.django_db
COLUMNS = {"full_name": 0, "birth_date": 1, "phone": 2}


def drafts(cast: Cast, *rows: list[object]) -> list[tuple[int, Draft]]:
    on = people.actor(cast.unit_officer).on
    return [(n, read_row(row, COLUMNS, row=n, on=on)) for n, row in enumerate(rows, start=2)]


def test_rows_are_told_apart_and_nothing_is_written(cast: Cast) -> None:
    by = people.actor(cast.unit_officer)
    here = people.person("Nguyễn Văn Bình", cast.ward, with_user=False)
    set_contacts(by=by, person=here, phones=["0912345678"])
    there = people.person("Lê Thị Xa", cast.other_ward, with_user=False)
    set_contacts(by=system_actor(), person=there, phones=["0987654321"])
    before = Person.objects.count()

    found = list(
        find_people(
            by,
            "people.import",
            drafts(
                cast,
                ["nguyễn văn bình", 1990, "0912.345.678"],
                ["Lê Thị Xa", 1980, "0987654321"],
                ["Trần Thị Mới", None, None],
                ["Đỗ Sai", "31/02/1990", None],
            ),
        )
    )

    assert [(row.number, row.verdict, row.person_id) for row in found] == [
        (2, "update", here.pk),
        (3, "doubtful", None),
        (4, "new", None),
        (5, "wrong", None),
    ]
    assert "Xa" not in str(found[1])
    assert found[3].words == ["Ô B5: Không có ngày này."]
    assert Person.objects.count() == before
