"""A year by conditions and by products; leave, discipline; every edge of the decrees."""

from datetime import date
from decimal import Decimal

import pytest

from evaluations.enums import FactKind, Level
from evaluations.rules import rate
from evaluations.rules.annual import (
    Fact,
    Products,
    Shares,
    YearVerdict,
    add_months,
    assess_year,
    months_away,
    penal,
    score_year,
)
from foundation.dated import NoRule, in_force, load_table

num = Decimal
BY_CONDITIONS = in_force(load_table("evaluations", "annual_conditions"), date(2025, 12, 31))
BY_POINTS = in_force(load_table("evaluations", "annual_scale"), date(2026, 12, 31))
ALL = Shares(done=num(100), on_time=num(100), exceeded=num(50), units_fair=num(100), units_good=num(70))


def year(shares: Shares = ALL, *facts: Fact, leads: bool = False) -> YearVerdict:
    return assess_year(shares, facts, BY_CONDITIONS, year=2025, leads=leads)


def leave(first: date, after: date, kind: str = FactKind.LONG_LEAVE) -> Fact:
    return Fact(kind, first, after)


@pytest.mark.parametrize(
    ("done", "on_time", "exceeded", "level"),
    [
        ("100", "100", "50", Level.EXCELLENT),
        ("100", "100", "49.99", Level.GOOD),
        ("100", "100", None, None),
        ("100", "99.99", "60", Level.FAIR),
        ("100", "80", "60", Level.FAIR),
        ("100", "79.99", "60", None),
        ("100", "50", "0", None),
        ("100", "49.99", "0", Level.POOR),
        ("99", "100", "60", None),
        ("50", "100", "0", None),
        ("49.99", "100", "0", Level.POOR),
        (None, "100", "60", None),
    ],
)
def test_the_conditions_of_decree_90(
    done: str | None, on_time: str, exceeded: str | None, level: Level | None
) -> None:
    """What lies between two conditions, and what is not known, is left open with its reason."""
    shares = Shares(
        num(done) if done else None, num(on_time), num(exceeded) if exceeded is not None else None
    )
    verdict = year(shares)

    assert verdict.level == level
    assert verdict.reasons
    assert not verdict.is_out


@pytest.mark.parametrize(
    ("fair", "good", "level"),
    [
        ("100", "70", Level.EXCELLENT),
        ("100", "69.99", Level.GOOD),
        ("99.99", "80", Level.GOOD),
        (None, "80", None),
    ],
)
def test_who_leads_answers_for_the_units_led(fair: str | None, good: str, level: Level | None) -> None:
    shares = Shares(num(100), num(100), num(60), num(fair) if fair else None, num(good))

    assert year(shares, leads=True).level == level
    assert year(shares).level == Level.EXCELLENT


def test_discipline_counts_once_in_the_year_it_begins_and_custody_on_any_day() -> None:
    before, inside = (
        Fact(FactKind.DISCIPLINE, day, None, "12/QĐ") for day in (date(2024, 12, 31), date(2025, 1, 1))
    )
    custody = Fact(FactKind.PROSECUTION, date(2024, 11, 1), date(2025, 1, 2))

    assert year(ALL, before).level == Level.EXCELLENT
    told = year(ALL, inside)
    assert told.level == Level.POOR
    assert str(told.reasons[0]) == (
        "Bị kỷ luật ngày 01/01/2025, 12/QĐ. (Nghị định 48/2023/NĐ-CP, khoản 5 Điều 2 bổ sung)"
    )
    assert year(ALL, custody).level == Level.POOR
    assert penal([custody], date(2025, 1, 2), date(2025, 12, 31)) == []
    assert year(Shares(is_degraded=True)).level == Level.POOR
    assert year(Shares(has_corruption=True)).level is None
    assert year(Shares(has_corruption=True), leads=True).level == Level.POOR


@pytest.mark.parametrize(
    ("after", "level", "is_out"),
    [
        (date(2025, 5, 31), Level.EXCELLENT, False),
        (date(2025, 6, 1), Level.FAIR, False),
        (date(2025, 8, 31), Level.FAIR, False),
        (date(2025, 9, 1), None, True),
    ],
)
def test_leave_of_three_and_of_six_months(after: date, level: Level | None, is_out: bool) -> None:
    """The day before, of, and after; maternity counts in neither."""
    verdict = year(ALL, leave(date(2025, 3, 1), after))

    assert (verdict.level, verdict.is_out) == (level, is_out)
    assert year(ALL, leave(date(2025, 3, 1), after, FactKind.MATERNITY)).level == Level.EXCELLENT


def test_months_of_leave_are_counted_inside_the_year() -> None:
    kinds = [FactKind.LONG_LEAVE]
    long = [leave(date(2024, 10, 1), date(2025, 2, 16))]

    assert months_away(long, date(2025, 1, 1), date(2025, 12, 31), kinds) == num("1.53")
    assert months_away(long, date(2025, 1, 1), date(2025, 12, 31), []) == 0
    assert add_months(date(2025, 1, 31), 1) == date(2025, 2, 28)
    assert add_months(date(2025, 12, 15), 1) == date(2026, 1, 15)


def test_general_points_and_products_of_decree_335() -> None:
    """40 of 40 products, two errors, four delays: 100 %, 98.75 %, 97.5 %: 69.13 of 70; with 28: 97.13."""
    found = score_year(Products(num(28), num(40), num(40), num(2), num(4)), BY_POINTS, leads=False)

    assert (found.score, found.level, found.confirmed) == (num("97.13"), None, False)
    assert found.score is not None
    assert rate(found.score, BY_POINTS).level == Level.EXCELLENT
    half = score_year(Products(num(30), num(40), num(20), num(0), num(0)), BY_POINTS, leads=False)
    assert half.score == num(65)
    assert rate(num(65), BY_POINTS).level == Level.FAIR


def test_who_leads_has_the_result_of_the_unit_besides() -> None:
    one = (num(30), num(10), num(10), num(0), num(0))

    assert score_year(Products(*one, units_fair=num(100)), BY_POINTS, leads=True).score == 100
    assert score_year(Products(*one, units_fair=num(99)), BY_POINTS, leads=True).score == num("91.25")
    unknown = score_year(Products(*one), BY_POINTS, leads=True)
    assert (unknown.score, len(unknown.reasons)) == (None, 1)
    assert score_year(Products(None, *one[1:]), BY_POINTS, leads=False).score is None


def test_whom_each_decree_rates() -> None:
    table = load_table("evaluations", "annual_conditions")
    found = {day: in_force(table, day).values["statuses"] for day in (date(2025, 12, 31), date(2026, 12, 31))}

    assert found == {
        date(2025, 12, 31): ("cadre", "civil_servant", "public_employee"),
        date(2026, 12, 31): ("cadre", "public_employee"),
    }
    assert in_force(table, date(2026, 12, 31)).confirmed is False
    assert BY_POINTS.values["statuses"] == ("civil_servant",)
    with pytest.raises(NoRule):
        in_force(load_table("evaluations", "annual_scale"), date(2025, 12, 31))
