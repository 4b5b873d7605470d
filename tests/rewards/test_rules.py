"""Rungs by the day, mobilisers, gifts by the law of the day, the way of a nomination. No database."""

from datetime import date, timedelta

import pytest

from foundation.dated import NoRule, load_table
from rewards.enums import Grantor, Step
from rewards.rules import Reached, Turn, first_rungs, least_gift, may_step, mobilised, reached

DAY = date(2026, 3, 31)
GIFTS = load_table("rewards", "gifts")
RUNGS = [1, 5, 10, 15, 20, 30, 40, 50, 70, 100]


def turns(count: int, last: date = DAY) -> list[Turn]:
    """So many donations 84 days apart, the last one on a day."""
    return [Turn(last - timedelta(days=84 * n)) for n in range(count)]


def test_the_rungs_are_those_of_decision_122() -> None:
    rungs = {
        kind: [r["threshold"] for r in first_rungs(DAY) if r["kind"] == kind]
        for kind in ("individual", "family", "mobiliser")
    }

    assert rungs == {"individual": RUNGS, "family": [3, 5, 10, 15, 20], "mobiliser": [100]}
    open_forms = [r["threshold"] for r in first_rungs(DAY) if r["kind"] == "individual" and not r["honour"]]
    assert open_forms == [5, 10, 15, 50, 100]


@pytest.mark.parametrize("rung", RUNGS)
def test_a_rung_the_day_before_of_and_after(rung: int) -> None:
    given = turns(rung)

    seen = [[r.threshold for r in reached(given, [rung], on=DAY + timedelta(days=n))] for n in (-1, 0, 1)]
    assert seen == [[], [rung], [rung]]
    assert reached(given, [rung], on=DAY + timedelta(days=400)) == [Reached(rung, DAY)]


def test_a_proven_bundle_passes_several_rungs_on_its_day() -> None:
    given = [Turn(date(2025, 1, 1), times=17), Turn(DAY)]

    assert reached(given, RUNGS, on=DAY) == [Reached(n, date(2025, 1, 1)) for n in (1, 5, 10, 15)]


def test_a_void_drops_the_count_below_the_rung() -> None:
    assert reached(turns(20)[1:], [20], on=DAY) == []


def test_a_mobiliser_counts_different_donors_of_one_year() -> None:
    donors = [(n, date(2026, 1, 1) + timedelta(days=n)) for n in range(99)]
    again = [(0, date(2026, 12, 1)), (500, date(2025, 12, 31))]

    assert mobilised(donors + again, 100, year=2026) is None
    assert mobilised([*donors, (99, date(2026, 12, 31))], 100, year=2026) == date(2026, 12, 31)
    assert mobilised([*donors, (99, date(2027, 1, 1))], 100, year=2026) is None


@pytest.mark.parametrize(
    ("day", "law"),
    [
        (date(2020, 12, 31), "05/2017"),
        (date(2021, 1, 1), "17/2020"),
        (date(2023, 9, 14), "17/2020"),
        (date(2023, 9, 15), "15/2023"),
    ],
)
@pytest.mark.parametrize(
    ("component", "ml", "least"),
    [
        ("whole_blood", 150, None),
        ("whole_blood", 249, None),
        ("whole_blood", 250, 100_000),
        ("whole_blood", 349, 100_000),
        ("whole_blood", 350, 150_000),
        ("whole_blood", 450, 180_000),
        ("apheresis", 250, 150_000),
        ("apheresis", 400, 150_000),
        ("apheresis", 401, 200_000),
        ("apheresis", 500, 200_000),
        ("apheresis", 501, 250_000),
        ("apheresis", 650, 250_000),
    ],
)
def test_the_least_gift_by_the_law_of_the_day(
    day: date, law: str, component: str, ml: int, least: int | None
) -> None:
    found = least_gift(GIFTS, component, ml, on=day)

    assert (found.vnd if found else None) == least
    assert found is None or law in found.citation


def test_what_no_law_knows_is_not_guessed() -> None:
    with pytest.raises(NoRule):
        least_gift(GIFTS, "whole_blood", 350, on=date(2018, 12, 31))
    for component, ml in (("whole_blood", 3500), ("apheresis", 651), ("whole_blood", 0), ("plasma", 300)):
        with pytest.raises(ValueError, match="no such"):
            least_gift(GIFTS, component, ml, on=DAY)


def test_what_the_chapter_grants_is_never_sent_and_what_others_grant_always_is() -> None:
    own = {then for then in Step if may_step(Step.AGREED, then, Grantor.CHAPTER)}
    theirs = {then for then in Step if may_step(Step.AGREED, then, Grantor.CITY)}

    assert own == {Step.GRANTED, Step.WITHDRAWN}
    assert theirs == {Step.SENT, Step.WITHDRAWN}
    assert not any(may_step(Step.GRANTED, then, Grantor.CITY) for then in Step)
