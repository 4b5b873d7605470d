"""Who may join: full years, the day before, of and after; 29 February is an ordinary day."""

from datetime import date

import pytest

from members.enums import Kind
from members.rules import kind_rules, may_join, reasons_of, terms
from members.rules.joining import age_on, needs_guardian

DAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("born", "kind", "refused"),
    [
        (date(2008, 11, 27), Kind.VOLUNTEER, True),
        (date(2008, 11, 26), Kind.VOLUNTEER, False),
        (date(2008, 11, 25), Kind.VOLUNTEER, False),
        (date(2010, 11, 27), Kind.YOUTH, True),
        (date(2010, 11, 26), Kind.YOUTH, False),
        (date(1995, 11, 27), Kind.YOUTH, False),
        (date(1995, 11, 26), Kind.YOUTH, True),
        (date(2010, 11, 26), Kind.JUNIOR, True),
        (date(2010, 11, 27), Kind.JUNIOR, False),
        (None, Kind.VOLUNTEER, True),
        (None, Kind.HONORARY, False),
    ],
)
def test_the_day_before_of_and_after_a_birthday(born: date | None, kind: Kind, refused: bool) -> None:
    assert bool(may_join(kind, born, DAY)) is refused


def test_a_refusal_names_its_ground() -> None:
    (reason,) = may_join(Kind.VOLUNTEER, date(2010, 1, 1), DAY)
    assert reason.field == "birth_date"
    assert reason.citation == kind_rules(DAY)[Kind.VOLUNTEER].citation


def test_born_on_29_february_is_a_year_older_on_1_march() -> None:
    born = date(2008, 2, 29)
    assert [age_on(born, day) for day in (date(2026, 2, 28), date(2026, 3, 1))] == [17, 18]
    assert [age_on(born, day) for day in (date(2028, 2, 28), date(2028, 2, 29))] == [19, 20]
    assert needs_guardian(born, date(2026, 2, 28))
    assert not needs_guardian(born, date(2026, 3, 1))


def test_terms_and_reasons_come_from_the_table_and_say_they_are_unconfirmed() -> None:
    assert not terms(DAY).confirmed
    assert set(reasons_of("leave", DAY)) == {"wish", "moved", "health"}
    assert reasons_of("resume", DAY) == {}
