"""Đồng: written, read, said in words, rounded, shared out."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import assume, given
from hypothesis import strategies as st

from foundation.money import (
    LARGEST,
    Rounding,
    format_vnd,
    in_words,
    paper_vnd,
    parse_vnd,
    round_vnd,
    share_out,
)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (1, "Một đồng"),
        (10, "Mười đồng"),
        (11, "Mười một đồng"),
        (14, "Mười bốn đồng"),
        (15, "Mười lăm đồng"),
        (20, "Hai mươi đồng"),
        (21, "Hai mươi mốt đồng"),
        (24, "Hai mươi tư đồng"),
        (55, "Năm mươi lăm đồng"),
        (101, "Một trăm linh một đồng"),
        (105, "Một trăm linh năm đồng"),
        (110, "Một trăm mười đồng"),
        (1_005, "Một nghìn không trăm linh năm đồng"),
        (12_000, "Mười hai nghìn đồng"),
        (552_000, "Năm trăm năm mươi hai nghìn đồng"),
        (1_000_000, "Một triệu đồng"),
        (1_000_010, "Một triệu không trăm mười đồng"),
        (19_920_000, "Mười chín triệu chín trăm hai mươi nghìn đồng"),
        (44_970_750, "Bốn mươi tư triệu chín trăm bảy mươi nghìn bảy trăm năm mươi đồng"),
        (1_000_000_005, "Một tỷ không trăm linh năm đồng"),
        (6_120_000_000, "Sáu tỷ một trăm hai mươi triệu đồng"),
        (73_000_000_000, "Bảy mươi ba tỷ đồng"),
        (1_234_000_000_000, "Một nghìn hai trăm ba mươi tư tỷ đồng"),
        (2_000_000_000_000, "Hai nghìn tỷ đồng"),
        (-15_000, "Âm mười lăm nghìn đồng"),
    ],
)
def test_an_amount_is_said_as_an_accountant_writes_it(amount: int, words: str) -> None:
    assert in_words(amount) == words


def test_the_south_says_le() -> None:
    assert in_words(1_005_104, "lẻ") == "Một triệu không trăm lẻ năm nghìn một trăm lẻ bốn đồng"


SAID = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip


def _heard(words: str) -> int:
    """Reads the words back, knowing nothing of how they were made."""
    total = group = digit = 0
    sign = 1
    for word in words.lower().removesuffix(" đồng").split():
        if word == "âm":
            sign = -1
        elif word in SAID:
            digit += SAID[word]
        elif word == "mươi":
            group, digit = group + digit * 10, 0
        elif word == "trăm":
            group, digit = group + digit * 100, 0
        elif word in {"nghìn", "triệu"}:
            total, group, digit = total + (group + digit) * {"nghìn": 10**3, "triệu": 10**6}[word], 0, 0
        elif word == "tỷ":
            total, group, digit = (total + group + digit) * 10**9, 0, 0
        else:
            assert word == "linh"
    return sign * (total + group + digit)


@given(st.integers(-LARGEST, LARGEST))
def test_the_words_say_the_amount_and_nothing_else(amount: int) -> None:
    assert _heard(in_words(amount)) == amount


def test_words_end_below_a_million_billion() -> None:
    assert in_words(LARGEST).startswith("Chín trăm chín mươi chín nghìn chín trăm chín mươi chín tỷ")
    with pytest.raises(ValueError, match="million tỷ"):
        in_words(LARGEST + 1)


def test_screen_and_paper() -> None:
    assert format_vnd(1_234_567) == "1.234.567 đ"
    assert format_vnd(-5_000) == "-5.000 đ"
    assert paper_vnd(12_000) == "12.000 đồng (Bằng chữ: Mười hai nghìn đồng)"


@pytest.mark.parametrize(
    "text",
    [
        "1234567",
        "1.234.567",
        "1,234,567",
        " 1 234 567 đ ",
        "1.234.567đ",
        "1.234.567 VND",
        "1\u00a0234\u00a0567 đồng",
    ],
)
def test_an_amount_is_typed_in_several_ways(text: str) -> None:
    assert parse_vnd(text) == 1_234_567


@given(st.integers(0, LARGEST))
def test_an_amount_written_is_the_amount_read(amount: int) -> None:
    assert parse_vnd(format_vnd(amount)) == parse_vnd(f"{amount:,}") == parse_vnd(str(amount)) == amount


@pytest.mark.parametrize(
    "text", ["", "đ", "1.5", "1,50", "1.234,567", "12.34.567", "1.234.56", "-5", "1e6", "9" * 40]
)
def test_what_is_no_whole_amount_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValidationError, match=r"Nhập số tiền tròn đồng, ví dụ 1\.234\.567\."):
        parse_vnd(text)


def test_dues_of_the_branch_split_as_in_the_books() -> None:
    assert share_out(552_000, [50, 30, 20]) == [276_000, 165_600, 110_400]
    assert share_out(108_000, [50, 30, 20]) == [54_000, 32_400, 21_600]


def test_the_dong_left_over_go_to_the_largest_remainders_the_earlier_first() -> None:
    assert share_out(100, [Decimal("33.4"), Decimal("33.3"), Decimal("33.3")]) == [34, 33, 33]
    assert share_out(1, [50, 50]) == [1, 0]
    assert share_out(-1, [50, 50]) == [-1, 0]
    assert share_out(0, [100]) == [0]


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(0, 10_000), min_size=1, max_size=8))
def test_parts_sum_to_the_whole_and_stay_within_a_dong(total: int, weights: list[int]) -> None:
    assume(sum(weights) <= 10_000)
    percentages = [Decimal(weight) / 100 for weight in [*weights, 10_000 - sum(weights)]]
    parts = share_out(total, percentages)
    assert sum(parts) == total
    assert all(abs(part - total * share / 100) < 1 for part, share in zip(parts, percentages, strict=True))


@pytest.mark.parametrize("percentages", [[50, 49], [50, 51], [150, -50], []])
def test_percentages_that_are_no_whole_are_refused(percentages: list[Decimal | int]) -> None:
    with pytest.raises(ValueError, match="100"):
        share_out(1000, percentages)


@pytest.mark.parametrize(
    ("amount", "rule", "rounded"),
    [
        ("1234.5", Rounding.HALF_UP, 1235),
        ("-1234.5", Rounding.HALF_UP, -1235),
        ("1234.5", Rounding.HALF_EVEN, 1234),
        ("1234.9", Rounding.DOWN, 1234),
        ("1234.1", Rounding.UP, 1235),
        ("1250", Rounding.HALF_UP_HUNDRED, 1300),
        ("1499.9", Rounding.HALF_UP_THOUSAND, 1000),
        ("1500", Rounding.HALF_UP_THOUSAND, 2000),
        ("1999", Rounding.DOWN_THOUSAND, 1000),
    ],
)
def test_each_rounding_rule_does_what_its_name_says(amount: str, rule: Rounding, rounded: int) -> None:
    assert round_vnd(Decimal(amount), rule) == rounded
