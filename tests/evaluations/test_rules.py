"""Every worked example of the law, to the đồng; every threshold at its edge."""

from datetime import date
from decimal import Decimal

import pytest

from evaluations.enums import Level, Reading, Step
from evaluations.rules import (
    Law,
    Month,
    Part,
    Track,
    calendar_of,
    check_cap,
    most_excellent,
    pay_quarter,
    petition_limits,
    rate,
    total_of,
)
from foundation.dated import NoRule, in_force, load_table
from foundation.money import Rounding

num = Decimal
BASE, INCOME = load_table("evaluations", "base_salary"), load_table("evaluations", "income")
QUARTER, ANNUAL = load_table("evaluations", "quarter_scale"), load_table("evaluations", "annual_scale")
FULL, GOOD, NOTHING = num(1), num("0.8"), num(0)
CITY, STATE = in_force(QUARTER, date(2024, 9, 30)), in_force(ANNUAL, date(2026, 12, 31))


def law(value: str | int | Decimal) -> Law:
    return Law(num(value), "mẫu", True)


def coefficient(salary: str, allowance: str = "0") -> Track:
    return Track(False, num(salary), num(allowance))


def month(track: Track, base: int = 2_340_000, year: str = "1.5", number: int = 10) -> Month:
    return Month(date(2024, number, 1), track, law(base), law(year), law(3_000_000))


def paid(months: list[Month], share: Decimal = FULL) -> int:
    return pay_quarter(months, law(share), Rounding.HALF_UP).total


@pytest.mark.parametrize(
    ("salary", "year", "exact"),
    [
        ("2.34", "1.5", 8_213_400),
        ("2.10", "1.5", 7_371_000),
        ("4.89", "1.5", 17_163_900),
        ("4.98", "1.5", 17_479_800),
        ("4.00", "1.5", 14_040_000),
        ("6.38", "1.5", 22_393_800),
        ("6.78", "1.5", 23_797_800),
        ("8.00", "1.5", 28_080_000),
        ("2.10", "1.8", 8_845_200),
        ("4.00", "1.8", 16_848_000),
        ("6.38", "1.8", 26_872_560),
    ],
)
def test_examples_1_to_11_a_month_at_excellent(salary: str, year: str, exact: int) -> None:
    assert paid([month(coefficient(salary), year=year)]) == exact


def test_d1_d2_a_quarter_and_eighty_percent() -> None:
    one = month(coefficient("2.34"))

    assert paid([one] * 3) == 24_640_200
    assert (paid([one], GOOD), paid([one] * 3, GOOD)) == (6_570_720, 19_712_160)


def test_d3_allowance_counts_inside_the_bracket() -> None:
    one = month(coefficient("3.00", "0.40"))

    assert (paid([one]), paid([one] * 3), paid([one] * 3, GOOD)) == (11_934_000, 35_802_000, 28_641_600)


def test_d4_d5_other_years() -> None:
    assert paid([month(coefficient("3.40"), base=2_530_000)]) == 12_903_000
    assert paid([month(coefficient("3.00"), base=1_800_000, year="0.8")]) == 4_320_000


@pytest.mark.parametrize(
    ("score", "city", "state"),
    [
        ("49.99", Level.POOR, Level.POOR),
        ("50", Level.FAIR, Level.FAIR),
        ("69.99", Level.FAIR, Level.FAIR),
        ("70", Level.FAIR, Level.GOOD),
        ("72", Level.FAIR, Level.GOOD),
        ("74.99", Level.FAIR, Level.GOOD),
        ("75", Level.GOOD, Level.GOOD),
        ("89.99", Level.GOOD, Level.GOOD),
        ("90", Level.EXCELLENT, Level.EXCELLENT),
    ],
)
def test_d6_d7_the_two_scales_at_their_edges(score: str, city: Level, state: Level) -> None:
    assert (rate(num(score), CITY).level, rate(num(score), STATE).level) == (city, state)


def test_d8_by_days_really_worked() -> None:
    part = [
        Month(
            date(2024, n, 1),
            coefficient("2.34"),
            law(2_340_000),
            law("1.5"),
            worked=num(40),
            working=num(64),
        )
        for n in (10, 11, 12)
    ]
    assert paid(part) == 15_400_125


def test_d9_d10_fixed_sum_and_nothing() -> None:
    fixed = [month(Track(True))] * 3

    assert (paid(fixed), paid(fixed, GOOD), paid(fixed, NOTHING)) == (9_000_000, 7_200_000, 0)
    assert paid([month(coefficient("8.00"))] * 3, NOTHING) == 0
    unshared = pay_quarter(fixed, law(GOOD), Rounding.HALF_UP, share_on_fixed=False)
    assert unshared.total == 9_000_000


def test_s4_of_the_city_office() -> None:
    plain = [month(coefficient("3.00"), base=2_530_000, number=n) for n in (7, 8, 9)]
    step = [
        month(coefficient(salary, "0.40"), base=2_530_000, number=n)
        for n, salary in ((7, "3.33"), (8, "3.66"), (9, "3.66"))
    ]

    assert paid(plain[:1], GOOD) == 9_108_000
    assert paid(plain, GOOD) == 27_324_000
    assert [int(one.exact) for one in pay_quarter(step, law(1), Rounding.HALF_UP).months] == [
        14_155_350,
        15_407_700,
        15_407_700,
    ]
    assert paid(step) == 44_970_750


def test_the_base_salary_may_change_inside_a_quarter() -> None:
    months = [month(coefficient("3.00"), base=base) for base in (2_340_000, 2_340_000, 2_530_000)]

    assert paid(months) == 10_530_000 * 2 + 11_385_000


def test_rounding_happens_once_at_the_end() -> None:
    third = [month(coefficient("0.1"), base=base, year="1") for base in (1, 4, 4)]

    assert paid(third) == 1
    assert sum(paid([one]) for one in third) == 0


def test_a_value_not_confirmed_is_told() -> None:
    guess = Law(num("1.5"), "mẫu", False)
    one = Month(date(2026, 7, 1), coefficient("3"), law(2_530_000), guess)

    assert pay_quarter([one], law(1), Rounding.HALF_UP).confirmed is False


def test_quarter_three_of_2023_is_paid_from_august() -> None:
    with pytest.raises(NoRule):
        in_force(INCOME, date(2023, 7, 31))
    first = in_force(INCOME, date(2023, 8, 1))

    assert (first.values["coefficient"], first.citation) == ("0.8", "Nghị quyết 08/2023/NQ-HĐND, Điều 3")
    assert in_force(INCOME, date(2024, 1, 1)).values["coefficient"] == "1.5"
    with pytest.raises(NoRule):
        in_force(INCOME, date(2026, 1, 1))


def test_august_and_september_of_2023_to_the_dong() -> None:
    """Base salary of 1 July 2023, coefficient of 1 August; July's was not established."""
    rows = [
        month(
            coefficient("3.00"),
            base=in_force(BASE, date(2023, number, 1)).values["amount"],
            year=in_force(INCOME, date(2023, number, 1)).values["coefficient"],
            number=number,
        )
        for number in (8, 9)
    ]

    assert paid(rows[:1]) == 4_320_000
    assert (paid(rows), paid(rows, GOOD)) == (8_640_000, 6_912_000)


def test_base_salaries_on_the_day_before_and_of() -> None:
    days = [date(2023, 6, 30), date(2023, 7, 1), date(2024, 6, 30), date(2024, 7, 1), date(2026, 6, 30)]

    assert [in_force(BASE, day).values["amount"] for day in [*days, date(2026, 7, 1)]] == [
        1_490_000,
        1_800_000,
        1_800_000,
        2_340_000,
        2_340_000,
        2_530_000,
    ]


@pytest.mark.parametrize(
    ("satisfaction", "level"),
    [
        ("90", Level.EXCELLENT),
        ("89.99", Level.GOOD),
        ("80", Level.GOOD),
        ("79.99", Level.FAIR),
        (None, Level.FAIR),
    ],
)
def test_a_head_needs_satisfaction_besides_the_score(satisfaction: str | None, level: Level) -> None:
    known = None if satisfaction is None else num(satisfaction)
    rated = rate(num(95), CITY, is_head=True, satisfaction=known)

    assert rated.level == level
    assert {reason.citation for reason in rated.reasons} == {"Quyết định 20/2024/QĐ-UBND"}
    assert rate(num(95), CITY, satisfaction=num(10)).level == Level.EXCELLENT


def test_discipline_gives_no_completion_and_a_score_has_bounds() -> None:
    assert rate(num(99), CITY, is_disciplined=True).level == Level.POOR
    for wrong in ("-0.01", "100.01"):
        with pytest.raises(ValueError, match="between 0 and 100"):
            rate(num(wrong), CITY)


@pytest.mark.parametrize(
    ("number", "of_good", "of_all"), [(5, 0, 1), (6, 1, 1), (10, 1, 2), (25, 4, 5), (30, 5, 6)]
)
def test_the_cap_in_both_readings(number: int, of_good: int, of_all: int) -> None:
    assert most_excellent(number, 20, Reading.GOOD) == of_good
    assert most_excellent(number, 20, Reading.GOOD_OR_BETTER) == of_all


def test_the_cap_as_ratings_stand() -> None:
    assert (check_cap(4, 21, 20, Reading.GOOD).is_over, check_cap(5, 20, 20, Reading.GOOD).is_over) == (
        False,
        True,
    )


def test_what_does_not_apply_lowers_nothing_and_deductions_count_apart() -> None:
    assert total_of([Part(num(5), num(5)), Part(num(5), num(5)), Part(num(5), None)]) == num(100)
    assert total_of([Part(num(30), num(28)), Part(num(70), num(60))], [num(2)]) == num(86)
    assert total_of([Part(num(10), num(1))], [num(50)]) == 0
    with pytest.raises(ValueError, match="no criterion applies"):
        total_of([Part(num(5), None)])
    with pytest.raises(ValueError, match="between 0"):
        total_of([Part(num(5), num(6))])


def test_the_calendar_counts_backwards_from_the_fifth() -> None:
    entry = in_force(load_table("evaluations", "procedure"), date(2026, 9, 30))
    days = calendar_of(date(2026, 9, 30), entry, (Step.COUNCIL, Step.DEPARTMENT), is_year=False)

    assert (days.opens_on, days.self_report_by, days.decision_by, days.limit) == (
        date(2026, 9, 21),
        date(2026, 9, 25),
        date(2026, 10, 2),
        date(2026, 10, 5),
    )
    assert days.steps == (("department", date(2026, 9, 28)), ("council", date(2026, 9, 30)))
    entry = in_force(load_table("evaluations", "procedure"), date(2026, 12, 31))
    days = calendar_of(date(2026, 12, 31), entry, (), is_year=True)
    assert (days.opens_on, days.self_report_by, days.decision_by, days.limit) == (
        date(2026, 12, 1),
        date(2026, 12, 7),
        date(2026, 12, 14),
        date(2026, 12, 15),
    )


def test_a_petition_has_a_clock() -> None:
    entry = in_force(load_table("evaluations", "procedure"), date(2026, 10, 2))

    assert petition_limits(date(2026, 10, 2), date(2026, 10, 7), entry) == (
        date(2026, 10, 7),
        date(2026, 10, 21),
    )
