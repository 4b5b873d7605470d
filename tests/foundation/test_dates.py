"""Working days, quarters, dates as they are written and typed."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

import foundation
from foundation.dated import check_table, load_table
from foundation.dates import (
    ZONE,
    NoCalendar,
    add_working_days,
    explain_working_days,
    format_date,
    is_working_day,
    paper_date,
    parse_date,
    quarter_label,
    quarter_of,
    today,
    working_days_between,
)

covered = st.dates(date(2024, 3, 1), date(2027, 8, 31))


def test_the_table_of_holidays_is_cited_and_seamless() -> None:
    assert check_table(Path(foundation.__file__).parent / "tables" / "holidays.toml") == []


def test_days_off_are_weekdays_and_worked_days_are_weekend_days() -> None:
    for entry in load_table("foundation", "holidays"):
        for special in entry.values.values():
            assert [day for day in special["off"] if day.weekday() > 4] == []
            assert [day for day in special["on"] if day.weekday() < 5] == []
            assert {day.year for day in special["off"] + special["on"]} == {entry.effective_from.year}


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 2, 13), True),  # Friday before Tết
        (date(2026, 2, 14), False),  # Saturday
        (date(2026, 2, 16), False),  # 29 tháng Chạp
        (date(2026, 2, 20), False),  # mùng 4
        (date(2026, 2, 23), True),
        (date(2026, 1, 2), False),  # swapped
        (date(2026, 1, 10), True),  # the Saturday worked for it
        (date(2026, 4, 26), False),  # Giỗ Tổ, a Sunday
        (date(2026, 4, 27), False),  # in its place
        (date(2026, 4, 28), True),
        (date(2024, 4, 29), False),
        (date(2024, 5, 4), True),
        (date(2025, 4, 26), True),
        (date(2025, 5, 2), False),
    ],
)
def test_offices_work_on_that_day(day: date, worked: bool) -> None:
    assert is_working_day(day) is worked


def test_an_answer_within_two_working_days_before_tet_is_due_after_it() -> None:
    asked = date(2026, 2, 12)
    due = add_working_days(asked, 2)
    assert due == date(2026, 2, 23)
    why = explain_working_days(asked, due)
    assert why.working_days == 2
    assert [one.day.day for one in why.special] == [16, 17, 18, 19, 20]
    assert {one.name for one in why.special} == {"Tết Âm lịch Bính Ngọ"}
    assert why.special[0].citation == "Thông báo 9441/TB-BNV ngày 16/10/2025"
    assert why.confirmed is True


def test_a_swapped_saturday_counts_and_is_named() -> None:
    assert add_working_days(date(2026, 1, 9), 1) == date(2026, 1, 10)
    (saturday,) = explain_working_days(date(2026, 1, 9), date(2026, 1, 12)).special
    assert (saturday.day, saturday.is_working) == (date(2026, 1, 10), True)


def test_a_span_over_an_unconfirmed_holiday_says_so() -> None:
    assert explain_working_days(date(2026, 11, 23), date(2026, 11, 24)).confirmed is False
    assert explain_working_days(date(2026, 11, 24), date(2026, 11, 27)).confirmed is True
    assert explain_working_days(date(2027, 3, 1), date(2027, 3, 2)).confirmed is False  # 2027 is not complete


def test_the_first_day_is_not_counted_and_a_span_of_no_days_is_empty() -> None:
    monday = date(2026, 6, 1)
    assert add_working_days(monday, 0) == monday
    assert add_working_days(monday, 1) == date(2026, 6, 2)
    assert add_working_days(monday, 5) == date(2026, 6, 8)
    assert add_working_days(monday, -1) == date(2026, 5, 29)
    assert working_days_between(monday, monday) == 0
    assert working_days_between(date(2026, 6, 5), date(2026, 6, 7)) == 0


@given(covered, st.integers(-30, 30))
def test_adding_and_counting_are_inverse(start: date, number: int) -> None:
    assert working_days_between(start, add_working_days(start, number)) == number


@given(covered, st.integers(1, 60))
def test_a_term_ends_on_a_working_day_and_the_day_before_is_too_early(start: date, number: int) -> None:
    end = add_working_days(start, number)
    assert is_working_day(end)
    assert explain_working_days(start, end - timedelta(days=1)).working_days == number - 1


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2028, 1, 1)])
def test_outside_the_table_nothing_is_guessed(day: date) -> None:
    with pytest.raises(NoCalendar, match=str(day.year)):
        is_working_day(day)
    with pytest.raises(NoCalendar):
        add_working_days(date(2027, 12, 31), 1)


def test_quarters_are_named_in_roman_numerals() -> None:
    assert [quarter_label(quarter_of(date(2026, month, 1))) for month in (1, 3, 4, 9, 12)] == [
        "Quý I/2026",
        "Quý I/2026",
        "Quý II/2026",
        "Quý III/2026",
        "Quý IV/2026",
    ]
    assert quarter_of(date(2025, 12, 31)) < quarter_of(date(2026, 1, 1))


def test_paper_and_screen_write_days_their_own_way() -> None:
    assert paper_date(date(2026, 6, 5)) == "ngày 05 tháng 6 năm 2026"
    assert paper_date(date(2026, 1, 15)) == "ngày 15 tháng 01 năm 2026"
    assert paper_date(date(2026, 2, 9)) == "ngày 09 tháng 02 năm 2026"
    assert paper_date(date(2026, 10, 10)) == "ngày 10 tháng 10 năm 2026"
    assert format_date(date(2026, 6, 5)) == "05/06/2026"


@given(st.dates())
def test_a_day_written_is_the_day_read(day: date) -> None:
    assert parse_date(format_date(day)) == parse_date(day.isoformat()) == day


def test_a_day_is_typed_in_several_ways() -> None:
    assert parse_date(" 5/6/2026 ") == parse_date("05-06-2026") == parse_date("5.6.2026") == date(2026, 6, 5)


@pytest.mark.parametrize("text", ["", "05/06/26", "5/6", "05/06-2026", "hôm nay", "2026/06/05"])
def test_what_is_no_date_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValidationError, match=r"Nhập ngày theo dạng ngày/tháng/năm, ví dụ 05/06/2026\."):
        parse_date(text)


@pytest.mark.parametrize("text", ["30/02/2026", "29/02/2027", "06/13/2026", "00/01/2026", "01/01/0000"])
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="Không có ngày này"):
        parse_date(text)


def test_today_is_the_day_in_vietnam() -> None:
    before = timezone.now().astimezone(ZONE).date()
    day = today()
    assert before <= day <= timezone.now().astimezone(ZONE).date()
    assert datetime(2026, 6, 4, 17, 0, tzinfo=UTC).astimezone(ZONE).date() == date(2026, 6, 5)
